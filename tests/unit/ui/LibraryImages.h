#pragma once

#include "core/engine/Snapshot.h"

namespace rackmuster::tests {

/// An image as the engine would tell it, read from a file and ready.
inline engine::ImageInfo readyImage(const QString& name, const QString& fileName) {
    engine::ImageInfo image;
    image.id = fileName;
    image.name = name;
    image.path = QStringLiteral("/srv/iso/") + fileName;
    image.arch = QStringLiteral("x86_64");
    image.family = boot::InstallerFamily::RedHat;
    image.size = 10'200'000'000;
    image.hasBios = true;
    image.hasUefi = true;
    image.hasSecureBoot = true;
    image.loaderSource = QStringLiteral("image");
    image.importSeconds = 0.6;
    return image;
}

/// Published sum and repositories are known.
inline engine::ImageInfo verifiedImage() {
    engine::ImageInfo image =
        readyImage(QStringLiteral("Rocky Linux 9.4"), QStringLiteral("Rocky-9.4-x86_64-dvd.iso"));
    image.repositories = {QStringLiteral("BaseOS"), QStringLiteral("AppStream")};
    image.entries = {QStringLiteral("Install Rocky Linux 9.4"),
                     QStringLiteral("Test this media & install Rocky Linux 9.4"),
                     QStringLiteral("Rescue a Rocky Linux system")};
    image.check = {engine::ImageCheck::Verdict::Match, QString(64, QLatin1Char('a')),
                   QStringLiteral("CHECKSUM")};
    return image;
}

/// Loaders out of its RPMs, which newer machines refuse.
inline engine::ImageInfo refusedImage() {
    engine::ImageInfo image =
        readyImage(QStringLiteral("CentOS Linux 7.9"), QStringLiteral("CentOS-7-x86_64-Minimal-2009.iso"));
    image.size = 1'020'000'000;
    image.importSeconds = 0.4;
    image.loaderSource = QStringLiteral("rpm");
    image.entries = {QStringLiteral("Install CentOS 7"),
                     QStringLiteral("Test this media & install CentOS 7")};
    image.notes = {
        {ErrorCode::LoaderRevoked, "CentOS Linux 7.9", "grub,1 < grub,3 (2022-06-07)"},
        {ErrorCode::EntriesLeftOut, "CentOS Linux 7.9", "images/rescue.img: it is stored interleaved"}};
    return image;
}

inline engine::ImageInfo verifyingImage() {
    engine::ImageInfo image =
        readyImage(QStringLiteral("Debian 12.12"), QStringLiteral("debian-12.12.0-amd64-netinst.iso"));
    image.arch = QStringLiteral("amd64");
    image.family = boot::InstallerFamily::Debian;
    image.size = 700'000'000;
    image.job = engine::ImageJob{.kind = engine::ImageJob::Kind::Verify,
                                 .done = 504'000'000,
                                 .total = 700'000'000,
                                 .bytesPerSecond = 110e6};
    return image;
}

/// From a stick.
inline engine::ImageInfo copyingImage() {
    engine::ImageInfo image =
        readyImage(QStringLiteral("Ubuntu 24.04"), QStringLiteral("ubuntu-24.04-live-server-arm64.iso"));
    image.path = QStringLiteral("/media/operator/STICK/ubuntu-24.04-live-server-arm64.iso");
    image.arch = QStringLiteral("arm64");
    image.family = boot::InstallerFamily::Ubuntu;
    image.size = 2'360'000'000;
    image.hasBios = false;
    image.job = engine::ImageJob{.kind = engine::ImageJob::Kind::Copy,
                                 .done = 800'000'000,
                                 .total = 2'360'000'000,
                                 .bytesPerSecond = 38e6};
    return image;
}

/// The stick was pulled out.
inline engine::ImageInfo goneImage() {
    engine::ImageInfo image = readyImage(QStringLiteral("openEuler 22.03 (LTS-SP3)"),
                                         QStringLiteral("openEuler-22.03-x86_64-dvd.iso"));
    image.path = QStringLiteral("/media/operator/STICK/openEuler-22.03-LTS-SP3-x86_64-dvd.iso");
    image.size = 4'200'000'000;
    image.problem = Error{ErrorCode::NoSuchFile, image.path.toStdString(), "No such file or directory"};
    return image;
}

inline engine::ImageInfo mismatchedImage() {
    engine::ImageInfo image =
        readyImage(QStringLiteral("AlmaLinux 8.10"), QStringLiteral("AlmaLinux-8.10-x86_64-dvd.iso"));
    image.check = {engine::ImageCheck::Verdict::Mismatch, QString(64, QLatin1Char('b')),
                   QStringLiteral("SHA256SUMS")};
    return image;
}

} // namespace rackmuster::tests
