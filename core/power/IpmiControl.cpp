#include "core/power/IpmiControl.h"

#include <QProcessEnvironment>
#include <QStandardPaths>

#include <algorithm>
#include <utility>

namespace rackmuster::power {

namespace {

constexpr quint16 usualPort = 623; // IPMI 2.0 13.1
/// An act takes some 50 ms. With the tries below, a BMC that does not answer is given up by ipmitool itself
/// before.
constexpr std::chrono::seconds patience{30};
constexpr auto secondsPerTry = "2"; // a BMC that boots answers within one
constexpr auto tries = "3";
constexpr qint64 longestOutput = 64LL * 1024; // an answer has one line

const Error missing{ErrorCode::NoSuchFile, "ipmitool", "install the package ipmitool"};

bool says(std::string_view text, std::string_view words) {
    return text.find(words) != std::string_view::npos;
}

/// The last line, which tells the reason, fit to be shown.
std::string lastLine(std::string_view text) {
    constexpr std::size_t shown = 200;
    while (!text.empty() &&
           (text.back() == '\n' || text.back() == '\r' || text.back() == '.' || text.back() == ' '))
        text.remove_suffix(1);
    const std::size_t line = text.rfind('\n');
    std::string out(line == std::string_view::npos ? text : text.substr(line + 1));
    out.resize(std::min(out.size(), shown));
    for (char& c : out)
        c = c < 0x20 || c > 0x7E ? '?' : c;
    return out.empty() ? "ipmitool says nothing" : out;
}

QStringList words(PowerAct act) {
    switch (act) {
    case PowerAct::Status:
        return {QStringLiteral("chassis"), QStringLiteral("power"), QStringLiteral("status")};
    case PowerAct::PowerOn:
        return {QStringLiteral("chassis"), QStringLiteral("power"), QStringLiteral("on")};
    case PowerAct::BootFromNetworkOnce:
        // For the next start only: ipmitool sets no "persistent" unless asked.
        return {QStringLiteral("chassis"), QStringLiteral("bootdev"), QStringLiteral("pxe")};
    }
    return {};
}

} // namespace

Result<PowerState> readIpmitool(PowerAct act, int exitCode, std::string_view output,
                                std::string_view complaint, const std::string& host) {
    if (exitCode == 0 && act != PowerAct::Status)
        return PowerState::On;
    if (exitCode == 0 && says(output, "Chassis Power is on"))
        return PowerState::On;
    if (exitCode == 0 && says(output, "Chassis Power is off"))
        return PowerState::Off;
    if (exitCode == 0)
        return fail(ErrorCode::BmcFailed, host, lastLine(output));
    // Words of ipmitool 1.8.19, src/plugins/lanplus: with the second RAKP message the BMC judges user and
    // password.
    if (says(complaint, "RAKP 2 HMAC is invalid") || says(complaint, "unauthorized name") ||
        says(complaint, "invalid role"))
        return fail(ErrorCode::BmcRefused, host);
    if (says(complaint, "Unable to establish") || says(complaint, "Get Auth Capabilities") ||
        says(complaint, "Address lookup"))
        return fail(ErrorCode::BmcSilent, host, "IPMI");
    return fail(ErrorCode::BmcFailed, host, lastLine(complaint));
}

IpmiControl::IpmiControl(Bmc bmc) : m_bmc(std::move(bmc)) {
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        finish(fail(ErrorCode::BmcSilent, m_bmc.host, "IPMI"));
        m_process.kill();
    });
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            finish(tl::unexpected(missing));
    });
    connect(&m_process, &QProcess::finished, this, [this](int exitCode, QProcess::ExitStatus status) {
        const QByteArray output = m_process.readAllStandardOutput().left(longestOutput);
        const QByteArray complaint = m_process.readAllStandardError().left(longestOutput);
        finish(readIpmitool(m_act, status == QProcess::NormalExit ? exitCode : -1, output.toStdString(),
                            complaint.toStdString(), m_bmc.host));
    });
}

IpmiControl::~IpmiControl() {
    m_answer = nullptr;
    m_process.disconnect(this);
    m_process.kill();
    m_process.waitForFinished();
}

void IpmiControl::perform(PowerAct act, Answer answer) {
    m_act = act;
    m_answer = std::move(answer);
    // Only what it needs, and the password where no other user of this computer sees it.
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("PATH"), QStringLiteral("/usr/bin:/bin:/usr/sbin:/sbin"));
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C"));
    environment.insert(QStringLiteral("HOME"), QStringLiteral("/nonexistent"));
    environment.insert(QStringLiteral("IPMI_PASSWORD"), QString::fromStdString(m_bmc.password));
    m_process.setProcessEnvironment(environment);
    m_process.setStandardInputFile(QProcess::nullDevice());
    const quint16 port = m_bmc.port == 0 ? usualPort : m_bmc.port;
    m_patience.start();
    const QString program = QStandardPaths::findExecutable(QStringLiteral("ipmitool"));
    if (program.isEmpty()) {
        QTimer::singleShot(0, this, [this] { finish(tl::unexpected(missing)); });
        return;
    }
    m_process.start(
        program, QStringList{QStringLiteral("-v"), QStringLiteral("-I"), QStringLiteral("lanplus"),
                             QStringLiteral("-H"), QString::fromStdString(m_bmc.host), QStringLiteral("-p"),
                             QString::number(port), QStringLiteral("-U"), QString::fromStdString(m_bmc.user),
                             QStringLiteral("-E"), QStringLiteral("-N"), QString::fromLatin1(secondsPerTry),
                             QStringLiteral("-R"), QString::fromLatin1(tries)} +
                     words(act));
}

void IpmiControl::finish(const Result<PowerState>& result) {
    m_patience.stop();
    if (const Answer answer = std::exchange(m_answer, nullptr))
        answer(result);
}

} // namespace rackmuster::power
