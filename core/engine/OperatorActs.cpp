#include "core/engine/OperatorActs.h"

#include <QJsonArray>

namespace rackmuster::engine {

namespace {

QString text(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

Result<void> act(Engine& engine, const QString& name, MacAddress mac) {
    if (name == QLatin1String("approve"))
        return engine.approve(mac);
    if (name == QLatin1String("refuse"))
        return engine.execute(roster::Refuse{mac});
    if (name == QLatin1String("forget"))
        return engine.execute(roster::Forget{mac});
    if (name == QLatin1String("rearm"))
        return engine.execute(roster::Rearm{mac});
    return fail(ErrorCode::NotAllowed, "The act " + name.toStdString(), "it is not known");
}

QJsonObject failure(const Error& error) {
    return {{QStringLiteral("error"), text(message(error))}};
}

QJsonObject rowToJson(const MachineRow& row) {
    const roster::Machine& machine = row.machine;
    QJsonObject json{
        {QStringLiteral("mac"), text(machine.mac.toString())},
        {QStringLiteral("hostname"), row.hostname},
        {QStringLiteral("firmware"), text(machine.firmware)},
        {QStringLiteral("vendor"), row.vendor},
        {QStringLiteral("approval"), text(roster::toWord(machine.approval))},
        {QStringLiteral("stage"), text(roster::toWord(machine.stage))},
        {QStringLiteral("done"), roster::hasInstalled(machine)},
        {QStringLiteral("progress"), roster::progressOf(machine)},
        {QStringLiteral("image"), row.imageName},
        {QStringLiteral("profile"), row.profileName},
        {QStringLiteral("menuEntry"), row.menuEntry},
    };
    if (machine.slot)
        json.insert(QStringLiteral("slot"), *machine.slot);
    if (row.address)
        json.insert(QStringLiteral("ip"), text(row.address->toString()));
    if (machine.uuid)
        json.insert(QStringLiteral("uuid"), text(machine.uuid->toString()));
    if (machine.firstSeen)
        json.insert(QStringLiteral("firstSeen"), text(toIsoText(*machine.firstSeen)));
    if (machine.problem)
        json.insert(QStringLiteral("problem"), text(*machine.problem));
    return json;
}

} // namespace

Result<MacAddress> findMachine(const roster::Roster& roster, const QString& name) {
    if (const auto mac = MacAddress::parse(name.toStdString()); mac && roster.find(*mac) != nullptr)
        return *mac;
    bool isNumber = false;
    const int slot = name.toInt(&isNumber);
    if (const roster::Machine* machine = isNumber ? roster.findBySlot(slot) : nullptr)
        return machine->mac;
    for (const roster::Machine* machine : roster.machines()) {
        if (text(roster.hostnameOf(*machine)).compare(name, Qt::CaseInsensitive) == 0)
            return machine->mac;
    }
    return fail(ErrorCode::UnknownMachine, name.toStdString());
}

QJsonObject rosterToJson(const Snapshot& snapshot) {
    QJsonArray machines;
    for (const MachineRow& row : snapshot.machines)
        machines.append(rowToJson(row));
    return {{QStringLiteral("rack"), text(snapshot.layout.name)},
            {QStringLiteral("next"), snapshot.cursor},
            {QStringLiteral("machines"), machines}};
}

QJsonObject perform(Engine& engine, const QJsonObject& request) {
    const QString name = request.value(QLatin1String("act")).toString();
    if (name == QLatin1String("machines")) {
        QJsonObject json = rosterToJson(engine.snapshot());
        json.insert(QStringLiteral("ok"), true);
        return json;
    }
    const QJsonArray machines = request.value(QLatin1String("machines")).toArray();
    for (const QJsonValue machine : machines) {
        const auto mac = findMachine(engine.roster(), machine.toString());
        if (!mac)
            return failure(mac.error());
        if (const auto done = act(engine, name, *mac); !done)
            return failure(done.error());
    }
    return {{QStringLiteral("ok"), true}};
}

} // namespace rackmuster::engine
