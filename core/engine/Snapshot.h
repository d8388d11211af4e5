#pragma once

#include "core/base/Error.h"
#include "core/boot/Catalog.h"
#include "core/engine/ServiceSettings.h"
#include "core/roster/Machine.h"
#include "core/roster/RackLayout.h"

#include <QMetaType>
#include <QString>

#include <optional>
#include <vector>

namespace rackmuster::engine {

/// One row of the table: the machine and what follows from its slot.
struct MachineRow {
    roster::Machine machine;
    QString hostname; ///< Pinned or computed.
    bool isHostnamePinned = false;
    std::optional<Ipv4Address> address;
    bool isAddressPinned = false;
    QString vendor;    ///< By OUI; empty: unknown.
    QString imageName; ///< Of its own or the default image; empty: none.
    QString profileName;
};

/// What changed in the table since the last update.
struct MachineUpdate {
    std::vector<MachineRow> changed; ///< New and updated rows.
    std::vector<MacAddress> removed;
    roster::RackLayout layout;
    int cursor = 1;
};

struct ImageInfo {
    QString id;   ///< Stable over restarts.
    QString name; ///< "Rocky Linux 9.4", as shown.
    QString path;
    QString version;
    QString arch;
    boot::InstallerFamily family = boot::InstallerFamily::None;
    quint64 size = 0; ///< bytes
    bool hasBios = false;
    bool hasUefi = false;
    bool hasSecureBoot = false; ///< A shim is on it.
    double importSeconds = 0;
    std::optional<Error> problem; ///< The file is gone or changed.
};

struct ProfileInfo {
    QString name;
    QString text;
    boot::InstallerFamily family = boot::InstallerFamily::None;
    bool isBuiltIn = false;
};

enum class ServiceState { Stopped, Running, Failed };

struct ServicesInfo {
    ServiceState dhcp = ServiceState::Stopped;
    ServiceState tftp = ServiceState::Stopped;
    ServiceState http = ServiceState::Stopped;
    ServiceState capture = ServiceState::Stopped;
    bool isRunning = false;
    QString interface;
    std::optional<Ipv4Address> address;
    unsigned prefixLength = 0;
    quint16 httpPort = 80;
    int leases = 0;
    int tftpTransfers = 0;
    int httpTransfers = 0;
    quint64 captureDropped = 0;
    quint64 bytesSent = 0;        ///< Since start, TFTP and HTTP.
    std::optional<Error> problem; ///< Why the last start failed.
};

struct Snapshot {
    std::vector<MachineRow> machines; ///< Slot order, then unplaced by first packet time.
    roster::RackLayout layout;
    int cursor = 1;
    std::vector<ImageInfo> images;
    std::vector<ProfileInfo> profiles;
    QString defaultImageId;
    QString defaultProfile;
    ServicesInfo services;
    ServiceSettings settings; ///< As last started, to fill the form.
};

} // namespace rackmuster::engine

Q_DECLARE_METATYPE(rackmuster::engine::MachineUpdate)
Q_DECLARE_METATYPE(rackmuster::engine::Snapshot)
Q_DECLARE_METATYPE(rackmuster::engine::ServicesInfo)
