#include "app/rackmusterctl/PowerRun.h"

#include "app/rackmusterctl/Command.h"
#include "core/engine/ControlServer.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <utility>

namespace rackmuster::ctl {

namespace {

using power::PowerAct;
using power::PowerEvent;
using power::PowerState;

/// A machine starts for minutes; who powers on next half a second later loses nothing.
constexpr std::chrono::milliseconds listenInterval{500};
constexpr std::chrono::seconds consolePatience{
    10}; // it answers within milliseconds, unless its disk is stuck

/// The machines that the console has heard, the first one first; nothing when no console answers.
std::optional<std::vector<MacAddress>> heardMachines(const QString& state) {
    const auto answer = engine::askRunningInstance(
        state, {{QStringLiteral("act"), QStringLiteral("machines")}}, consolePatience);
    if (!answer || !answer->value(QLatin1String("machines")).isArray())
        return std::nullopt;
    std::vector<std::pair<QString, MacAddress>> heard;
    for (const QJsonValue value : answer->value(QLatin1String("machines")).toArray()) {
        const QJsonObject machine = value.toObject();
        const auto mac = MacAddress::parse(machine.value(QLatin1String("mac")).toString().toStdString());
        const QString since = machine.value(QLatin1String("firstSeen")).toString();
        if (mac && !since.isEmpty()) // others are only planned
            heard.emplace_back(since, *mac);
    }
    std::sort(heard.begin(), heard.end());
    std::vector<MacAddress> out;
    out.reserve(heard.size());
    for (const auto& [since, mac] : heard)
        out.push_back(mac);
    return out;
}

struct EventWords {
    const char* name;
    const char* sentence; ///< %1: slot, %2: MAC address or the sentence of an error
};

EventWords wordsOf(const PowerEvent& event) {
    switch (event.kind) {
    case PowerEvent::Kind::SwitchOn:
        return {"power-on", "Slot %1: switching on."};
    case PowerEvent::Kind::Heard:
        return {"heard", event.isCertain ? "Slot %1: heard %2."
                                         : "Slot %1: heard %2, which may be the machine of an earlier slot."};
    case PowerEvent::Kind::WasOn:
        return {"was-on", "Slot %1: was on already."};
    case PowerEvent::Kind::TimedOut:
        return {"power-timeout", "Slot %1: switched on, but not heard in time."};
    case PowerEvent::Kind::Failed:
        return {"power-failed", "Slot %1: %2"};
    case PowerEvent::Kind::Skipped:
        return {"power-skipped", "Slot %1: skipped."};
    case PowerEvent::Kind::Finished:
        break;
    }
    return {"power-done", "No slot is left."};
}

} // namespace

bool PowerRun::start() {
    const auto known = heardMachines(m_options.state);
    if (!known) {
        complain(QStringLiteral("No console runs on %1. Start rackmuster or rackmusterctl serve first.")
                     .arg(m_options.state));
        return false;
    }
    for (const power::Bmc& bmc : m_options.bmcs)
        m_bmcs.emplace(bmc.slot, bmc);
    m_sequence = std::make_unique<power::PowerSequence>(
        m_options.slots, std::set<MacAddress>(known->begin(), known->end()), m_options.patience);
    connect(&m_clock, &QTimer::timeout, this, &PowerRun::listen);
    m_clock.start(listenInterval);
    take(m_sequence->start());
    return true;
}

void PowerRun::command(const QString& line) {
    const QString word = line.trimmed();
    if (word == QLatin1String("skip"))
        take(m_sequence->skip());
    else if (word == QLatin1String("retry"))
        take(m_sequence->retry());
    else if (word == QLatin1String("stop"))
        take(m_sequence->stop());
    else if (!word.isEmpty())
        complain(QStringLiteral("Type skip, retry or stop."));
}

bool PowerRun::isAllOn() const {
    const auto& slots = m_sequence->slots();
    return std::all_of(slots.begin(), slots.end(), [](const auto& slot) {
        return slot.second == power::SlotPower::Heard || slot.second == power::SlotPower::WasOn;
    });
}

void PowerRun::listen() {
    const auto heard = heardMachines(m_options.state);
    if (!heard) {
        complain(QStringLiteral("The console on %1 does not answer any more.").arg(m_options.state));
        take(m_sequence->stop());
        return;
    }
    for (const MacAddress& mac : *heard)
        take(m_sequence->heard(mac));
    take(m_sequence->tick(BootClock::now()));
}

void PowerRun::take(const power::PowerEvents& events) {
    for (const PowerEvent& event : events) {
        tell(event);
        if (event.kind == PowerEvent::Kind::SwitchOn)
            switchOn(event.slot);
        if (event.kind == PowerEvent::Kind::Finished)
            Q_EMIT finished();
    }
}

void PowerRun::switchOn(int slot) {
    // The one before may be what calls this.
    if (m_control)
        m_control.release()->deleteLater();
    m_control = power::makePowerControl(m_bmcs.at(slot), m_options.trust);
    std::vector<PowerAct> acts{PowerAct::Status, PowerAct::PowerOn};
    if (m_options.setsBootDevice)
        acts.insert(acts.begin() + 1, PowerAct::BootFromNetworkOnce);
    perform(slot, std::move(acts));
}

/// One after the other; what is left when one fails is not done.
void PowerRun::perform(int slot, std::vector<PowerAct> acts) {
    const PowerAct act = acts.front();
    acts.erase(acts.begin());
    const auto* const asked = m_control.get();
    m_control->perform(act,
                       [this, slot, act, acts = std::move(acts), asked](const Result<PowerState>& result) {
                           if (m_control.get() != asked)
                               return; // skipped meanwhile
                           if (!result)
                               take(m_sequence->failed(slot, result.error()));
                           else if (act == PowerAct::Status && *result == PowerState::On)
                               take(m_sequence->wasOn(slot));
                           else if (!acts.empty())
                               perform(slot, acts);
                           else
                               take(m_sequence->switchedOn(slot, BootClock::now()));
                       });
}

void PowerRun::tell(const PowerEvent& event) const {
    const EventWords words = wordsOf(event);
    const QString fact = event.mac     ? QString::fromStdString(event.mac->toString())
                         : event.error ? QString::fromStdString(message(*event.error))
                                       : QString();
    if (!m_options.asJson) {
        print(QString::fromUtf8(words.sentence).arg(event.slot).replace(QStringLiteral("%2"), fact));
        return;
    }
    const auto now =
        std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
    QJsonObject json{{QStringLiteral("time"), QString::fromStdString(toIsoText(now))},
                     {QStringLiteral("event"), QString::fromLatin1(words.name)}};
    if (event.slot != 0)
        json.insert(QStringLiteral("slot"), event.slot);
    if (event.mac) {
        json.insert(QStringLiteral("mac"), fact);
        json.insert(QStringLiteral("certain"), event.isCertain);
    }
    if (event.error)
        json.insert(QStringLiteral("text"), fact);
    print(QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact)));
}

} // namespace rackmuster::ctl
