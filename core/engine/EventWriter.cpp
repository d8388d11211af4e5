#include "core/engine/EventWriter.h"

#include <QJsonDocument>

#include <csignal>
#include <cstdio>

namespace rackmuster::engine {

Result<std::unique_ptr<EventWriter>> EventWriter::open(const QString& path) {
    // A reader that went away must not end the console in the middle of an installation.
    (void)std::signal(SIGPIPE, SIG_IGN);
    std::unique_ptr<EventWriter> writer(new EventWriter);
    bool isOpen = false;
    if (path == QLatin1String("-")) {
        isOpen = writer->m_file.open(stdout, QIODevice::WriteOnly);
    } else {
        writer->m_file.setFileName(path);
        isOpen = writer->m_file.open(QIODevice::WriteOnly | QIODevice::Append);
    }
    if (!isOpen)
        return fail(ErrorCode::NoSuchFile, path.toStdString(), writer->m_file.errorString().toStdString());
    return writer;
}

void EventWriter::write(const EngineEvent& event) {
    m_file.write(QJsonDocument(event.toJson()).toJson(QJsonDocument::Compact) + '\n');
    m_file.flush();
}

} // namespace rackmuster::engine
