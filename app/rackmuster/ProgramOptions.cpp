#include "app/rackmuster/ProgramOptions.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStandardPaths>

namespace rackmuster::app {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(ProgramOptions)
};

QString value(const QCommandLineParser& parser, const char* name) {
    return parser.value(QLatin1String(name));
}

tl::expected<std::optional<QSize>, QString> readSize(const QString& text) {
    if (text.isEmpty())
        return std::nullopt;
    static const QRegularExpression form(QStringLiteral("^(\\d{3,5})x(\\d{3,5})$"));
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return tl::unexpected<QString>(Text::tr("“%1” is not a size such as 1440x900.").arg(text));
    return QSize(match.captured(1).toInt(), match.captured(2).toInt());
}

} // namespace

void addOptions(QCommandLineParser& parser) {
    parser.setApplicationDescription(Text::tr("Installs a rack of servers from one laptop."));
    parser.addHelpOption();
    parser.addVersionOption();
    const auto add = [&parser](const char* name, const QString& description, const QString& valueName = {}) {
        parser.addOption(QCommandLineOption(QLatin1String(name), description, valueName));
    };
    add("state", Text::tr("Keep everything in this folder (default: the XDG data folder)."),
        QStringLiteral("DIR"));
    add("interface", Text::tr("Choose this interface."), QStringLiteral("IF"));
    add("start", Text::tr("Start the services at once."));
    add("import", Text::tr("Import this installation ISO; may be repeated."), QStringLiteral("ISO"));
    add("events", Text::tr("Write one JSON object per event; - is standard output."), QStringLiteral("FILE"));
    add("language", Text::tr("Language of the window: en or zh_CN."), QStringLiteral("LANG"));
    add("theme", Text::tr("light, dark or system."), QStringLiteral("THEME"));
    add("page", Text::tr("Show this page first: rack, machines, images, profiles, network or log."),
        QStringLiteral("PAGE"));
    add("screenshot", Text::tr("Save a picture of the window to this PNG file and leave."),
        QStringLiteral("FILE"));
    add("size", Text::tr("Size of the window, such as 1440x900."), QStringLiteral("WxH"));
    add("allow-root",
        Text::tr("Run although this is root; the network helper is made so that this is not needed."));
}

tl::expected<ProgramOptions, QString> readOptions(const QCommandLineParser& parser) {
    ProgramOptions options;
    options.stateDirectory = value(parser, "state");
    if (options.stateDirectory.isEmpty())
        options.stateDirectory = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
                                 QStringLiteral("/rackmuster");
    options.interface = value(parser, "interface");
    options.startsAtOnce = parser.isSet(QStringLiteral("start"));
    for (const QString& path : parser.values(QStringLiteral("import")))
        options.images << QFileInfo(path).absoluteFilePath();
    options.events = value(parser, "events");
    options.language = value(parser, "language");
    if (!QStringList{QString(), QStringLiteral("en"), QStringLiteral("zh_CN")}.contains(options.language))
        return tl::unexpected<QString>(
            Text::tr("“%1” is not a language of this program: en or zh_CN.").arg(options.language));
    if (const QString theme = value(parser, "theme"); !theme.isEmpty()) {
        options.theme = ui::themeModeFromWord(theme);
        if (ui::toWord(*options.theme) != theme)
            return tl::unexpected<QString>(
                Text::tr("“%1” is not a theme: light, dark or system.").arg(theme));
    }
    if (const QString page = value(parser, "page"); !page.isEmpty()) {
        options.page = ui::pageFromWord(page);
        if (ui::toWord(*options.page) != page)
            return tl::unexpected<QString>(Text::tr("There is no page “%1”.").arg(page));
    }
    options.screenshot = value(parser, "screenshot");
    const auto size = readSize(value(parser, "size"));
    if (!size)
        return tl::unexpected<QString>(size.error());
    options.size = *size;
    options.allowsRoot = parser.isSet(QStringLiteral("allow-root"));
    if (!parser.positionalArguments().isEmpty())
        return tl::unexpected<QString>(
            Text::tr("“%1” is not an option; see --help.").arg(parser.positionalArguments().front()));
    return options;
}

} // namespace rackmuster::app
