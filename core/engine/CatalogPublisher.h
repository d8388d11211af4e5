#pragma once

#include "core/base/Published.h"
#include "core/boot/Catalog.h"

#include <memory>

namespace rackmuster::engine {

/// Keeps the newest contents and publishes an immutable Catalog when, and only when, something the servers
/// answer from has changed. Engine thread only; the published catalogue may be read from any thread.
class CatalogPublisher {
public:
    /// Publishes an empty catalogue that answers nothing.
    explicit CatalogPublisher(std::unordered_map<std::string, std::vector<boot::FileSlice>> hostFiles);

    void setServer(const boot::ServerIdentity& server, const boot::DhcpSettings& dhcp);
    void setImages(std::map<std::string, std::shared_ptr<const boot::ImageFiles>> images,
                   std::string defaultId);
    void setFolders(std::map<std::string, std::shared_ptr<const boot::FolderFiles>> folders);
    void setMachine(std::shared_ptr<const boot::MachineBoot> machine);
    void removeMachine(MacAddress mac);
    void setPeer(Ipv4Address address, MacAddress mac);

    void publish();
    /// The same, but a machine gets no installation that is not published already: for when the state cannot
    /// be stored. What takes an installation away goes out.
    void publishWithoutNewInstallations();
    [[nodiscard]] std::shared_ptr<const Published<boot::Catalog>> published() const { return m_published; }
    [[nodiscard]] const boot::ServerIdentity& server() const { return m_contents.server; }

private:
    boot::Catalog::Contents m_contents;
    std::shared_ptr<Published<boot::Catalog>> m_published;
    bool m_isChanged = false;
};

} // namespace rackmuster::engine
