#include "ui/text/InputChecks.h"

#include "core/roster/DhcpOptions.h"
#include "ui/text/PlainText.h"
#include "ui/text/Sentences.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>

namespace rackmuster::ui {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(InputChecks)
};

constexpr qsizetype sha256Digits = 64;
constexpr qsizetype longestFolderName = 64;

bool isHex(QStringView text) {
    return std::all_of(text.begin(), text.end(), [](QChar digit) {
        return (digit >= u'0' && digit <= u'9') || (digit >= u'a' && digit <= u'f');
    });
}

/// Why `words`, of which none is a SHA-256 sum, hold none.
QString reasonFor(const QStringList& words) {
    const auto other = [&](qsizetype digits) {
        return std::any_of(words.begin(), words.end(),
                           [digits](const QString& word) { return word.size() == digits && isHex(word); });
    };
    for (const auto& [digits, kind] : {std::pair{32, "MD5"}, std::pair{40, "SHA-1"}, std::pair{96, "SHA-384"},
                                       std::pair{128, "SHA-512"}}) {
        if (other(digits))
            return Text::tr("That is a sum by %1. The one by SHA-256 has 64 digits.")
                .arg(QLatin1String(kind));
    }
    if (words.size() > 1)
        return Text::tr("There is no SHA-256 sum in this text: 64 hex digits without a gap.");
    const QString& word = words.front();
    const auto wrong = std::find_if(word.begin(), word.end(),
                                    [](const QChar& digit) { return !isHex(QStringView(&digit, 1)); });
    if (wrong != word.end())
        return Text::tr("“%1” is not a hex digit.").arg(printable(QString(*wrong)));
    return word.size() < sha256Digits
               ? Text::tr("%1 of 64 digits.").arg(word.size())
               : Text::tr("%1 digits are too many: a SHA-256 sum has 64.").arg(word.size());
}

} // namespace

tl::expected<QString, QString> readChecksum(const QString& text) {
    static const QRegularExpression gap(QStringLiteral("[^0-9A-Za-z]+"));
    const QStringList words = text.toLower().split(gap, Qt::SkipEmptyParts);
    if (words.isEmpty())
        return tl::unexpected<QString>(Text::tr("64 hex digits, or the line of a checksum file."));
    QStringList sums;
    std::copy_if(words.begin(), words.end(), std::back_inserter(sums),
                 [](const QString& word) { return word.size() == sha256Digits && isHex(word); });
    sums.removeDuplicates();
    if (sums.size() > 1)
        return tl::unexpected<QString>(
            Text::tr("There are %n sums in this text. Paste only the one of this image.", nullptr,
                     static_cast<int>(sums.size())));
    if (sums.isEmpty())
        return tl::unexpected<QString>(reasonFor(words));
    return sums.front();
}

QString folderNameProblem(const QString& name, const QStringList& taken) {
    static const QRegularExpression form(QStringLiteral("^[A-Za-z0-9_][A-Za-z0-9._-]*$"));
    if (name.isEmpty())
        return Text::tr("Give it a name: it becomes a part of its address.");
    if (!form.match(name).hasMatch())
        return Text::tr("Use letters, digits, dots, hyphens and underscores for the name.");
    if (name.size() > longestFolderName)
        return Text::tr("The name is too long: 64 characters at most.");
    if (taken.contains(name))
        return Text::tr("%1 is already served under this name.").arg(name);
    return {};
}

QString folderPathProblem(const QString& path) {
    if (path.isEmpty())
        return Text::tr("Choose the folder.");
    const QFileInfo folder(path);
    if (!folder.isAbsolute())
        return Text::tr("Write the whole path, from / on.");
    if (!folder.isDir())
        return Text::tr("There is no folder %1.").arg(printable(path));
    return folder.isReadable() ? QString() : Text::tr("%1 cannot be read.").arg(printable(path));
}

QString filePathProblem(const QString& path) {
    const QFileInfo file(path);
    if (!file.isAbsolute())
        return Text::tr("Write the whole path, from / on.");
    if (!file.isFile())
        return Text::tr("There is no file %1.").arg(printable(path));
    return file.isReadable() ? QString() : Text::tr("%1 cannot be read.").arg(printable(path));
}

QString dhcpOptionsProblem(const QString& text) {
    const auto options = roster::parseDhcpOptions(text.trimmed().toStdString());
    return options ? QString() : sentence(options.error());
}

QString folderNameFrom(const QString& text) {
    static const QRegularExpression gap(QStringLiteral("[^A-Za-z0-9._-]+"));
    static const QRegularExpression head(QStringLiteral("^[.-]+"));
    QString name = text;
    name.replace(gap, QStringLiteral("-"));
    name.remove(head);
    return name.first(std::min(name.size(), longestFolderName));
}

} // namespace rackmuster::ui
