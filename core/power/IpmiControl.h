#pragma once

#include "core/power/PowerControl.h"

#include <QProcess>
#include <QTimer>

#include <string_view>

namespace rackmuster::power {

/// What ipmitool said, read. Pure. `exitCode` is not 0 when it failed; `host` is for the errors.
[[nodiscard]] Result<PowerState> readIpmitool(PowerAct act, int exitCode, std::string_view output,
                                              std::string_view complaint, const std::string& host);

/// IPMI 2.0 over the network (RMCP+) by ipmitool, which gets the password by its environment.
class IpmiControl final : public PowerControl {
    Q_OBJECT

public:
    explicit IpmiControl(Bmc bmc);
    ~IpmiControl() override;
    IpmiControl(const IpmiControl&) = delete;
    IpmiControl& operator=(const IpmiControl&) = delete;

    void perform(PowerAct act, Answer answer) override;

private:
    void finish(const Result<PowerState>& result);

    Bmc m_bmc;
    PowerAct m_act = PowerAct::Status;
    Answer m_answer;
    QProcess m_process;
    QTimer m_patience;
};

} // namespace rackmuster::power
