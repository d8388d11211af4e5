#include "app/rackmusterctl/Checksum.h"
#include "app/rackmusterctl/Command.h"
#include "core/engine/ConfinedReader.h"
#include "core/media/MediaInspector.h"
#include "core/media/TreePath.h"

#include <QCommandLineParser>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace rackmuster::ctl {

namespace {

QString text(const std::string& utf8) {
    return QString::fromStdString(utf8);
}

QString word(std::string_view ascii) {
    return QString::fromLatin1(ascii.data(), static_cast<qsizetype>(ascii.size()));
}

QJsonArray toArray(const std::vector<std::string>& strings) {
    QJsonArray array;
    for (const std::string& string : strings)
        array.append(text(string));
    return array;
}

QJsonArray sentences(const std::vector<Error>& notes) {
    QJsonArray array;
    for (const Error& note : notes)
        array.append(text(message(note)));
    return array;
}

QJsonArray titles(const std::vector<boot::MenuEntry>& entries) {
    QJsonArray array;
    for (const boot::MenuEntry& entry : entries)
        array.append(text(entry.title));
    return array;
}

QJsonArray toJson(const std::vector<media::Loader>& loaders) {
    QJsonArray array;
    for (const media::Loader& loader : loaders) {
        array.append(QJsonObject{{QStringLiteral("firmware"), text(loader.firmware)},
                                 {QStringLiteral("path"), text(loader.path)},
                                 {QStringLiteral("source"), text(loader.source)},
                                 {QStringLiteral("secureBoot"), loader.isSecureBoot},
                                 {QStringLiteral("sbat"), text(loader.sbat)},
                                 {QStringLiteral("signer"), text(loader.signer)},
                                 {QStringLiteral("grubSbat"), text(loader.grubSbat)}});
    }
    return array;
}

/// Ubuntu is of Debian's family; that it has an installer of its own is told by its answer file.
QString distributionFamily(boot::InstallerFamily family) {
    return word(
        boot::toWord(family == boot::InstallerFamily::Ubuntu ? boot::InstallerFamily::Debian : family));
}

QJsonObject toJson(const media::MediaReport& report) {
    const media::Distribution& distribution = report.distribution;
    return {{QStringLiteral("file"), text(report.file)},
            {QStringLiteral("volumeId"), text(report.volumeId)},
            {QStringLiteral("size"), static_cast<qint64>(report.size)},
            {QStringLiteral("distribution"),
             QJsonObject{{QStringLiteral("family"), distributionFamily(distribution.family)},
                         {QStringLiteral("name"), text(distribution.name)},
                         {QStringLiteral("version"), text(distribution.version)},
                         {QStringLiteral("arch"), text(distribution.arch)}}},
            {QStringLiteral("installable"), report.isInstallable()},
            {QStringLiteral("kernel"), text(report.kernelPath)},
            {QStringLiteral("initrd"), text(report.initrdPath)},
            {QStringLiteral("loaders"), toJson(report.loaders)},
            {QStringLiteral("repositories"), toArray(report.repositories)},
            {QStringLiteral("entries"), titles(report.entries)},
            {QStringLiteral("answerFile"), word(boot::answerFileKind(distribution.family))},
            {QStringLiteral("warnings"), sentences(report.notes)},
            {QStringLiteral("sha256"), QJsonValue()}};
}

QJsonObject toJson(const QString& file, const Error& error) {
    return {{QStringLiteral("file"), file}, {QStringLiteral("error"), text(message(error))}};
}

/// What an image says of itself, fit for a terminal.
QString plain(const std::string& words) {
    return text(media::printableName(words));
}

QString toPlainText(const media::Loader& loader) {
    QStringList facts{plain(loader.source)};
    if (loader.isSecureBoot)
        facts.append(QStringLiteral("Secure Boot"));
    if (!loader.signer.empty())
        facts.append(QStringLiteral("signed by ") + plain(loader.signer));
    for (const std::string& generation : {loader.sbat, loader.grubSbat}) {
        if (!generation.empty())
            facts.append(plain(generation));
    }
    return QStringLiteral("  boots %1 with %2 (%3)\n")
        .arg(plain(loader.firmware), plain(loader.path), facts.join(QStringLiteral("; ")));
}

QString toPlainText(const media::MediaReport& report) {
    const media::Distribution& distribution = report.distribution;
    const std::string title = distribution.title().empty() ? report.volumeId : distribution.title();
    QStringList facts{plain(title), plain(distribution.arch)};
    facts.removeAll(QString());
    QString out = text(report.file) + QStringLiteral(": ") + facts.join(QLatin1Char(' ')) +
                  (report.isInstallable()
                       ? QStringLiteral(", %1\n").arg(word(boot::answerFileKind(distribution.family)))
                   : report.isImportable() ? QStringLiteral(", starts from its menu\n")
                                           : QStringLiteral(", not installable\n"));
    for (const media::Loader& loader : report.loaders)
        out += toPlainText(loader);
    for (const std::string& repository : report.repositories)
        out += QStringLiteral("  repository: %1\n").arg(plain(repository));
    for (const boot::MenuEntry& entry : report.entries)
        out += QStringLiteral("  menu: %1\n").arg(plain(entry.title));
    for (const Error& note : report.notes)
        out += QStringLiteral("  note: %1\n").arg(text(message(note)));
    return out;
}

} // namespace

int inspect(const QStringList& arguments) {
    QCommandLineParser parser;
    const QCommandLineOption json(QStringLiteral("json"), QStringLiteral("Print one JSON document."));
    const QCommandLineOption sha256(
        QStringLiteral("sha256"),
        QStringLiteral("Read the whole image, and compare it with checksum files beside it."));
    parser.addOptions({json, sha256});
    parser.addPositionalArgument(QStringLiteral("ISO"), QStringLiteral("Image files."),
                                 QStringLiteral("ISO..."));
    if (const auto status = parse(parser, "inspect", arguments))
        return *status;
    const QStringList files = parser.positionalArguments();
    if (files.isEmpty()) {
        complain(QStringLiteral("Name at least one ISO file."));
        return WrongUsage;
    }

    const engine::ConfinedReader reader;
    const bool hasBiosLoader = media::hostLoaderFiles().contains("pxelinux.0");
    QJsonArray documents;
    int status = Done;
    for (const QString& file : files) {
        const auto medium = reader.read(file.toStdString(), hasBiosLoader);
        if (!medium) {
            complain(medium.error());
            documents.append(toJson(file, medium.error()));
            status = AnswerIsNo;
            continue;
        }
        const media::MediaReport& report = medium->report;
        if (!report.isImportable())
            status = AnswerIsNo;
        QJsonObject document = toJson(report);
        QString text = toPlainText(report);
        if (parser.isSet(sha256)) {
            const auto verification = verificationOf(file);
            if (!verification) {
                complain(verification.error());
                status = AnswerIsNo;
                continue;
            }
            document.insert(QStringLiteral("sha256"), QString::fromStdString(verification->sha256));
            document.insert(QStringLiteral("checksum"), toJson(*verification));
            text += toPlainText(*verification);
            if (verification->verdict == media::Verification::Verdict::Mismatch)
                status = AnswerIsNo;
        }
        if (parser.isSet(json))
            documents.append(document);
        else
            print(text);
    }
    if (parser.isSet(json)) { // one image: its own document, as the contract shows it
        const QJsonDocument document =
            documents.size() == 1 ? QJsonDocument(documents.at(0).toObject()) : QJsonDocument(documents);
        print(QString::fromUtf8(document.toJson()));
    }
    return status;
}

} // namespace rackmuster::ctl
