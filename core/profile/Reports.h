#pragma once

#include "core/base/Result.h"

#include <string>
#include <string_view>

namespace rackmuster::profile {

/// Where an installation tells how far it is.
struct ReportUrls {
    std::string_view post; ///< when the last scripts begin
    std::string_view done; ///< when all is complete
};

// `text` has LF line ends. See withReports().
[[nodiscard]] std::string withKickstartReports(std::string_view text, const ReportUrls& urls);
[[nodiscard]] std::string withPreseedReports(std::string_view text, const ReportUrls& urls);
[[nodiscard]] Result<std::string> withAutoinstallReports(std::string_view text, const ReportUrls& urls);
[[nodiscard]] Result<std::string> withAutoyastReports(std::string_view text, const ReportUrls& urls);

/// Shell text that defines `report`, which fetches `url` with whatever the system has (curl, wget, Python,
/// bash) and ends at the first success; it fails when nothing succeeds. Its arguments stand before the
/// program: `report chroot DIR`.
[[nodiscard]] std::string reportFunction(std::string_view url);

} // namespace rackmuster::profile
