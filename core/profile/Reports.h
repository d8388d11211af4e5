#pragma once

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

} // namespace rackmuster::profile
