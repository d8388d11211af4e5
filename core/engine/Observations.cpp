#include "core/engine/Observations.h"

#include "core/switchport/CircuitId.h"

#include <array>

namespace rackmuster::engine {

namespace {

using boot::FileRole;
using roster::Stage;

struct RoleMeaning {
    FileRole role;
    Stage stage;
    const char* event;
    bool isToldOnce;
};

// What it means for a machine that a file of this role was handed over whole.
constexpr std::array meanings{
    RoleMeaning{FileRole::Loader, Stage::Loader, "loader", false},
    RoleMeaning{FileRole::ParkedConfig, Stage::Parked, "parked", true},
    RoleMeaning{FileRole::LocalConfig, Stage::LocalBoot, "localboot", true},
    RoleMeaning{FileRole::InstallConfig, Stage::Config, "config", false},
    RoleMeaning{FileRole::Kernel, Stage::Kernel, "kernel", false},
    RoleMeaning{FileRole::Initrd, Stage::Initrd, "initrd", false},
    RoleMeaning{FileRole::AnswerFile, Stage::Kickstart, "kickstart", false},
    RoleMeaning{FileRole::InstallerImage, Stage::Stage2, "stage2", false},
    RoleMeaning{FileRole::Metadata, Stage::Metadata, "metadata", true},
    RoleMeaning{FileRole::Package, Stage::Packages, "packages", false},
    RoleMeaning{FileRole::PostReport, Stage::Post, "post", true},
    RoleMeaning{FileRole::DoneReport, Stage::Done, "done", true},
};

QString text(const std::string& utf8) {
    return QString::fromStdString(utf8);
}

QString text(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

class Translator {
public:
    explicit Translator(WallTime now) : m_now(now) {}

    Translation operator()(const net::PxeDiscover& discover) const {
        const std::string firmware(boot::toWord(discover.client.firmware));
        Translation out = tell("seen", discover.mac, {{QStringLiteral("arch"), text(firmware)}});
        if (discover.uuid)
            out.event->facts.insert(QStringLiteral("uuid"), text(discover.uuid->toString()));
        if (discover.vlan.outer)
            out.event->facts.insert(QStringLiteral("vlan"), *discover.vlan.outer);
        // Of an option that is broken nothing is known: the machine is taken in as without one.
        out.circuitId = switchport::circuitIdOf(discover.relayInformation).value_or(std::nullopt);
        if (out.circuitId)
            out.event->facts.insert(QStringLiteral("circuit"), text(*out.circuitId));
        out.isToldOnce = true;
        out.observations.emplace_back(roster::Discovered{discover.mac, discover.time, firmware, discover.uuid,
                                                         discover.client.kind == boot::ClientKind::Ipxe,
                                                         discover.isCaptured});
        return out;
    }

    Translation operator()(const net::DhcpOffered& offered) const {
        Translation out = tell("offered", offered.mac, {{QStringLiteral("file"), text(offered.bootFile)}});
        if (!offered.address.isNull()) // a proxy has none to offer
            out.event->facts.insert(QStringLiteral("ip"), text(offered.address.toString()));
        out.observations.emplace_back(roster::Reached{offered.mac, Stage::Offered});
        return out;
    }

    Translation operator()(const net::DhcpLeased& leased) const {
        Translation out =
            tell("leased", leased.mac, {{QStringLiteral("ip"), text(leased.address.toString())}});
        out.observations.emplace_back(roster::Leased{leased.mac, leased.address});
        out.observations.emplace_back(roster::Reached{leased.mac, Stage::Leased});
        return out;
    }

    Translation operator()(const net::FileServed& served) const {
        if (!served.machine || !served.isComplete)
            return {};
        for (const RoleMeaning& meaning : meanings) {
            if (meaning.role != served.role)
                continue;
            Translation out = tell(meaning.event, *served.machine,
                                   {{QStringLiteral("file"), text(served.path)},
                                    {QStringLiteral("bytes"), static_cast<qint64>(served.bytes)}});
            out.isToldOnce = meaning.isToldOnce;
            if (meaning.stage == Stage::Loader)
                out.isToldUpTo = meaning.stage;
            out.observations.emplace_back(
                roster::Reached{*served.machine, meaning.stage, served.bytes, served.spendsTicket});
            return out;
        }
        return {};
    }

    Translation operator()(const net::ForeignDhcp& foreign) const {
        Translation out;
        out.event = EngineEvent{m_now,
                                QStringLiteral("foreign-dhcp"),
                                std::nullopt,
                                {{QStringLiteral("server"), text(foreign.server.toString())},
                                 {QStringLiteral("hardware"), text(foreign.mac.toString())}}};
        return out;
    }

    Translation operator()(const net::AddressConflict& conflict) const {
        const std::string holder = conflict.holder ? conflict.holder->toString() : "another machine";
        return diagnose("address-in-use", {ErrorCode::AddressInUse, conflict.address.toString(), holder});
    }

    Translation operator()(const net::DhcpFlood& flood) const {
        Translation out =
            diagnose("dhcp-flood", {ErrorCode::TooManyUnknown, std::to_string(flood.dropped), {}});
        out.event->facts.insert(QStringLiteral("isOver"), !flood.isOn);
        out.event->facts.insert(QStringLiteral("dropped"), static_cast<qint64>(flood.dropped));
        return out;
    }

    Translation operator()(const net::SyslogLine& line) const {
        Translation out;
        out.event = EngineEvent{m_now,
                                QStringLiteral("log"),
                                line.machine,
                                {{QStringLiteral("ip"), text(line.peer.toString())},
                                 {QStringLiteral("severity"), line.severity},
                                 {QStringLiteral("source"), text(line.source)},
                                 {QStringLiteral("text"), text(line.text)}}};
        return out;
    }

    Translation operator()(const net::Rejected& rejected) const {
        Translation out;
        out.event = EngineEvent{m_now,
                                QStringLiteral("rejected"),
                                std::nullopt,
                                {{QStringLiteral("reason"), text(rejected.reason)},
                                 {QStringLiteral("source"), text(rejected.source)}}};
        return out;
    }

    Translation operator()(const net::ServiceFailed& failed) const {
        return diagnose(failed.service + "-failed", failed.error);
    }

    Translation operator()(const net::CaptureDrops&) const { return {}; } // shown in the status bar only
    Translation operator()(const net::WireHeard&) const { return {}; }    // see WireInfo.h

private:
    [[nodiscard]] Translation tell(std::string_view name, MacAddress mac, QJsonObject facts) const {
        Translation out;
        out.event = EngineEvent{m_now, text(name), mac, std::move(facts)};
        return out;
    }

    [[nodiscard]] Translation diagnose(const std::string& code, const Error& error) const {
        Translation out;
        out.event = EngineEvent{
            m_now,
            QStringLiteral("diagnosis"),
            std::nullopt,
            {{QStringLiteral("code"), text(code)}, {QStringLiteral("text"), text(message(error))}}};
        return out;
    }

    WallTime m_now;
};

} // namespace

Translation translate(const net::ServerEvent& event, WallTime now) {
    return std::visit(Translator(now), event);
}

} // namespace rackmuster::engine
