#pragma once

#include "core/base/Result.h"
#include "core/engine/EngineEvent.h"

#include <QFile>
#include <QString>

#include <memory>

namespace rackmuster::engine {

/// The event stream of the command line contract: one JSON object per line, flushed at once.
class EventWriter {
public:
    /// Appends to the file `path`, or writes to standard output for "-". Error: NoSuchFile.
    [[nodiscard]] static Result<std::unique_ptr<EventWriter>> open(const QString& path);
    void write(const EngineEvent& event);

private:
    EventWriter() = default;
    QFile m_file;
};

} // namespace rackmuster::engine
