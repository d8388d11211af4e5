#include "app/rackmusterctl/StateAccess.h"

#include "app/rackmusterctl/Command.h"
#include "core/engine/ControlServer.h"
#include "core/engine/OperatorActs.h"

#include <QDir>
#include <QFileInfo>

namespace rackmuster::ctl {

namespace {

constexpr std::chrono::minutes patience{2}; // an image on a slow stick takes its time to be read

} // namespace

QCommandLineOption stateOption() {
    return {QStringLiteral("state"), QStringLiteral("State directory (default: the XDG data directory)."),
            QStringLiteral("DIR")};
}

QCommandLineOption jsonOption() {
    return {QStringLiteral("json"), QStringLiteral("Print one JSON document.")};
}

Result<std::unique_ptr<engine::Engine>> openExisting(const QString& directory) {
    if (!QFileInfo::exists(QDir(directory).filePath(QStringLiteral("state.db"))))
        return fail(ErrorCode::NoSuchFile, directory.toStdString(), "it holds no state of Rackmuster");
    return engine::Engine::create({.stateDirectory = directory});
}

QJsonObject StateAccess::ask(const QJsonObject& request) {
    if (!m_engine) {
        if (const auto answer = engine::askRunningInstance(m_directory, request, patience))
            return *answer;
        auto engine = m_missing == Missing::IsMade ? engine::Engine::create({.stateDirectory = m_directory})
                                                   : openExisting(m_directory);
        if (!engine)
            return {{QStringLiteral("error"), QString::fromStdString(message(engine.error()))}};
        m_engine = std::move(*engine);
        QObject::connect(m_engine.get(), &engine::Engine::commandFailed, m_engine.get(),
                         [](const Error& error) { complain(error); });
    }
    return engine::perform(*m_engine, request);
}

int report(const QJsonObject& answer) {
    const QString error = answer.value(QLatin1String("error")).toString();
    if (error.isEmpty())
        return Done;
    complain(error);
    return AnswerIsNo;
}

} // namespace rackmuster::ctl
