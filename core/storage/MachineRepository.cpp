#include "core/storage/MachineRepository.h"

#include "core/storage/SqlValues.h"

#include <QStringList>

#include <array>

namespace rackmuster::storage {

namespace {

using roster::Machine;
using roster::Ticket;

struct Column {
    const char* name;
    QVariant (*valueOf)(const Machine&);
};

// What is written, a line per column; readMachine() is the way back. A test sends every field through both.
constexpr std::array columns{
    Column{"mac",
           [](const Machine& m) {
               return toSql(m.mac);
           }},
    Column{"uuid",
           [](const Machine& m) {
               return toSql(m.uuid);
           }},
    Column{"firmware",
           [](const Machine& m) {
               return toSql(m.firmware);
           }},
    Column{"first_seen_ms",
           [](const Machine& m) {
               return toSql(m.firstSeen);
           }},
    Column{"slot",
           [](const Machine& m) {
               return toSql(m.slot);
           }},
    Column{"approval",
           [](const Machine& m) {
               return toSql(toWord(m.approval));
           }},
    Column{"stage",
           [](const Machine& m) {
               return toSql(toWord(m.stage));
           }},
    Column{"stage_since_ms",
           [](const Machine& m) {
               return toSql(m.stageSince);
           }},
    Column{"leased",
           [](const Machine& m) {
               return toSql(m.leased);
           }},
    Column{"hostname",
           [](const Machine& m) {
               return toSql(m.assigned.hostname);
           }},
    Column{"address",
           [](const Machine& m) {
               return toSql(m.assigned.address);
           }},
    Column{"image_id",
           [](const Machine& m) {
               return toSql(m.assigned.imageId);
           }},
    Column{"profile",
           [](const Machine& m) {
               return toSql(m.assigned.profile);
           }},
    Column{"menu_entry",
           [](const Machine& m) {
               return toSql(m.assigned.menuEntry);
           }},
    Column{"kernel_arguments",
           [](const Machine& m) {
               return toSql(m.assigned.kernelArguments);
           }},
    Column{"boot_file",
           [](const Machine& m) {
               return toSql(m.assigned.bootFile);
           }},
    Column{"dhcp_options",
           [](const Machine& m) {
               return toSql(m.assigned.dhcpOptions);
           }},
    Column{"other_columns",
           [](const Machine& m) {
               return toSql(m.assigned.otherColumns);
           }},
    Column{"note",
           [](const Machine& m) {
               return toSql(m.assigned.note);
           }},
    Column{"ticket_token",
           [](const Machine& m) {
               return m.ticket ? toSql(m.ticket->token) : QVariant();
           }},
    Column{"ticket_minted_ms",
           [](const Machine& m) {
               return m.ticket ? toSql(m.ticket->minted) : QVariant();
           }},
    Column{"ticket_fetched",
           [](const Machine& m) {
               return toSql(m.ticket && m.ticket->isFetched);
           }},
    Column{"ticket_spent",
           [](const Machine& m) {
               return toSql(m.ticket && m.ticket->isSpent);
           }},
    Column{"ticket_nic",
           [](const Machine& m) {
               return m.ticket ? toSql(m.ticket->nic) : QVariant();
           }},
    Column{"ticket_fetches",
           [](const Machine& m) {
               return toSql(m.ticket ? m.ticket->fetches : 0U);
           }},
    Column{"ticket_image",
           [](const Machine& m) {
               return toSql(m.ticket ? m.ticket->imageId : std::string());
           }},
    Column{"ticket_profile",
           [](const Machine& m) {
               return toSql(m.ticket ? m.ticket->profile : std::string());
           }},
    Column{"ticket_menu_entry",
           [](const Machine& m) {
               return toSql(m.ticket ? m.ticket->menuEntry : std::string());
           }},
    Column{"discovers",
           [](const Machine& m) {
               return toSql(m.discovers);
           }},
    Column{"boots",
           [](const Machine& m) {
               return toSql(m.boots);
           }},
    Column{"is_done",
           [](const Machine& m) {
               return toSql(m.isDone);
           }},
    Column{"bytes_served",
           [](const Machine& m) {
               return toSql(m.bytesServed);
           }},
    Column{"packages_done",
           [](const Machine& m) {
               return toSql(m.packagesDone);
           }},
    Column{"packages_total",
           [](const Machine& m) {
               return toSql(m.packagesTotal);
           }},
    Column{"problem_code",
           [](const Machine& m) {
               return m.problem ? toSql(toWord(m.problem->code)) : QVariant();
           }},
    Column{"problem_subject",
           [](const Machine& m) {
               return m.problem ? toSql(m.problem->subject) : QVariant();
           }},
    Column{"problem_detail",
           [](const Machine& m) {
               return m.problem ? toSql(m.problem->detail) : QVariant();
           }},
    Column{"is_captured",
           [](const Machine& m) {
               return toSql(m.isCaptured);
           }},
    Column{"is_to_be_replaced",
           [](const Machine& m) {
               return toSql(m.isToBeReplaced);
           }},
    Column{"order_uncertain_with",
           [](const Machine& m) {
               return toSql(m.orderUncertainWith);
           }},
    Column{"owner",
           [](const Machine& m) {
               return toSql(m.owner);
           }},
    Column{"maybe_nic_of",
           [](const Machine& m) {
               return toSql(m.maybeNicOf);
           }},
};

QString putStatement() {
    QStringList names;
    QStringList marks;
    QStringList updates;
    for (const Column& column : columns) {
        const QLatin1String name(column.name);
        names.append(name);
        marks.append(QStringLiteral("?"));
        updates.append(QStringLiteral("%1 = excluded.%1").arg(name));
    }
    const QString comma = QStringLiteral(", ");
    return QStringLiteral("INSERT INTO machines (%1) VALUES (%2) ON CONFLICT (mac) DO UPDATE SET %3")
        .arg(names.join(comma), marks.join(comma), updates.join(comma));
}

roster::Assignment readAssignment(RowReader& row) {
    roster::Assignment assigned;
    assigned.hostname = row.text("hostname");
    assigned.address = row.parsed<Ipv4Address>("address");
    assigned.imageId = row.text("image_id");
    assigned.profile = row.text("profile");
    assigned.menuEntry = row.text("menu_entry");
    assigned.kernelArguments = row.text("kernel_arguments");
    assigned.bootFile = row.text("boot_file");
    assigned.dhcpOptions = row.text("dhcp_options");
    assigned.otherColumns = row.texts("other_columns");
    assigned.note = row.text("note");
    return assigned;
}

std::optional<Ticket> readTicket(RowReader& row) {
    const auto token = row.optionalText("ticket_token");
    const auto minted = row.time("ticket_minted_ms");
    if (!token || !minted)
        return std::nullopt;
    return Ticket{*token,
                  *minted,
                  row.flag("ticket_fetched"),
                  row.flag("ticket_spent"),
                  row.text("ticket_image"),
                  row.text("ticket_profile"),
                  row.text("ticket_menu_entry"),
                  row.number<std::uint32_t>("ticket_fetches"),
                  row.parsed<MacAddress>("ticket_nic")};
}

std::optional<Error> readProblem(RowReader& row) {
    if (!row.optionalText("problem_code"))
        return std::nullopt;
    return Error{row.word("problem_code", errorCodeFromWord), row.text("problem_subject"),
                 row.text("problem_detail")};
}

Machine readMachine(RowReader& row) {
    Machine machine(row.parsed<MacAddress>("mac").value_or(MacAddress({})));
    machine.uuid = row.parsed<Uuid>("uuid");
    machine.firmware = row.text("firmware");
    machine.firstSeen = row.time("first_seen_ms");
    machine.slot = row.optionalNumber("slot");
    machine.approval = row.word("approval", roster::approvalFromWord);
    machine.stage = row.word("stage", roster::stageFromWord);
    machine.stageSince = row.time("stage_since_ms");
    machine.leased = row.parsed<Ipv4Address>("leased");
    machine.assigned = readAssignment(row);
    machine.ticket = readTicket(row);
    machine.discovers = row.number<std::uint32_t>("discovers");
    machine.boots = row.number<std::uint32_t>("boots");
    machine.isDone = row.flag("is_done");
    machine.bytesServed = row.number<std::uint64_t>("bytes_served");
    machine.packagesDone = row.number<std::uint32_t>("packages_done");
    machine.packagesTotal = row.number<std::uint32_t>("packages_total");
    machine.problem = readProblem(row);
    machine.isCaptured = row.flag("is_captured");
    machine.isToBeReplaced = row.flag("is_to_be_replaced");
    machine.orderUncertainWith = row.macs("order_uncertain_with");
    machine.owner = row.parsed<MacAddress>("owner");
    machine.maybeNicOf = row.parsed<MacAddress>("maybe_nic_of");
    return machine;
}

} // namespace

Result<std::vector<Machine>> MachineRepository::load() const {
    auto query = m_connection.execute(QStringLiteral("SELECT * FROM machines ORDER BY mac"));
    if (!query)
        return tl::unexpected(query.error());
    std::vector<Machine> machines;
    while (query->next()) {
        RowReader row(*query);
        machines.push_back(readMachine(row));
        if (row.failure())
            return m_connection.failure(*row.failure());
    }
    if (query->lastError().isValid())
        return m_connection.failure(query->lastError());
    return machines;
}

Result<void> MachineRepository::put(std::span<const Machine> machines) const {
    if (machines.empty())
        return {};
    auto query = m_connection.prepare(putStatement());
    if (!query)
        return tl::unexpected(query.error());
    for (const Machine& machine : machines) {
        for (std::size_t i = 0; i < columns.size(); ++i)
            query->bindValue(static_cast<int>(i), columns[i].valueOf(machine));
        if (auto done = m_connection.run(*query); !done)
            return done;
    }
    return {};
}

Result<void> MachineRepository::remove(std::span<const MacAddress> machines) const {
    if (machines.empty())
        return {};
    auto query = m_connection.prepare(QStringLiteral("DELETE FROM machines WHERE mac = ?"));
    if (!query)
        return tl::unexpected(query.error());
    for (const MacAddress& mac : machines) {
        query->bindValue(0, toSql(mac));
        if (auto done = m_connection.run(*query); !done)
            return done;
    }
    return {};
}

} // namespace rackmuster::storage
