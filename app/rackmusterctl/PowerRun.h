#pragma once

#include "core/power/PowerControl.h"
#include "core/power/PowerSequence.h"

#include <QJsonObject>
#include <QObject>
#include <QTimer>

#include <map>
#include <memory>
#include <set>
#include <vector>

namespace rackmuster::ctl {

struct PowerOptions {
    QString state; ///< Directory of the console that runs.
    std::vector<power::Bmc> bmcs;
    std::vector<int> slots;
    std::chrono::seconds patience{};
    power::CertificateTrust trust;
    bool setsBootDevice = true;
    bool asJson = false;
};

/// Runs a PowerSequence beside a running console: its orders go to BMCs, what the console hears comes from
/// its roster.
class PowerRun : public QObject {
    Q_OBJECT

public:
    explicit PowerRun(PowerOptions options) : m_options(std::move(options)) {}

    /// False when no console runs; it has been told.
    [[nodiscard]] bool start();
    /// A line from the operator: skip, retry or stop. Others are told so.
    void command(const QString& line);
    [[nodiscard]] bool isAllOn() const;

Q_SIGNALS:
    void finished();

private:
    void take(const power::PowerEvents& events);
    void switchOn(int slot);
    void perform(int slot, std::vector<power::PowerAct> acts);
    void listen();
    void tell(const power::PowerEvent& event) const;

    PowerOptions m_options;
    std::map<int, power::Bmc> m_bmcs;
    std::unique_ptr<power::PowerSequence> m_sequence;
    std::unique_ptr<power::PowerControl> m_control;
    QTimer m_clock;
};

} // namespace rackmuster::ctl
