#include "tests/rack/VirtualRack.h"

#include <QCoreApplication>
#include <QFile>

#include <atomic>

namespace rackmuster::test {

namespace {

QString script() {
    return QStringLiteral(RACK_SCRIPT);
}

QString uniqueName() {
    static std::atomic<int> count{0};
    return QStringLiteral("rmt%1-%2").arg(QCoreApplication::applicationPid()).arg(++count);
}

QString word(VirtualRack::Kind kind) {
    switch (kind) {
    case VirtualRack::Kind::BiosIpxe:
        return QStringLiteral("bios-ipxe");
    case VirtualRack::Kind::UefiIpxe:
        return QStringLiteral("uefi");
    case VirtualRack::Kind::UefiSecureBoot:
        return QStringLiteral("uefi-secureboot");
    case VirtualRack::Kind::UefiHttp:
        return QStringLiteral("uefi-http");
    }
    return {};
}

} // namespace

VirtualRack::VirtualRack() : m_name(uniqueName()) {
    act({QStringLiteral("up"), m_name, QStringLiteral("--owner"),
         QString::number(QCoreApplication::applicationPid())});
}

VirtualRack::~VirtualRack() {
    act({QStringLiteral("down"), m_name});
}

QString VirtualRack::macOf(int index) {
    return QStringLiteral("52:54:00:77:00:%1").arg(index, 2, 16, QLatin1Char('0'));
}

bool VirtualRack::powerOn(int index, Kind kind, const QStringList& options) {
    QStringList arguments{QStringLiteral("machine"), m_name,      QString::number(index), word(kind),
                          QStringLiteral("--log"),   logOf(index)};
    return act(arguments + options);
}

bool VirtualRack::pullCord(int index) {
    return act({QStringLiteral("stop"), m_name, QString::number(index)});
}

bool VirtualRack::waitForPowerOff(int index, int seconds) {
    return act({QStringLiteral("wait"), m_name, QString::number(index), QString::number(seconds)},
               (seconds + 10) * 1000);
}

QByteArray VirtualRack::serialLog(int index) const {
    QFile file(logOf(index));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool VirtualRack::screendump(int index, const QString& path) {
    return act({QStringLiteral("screendump"), m_name, QString::number(index), path});
}

QString VirtualRack::diskOf(int index) const {
    return m_directory.filePath(QStringLiteral("disk-%1.img").arg(index));
}

QString VirtualRack::logOf(int index) const {
    return m_directory.filePath(QStringLiteral("serial-%1.log").arg(index));
}

bool VirtualRack::act(const QStringList& arguments, int timeoutMilliseconds) {
    const Ended ended = run(script(), arguments, timeoutMilliseconds);
    if (!ended.isGood())
        m_problem =
            QStringLiteral("rack %1: %2").arg(arguments.join(QLatin1Char(' ')), ended.errors.trimmed());
    return ended.isGood();
}

} // namespace rackmuster::test
