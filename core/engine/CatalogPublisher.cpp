#include "core/engine/CatalogPublisher.h"

#include <tuple>
#include <utility>

namespace rackmuster::engine {

namespace {

bool isSame(const boot::MachineBoot& a, const boot::MachineBoot& b) {
    const auto plain = [](const boot::MachineBoot& m) {
        return std::tie(m.mac, m.owner, m.disposition, m.slotLabel, m.hostname, m.address, m.isApproved,
                        m.parksBriefly, m.bootFileOverride, m.imageId, m.menuEntry, m.firmware,
                        m.kernelArguments, m.ticket);
    };
    if (plain(a) != plain(b) || a.extraOptions != b.extraOptions ||
        (a.answerFile == nullptr) != (b.answerFile == nullptr))
        return false;
    return a.answerFile == nullptr || *a.answerFile == *b.answerFile;
}

boot::Catalog::Contents silent(std::unordered_map<std::string, std::vector<boot::FileSlice>> hostFiles) {
    boot::Catalog::Contents contents;
    contents.dhcp.mode = boot::DhcpMode::Off;
    contents.hostFiles = std::move(hostFiles);
    return contents;
}

} // namespace

CatalogPublisher::CatalogPublisher(std::unordered_map<std::string, std::vector<boot::FileSlice>> hostFiles)
    : m_contents(silent(std::move(hostFiles))), m_published(std::make_shared<Published<boot::Catalog>>(
                                                    std::make_shared<const boot::Catalog>(m_contents))) {}

void CatalogPublisher::setServer(const boot::ServerIdentity& server, const boot::DhcpSettings& dhcp) {
    m_contents.server = server;
    m_contents.dhcp = dhcp;
    m_isChanged = true;
}

void CatalogPublisher::setImages(std::map<std::string, std::shared_ptr<const boot::ImageFiles>> images,
                                 std::string defaultId) {
    m_contents.images = std::move(images);
    m_contents.defaultImageId = std::move(defaultId);
    m_isChanged = true;
}

void CatalogPublisher::setFolders(std::map<std::string, std::shared_ptr<const boot::FolderFiles>> folders) {
    m_contents.folders = std::move(folders);
    m_isChanged = true;
}

void CatalogPublisher::setMachine(std::shared_ptr<const boot::MachineBoot> machine) {
    std::shared_ptr<const boot::MachineBoot>& place = m_contents.machines[machine->mac];
    if (place != nullptr && isSame(*place, *machine))
        return;
    place = std::move(machine);
    m_isChanged = true;
}

void CatalogPublisher::removeMachine(MacAddress mac) {
    m_isChanged = m_contents.machines.erase(mac) > 0 || m_isChanged;
    m_isChanged =
        std::erase_if(m_contents.peers, [mac](const auto& peer) { return peer.second == mac; }) > 0 ||
        m_isChanged;
}

void CatalogPublisher::setPeer(Ipv4Address address, MacAddress mac) {
    const auto known = m_contents.peers.find(address);
    if (known != m_contents.peers.end() && known->second == mac)
        return;
    // The address that it gave up may be another machine's next, before that one's lease is told here.
    std::erase_if(m_contents.peers, [mac](const auto& peer) { return peer.second == mac; });
    m_contents.peers.insert_or_assign(address, mac);
    m_isChanged = true;
}

void CatalogPublisher::publish() {
    if (std::exchange(m_isChanged, false))
        m_published->set(std::make_shared<const boot::Catalog>(m_contents));
}

void CatalogPublisher::publishWithoutNewInstallations() {
    if (!m_isChanged)
        return; // and it stays changed: the rest follows with publish()
    const std::shared_ptr<const boot::Catalog> published = m_published->get();
    boot::Catalog::Contents held = m_contents;
    for (auto& [mac, machine] : held.machines) {
        if (machine->disposition != boot::Disposition::Install)
            continue;
        const boot::MachineBoot* const before = published->machine(mac);
        const bool isKnown = before != nullptr && before->disposition == boot::Disposition::Install &&
                             before->ticket == machine->ticket;
        if (isKnown)
            continue;
        auto parked = std::make_shared<boot::MachineBoot>(*machine);
        parked->disposition = boot::Disposition::Parked;
        parked->ticket.clear();
        parked->answerFile.reset();
        machine = std::move(parked);
    }
    m_published->set(std::make_shared<const boot::Catalog>(std::move(held)));
}

} // namespace rackmuster::engine
