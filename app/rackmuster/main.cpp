#include "app/rackmuster/DesktopSession.h"
#include "app/rackmuster/Language.h"
#include "app/rackmuster/ProgramOptions.h"
#include "core/engine/EngineThread.h"
#include "ui/text/Sentences.h"

#include <QApplication>
#include <QMessageBox>
#include <QSettings>
#include <QTextStream>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string_view>
#include <unistd.h>

namespace {

using namespace rackmuster;

constexpr int wrongUsage = 2;

/// --help and --version answer without a display.
bool asksForText(std::span<char*> arguments) {
    return std::any_of(arguments.begin(), arguments.end(), [](std::string_view argument) {
        return argument == "--help" || argument == "-h" || argument == "--help-all" ||
               argument == "--version" || argument == "-v";
    });
}

int fail(const QString& sentence, int status) {
    QTextStream(stderr) << sentence << Qt::endl;
    return status;
}

/// --language before anything is said, else what is remembered.
QString wantedLanguage() {
    QCommandLineParser parser;
    app::addOptions(parser);
    parser.parse(QCoreApplication::arguments());
    const QString asked = parser.value(QStringLiteral("language"));
    return asked.isEmpty() ? QSettings(app::settingsFile(), QSettings::IniFormat)
                                 .value(QStringLiteral("language"))
                                 .toString()
                           : asked;
}

/// Says why there is no window, in a window and on standard error.
int showFailure(const Error& error, QApplication& application) {
    const QString text = ui::sentence(error);
    QMessageBox box(QMessageBox::NoIcon, QStringLiteral("Rackmuster"), text, QMessageBox::Close);
    box.setTextFormat(Qt::PlainText);
    box.open();
    application.exec();
    return fail(text, EXIT_FAILURE);
}

int runDesktop(QApplication& application, const app::ProgramOptions& options, app::Language& language) {
    engine::Engine::Options engineOptions;
    engineOptions.stateDirectory = options.stateDirectory;
    engineOptions.verifiesImports = true;
    engineOptions.resumesCopies = true;
    const auto thread = engine::EngineThread::start(engineOptions, options.events);
    if (!thread)
        return options.screenshot.isEmpty() ? showFailure(thread.error(), application)
                                            : fail(ui::sentence(thread.error()), EXIT_FAILURE);
    const app::DesktopSession session((*thread)->engine(), options, language, application);
    return application.exec();
}

} // namespace

int main(int argc, char* argv[]) {
    QCoreApplication::setApplicationName(QStringLiteral("rackmuster"));
    QCoreApplication::setApplicationVersion(QStringLiteral(RACKMUSTER_VERSION));
    if (asksForText(std::span(argv, static_cast<std::size_t>(argc)))) {
        const QCoreApplication application(argc, argv);
        app::Language language;
        language.set(wantedLanguage());
        QCommandLineParser parser;
        app::addOptions(parser);
        parser.process(application); // answers and leaves
        return EXIT_SUCCESS;
    }
    QApplication application(argc, argv);
    application.setApplicationDisplayName(QStringLiteral("Rackmuster"));
    app::Language language;
    language.set(wantedLanguage());
    QCommandLineParser parser;
    app::addOptions(parser);
    if (!parser.parse(QCoreApplication::arguments()))
        return fail(parser.errorText(), wrongUsage);
    const auto options = app::readOptions(parser);
    if (!options)
        return fail(options.error(), wrongUsage);
    if (geteuid() == 0 && !options->allowsRoot) {
        return fail(QCoreApplication::translate(
                        "main", "Rackmuster's window does not run as root: start it as yourself, the "
                                "network helper has the rights that are needed."),
                    EXIT_FAILURE);
    }
    return runDesktop(application, *options, language);
}
