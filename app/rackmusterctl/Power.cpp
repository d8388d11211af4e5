#include "app/rackmusterctl/Command.h"
#include "app/rackmusterctl/PowerRun.h"
#include "app/rackmusterctl/Secrets.h"
#include "app/rackmusterctl/StateAccess.h"
#include "core/power/BmcList.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QSocketNotifier>

#include <algorithm>
#include <unistd.h>

namespace rackmuster::ctl {

namespace {

constexpr uint lastSlot = 100'000;

void declare(QCommandLineParser& parser) {
    const auto add = [&parser](const char* name, const char* description, const char* value,
                               const char* standard = "") {
        parser.addOption({QString::fromLatin1(name), QString::fromUtf8(description),
                          QString::fromLatin1(value), QString::fromLatin1(standard)});
    };
    parser.setApplicationDescription(QStringLiteral(
        "Switches machines on one after the other, each when the running console has heard the one "
        "before. While it runs, a line skip, retry or stop on standard input does that."));
    parser.addOption(stateOption());
    add("bmc",
        "List of BMCs (required): slot,address,user,password,kind, kind ipmi or redfish; - is standard "
        "input.",
        "FILE");
    add("slots", "Slots to switch on, in this order: 1-40, or 40-1, or 1,3,5-9. Without it, all of the list.",
        "SLOTS");
    // Large servers test their memory for minutes before they ask for an address.
    add("wait", "Seconds to wait for each machine, 10 to 3600.", "SECONDS", "600");
    add("certificate", "Fingerprint (SHA-256) of a Redfish certificate that you confirm; repeatable.",
        "AA:BB:..");
    parser.addOption(
        {QStringLiteral("any-certificate"),
         QStringLiteral("Trust whatever certificate a BMC shows: only on a cable of your own.")});
    parser.addOption({QStringLiteral("keep-boot-order"),
                      QStringLiteral("Do not tell the machines to start from the network this once.")});
    parser.addOption({QStringLiteral("json"), QStringLiteral("Print one JSON object per event.")});
}

/// "1-3,7"; nothing when it is none.
std::optional<std::vector<int>> parseSlots(const QString& text) {
    std::vector<int> slots;
    for (const QString& part : text.split(QLatin1Char(','))) {
        bool isFirst = false;
        bool isLast = false;
        const uint first = part.section(QLatin1Char('-'), 0, 0).toUInt(&isFirst);
        const uint last = part.section(QLatin1Char('-'), -1, -1).toUInt(&isLast);
        if (!isFirst || !isLast || part.count(QLatin1Char('-')) > 1 || first < 1 || last < 1 ||
            first > lastSlot || last > lastSlot)
            return std::nullopt;
        for (uint slot = first;; slot = first < last ? slot + 1 : slot - 1) {
            slots.push_back(static_cast<int>(slot));
            if (slot == last)
                break;
        }
    }
    return slots;
}

/// The sentence of what is wrong, or nothing.
std::optional<QString> readUsage(const QCommandLineParser& parser, PowerOptions& options) {
    bool isNumber = false;
    const uint seconds = parser.value(QStringLiteral("wait")).toUInt(&isNumber);
    if (!isNumber || seconds < 10 || seconds > 3600)
        return QStringLiteral("--wait does not take “%1”.").arg(parser.value(QStringLiteral("wait")));
    options.patience = std::chrono::seconds(seconds);
    if (const QString text = parser.value(QStringLiteral("slots")); !text.isEmpty()) {
        const auto slots = parseSlots(text);
        if (!slots)
            return QStringLiteral("--slots does not take “%1”.").arg(text);
        options.slots = *slots;
    }
    if (!parser.isSet(QStringLiteral("bmc")))
        return QStringLiteral("Name the list of BMCs with --bmc FILE.");
    for (const QString& fingerprint : parser.values(QStringLiteral("certificate")))
        options.trust.fingerprints.insert(fingerprint.toUpper().toStdString());
    options.trust.acceptsAny = parser.isSet(QStringLiteral("any-certificate"));
    options.setsBootDevice = !parser.isSet(QStringLiteral("keep-boot-order"));
    options.asJson = parser.isSet(QStringLiteral("json"));
    options.state = stateDirectory(parser.value(QStringLiteral("state")));
    return std::nullopt;
}

/// Reads the list; without --slots, all of it. False when it cannot be used, which it has told.
bool readBmcs(const QString& path, PowerOptions& options) {
    const auto text = readText(path);
    if (!text) {
        complain(text.error());
        return false;
    }
    const power::BmcList list = power::readBmcList(text->toStdString());
    for (const Error& error : list.errors)
        complain(error);
    options.bmcs = list.bmcs;
    const auto has = [&list](int slot) {
        return std::any_of(list.bmcs.begin(), list.bmcs.end(),
                           [slot](const power::Bmc& bmc) { return bmc.slot == slot; });
    };
    for (const int slot : options.slots) {
        if (!has(slot)) {
            complain(QStringLiteral("The list of BMCs has no slot %1.").arg(slot));
            return false;
        }
    }
    if (options.slots.empty()) {
        for (const power::Bmc& bmc : list.bmcs)
            options.slots.push_back(bmc.slot);
    }
    return list.errors.empty();
}

/// Passes on lines that the operator types, without waiting for them.
void readCommands(QSocketNotifier& input, PowerRun& run) {
    QByteArray bytes(1024, '\0');
    const ssize_t count = ::read(STDIN_FILENO, bytes.data(), static_cast<std::size_t>(bytes.size()));
    if (count <= 0) {
        input.setEnabled(false); // nobody types
        return;
    }
    bytes.truncate(count);
    for (const QByteArray& line : bytes.split('\n'))
        run.command(QString::fromUtf8(line));
}

} // namespace

int power(const QStringList& arguments) {
    QCommandLineParser parser;
    declare(parser);
    if (const auto status = parse(parser, "power", arguments))
        return *status;
    PowerOptions options;
    if (const auto wrong = readUsage(parser, options)) {
        complain(*wrong);
        return WrongUsage;
    }
    if (!readBmcs(parser.value(QStringLiteral("bmc")), options))
        return AnswerIsNo;
    PowerRun run(std::move(options));
    // Later: a run that is over at once must not end an event loop that has not begun.
    QObject::connect(
        &run, &PowerRun::finished, &run, [] { QCoreApplication::quit(); }, Qt::QueuedConnection);
    if (!run.start())
        return AnswerIsNo;
    QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, &run, [&] { readCommands(input, run); });
    (void)QCoreApplication::exec();
    return run.isAllOn() ? Done : AnswerIsNo;
}

} // namespace rackmuster::ctl
