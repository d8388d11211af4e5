#include "tests/structure/SourceRules.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>

namespace rackmuster::tests {

namespace {

enum class QtUse { Forbidden, Allowed };

/// One row per folder; the first that fits a file decides. Its own folder is always allowed.
struct FolderRule {
    const char* folder;
    QtUse qt;
    std::initializer_list<const char*> mayInclude; ///< Beginnings of paths.
};

const std::array folderRules{
    FolderRule{"core/base/", QtUse::Forbidden, {}},
    FolderRule{"core/wire/", QtUse::Forbidden, {"core/base/"}},
    FolderRule{"core/boot/", QtUse::Forbidden, {"core/base/", "core/wire/"}},
    FolderRule{"core/roster/", QtUse::Forbidden, {"core/base/"}},
    FolderRule{"core/exchange/", QtUse::Forbidden, {"core/base/", "core/roster/"}},
    FolderRule{"core/media/", QtUse::Allowed, {"core/base/", "core/boot/"}},
    FolderRule{"core/profile/", QtUse::Allowed, {"core/base/", "core/boot/"}},
    FolderRule{"core/storage/", QtUse::Allowed, {"core/base/", "core/boot/", "core/roster/"}},
    FolderRule{
        "core/net/Interfaces.", QtUse::Allowed, {"core/base/", "core/boot/", "core/net/", "core/wire/"}},
    FolderRule{"core/net/", QtUse::Forbidden, {"core/base/", "core/boot/", "core/wire/"}},
    FolderRule{"core/power/", QtUse::Allowed, {"core/base/"}},
    FolderRule{"core/switchport/", QtUse::Forbidden, {"core/base/"}},
    FolderRule{"core/engine/", QtUse::Allowed, {"core/"}},
    FolderRule{"ui/",
               QtUse::Allowed,
               {"core/base/", "core/boot/", "core/engine/", "core/exchange/", "core/roster/"}},
    FolderRule{"app/helper/", QtUse::Forbidden, {"core/base/", "core/net/HelperProtocol"}},
    FolderRule{"app/reader/", QtUse::Allowed, {"core/base/", "core/boot/", "core/media/"}},
    FolderRule{"app/rackmuster/", QtUse::Allowed, {"core/", "ui/"}},
    FolderRule{"app/rackmusterctl/", QtUse::Allowed, {"core/"}},
};

struct BannedPattern {
    QRegularExpression pattern;
    const char* reason;
};

const std::array bannedPatterns{
    BannedPattern{QRegularExpression(QStringLiteral("\\bprocessEvents\\b")),
                  "processEvents hides a nested event loop"},
    BannedPattern{QRegularExpression(QStringLiteral("\\bterminate\\s*\\(")),
                  "terminate ends a thread or process in the middle of its work"},
    BannedPattern{QRegularExpression(QStringLiteral("\\bBlockingQueuedConnection\\b")),
                  "blocking-queued connections deadlock"},
    BannedPattern{QRegularExpression(QStringLiteral("::instance\\s*\\(\\s*\\)")),
                  "singletons are not passed in"},
    BannedPattern{QRegularExpression(QStringLiteral("\\b(?:u|m|nano)?sleep(?:_for|_until)?\\s*\\(")),
                  "sleeping is no synchronisation"},
};

const FolderRule* ruleFor(const QString& path) {
    for (const FolderRule& rule : folderRules) {
        if (path.startsWith(QLatin1String(rule.folder)))
            return &rule;
    }
    return nullptr;
}

bool mayInclude(const FolderRule& rule, const QString& included) {
    if (included.startsWith(QLatin1String(rule.folder)))
        return true;
    return std::any_of(rule.mayInclude.begin(), rule.mayInclude.end(),
                       [&](const char* allowed) { return included.startsWith(QLatin1String(allowed)); });
}

std::optional<QString> wrongProjectInclude(const FolderRule& rule, const QString& included) {
    if (included.endsWith(QLatin1String(".moc")))
        return std::nullopt;
    static const QRegularExpression root(QStringLiteral("^(?:app|core|ui)/"));
    if (!root.match(included).hasMatch())
        return QStringLiteral("\"%1\" is not written from the root").arg(included);
    if (!mayInclude(rule, included))
        return QStringLiteral("%1 may not include \"%2\"").arg(QLatin1String(rule.folder), included);
    return std::nullopt;
}

std::optional<QString> wrongSystemInclude(const FolderRule& rule, const QString& included) {
    static const QRegularExpression qtHeader(QStringLiteral("^(?:Q[A-Z]|Qt|q[a-z]+\\.h$)"));
    if (rule.qt == QtUse::Forbidden && qtHeader.match(included).hasMatch())
        return QStringLiteral("%1 may not include Qt: <%2>").arg(QLatin1String(rule.folder), included);
    const bool isSql =
        included.startsWith(QLatin1String("QSql")) || included.startsWith(QLatin1String("QtSql"));
    if (isSql && QLatin1String(rule.folder) != QLatin1String("core/storage/"))
        return QStringLiteral("only core/storage/ may use SQL: <%1>").arg(included);
    return std::nullopt;
}

std::optional<QString> wrongInclude(const FolderRule& rule, const QString& line) {
    static const QRegularExpression include(QStringLiteral("^\\s*#\\s*include\\s*([\"<])([^\">]+)[\">]"));
    const auto match = include.match(line);
    if (!match.hasMatch())
        return std::nullopt;
    const QString included = match.captured(2);
    return match.captured(1) == QLatin1String("\"") ? wrongProjectInclude(rule, included)
                                                    : wrongSystemInclude(rule, included);
}

std::optional<QString> bannedCall(const QString& code) {
    for (const BannedPattern& banned : bannedPatterns) {
        if (banned.pattern.match(code).hasMatch())
            return QLatin1String(banned.reason);
    }
    return std::nullopt;
}

} // namespace

QString codeOf(const QString& line, bool& isInComment) {
    QString code;
    QChar quote;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const QStringView pair = QStringView(line).mid(i, 2);
        if (isInComment) {
            isInComment = pair != QLatin1String("*/");
            i += isInComment ? 0 : 1;
        } else if (!quote.isNull()) {
            i += line[i] == QLatin1Char('\\') ? 1 : 0;
            if (i < line.size() && line[i] == quote && pair[0] != QLatin1Char('\\'))
                quote = QChar();
        } else if (pair == QLatin1String("//")) {
            break;
        } else if (pair == QLatin1String("/*")) {
            isInComment = true;
            ++i;
        } else {
            // A digit separator (10'000) opens no character literal.
            const bool isSeparator = line[i] == QLatin1Char('\'') && i > 0 && line[i - 1].isLetterOrNumber();
            if (line[i] == QLatin1Char('"') || (line[i] == QLatin1Char('\'') && !isSeparator))
                quote = line[i];
            code += line[i];
        }
    }
    return code;
}

QStringList violationsIn(const QString& path, const QString& text) {
    const FolderRule* rule = ruleFor(path);
    if (rule == nullptr)
        return {path + QStringLiteral(":1: the folder has no rule in tests/structure/SourceRules.cpp")};
    QStringList out;
    bool isInComment = false;
    int number = 0;
    for (const QString& line : text.split(QLatin1Char('\n'))) {
        ++number;
        const bool wasInComment = isInComment;
        const QString code = codeOf(line, isInComment);
        const auto include = wasInComment ? std::nullopt : wrongInclude(*rule, line);
        for (const auto& reason : {include, bannedCall(code)}) {
            if (reason)
                out.append(QStringLiteral("%1:%2: %3").arg(path).arg(number).arg(*reason));
        }
    }
    return out;
}

bool startsWithOwnHeader(const QString& path, const QString& text) {
    static const QRegularExpression include(QStringLiteral("^\\s*#\\s*include.*$"),
                                            QRegularExpression::MultilineOption);
    const QString header = path.chopped(3) + QLatin1Char('h');
    return include.match(text).captured() == QStringLiteral("#include \"%1\"").arg(header);
}

bool definesTarget(const QString& cmakeText) {
    static const QRegularExpression target(QStringLiteral("^\\s*(?:rackmuster_library|rackmuster_program|(?:"
                                                          "qt_)?add_library|(?:qt_)?add_executable)\\s*\\("),
                                           QRegularExpression::MultilineOption);
    return target.match(cmakeText).hasMatch();
}

} // namespace rackmuster::tests
