#include "app/rackmusterctl/ServeOptions.h"

#include "app/rackmusterctl/Command.h"
#include "app/rackmusterctl/SwitchOptions.h"

#include <QCommandLineParser>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>
#include <vector>

namespace rackmuster::ctl {

namespace {

const SwitchOptions switchOptions("switch-");

/// Reads option values; remembers the first sentence of what is wrong.
class Reader {
public:
    explicit Reader(const QCommandLineParser& parser) : m_parser(parser) {}

    [[nodiscard]] QString value(const char* name) const { return m_parser.value(QString::fromLatin1(name)); }
    [[nodiscard]] QStringList values(const char* name) const {
        return m_parser.values(QString::fromLatin1(name));
    }

    [[nodiscard]] bool isSet(const char* name) const { return m_parser.isSet(QString::fromLatin1(name)); }

    template <typename T>
    std::optional<T> parsed(const char* name) {
        const QString text = value(name);
        if (text.isEmpty())
            return std::nullopt;
        const auto result = T::parse(text.toStdString());
        if (!result) {
            complainOnce(name, text);
            return std::nullopt;
        }
        return *result;
    }

    /// The position of the value among `words`.
    std::size_t choice(const char* name, std::initializer_list<const char*> words) {
        std::size_t position = 0;
        for (const char* word : words) {
            if (value(name) == QLatin1String(word))
                return position;
            ++position;
        }
        complainOnce(name, value(name));
        return 0;
    }

    quint32 number(const char* name, quint32 minimum, quint32 maximum) {
        bool isNumber = false;
        const quint32 number = value(name).toUInt(&isNumber);
        if (!isNumber || number < minimum || number > maximum)
            complainOnce(name, value(name));
        return number;
    }

    /// The values of a repeatable NAME=VALUE, neither half empty.
    std::vector<std::pair<QString, QString>> pairs(const char* name) {
        std::vector<std::pair<QString, QString>> out;
        for (const QString& text : values(name)) {
            const qsizetype equals = text.indexOf(QLatin1Char('='));
            if (equals <= 0 || equals + 1 == text.size())
                complainOnce(name, text);
            else
                out.emplace_back(text.left(equals), text.mid(equals + 1));
        }
        return out;
    }

    void complainOnce(const char* name, const QString& text) {
        if (m_problem.isEmpty())
            m_problem = QStringLiteral("--%1 does not take “%2”. See rackmusterctl serve --help.")
                            .arg(QString::fromLatin1(name), text);
    }
    [[nodiscard]] const QString& problem() const { return m_problem; }

private:
    const QCommandLineParser& m_parser;
    QString m_problem;
};

void declare(QCommandLineParser& parser) {
    const auto add = [&parser](const char* name, const char* description, const char* value,
                               const char* standard = "") {
        parser.addOption({QString::fromLatin1(name), QString::fromUtf8(description),
                          QString::fromLatin1(value), QString::fromLatin1(standard)});
    };
    add("interface", "Network interface to serve on (required).", "IF");
    add("state", "State directory (default: the XDG data directory).", "DIR");
    add("iso", "Installation image, imported in place if new; repeatable.", "FILE");
    add("folder", "Folder served read only as x/NAME/; repeatable.", "NAME=DIR");
    add("kernel", "A kernel of your own with its initrds as an image; repeatable.",
        "NAME=KERNEL[,INITRD...]");
    add("kernel-arguments", "Arguments of the kernel of this name; repeatable.", "NAME=ARGUMENTS");
    add("extra-initrd", "File appended to the initrd of an image; repeatable, in order.", "IMAGE=FILE");
    add("profile", "Profile from a kickstart, preseed, autoinstall or AutoYaST file; repeatable.",
        "NAME=FILE");
    add("profile-boot-file",
        "Boot file of a profile's machines, in place of the choice by firmware; repeatable.", "NAME=FILE");
    add("profile-dhcp-options", "DHCP options for a profile's machines, like 42=192.168.0.1; repeatable.",
        "NAME=OPTIONS");
    parser.addOption(
        {QStringLiteral("verify"), QStringLiteral("Verify images in the background after their import.")});
    add("plan", "Plan of slots, names and addresses.", "FILE.csv");
    add("port-map",
        "Port map: lines “SLOT PORT”, or a pattern like Gi1/0/{slot}. A known switch port, told by option "
        "82 or by --switch, beats the order of arrival. Kept for the next time, as the switches are.",
        "FILE");
    switchOptions.declare(parser);
    add("approve", "Machines that need no approval: none, listed (in the plan) or all.", "WHICH", "none");
    add("dhcp", "own (give addresses), proxy (beside another DHCP server) or off (collect only).", "MODE",
        "own");
    parser.addOption({QStringLiteral("no-address-check"),
                      QStringLiteral("Offer addresses without asking by ARP whether they are in use.")});
    parser.addOption({QStringLiteral("beside-other-dhcp"),
                      QStringLiteral("Give addresses although another DHCP server answers.")});
    add("proxy-style", "How proxy mode tells the boot file: direct (in the offer) or ask (at port 4011).",
        "STYLE", "direct");
    parser.addOption({QStringLiteral("only-approved"),
                      QStringLiteral("Answer no machine that would only wait for approval.")});
    parser.addOption(
        {QStringLiteral("authoritative"),
         QStringLiteral("Refuse addresses that were not given here; no other server may be here.")});
    add("range", "Addresses for approved machines.", "FIRST-LAST");
    add("quarantine", "Addresses for machines that wait for approval.", "FIRST-LAST");
    add("lease", "Lease time in seconds, or infinite.", "SECONDS", "86400");
    add("gateway", "Gateway told to machines.", "ADDR");
    add("dns", "Name server told to machines; repeatable.", "ADDR");
    add("http-port", "Port of the HTTP server.", "N", "80");
    add("syslog-port", "Port that receives log messages of machines, 0 for none.", "N", "514");
    add("default-image", "Image of machines that name none.", "ID|NAME");
    add("default-profile", "Profile of machines that name none.", "NAME");
    add("events", "Write one JSON object per event; - is standard output.", "FILE");
}

/// A status when the command ends here.
std::optional<int> readPorts(const QCommandLineParser& parser, ServeOptions& options) {
    options.portMap = parser.value(QStringLiteral("port-map"));
    if (const auto wrong = switchOptions.read(parser, options.switches, options.mostMacs)) {
        complain(*wrong);
        return WrongUsage;
    }
    if (const auto read = switchOptions.readSecrets(parser, options.switches); !read) {
        complain(read.error());
        return AnswerIsNo;
    }
    return std::nullopt;
}

void readServices(Reader& reader, engine::ServiceSettings& services) {
    services.interface = reader.value("interface");
    constexpr std::array modes{boot::DhcpMode::Own, boot::DhcpMode::Proxy, boot::DhcpMode::Off};
    services.dhcpMode = modes.at(reader.choice("dhcp", {"own", "proxy", "off"}));
    services.range = reader.parsed<Ipv4Range>("range");
    services.quarantine = reader.parsed<Ipv4Range>("quarantine");
    services.leaseSeconds = reader.value("lease") == QLatin1String("infinite")
                                ? std::nullopt
                                : std::optional(reader.number("lease", 120, 0xFFFFFFFE));
    services.gateway = reader.parsed<Ipv4Address>("gateway");
    for (const QString& server : reader.values("dns")) {
        if (const auto address = Ipv4Address::parse(server.toStdString()))
            services.dns.push_back(*address);
        else
            reader.complainOnce("dns", server);
    }
    services.httpPort = static_cast<quint16>(reader.number("http-port", 1, 65535));
    services.syslogPort = static_cast<quint16>(reader.number("syslog-port", 0, 65535));
    services.checksAddresses = !reader.isSet("no-address-check");
    services.toleratesOtherServers = reader.isSet("beside-other-dhcp");
    constexpr std::array styles{boot::ProxyStyle::InOffer, boot::ProxyStyle::BootServer};
    services.proxyStyle = styles.at(reader.choice("proxy-style", {"direct", "ask"}));
    services.answersOnlyApproved = reader.isSet("only-approved");
    services.isAuthoritative = reader.isSet("authoritative");
}

void readKernels(Reader& reader, ServeOptions& options) {
    for (const auto& [name, files] : reader.pairs("kernel")) {
        QStringList paths = files.split(QLatin1Char(','), Qt::SkipEmptyParts);
        const QString kernel = paths.isEmpty() ? QString() : paths.takeFirst();
        options.kernels.push_back({name, kernel, paths, {}});
    }
    for (const auto& [name, words] : reader.pairs("kernel-arguments")) {
        const QString wanted = name;
        const auto kernel =
            std::find_if(options.kernels.begin(), options.kernels.end(),
                         [&](const engine::KernelChoice& choice) { return choice.name == wanted; });
        if (kernel == options.kernels.end())
            reader.complainOnce("kernel-arguments", name);
        else
            kernel->arguments = words;
    }
}

void readSources(Reader& reader, ServeOptions& options) {
    readKernels(reader, options);
    for (const auto& [name, path] : reader.pairs("folder"))
        options.folders.push_back({name, path});
    for (const auto& [image, file] : reader.pairs("extra-initrd")) {
        const QString wanted = image;
        const auto known =
            std::find_if(options.extraInitrds.begin(), options.extraInitrds.end(),
                         [&](const ServeOptions::ExtraInitrds& extras) { return extras.image == wanted; });
        if (known == options.extraInitrds.end())
            options.extraInitrds.push_back({image, {file}});
        else
            known->files.append(file);
    }
}

void readProfileBoots(Reader& reader, ServeOptions& options) {
    const auto bootOf = [&options](const QString& profile) -> engine::ProfileBoot& {
        for (ServeOptions::ProfileBoot& known : options.profileBoots) {
            if (known.profile == profile)
                return known.boot;
        }
        return options.profileBoots.emplace_back(ServeOptions::ProfileBoot{profile, {}}).boot;
    };
    for (const auto& [profile, file] : reader.pairs("profile-boot-file"))
        bootOf(profile).bootFile = file;
    for (const auto& [profile, text] : reader.pairs("profile-dhcp-options"))
        bootOf(profile).dhcpOptions = text;
}

} // namespace

std::optional<int> parseServeOptions(const QStringList& arguments, ServeOptions& options) {
    QCommandLineParser parser;
    declare(parser);
    if (const auto status = parse(parser, "serve", arguments))
        return status;
    Reader reader(parser);
    readServices(reader, options.services);
    options.state = stateDirectory(reader.value("state"));
    options.isos = reader.values("iso");
    options.verifies = parser.isSet(QStringLiteral("verify"));
    readSources(reader, options);
    for (const auto& [name, file] : reader.pairs("profile"))
        options.profiles.push_back({name, file});
    readProfileBoots(reader, options);
    options.plan = reader.value("plan");
    options.events = reader.value("events");
    options.defaultImage = reader.value("default-image");
    options.defaultProfile = reader.value("default-profile");
    constexpr std::array modes{engine::AutoApprove::None, engine::AutoApprove::Listed,
                               engine::AutoApprove::All};
    options.autoApprove = modes.at(reader.choice("approve", {"none", "listed", "all"}));
    if (options.services.interface.isEmpty()) {
        complain(QStringLiteral("Name the interface with --interface IF."));
        return WrongUsage;
    }
    if (!reader.problem().isEmpty()) {
        complain(reader.problem());
        return WrongUsage;
    }
    return readPorts(parser, options);
}

} // namespace rackmuster::ctl
