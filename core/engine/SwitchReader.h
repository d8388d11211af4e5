#pragma once

#include "core/base/Error.h"
#include "core/engine/BackgroundThread.h"
#include "core/engine/Postbox.h"
#include "core/switchport/SwitchAccess.h"
#include "core/switchport/SwitchTables.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace rackmuster::engine {

/// What the switches of a rack answered.
struct SwitchReading {
    std::vector<switchport::SwitchTables> tables;
    std::map<std::string, Error> failures; ///< By address, those that could not be read.
};

/// Asks the switches of a rack for their tables, one reading at a time, in a thread of its own: a switch may
/// be silent, and its name server, too.
class SwitchReader {
public:
    /// `report` is called in the thread of `context`, which outlives this object.
    SwitchReader(QObject& context, std::function<void(SwitchReading)> report);
    /// Ends the reading.
    ~SwitchReader();
    SwitchReader(const SwitchReader&) = delete;
    SwitchReader& operator=(const SwitchReader&) = delete;

    /// Without effect while it is busy.
    void read(std::vector<switchport::SwitchAccess> switches);
    /// The reading that is under way ends soon, and is not reported. Does not wait.
    void cancel();
    [[nodiscard]] bool isBusy() const { return m_thread && !m_thread->hasEnded(); }

private:
    void finish(unsigned number, SwitchReading reading);

    std::function<void(SwitchReading)> m_report;
    std::shared_ptr<Postbox> m_postbox;
    unsigned m_number = 0; ///< Of the reading that is to be reported.
    std::stop_source m_stop;
    std::optional<BackgroundThread> m_thread;
};

} // namespace rackmuster::engine
