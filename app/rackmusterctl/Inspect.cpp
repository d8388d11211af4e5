#include "app/rackmusterctl/Command.h"
#include "core/media/IsoImage.h"
#include "core/media/MediaInspector.h"

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

QJsonObject toJson(const media::MediaReport& report) {
    QJsonArray loaders;
    for (const media::Loader& loader : report.loaders) {
        loaders.append(QJsonObject{{QStringLiteral("firmware"), text(loader.firmware)},
                                   {QStringLiteral("path"), text(loader.path)},
                                   {QStringLiteral("source"), text(loader.source)},
                                   {QStringLiteral("secureBoot"), loader.isSecureBoot},
                                   {QStringLiteral("sbat"), text(loader.sbat)}});
    }
    const media::Distribution& distribution = report.distribution;
    return {{QStringLiteral("file"), text(report.file)},
            {QStringLiteral("volumeId"), text(report.volumeId)},
            {QStringLiteral("size"), static_cast<qint64>(report.size)},
            {QStringLiteral("distribution"),
             QJsonObject{{QStringLiteral("family"), word(boot::toWord(distribution.family))},
                         {QStringLiteral("name"), text(distribution.name)},
                         {QStringLiteral("version"), text(distribution.version)},
                         {QStringLiteral("arch"), text(distribution.arch)}}},
            {QStringLiteral("installable"), report.isInstallable()},
            {QStringLiteral("kernel"), text(report.kernelPath)},
            {QStringLiteral("initrd"), text(report.initrdPath)},
            {QStringLiteral("loaders"), loaders},
            {QStringLiteral("repositories"), toArray(report.repositories)},
            {QStringLiteral("answerFile"), word(boot::answerFileKind(distribution.family))},
            {QStringLiteral("warnings"), sentences(report.notes)},
            {QStringLiteral("sha256"), QJsonValue()}};
}

QString toPlainText(const media::MediaReport& report) {
    QString out = QStringLiteral("%1: %2 %3 %4%5\n")
                      .arg(text(report.file), text(report.distribution.name),
                           text(report.distribution.version), text(report.distribution.arch),
                           report.isInstallable() ? QString() : QStringLiteral(", not installable"));
    for (const media::Loader& loader : report.loaders) {
        out += QStringLiteral("  boots %1 with %2 (%3)%4\n")
                   .arg(text(loader.firmware), text(loader.path), text(loader.source),
                        loader.isSecureBoot ? QStringLiteral(", Secure Boot") : QString());
    }
    for (const Error& note : report.notes)
        out += QStringLiteral("  note: %1\n").arg(text(message(note)));
    return out;
}

} // namespace

int inspect(const QStringList& arguments) {
    QCommandLineParser parser;
    const QCommandLineOption json(QStringLiteral("json"), QStringLiteral("Print one JSON document."));
    parser.addOption(json);
    parser.addPositionalArgument(QStringLiteral("ISO"), QStringLiteral("Image files."),
                                 QStringLiteral("ISO..."));
    if (const auto status = parse(parser, "inspect", arguments))
        return *status;
    const QStringList files = parser.positionalArguments();
    if (files.isEmpty()) {
        complain(QStringLiteral("Name at least one ISO file."));
        return WrongUsage;
    }

    const bool hasBiosLoader = media::hostLoaderFiles().contains("pxelinux.0");
    QJsonArray reports;
    int status = Done;
    for (const QString& file : files) {
        auto image = media::IsoImage::open(file.toStdString());
        if (!image) {
            complain(image.error());
            status = AnswerIsNo;
            continue;
        }
        if (!hasBiosLoader)
            image->addPackagedBiosLoader();
        const media::MediaReport report = media::inspect(*image, file.toStdString(), hasBiosLoader);
        if (!report.isInstallable())
            status = AnswerIsNo;
        if (parser.isSet(json))
            reports.append(toJson(report));
        else
            print(toPlainText(report));
    }
    if (parser.isSet(json)) { // one image: its own document, as the contract shows it
        const QJsonDocument document =
            reports.size() == 1 ? QJsonDocument(reports.at(0).toObject()) : QJsonDocument(reports);
        print(QString::fromUtf8(document.toJson()));
    }
    return status;
}

} // namespace rackmuster::ctl
