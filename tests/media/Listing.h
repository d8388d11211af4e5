#pragma once

#include "core/media/IsoImage.h"

#include <QByteArray>
#include <QMap>
#include <QString>
#include <QStringList>

namespace rackmuster::tests {

/// What can be compared of a regular file.
struct FileFacts {
    quint64 size = 0;
    QByteArray sum; ///< SHA-256 of all bytes up to 64 MiB; of larger files of samples, see sampledOffsets()

    bool operator==(const FileFacts&) const = default;
};

/// Regular files by path without a leading slash.
using Listing = QMap<QString, FileFacts>;

/// As our reader sees the image. Without the directories that it adds, "[efiboot]/" and "[rpm]/". A file that
/// cannot be read has no sum.
[[nodiscard]] Listing listingOf(const media::IsoImage& image);
/// The files of the image below `prefix`, without it.
[[nodiscard]] Listing listingBelow(const media::IsoImage& image, const QString& prefix);
/// Of a folder on disk. A link to a file counts as a file, a link to a folder as nothing.
[[nodiscard]] Listing listingOf(const QString& directory);

/// What a person should see of two listings that are not equal; empty when they are. The first twenty.
[[nodiscard]] QString differences(const Listing& expected, const Listing& found);

/// Starts of the 64 KiB that count of a file above 64 MiB: its begin, its end, those around 4 GiB, and some
/// evenly between.
[[nodiscard]] QList<quint64> sampledOffsets(quint64 size);

} // namespace rackmuster::tests
