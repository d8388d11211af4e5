#include "app/rackmusterctl/Secrets.h"

#include <QFile>

#include <cstdio>

namespace rackmuster::ctl {

Result<QByteArray> readText(const QString& path) {
    constexpr qint64 longest = 1 << 20;
    QFile file;
    bool isOpen = false;
    if (path == QLatin1String("-")) {
        isOpen = file.open(stdin, QIODevice::ReadOnly);
    } else {
        file.setFileName(path);
        isOpen = file.open(QIODevice::ReadOnly);
    }
    if (!isOpen)
        return fail(ErrorCode::NoSuchFile, path.toStdString(), file.errorString().toStdString());
    QByteArray text = file.read(longest + 1);
    if (text.size() > longest)
        return fail(ErrorCode::NoSuchFile, path.toStdString(), "it is longer than 1 MiB");
    return text;
}

Result<std::map<QString, QString>> readSecrets(const QString& path, const QStringList& names) {
    const auto text = readText(path);
    if (!text)
        return tl::unexpected(text.error());
    std::map<QString, QString> secrets;
    int number = 0;
    for (const QString& line : QString::fromUtf8(*text).split(QLatin1Char('\n'))) {
        ++number;
        const QString plain = line.endsWith(QLatin1Char('\r')) ? line.chopped(1) : line;
        if (plain.trimmed().isEmpty() || plain.startsWith(QLatin1Char('#')))
            continue;
        const QString name = plain.section(QLatin1Char('='), 0, 0).trimmed();
        if (!plain.contains(QLatin1Char('=')) || !names.contains(name))
            return fail(ErrorCode::Malformed, path.toStdString(),
                        "line " + std::to_string(number) + " sets none of " +
                            names.join(QStringLiteral(", ")).toStdString());
        secrets[name] = plain.section(QLatin1Char('='), 1);
    }
    return secrets;
}

} // namespace rackmuster::ctl
