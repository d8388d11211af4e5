#pragma once

#include "core/base/Result.h"
#include "core/engine/Engine.h"

#include <QCommandLineOption>
#include <QJsonObject>
#include <QString>

#include <memory>

namespace rackmuster::ctl {

[[nodiscard]] QCommandLineOption stateOption();
[[nodiscard]] QCommandLineOption jsonOption();

/// What lies in a state directory, or runs on it: the instance that runs there is asked, else the directory
/// is opened.
class StateAccess {
public:
    enum class Missing {
        IsAnError, ///< A mistyped folder must not become an empty roster.
        IsMade,
    };
    explicit StateAccess(QString directory, Missing missing = Missing::IsAnError)
        : m_directory(std::move(directory)), m_missing(missing) {}

    /// The answer of engine::perform(), from wherever it comes.
    [[nodiscard]] QJsonObject ask(const QJsonObject& request);

private:
    QString m_directory;
    Missing m_missing;
    std::unique_ptr<engine::Engine> m_engine; ///< when nobody runs there
};

/// An engine on a directory that must hold a state. Errors: NoSuchFile and those of Engine::create.
[[nodiscard]] Result<std::unique_ptr<engine::Engine>> openExisting(const QString& directory);

/// Complains about an answer that is an error; the exit status.
[[nodiscard]] int report(const QJsonObject& answer);

} // namespace rackmuster::ctl
