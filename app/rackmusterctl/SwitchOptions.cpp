#include "app/rackmusterctl/SwitchOptions.h"

#include "app/rackmusterctl/Secrets.h"

#include <QCommandLineParser>

namespace rackmuster::ctl {

namespace {

using namespace switchport;

QString refusal(const QString& option, const QString& text) {
    return QStringLiteral("--%1 does not take “%2”.").arg(option, text);
}

} // namespace

void SwitchOptions::declare(QCommandLineParser& parser) const {
    const auto add = [&parser](const QString& option, const char* description, const char* value,
                               const char* standard = "") {
        parser.addOption({option, QString::fromLatin1(description), QString::fromLatin1(value),
                          QString::fromLatin1(standard)});
    };
    add(QStringLiteral("switch"), "Switch to ask by SNMP; repeatable.", "ADDRESS[:PORT]");
    add(name("user"), "User of SNMPv3; without one, SNMPv2c is spoken.", "NAME");
    add(name("auth"), "Authentication of the user: none, md5, sha, sha256 or sha512.", "KIND", "sha");
    add(name("priv"), "Privacy of the user: none, aes or aes256.", "KIND", "aes");
    add(name("secrets"), "File of lines community=, auth-password= and priv-password=; - is standard input.",
        "FILE");
    add(name("vlan"), "VLAN that has a bridge of its own, as on Cisco switches; repeatable.", "N");
    add(name("uplink"), "A port with more MAC addresses than this is an uplink.", "N", "4");
}

std::optional<QString> SwitchOptions::readUser(const QCommandLineParser& parser, SnmpUser& user) const {
    user.name = parser.value(name("user")).toStdString();
    if (user.name.empty())
        return std::nullopt;
    const QString auth = parser.value(name("auth"));
    const QString priv = parser.value(name("priv"));
    const auto authentication = authenticationFromWord(auth.toStdString());
    const auto privacy = privacyFromWord(priv.toStdString());
    if (!authentication)
        return refusal(name("auth"), auth);
    if (!privacy)
        return refusal(name("priv"), priv);
    user.authentication = *authentication;
    user.privacy = *privacy;
    return std::nullopt;
}

std::optional<QString> SwitchOptions::read(const QCommandLineParser& parser,
                                           std::vector<SwitchAccess>& switches, unsigned& mostMacs) const {
    constexpr uint lastVlan = 4094;
    SwitchAccess common;
    if (auto wrong = readUser(parser, common.user))
        return wrong;
    for (const QString& text : parser.values(name("vlan"))) {
        const uint vlan = text.toUInt();
        if (vlan < 1 || vlan > lastVlan)
            return refusal(name("vlan"), text);
        common.vlans.push_back(static_cast<int>(vlan));
    }
    for (const QString& text : parser.values(QStringLiteral("switch"))) {
        switches.push_back(common);
        if (!readAddress(text.toStdString(), switches.back()))
            return refusal(QStringLiteral("switch"), text);
    }
    mostMacs = parser.value(name("uplink")).toUInt();
    return mostMacs == 0 ? std::optional(refusal(name("uplink"), parser.value(name("uplink"))))
                         : std::nullopt;
}

Result<void> SwitchOptions::readSecrets(const QCommandLineParser& parser,
                                        std::vector<SwitchAccess>& switches) const {
    if (!parser.isSet(name("secrets")))
        return {};
    const auto secrets = ctl::readSecrets(
        parser.value(name("secrets")),
        {QStringLiteral("community"), QStringLiteral("auth-password"), QStringLiteral("priv-password")});
    if (!secrets)
        return tl::unexpected(secrets.error());
    const auto take = [&secrets](const char* secret, std::string& into) {
        if (const auto found = secrets->find(QString::fromLatin1(secret)); found != secrets->end())
            into = found->second.toStdString();
    };
    for (SwitchAccess& access : switches) {
        take("community", access.community);
        take("auth-password", access.user.authenticationPassword);
        take("priv-password", access.user.privacyPassword);
    }
    return {};
}

} // namespace rackmuster::ctl
