#pragma once

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

namespace rackmuster::tests {

/// A volume made by mtools, at an offset inside of a larger file, as in an image.
class FatVolume {
public:
    /// `before`: bytes of the file in front of the volume.
    explicit FatVolume(qint64 before = 0) : m_before(before) {}

    /// `sectors` of 512 bytes, `perCluster` of them a cluster.
    bool format(int sectors, int perCluster) {
        QFile file(path());
        if (!file.open(QIODevice::WriteOnly) || !file.resize(m_before + qint64{sectors} * 512))
            return false;
        return run("mformat", {QStringLiteral("-T"), QString::number(sectors), QStringLiteral("-c"),
                               QString::number(perCluster), QStringLiteral("::")});
    }
    bool mkdir(const QString& name) { return run("mmd", {QStringLiteral("::") + name}); }
    bool add(const QString& name, const QByteArray& content) {
        QFile file(m_directory.filePath(QStringLiteral("content")));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            return false;
        file.close();
        return run("mcopy", {file.fileName(), QStringLiteral("::") + name});
    }
    /// Overwrites bytes, counted from the volume's beginning.
    bool poke(qint64 at, const QByteArray& bytes) {
        QFile file(path());
        return file.open(QIODevice::ReadWrite) && file.seek(m_before + at) &&
               file.write(bytes) == bytes.size();
    }
    [[nodiscard]] QString path() const { return m_directory.filePath(QStringLiteral("volume")); }

private:
    bool run(const char* program, QStringList arguments) {
        QProcess process;
        arguments.prepend(QStringLiteral("%1@@%2").arg(path()).arg(m_before));
        arguments.prepend(QStringLiteral("-i"));
        process.start(QString::fromLatin1(program), arguments);
        const bool isGood = process.waitForFinished() && process.exitCode() == 0;
        if (!isGood)
            qWarning("%s: %s", program, process.readAllStandardError().constData());
        return isGood;
    }

    qint64 m_before;
    QTemporaryDir m_directory;
};

} // namespace rackmuster::tests
