#include "core/engine/OperatorActs.h"

#include "core/engine/ImageShelf.h"
#include "core/engine/StatusReport.h"
#include "core/roster/PortOrder.h"

#include <QJsonArray>

#include <array>
#include <optional>

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

QJsonArray toJson(const std::vector<MacAddress>& macs) {
    QJsonArray array;
    for (const MacAddress mac : macs)
        array.append(text(mac.toString()));
    return array;
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
        {QStringLiteral("discovers"), static_cast<qint64>(machine.discovers)},
        {QStringLiteral("boots"), static_cast<qint64>(machine.boots)},
        {QStringLiteral("image"), row.imageName},
        {QStringLiteral("profile"), row.profileName},
        {QStringLiteral("menuEntry"), row.menuEntry},
    };
    if (machine.slot) {
        json.insert(QStringLiteral("slot"), *machine.slot);
        json.insert(QStringLiteral("place"), row.slotLabel);
    }
    if (row.address)
        json.insert(QStringLiteral("ip"), text(row.address->toString()));
    if (machine.uuid)
        json.insert(QStringLiteral("uuid"), text(machine.uuid->toString()));
    if (machine.firstSeen)
        json.insert(QStringLiteral("firstSeen"), text(toIsoText(*machine.firstSeen)));
    if (!row.port.isEmpty())
        json.insert(QStringLiteral("port"), row.port);
    if (!machine.orderUncertainWith.empty())
        json.insert(QStringLiteral("orderUncertainWith"), toJson(machine.orderUncertainWith));
    if (machine.owner)
        json.insert(QStringLiteral("nicOf"), text(machine.owner->toString()));
    if (machine.maybeNicOf)
        json.insert(QStringLiteral("maybeNicOf"), text(machine.maybeNicOf->toString()));
    if (machine.problem)
        json.insert(QStringLiteral("problem"), text(message(*machine.problem)));
    return json;
}

QJsonObject jobToJson(const ImageJob& job) {
    return {{QStringLiteral("kind"),
             job.kind == ImageJob::Kind::Verify ? QStringLiteral("verify") : QStringLiteral("copy")},
            {QStringLiteral("done"), static_cast<qint64>(job.done)},
            {QStringLiteral("total"), static_cast<qint64>(job.total)},
            {QStringLiteral("bytesPerSecond"), job.bytesPerSecond},
            {QStringLiteral("waiting"), job.isWaiting}};
}

QJsonObject imageToJson(const ImageInfo& image) {
    QJsonObject json{
        {QStringLiteral("id"), image.id},
        {QStringLiteral("name"), image.name},
        {QStringLiteral("file"), image.path},
        {QStringLiteral("version"), image.version},
        {QStringLiteral("arch"), image.arch},
        {QStringLiteral("family"), text(boot::toWord(image.family))},
        {QStringLiteral("size"), static_cast<qint64>(image.size)},
        {QStringLiteral("bios"), image.hasBios},
        {QStringLiteral("uefi"), image.hasUefi},
        {QStringLiteral("secureBoot"), image.hasSecureBoot},
        {QStringLiteral("ownCopy"), image.isOwnCopy},
        {QStringLiteral("sha256"),
         image.check.sha256.isEmpty() ? QJsonValue() : QJsonValue(image.check.sha256)},
        {QStringLiteral("verdict"), QString::fromLatin1(toWord(image.check.verdict))},
        {QStringLiteral("comparedWith"), image.check.source},
    };
    if (image.job)
        json.insert(QStringLiteral("job"), jobToJson(*image.job));
    if (image.problem)
        json.insert(QStringLiteral("problem"), text(message(*image.problem)));
    return json;
}

/// {"slots": {"MAC": number}}
Result<int> placeByPort(Engine& engine, const QJsonObject& slots) {
    std::map<MacAddress, int> bySlot;
    for (auto it = slots.begin(); it != slots.end(); ++it) {
        const auto mac = MacAddress::parse(it.key().toStdString());
        if (!mac)
            return tl::unexpected(mac.error());
        bySlot.emplace(*mac, it.value().toInt());
    }
    const roster::PlaceMany places = roster::placesByPort(engine.roster(), bySlot);
    if (places.places.empty())
        return 0;
    if (const auto done = engine.execute(places); !done)
        return tl::unexpected(done.error());
    return static_cast<int>(places.places.size());
}

Result<QString> findImage(const Engine& engine, const QString& idOrName) {
    for (const ImageInfo& image : engine.snapshot().images) {
        if (image.id == idOrName || image.name.compare(idOrName, Qt::CaseInsensitive) == 0)
            return image.id;
    }
    return fail(ErrorCode::UnknownImage, idOrName.toStdString());
}

/// Nothing: the act is none on an image.
std::optional<Result<void>> actOnImage(Engine& engine, const QString& name, const QJsonObject& request) {
    using Act = Result<void> (*)(Engine&, const QString& id, const QJsonObject& request);
    struct ImageAct {
        const char* name;
        Act act;
    };
    static constexpr std::array acts{
        ImageAct{"verify",
                 [](Engine& e, const QString& id, const QJsonObject& r) {
                     return e.verifyImage(id, r.value(QLatin1String("sum")).toString());
                 }},
        ImageAct{"copy",
                 [](Engine& e, const QString& id, const QJsonObject& /*r*/) {
                     return e.copyImage(id);
                 }},
        ImageAct{"cancel",
                 [](Engine& e, const QString& id, const QJsonObject& /*r*/) {
                     return e.cancelImageJob(id);
                 }},
        ImageAct{"remove",
                 [](Engine& e, const QString& id, const QJsonObject& /*r*/) {
                     return e.removeImage(id);
                 }},
        ImageAct{"rename",
                 [](Engine& e, const QString& id, const QJsonObject& r) {
                     return e.renameImage(id, r.value(QLatin1String("name")).toString());
                 }},
    };
    for (const ImageAct& known : acts) {
        if (name != QLatin1String(known.name))
            continue;
        const auto id = findImage(engine, request.value(QLatin1String("image")).toString());
        return id ? known.act(engine, *id, request) : tl::unexpected(id.error());
    }
    return std::nullopt;
}

} // namespace

QJsonObject importAnswer(const Result<QString>& imageId) {
    if (!imageId)
        return failure(imageId.error());
    return {{QStringLiteral("ok"), true}, {QStringLiteral("image"), *imageId}};
}

QJsonObject imagesToJson(const std::vector<ImageInfo>& images) {
    QJsonArray array;
    for (const ImageInfo& image : images)
        array.append(imageToJson(image));
    return {{QStringLiteral("images"), array}};
}

Result<MacAddress> findMachine(const roster::Roster& roster, const QString& name) {
    if (const auto mac = MacAddress::parse(name.toStdString()); mac && roster.find(*mac) != nullptr)
        return *mac;
    bool isNumber = false;
    const int number = name.toInt(&isNumber);
    if (const roster::Machine* machine = isNumber ? roster.findBySlot(number) : nullptr)
        return machine->mac;
    for (const roster::Machine* machine : roster.machines()) {
        if (text(roster.hostnameOf(*machine)).compare(name, Qt::CaseInsensitive) == 0)
            return machine->mac;
    }
    // A name may look like the label of another slot, so the label comes last.
    const auto slot = roster.layout().slotFromLabel(name.toStdString());
    if (const roster::Machine* machine = slot ? roster.findBySlot(*slot) : nullptr)
        return machine->mac;
    return fail(ErrorCode::UnknownMachine, name.toStdString());
}

QJsonObject rosterToJson(const Snapshot& snapshot) {
    QJsonArray machines;
    for (const MachineRow& row : snapshot.machines)
        machines.append(rowToJson(row));
    QJsonArray reserved;
    for (const int slot : snapshot.reserved)
        reserved.append(slot);
    return {{QStringLiteral("rack"), text(snapshot.layout.name)},
            {QStringLiteral("next"), snapshot.cursor},
            {QStringLiteral("reserved"), reserved},
            {QStringLiteral("direction"), text(roster::toWord(snapshot.layout.direction))},
            {QStringLiteral("machines"), machines}};
}

QJsonObject perform(Engine& engine, const QJsonObject& request) {
    const QString name = request.value(QLatin1String("act")).toString();
    if (name == QLatin1String("machines")) {
        QJsonObject json = rosterToJson(engine.snapshot());
        json.insert(QStringLiteral("ok"), true);
        return json;
    }
    if (name == QLatin1String("status")) {
        QJsonObject json = statusToJson(engine.snapshot());
        json.insert(QStringLiteral("ok"), true);
        return json;
    }
    if (name == QLatin1String("images")) {
        QJsonObject json = imagesToJson(engine.snapshot().images);
        json.insert(QStringLiteral("ok"), true);
        return json;
    }
    if (name == QLatin1String("import"))
        return importAnswer(engine.importImage(request.value(QLatin1String("path")).toString()));
    if (name == QLatin1String("place-by-port")) {
        const auto moved = placeByPort(engine, request.value(QLatin1String("slots")).toObject());
        if (!moved)
            return failure(moved.error());
        return {{QStringLiteral("ok"), true}, {QStringLiteral("moved"), *moved}};
    }
    if (const auto done = actOnImage(engine, name, request))
        return *done ? QJsonObject{{QStringLiteral("ok"), true}} : failure(done->error());
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
