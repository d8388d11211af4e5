#include "ui/FilePlace.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDesktopServices>
#include <QFile>
#include <QFileInfo>
#include <QStorageInfo>
#include <QUrl>

namespace rackmuster::ui {

namespace {

/// A whole disk says whether it is removable; of a partition its disk does, one folder up.
bool saysRemovable(const QString& sysfsFolder) {
    QFile file(sysfsFolder + QStringLiteral("/removable"));
    return file.open(QIODevice::ReadOnly) && file.readAll().trimmed() == "1";
}

void openFolderOf(const QString& path) {
    QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(path).absolutePath()));
}

} // namespace

bool isOnRemovableDisk(const QString& path) {
    if (path.startsWith(QLatin1String("/media/")) || path.startsWith(QLatin1String("/run/media/")))
        return true; // where desktops mount what is plugged in
    const QString device = QFileInfo(QString::fromLocal8Bit(QStorageInfo(path).device())).canonicalFilePath();
    if (!device.startsWith(QLatin1String("/dev/")))
        return false;
    const QString sysfs =
        QFileInfo(QStringLiteral("/sys/class/block/") + QFileInfo(device).fileName()).canonicalFilePath();
    // a disk in a USB case says that its medium is not removable, although the whole of it is
    return !sysfs.isEmpty() && (sysfs.contains(QLatin1String("/usb")) || saysRemovable(sysfs) ||
                                saysRemovable(QFileInfo(sysfs).absolutePath()));
}

void showInFileManager(const QString& path) {
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) { // a call on it would never be answered
        openFolderOf(path);
        return;
    }
    QDBusMessage call = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.FileManager1"), QStringLiteral("/org/freedesktop/FileManager1"),
        QStringLiteral("org.freedesktop.FileManager1"), QStringLiteral("ShowItems"));
    call << QStringList{QUrl::fromLocalFile(path).toString(QUrl::FullyEncoded)} << QString();
    auto* const watcher = new QDBusPendingCallWatcher(bus.asyncCall(call));
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, watcher, [watcher, path] {
        if (QDBusPendingReply<>(*watcher).isError())
            openFolderOf(path);
        watcher->deleteLater();
    });
}

} // namespace rackmuster::ui
