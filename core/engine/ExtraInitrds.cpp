#include "core/engine/ExtraInitrds.h"

#include "core/media/SingleFile.h"

namespace rackmuster::engine {

ExtraInitrds::ExtraInitrds(QStringList paths) : m_paths(std::move(paths)) {
    open();
}

bool ExtraInitrds::refresh() {
    if (identityNow() == m_identity)
        return false;
    open();
    return true;
}

std::shared_ptr<const boot::ImageFiles> ExtraInitrds::appendedTo(const boot::ImageFiles& files) const {
    auto out = std::make_shared<boot::ImageFiles>(files);
    out->extraInitrds = m_files;
    out->lacksExtraInitrd = m_problem.has_value();
    return out;
}

void ExtraInitrds::open() {
    m_identity = identityNow();
    m_files.clear();
    m_problem.reset();
    for (const QString& path : m_paths) {
        auto file = media::openSingleFile(path.toStdString());
        if (!file) {
            m_problem = file.error();
            m_files.clear();
            return;
        }
        m_files.push_back({std::move(file->content), std::move(file->identity)});
    }
}

std::string ExtraInitrds::identityNow() const {
    std::string out;
    for (const QString& path : m_paths)
        out += media::identityAt(path.toStdString()) + '/';
    return out;
}

} // namespace rackmuster::engine
