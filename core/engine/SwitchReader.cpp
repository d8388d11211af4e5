#include "core/engine/SwitchReader.h"

#include "core/switchport/SwitchWalk.h"

#include <utility>

namespace rackmuster::engine {

namespace {

SwitchReading readAll(const std::vector<switchport::SwitchAccess>& switches, const std::stop_token& stop) {
    SwitchReading out;
    for (const switchport::SwitchAccess& access : switches) {
        if (stop.stop_requested())
            break;
        if (auto tables = switchport::walkSwitch(access, stop))
            out.tables.push_back(std::move(*tables));
        else
            out.failures.emplace(switchport::addressText(access), tables.error());
    }
    return out;
}

} // namespace

SwitchReader::SwitchReader(QObject& context, std::function<void(SwitchReading)> report)
    : m_report(std::move(report)), m_postbox(std::make_shared<Postbox>(context)) {}

SwitchReader::~SwitchReader() {
    m_postbox->close();
    m_stop.request_stop();
}

void SwitchReader::read(std::vector<switchport::SwitchAccess> switches) {
    if (isBusy())
        return;
    m_thread.reset();
    m_stop = std::stop_source();
    m_thread.emplace("switches", BackgroundThread::Priority::Normal,
                     [this, switches = std::move(switches), stop = m_stop.get_token(), number = ++m_number,
                      postbox = m_postbox](const std::atomic<bool>& /*isEnding*/) {
                         SwitchReading reading = readAll(switches, stop);
                         postbox->post([this, number, reading = std::move(reading)]() mutable {
                             finish(number, std::move(reading));
                         });
                     });
}

void SwitchReader::cancel() {
    m_stop.request_stop();
    ++m_number;
}

void SwitchReader::finish(unsigned number, SwitchReading reading) {
    if (number == m_number)
        m_report(std::move(reading));
}

} // namespace rackmuster::engine
