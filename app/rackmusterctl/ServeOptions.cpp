#include "app/rackmusterctl/ServeOptions.h"

#include "app/rackmusterctl/Command.h"

#include <QCommandLineParser>

#include <array>
#include <initializer_list>

namespace rackmuster::ctl {

namespace {

/// Reads option values; remembers the first sentence of what is wrong.
class Reader {
public:
    explicit Reader(const QCommandLineParser& parser) : m_parser(parser) {}

    [[nodiscard]] QString value(const char* name) const { return m_parser.value(QString::fromLatin1(name)); }
    [[nodiscard]] QStringList values(const char* name) const {
        return m_parser.values(QString::fromLatin1(name));
    }

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
        parser.addOption({QString::fromLatin1(name), QString::fromLatin1(description),
                          QString::fromLatin1(value), QString::fromLatin1(standard)});
    };
    add("interface", "Network interface to serve on (required).", "IF");
    add("state", "State directory (default: the XDG data directory).", "DIR");
    add("iso", "Installation image, imported in place if new; repeatable.", "FILE");
    add("profile", "Profile from a kickstart or preseed file; repeatable.", "NAME=FILE");
    add("plan", "Plan of slots, names and addresses.", "FILE.csv");
    add("approve", "Machines that need no approval: none, listed (in the plan) or all.", "WHICH", "none");
    add("dhcp", "own (give addresses) or off (collect only).", "MODE", "own");
    add("range", "Addresses for approved machines.", "FIRST-LAST");
    add("quarantine", "Addresses for machines that wait for approval.", "FIRST-LAST");
    add("lease", "Lease time in seconds, or infinite.", "SECONDS", "86400");
    add("gateway", "Gateway told to machines.", "ADDR");
    add("dns", "Name server told to machines; repeatable.", "ADDR");
    add("http-port", "Port of the HTTP server.", "N", "80");
    add("default-image", "Image of machines that name none.", "ID|NAME");
    add("default-profile", "Profile of machines that name none.", "NAME");
    add("events", "Write one JSON object per event; - is standard output.", "FILE");
}

void readServices(Reader& reader, engine::ServiceSettings& services) {
    services.interface = reader.value("interface");
    services.dhcpMode =
        reader.choice("dhcp", {"own", "off"}) == 0 ? boot::DhcpMode::Own : boot::DhcpMode::Off;
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
    for (const QString& text : reader.values("profile")) {
        const qsizetype equals = text.indexOf(QLatin1Char('='));
        if (equals <= 0)
            reader.complainOnce("profile", text);
        else
            options.profiles.push_back({text.left(equals), text.mid(equals + 1)});
    }
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
    return std::nullopt;
}

} // namespace rackmuster::ctl
