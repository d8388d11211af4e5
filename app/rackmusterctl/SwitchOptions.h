#pragma once

#include "core/base/Result.h"
#include "core/switchport/SwitchAccess.h"

#include <QString>

#include <optional>
#include <vector>

class QCommandLineParser;

namespace rackmuster::ctl {

/// The options that say which switches are asked by SNMP, and how. `prefix` stands before the names of all
/// but --switch: "switch-" makes --switch-user of --user.
class SwitchOptions {
public:
    explicit SwitchOptions(const char* prefix) : m_prefix(QString::fromLatin1(prefix)) {}

    void declare(QCommandLineParser& parser) const;
    /// The sentence of what is wrong, or nothing. `mostMacs`: a port with more addresses is an uplink.
    [[nodiscard]] std::optional<QString> read(const QCommandLineParser& parser,
                                              std::vector<switchport::SwitchAccess>& switches,
                                              unsigned& mostMacs) const;
    /// From their file, when one is named. Errors: those of ctl::readSecrets().
    [[nodiscard]] Result<void> readSecrets(const QCommandLineParser& parser,
                                           std::vector<switchport::SwitchAccess>& switches) const;

private:
    [[nodiscard]] QString name(const char* option) const { return m_prefix + QString::fromLatin1(option); }
    [[nodiscard]] std::optional<QString> readUser(const QCommandLineParser& parser,
                                                  switchport::SnmpUser& user) const;

    QString m_prefix;
};

} // namespace rackmuster::ctl
