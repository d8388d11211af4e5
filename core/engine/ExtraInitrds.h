#pragma once

#include "core/base/Result.h"
#include "core/boot/Catalog.h"

#include <QStringList>

#include <optional>
#include <string>
#include <vector>

namespace rackmuster::engine {

/// The files that are appended to the initrd of one image: disks of drivers, certificates.
class ExtraInitrds {
public:
    ExtraInitrds() = default;
    explicit ExtraInitrds(QStringList paths);

    [[nodiscard]] const QStringList& paths() const { return m_paths; }
    /// The first file that cannot be read; nothing when all are there.
    [[nodiscard]] const std::optional<Error>& problem() const { return m_problem; }
    /// Looks at the files once more. True when one came, went or was written to since.
    [[nodiscard]] bool refresh();
    /// `files` with these behind its initrd, or marked as lacking one.
    [[nodiscard]] std::shared_ptr<const boot::ImageFiles> appendedTo(const boot::ImageFiles& files) const;

private:
    void open();
    [[nodiscard]] std::string identityNow() const;

    QStringList m_paths;
    std::string m_identity;
    std::vector<boot::ExtraInitrd> m_files; ///< empty with a problem
    std::optional<Error> m_problem;
};

} // namespace rackmuster::engine
