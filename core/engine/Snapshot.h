#pragma once

#include "core/base/Error.h"
#include "core/boot/Catalog.h"
#include "core/engine/PortSettings.h"
#include "core/engine/ServiceSettings.h"
#include "core/engine/WireInfo.h"
#include "core/roster/Machine.h"
#include "core/roster/RackLayout.h"

#include <QMetaType>
#include <QString>
#include <QStringList>

#include <optional>
#include <set>
#include <vector>

namespace rackmuster::engine {

/// One row of the table: the machine and what follows from its slot.
struct MachineRow {
    roster::Machine machine;
    QString slotLabel; ///< roster::RackLayout::slotLabel; empty without a slot.
    QString hostname;  ///< Pinned or computed.
    bool isHostnamePinned = false;
    std::optional<Ipv4Address> address;
    bool isAddressPinned = false;
    QString vendor;      ///< By OUI; empty: unknown.
    QString port;        ///< Of the switch, as far as one told it since the start; empty: unknown.
    QString imageName;   ///< Of its own or the default image; empty: none.
    QString profileName; ///< Empty with a menu entry: it is not installed by us.
    QString menuEntry;   ///< Title of the entry that it starts; empty: it is installed.
};

/// What changed in the table since the last update.
struct MachineUpdate {
    std::vector<MachineRow> changed; ///< New and updated rows.
    std::vector<MacAddress> removed;
    roster::RackLayout layout;
    int cursor = 1;
    std::set<int> reserved; ///< Slots that the cursor passes over.
};

/// Work on an image that takes its time and can be cancelled.
struct ImageJob {
    enum class Kind { Verify, Copy };

    Kind kind = Kind::Verify;
    quint64 done = 0;          ///< bytes
    quint64 total = 0;         ///< bytes
    double bytesPerSecond = 0; ///< Of the last seconds; 0: not known yet.
    bool isWaiting = false;    ///< The file is gone; the work goes on when it is back.

    bool operator==(const ImageJob&) const = default;
};

/// What the last check of an image's bytes found.
struct ImageCheck {
    enum class Verdict {
        None,      ///< Not checked yet.
        Match,     ///< All that there was to compare with is equal.
        Mismatch,  ///< The bytes are not those that were published.
        NoCompare, ///< The sum is known, but there was nothing to compare it with.
    };

    Verdict verdict = Verdict::None;
    QString sha256; ///< 64 hex digits; empty: not computed.
    QString source; ///< What it was compared with: the name of a checksum file, "pasted", "implanted MD5".

    bool operator==(const ImageCheck&) const = default;
};

struct ImageInfo {
    QString id;   ///< Stable over restarts.
    QString name; ///< "Rocky Linux 9.4", or what the operator called it.
    QString path; ///< The file that is served now.
    QString version;
    QString arch;
    boot::InstallerFamily family = boot::InstallerFamily::None;
    quint64 size = 0; ///< bytes
    bool hasBios = false;
    bool hasUefi = false;
    bool hasSecureBoot = false; ///< A shim is on it.
    QString loaderSource;       ///< Where its UEFI loader comes from: "image", "efiboot", "rpm"; empty: none.
    std::vector<Error> notes;   ///< What the operator should know of it, the most important first.
    QStringList repositories;   ///< "BaseOS", "AppStream"; "." is its root.
    QStringList entries;        ///< Titles of its own boot menu.
    QStringList extraInitrds;   ///< Files that are appended to its initrd.
    double importSeconds = 0;
    bool isOwnCopy = false; ///< The file lies in the state directory and is removed with the image.
    ImageCheck check;
    std::optional<ImageJob> job;  ///< What runs on it now.
    std::optional<Error> problem; ///< The file is gone or changed.

    bool operator==(const ImageInfo&) const = default;
};

/// A folder that is served to machines, read only.
struct FolderInfo {
    QString name; ///< The last part of its address.
    QString path;
    QString url; ///< Empty while the services are stopped.
    std::optional<Error> problem;

    bool operator==(const FolderInfo&) const = default;
};

/// A kernel of the operator's own, which becomes an image.
struct KernelChoice {
    QString name;
    QString kernel;      ///< Path.
    QStringList initrds; ///< Paths, in the order in which they are loaded.
    QString arguments;
};

/// How the machines of a profile boot; what a machine says itself counts more.
struct ProfileBoot {
    QString bootFile;    ///< As roster::isBootFile takes it.
    QString dhcpOptions; ///< As roster::parseDhcpOptions takes them.

    bool operator==(const ProfileBoot&) const = default;
};

struct ProfileInfo {
    QString name;
    QString text;
    boot::InstallerFamily family = boot::InstallerFamily::None;
    bool isBuiltIn = false;
    ProfileBoot boot = {};
};

enum class ServiceState { Stopped, Running, Paused, Failed };

struct ServicesInfo {
    ServiceState dhcp = ServiceState::Stopped;
    ServiceState tftp = ServiceState::Stopped;
    ServiceState http = ServiceState::Stopped;
    ServiceState capture = ServiceState::Stopped;
    bool isRunning = false;
    bool isPaused = false; ///< Running, but `problem` keeps it from answering.
    QString interface;
    std::optional<Ipv4Address> address;
    unsigned prefixLength = 0;
    quint16 httpPort = 80;
    int leases = 0;
    int tftpTransfers = 0;
    int httpTransfers = 0;
    quint64 captureDropped = 0;   ///< Frames, since start.
    quint64 bytesSent = 0;        ///< Since start, TFTP and HTTP.
    std::optional<Error> problem; ///< Why the last start failed, or what it waits for.
};

struct Snapshot {
    std::vector<MachineRow> machines; ///< Slot order, then unplaced by first packet time.
    roster::RackLayout layout;
    int cursor = 1;
    std::set<int> reserved; ///< Slots that the cursor passes over.
    std::vector<ImageInfo> images;
    std::vector<FolderInfo> folders;
    std::vector<ProfileInfo> profiles;
    QString defaultImageId;
    QString defaultProfile;
    ServicesInfo services;
    WireInfo wire;
    ServiceSettings settings; ///< As last started, to fill the form.
    PortSettings ports;
};

} // namespace rackmuster::engine

Q_DECLARE_METATYPE(rackmuster::engine::MachineUpdate)
Q_DECLARE_METATYPE(rackmuster::engine::Snapshot)
Q_DECLARE_METATYPE(rackmuster::engine::ServicesInfo)
