#pragma once

#include "core/base/Clock.h"
#include "core/engine/CatalogPublisher.h"
#include "core/engine/Engine.h"
#include "core/engine/FolderKeeper.h"
#include "core/engine/ImageKeeper.h"
#include "core/engine/Inbox.h"
#include "core/engine/InstallPlan.h"
#include "core/engine/KernelKeeper.h"
#include "core/engine/MachineLogs.h"
#include "core/engine/Observations.h"
#include "core/engine/PortKeeper.h"
#include "core/engine/ProfileKeeper.h"
#include "core/engine/RosterKeeper.h"
#include "core/engine/Services.h"
#include "core/engine/SwitchReader.h"
#include "core/engine/Vendors.h"
#include "core/net/InterfaceMonitor.h"
#include "core/roster/ClonedMacs.h"
#include "core/storage/StateDatabase.h"

#include <QSocketNotifier>
#include <QTimer>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace rackmuster::engine {

/// The engine's state and the steps of design/architecture's "one boot": take what the servers reported,
/// apply it to the roster, journal and store it in one transaction, publish a new catalogue, tell the window.
/// Engine thread only.
class Engine::Core {
public:
    Core(Engine& engine, Options options, FileDescriptor lock, storage::StateDatabase database);

    /// Roster, images, profiles and settings as they were. Errors: Database.
    [[nodiscard]] Result<void> restore();

    void processInbox();
    [[nodiscard]] Result<void> execute(const roster::Command& command);
    /// All or nothing.
    [[nodiscard]] Result<void> executeTogether(const std::vector<roster::Command>& commands);
    [[nodiscard]] Result<void> approve(MacAddress mac);
    [[nodiscard]] Result<std::vector<Error>> importPlan(const QString& path);

    [[nodiscard]] ImageKeeper& images() { return m_images; }
    [[nodiscard]] Result<void> removeImage(const QString& id);
    [[nodiscard]] Result<void> setExtraInitrds(const QString& image, const QStringList& paths);
    [[nodiscard]] Result<QString> addKernel(const KernelChoice& choice);
    [[nodiscard]] Result<void> addFolder(const QString& name, const QString& path);
    [[nodiscard]] Result<void> removeFolder(const QString& name);
    [[nodiscard]] Result<void> setProfile(const QString& name, const QString& text);
    [[nodiscard]] Result<void> setProfileBoot(const QString& name, const ProfileBoot& boot);
    [[nodiscard]] Result<void> removeProfile(const QString& name);
    [[nodiscard]] Result<void> setDefaults(const QString& imageId, const QString& profile);

    /// Switch ports: EnginePorts.cpp.
    [[nodiscard]] Result<void> setPorts(const PortSettings& settings);
    [[nodiscard]] const PortSettings& ports() const { return m_ports.settings(); }

    /// Services: EngineServices.cpp.
    [[nodiscard]] Result<void> start(const ServiceSettings& settings);
    void stop();

    [[nodiscard]] Snapshot snapshot() const;
    [[nodiscard]] ServicesInfo servicesInfo() const;
    [[nodiscard]] const roster::Roster& roster() const { return m_keeper.roster(); }
    [[nodiscard]] std::shared_ptr<const boot::Catalog> catalog() const {
        return m_publisher.published()->get();
    }
    [[nodiscard]] const ServiceSettings& settings() const { return m_settings; }

private:
    void handle(const net::ServerEvent& event);
    void addLog(net::SyslogLine line);
    /// Notes the port that it came in by, and says its slot.
    void addPort(Translation& meaning);
    /// What a machine's port made of places goes to `news`.
    [[nodiscard]] roster::Changes applyAtPort(const roster::Observation& observation, MacAddress mac,
                                              int slot, std::vector<EngineEvent>& news);
    /// The machine of this NIC follows its port, if that is known.
    void followPort(MacAddress mac);
    /// Sees to it that the switches are read as long as somebody's port is wanted.
    void watchSwitches();
    void readSwitches();
    void takeReading(const SwitchReading& reading);
    void showWire(WireInfo wire);
    /// Tells of two machines with one hardware address (R19).
    void noticeClone(const net::PxeDiscover& discover);
    void learnAddress(const net::FileServed& served);
    void approveNewcomers(const roster::Changes& changes);
    [[nodiscard]] AutoApprove autoApproval() const;
    /// Adds name, slot and address to the event, journals it and tells it.
    void tell(EngineEvent event);
    void tell(const char* name, std::optional<MacAddress> mac, QJsonObject facts);
    /// Takes the roster's changes over: to be stored, published and shown by the next settle().
    void note(const roster::Changes& changes);
    /// Stores, publishes, shows. A failed write keeps everything for the next call and is told once.
    void settle();
    /// Folders, extra initrds and own kernels of an earlier run. Before the images.
    [[nodiscard]] Result<void> restoreFiles();
    /// Looks whether they are as they were; called every few seconds.
    void watchFiles();
    [[nodiscard]] Result<void> forgetKernel(const QString& imageId);
    void renewTickets();
    void passTicketOn(MacAddress nic, const roster::Changes& changes);
    void refreshCatalog();
    void refreshEverything();
    /// Publishes and shows what `changed` of profiles and defaults, unless that failed.
    Result<void> showProfiles(Result<void> changed);
    /// What the servers give out of the images, and what the window shows of them.
    void showImages();
    void showRows();
    void showServices();
    void watchInterfaces();
    void onInterfaceChange();
    /// Answers no DHCP client while the interface is not as it was; nothing: goes on.
    void pause(std::optional<Error> reason);
    void endServices();
    void flushLogs();
    [[nodiscard]] ImageReports imageReports();
    [[nodiscard]] PlanInputs inputs() const;
    [[nodiscard]] MachineRow rowOf(const roster::Machine& machine) const;
    [[nodiscard]] static Services::OtherServers otherServersFor(const ServiceSettings& settings);
    [[nodiscard]] Error withVendor(Error error) const;
    [[nodiscard]] WallTime wallNow() const { return m_options.clock->wallNow(); }

    Engine& m_engine;
    Options m_options;
    FileDescriptor m_lock;
    storage::StateDatabase m_database;
    RosterKeeper m_keeper;
    ProfileKeeper m_profiles;
    FolderKeeper m_folders;
    KernelKeeper m_kernels;
    PortKeeper m_ports;
    MachineLogs m_logs;
    roster::ClonedMacs m_clones;
    Vendors m_vendors;
    ServiceSettings m_settings;
    CatalogPublisher m_publisher;

    std::set<MacAddress> m_unpublished; ///< machines whose catalogue entry may have changed
    std::set<MacAddress> m_unshown;
    std::set<MacAddress> m_removed; ///< not shown as removed yet
    bool m_isStorageFailing = false;
    bool m_isLogFailing = false;

    Inbox m_inbox;
    ServicesInfo m_info;
    WireInfo m_wire;
    boot::DhcpSettings m_dhcp;            ///< As it was started with, also while it is paused.
    std::optional<Ipv4Address> m_awaited; ///< Services start again when the lost interface has it.
    std::optional<net::InterfaceMonitor> m_monitor;
    std::optional<QSocketNotifier> m_monitorNotifier;
    std::unique_ptr<Services> m_services;  ///< After what its threads report into.
    QTimer m_rowTimer;                     ///< At most one table update per 50 ms.
    QTimer m_serviceTimer;                 ///< Status bar.
    QTimer m_watchTimer;                   ///< Files that are served besides the images.
    QTimer m_switchTimer;                  ///< Until the switches are read again.
    Instant m_nextReading{};               ///< Not before.
    std::map<std::string, Error> m_unread; ///< Switches of the last reading, by address: what was told.
    SwitchReader m_switches;               ///< Its thread reports to all of the above.
    ImageKeeper m_images;                  ///< Last: its threads report to all of the above.
};

} // namespace rackmuster::engine
