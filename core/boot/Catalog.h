#pragma once

#include "core/base/Ipv4Address.h"
#include "core/base/MacAddress.h"
#include "core/boot/BootFile.h"
#include "core/boot/FolderFiles.h"
#include "core/boot/PxeClient.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rackmuster::boot {

/// Which installer speaks; it decides kernel arguments and the kind of answer file.
enum class InstallerFamily : std::uint8_t {
    None,
    RedHat, ///< Anaconda, by kickstart
    Debian, ///< debian-installer, by preseed
    Ubuntu, ///< subiquity in a live system, by autoinstall
    Suse,   ///< YaST, by AutoYaST
};

/// "redhat", "debian", "ubuntu", "suse", "none": the words of --json.
[[nodiscard]] std::string_view toWord(InstallerFamily family);
/// "kickstart", "preseed", "autoinstall", "autoyast", "none": what its answer file is called.
[[nodiscard]] std::string_view answerFileKind(InstallerFamily family);

/// This console as the machines see it.
struct ServerIdentity {
    std::string interface;
    Ipv4Address address;
    Ipv4Network network{Ipv4Address(), 0};
    std::uint16_t httpPort = 80;
    std::uint16_t syslogPort = 0; ///< Log messages of installers are received there; 0: they are not.
    std::optional<Ipv4Address> gateway;
    std::vector<Ipv4Address> dns;

    /// "http://192.168.0.251" with ":port" unless it is 80.
    [[nodiscard]] std::string httpBase() const;
    /// "192.168.0.251" with ":port" unless it is 80, as grub and preseed want it.
    [[nodiscard]] std::string httpHost() const;
};

/// How proxy mode tells PXE firmware of its boot file (P29).
enum class ProxyStyle : std::uint8_t {
    InOffer, ///< In the offer itself, with option 43: one exchange, and what edk2 ranks highest (P22, P28).
    BootServer, ///< The firmware asks at port 4011, as dnsmasq lets UEFI do; for firmware that fails with the
                ///< other.
};

enum class DhcpMode : std::uint8_t {
    Own,   ///< We give addresses.
    Proxy, ///< Another server does; we add boot information.
    Off,   ///< Collect only: nothing is answered.
};

/// How addresses are given.
struct DhcpSettings {
    DhcpMode mode = DhcpMode::Own;
    std::optional<Ipv4Range> range;            ///< For machines that are approved and have no fixed address.
    std::optional<Ipv4Range> quarantine;       ///< For machines that are not approved yet.
    std::optional<std::uint32_t> leaseSeconds; ///< Nothing: infinite.
    bool checksAddresses = true;               ///< By ARP, before an address is offered (R12).
    ProxyStyle proxyStyle = ProxyStyle::InOffer;
    bool answersOnlyApproved = false; ///< A machine that would only be parked gets no answer at all (P30).
    bool isAuthoritative =
        false; ///< Refuses addresses that we do not know to machines that named no server (R11).
};

/// A UEFI loader of an image and the grub beside it. Paths inside the image.
struct UefiLoader {
    std::string path;         ///< shim, or grub itself
    std::string grubPath;     ///< what a shim starts; empty: none
    std::string linuxCommand; ///< "linux" or "linuxefi", whichever its grub has; empty: not known
};

/// One choice of the image's own boot menu.
struct MenuEntry {
    std::string title;
    std::string kernelPath;               ///< inside the image
    std::vector<std::string> initrdPaths; ///< inside the image, in their order; may be empty
    std::string arguments;                ///< as the menu writes them, without initrd=

    bool operator==(const MenuEntry&) const = default;
};

/// A file that is appended to the initrd of an image: a disk of drivers, certificates.
struct ExtraInitrd {
    FileSlice content;
    std::string etagSeed; ///< Changes when the file does.
};

/// The files of one image that boot code needs, by path inside the image, exactly as its tree spells them.
struct ImageFiles {
    std::string id;
    std::string name;
    InstallerFamily family = InstallerFamily::None;
    std::string version;    ///< "9.4", "6.10", "12"; decides between ks= and inst.ks=.
    std::string suite;      ///< Debian code name, e.g. "bookworm".
    std::string kernelPath; ///< Empty: not installable.
    std::string initrdPath;
    std::map<Firmware, UefiLoader> uefiLoaders;                    ///< one a kind of firmware
    std::vector<MenuEntry> entries;                                ///< in the order of its menu
    std::vector<std::string> repositories;                         ///< directories of it, "." for its root
    std::unordered_map<std::string, std::vector<FileSlice>> files; ///< every regular file: path -> extents
    /// "pxelinux.0" and its modules, where the image brings a set of its own.
    std::unordered_map<std::string, std::vector<FileSlice>> biosLoader;
    std::string etagSeed;                  ///< Changes when the image's file does.
    FileSlice whole;                       ///< The image's file itself; of length 0: not served.
    std::vector<ExtraInitrd> extraInitrds; ///< Appended to its initrd, in this order.
    /// One of them cannot be read: then no initrd is served rather than a shorter one.
    bool lacksExtraInitrd = false;
};

/// The image has UEFI loaders, but none for this firmware, so its kernel is of another architecture. False
/// when nothing is known of either.
[[nodiscard]] bool isForOtherFirmware(const ImageFiles& image, Firmware firmware);

/// What a machine is sent to when it PXE-boots.
enum class Disposition : std::uint8_t {
    Parked,    ///< Not approved: waits on its screen and asks again.
    Install,   ///< Approved, with a live ticket.
    LocalDisk, ///< Finished, or came back unapproved: its own disk.
    Refused,   ///< No answer at all.
};

/// A DHCP option that the operator adds to a machine's replies, or puts in place of ours. An empty value
/// leaves ours out.
struct ExtraOption {
    std::uint8_t code = 0;
    std::vector<std::uint8_t> value; ///< at most 255 bytes

    bool operator==(const ExtraOption&) const = default;
};

/// Everything the servers must know of one machine. A value; the engine makes a new one at each change.
struct MachineBoot {
    MacAddress mac; ///< Of the NIC that boots.
    /// `mac` is another NIC of this machine, whose plan, ticket, name and address it has (R18).
    std::optional<MacAddress> owner{};
    Disposition disposition = Disposition::Parked;
    std::string slotLabel;              ///< "12", or empty.
    std::string hostname;               ///< Sent as option 12 and shown on the parked screen; may be empty.
    std::optional<Ipv4Address> address; ///< Fixed address once approved.
    bool isApproved = false;            ///< Decides range or quarantine when `address` is empty.
    bool parksBriefly = false;          ///< Parked, but goes to its own disk after a minute (it came back).
    std::string bootFileOverride; ///< "", or "pxelinux.0", "bootx64.efi", "boot.ipxe": instead of the choice
                                  ///< by firmware.
    std::string imageId;          ///< "" uses the catalogue's default loaders.
    std::string menuEntry;        ///< Title of the image's entry that it starts; empty: it installs.
    Firmware firmware = Firmware::Unknown; ///< As its last DISCOVER said.
    std::string kernelArguments;           ///< Extra, profile's then machine's; one line.
    std::string ticket; ///< 32 hex digits; only with Disposition::Install or a spent one for Done.
    std::vector<ExtraOption> extraOptions; ///< For the replies to it, in this order.
    /// Rendered; only with Disposition::Install, and never with a menu entry.
    std::shared_ptr<const std::string> answerFile;
};

/// The immutable snapshot that every server answers from. Virtual tree, the same over TFTP and HTTP:
///
///   m/<mac>/pxelinux.0, ldlinux.c32, ...   BIOS loader files, see biosLoaderFiles()
///   m/<mac>/pxelinux.cfg/<anything>        rendered for that machine
///   m/<mac>/pxelinux.cfg/screen            what a parked pxelinux shows
///   m/<mac>/bootx64.efi, grubx64.efi       shim and grub of the machine's image; bootaa64.efi, grubaa64.efi,
///                                          bootia32.efi, grubia32.efi for the other firmware
///   m/<mac>/grub/grub.cfg, grub.cfg*       rendered for that machine
///   m/<mac>/boot.ipxe                      rendered for that machine
///   m/<mac>/vmlinuz, initrd.img            of its installer or its menu entry, only while its ticket lives
///   m/<mac>/image.iso                      the image as one file, only while its ticket to install lives
///   m/<mac>/repo/...                       the image's whole tree, only while its ticket to install lives
///   t/<ticket>/answer, t/<ticket>/post, t/<ticket>/done
///   t/<ticket>/user-data, meta-data, vendor-data   the same answer file as cloud-init asks for it
///                                          only for its machine (R41), because the ticket stands in a
///                                          configuration that anybody can ask for: known by its address, or
///                                          else, on our own network, by its card (BootFile::needsItsCard).
///                                          A foreign server may give the installer another address than the
///                                          firmware had. All NICs of a machine are that machine (R18)
///   i/<image id>/...                       an image's tree, for anybody; below this and m/<mac>/repo/ a
///                                          path that ends in '/' lists a directory
///   w/<image id>.iso                       an image's file itself, for anybody
///   x/<name>/...                           a folder of the operator's, for anybody; a path that ends in '/'
///                                          lists a directory
///   grub/..., grub.cfg*, grubx64.efi, pxelinux.cfg/...   loaders that lost their directory (P66, P69): by
///   peer
///
/// <mac> is twelve hex digits; colons and dashes are accepted. Names of loaders match in either case. A
/// machine that the catalogue does not know is parked. A parked or local configuration never holds a kernel
/// line.
class Catalog final : public BootFileSource {
public:
    struct Contents {
        ServerIdentity server;
        DhcpSettings dhcp;
        std::unordered_map<MacAddress, std::shared_ptr<const MachineBoot>> machines;
        std::map<std::string, std::shared_ptr<const ImageFiles>> images; ///< by id
        std::string defaultImageId; ///< Its loaders serve machines that have no image yet.
        std::unordered_map<std::string, std::vector<FileSlice>> hostFiles; ///< "pxelinux.0" -> bytes
        std::unordered_map<Ipv4Address, MacAddress> peers;                 ///< Who holds which address.
        std::map<std::string, std::shared_ptr<const FolderFiles>> folders; ///< by name
    };

    explicit Catalog(Contents contents);

    [[nodiscard]] const ServerIdentity& server() const { return m_contents.server; }
    [[nodiscard]] const DhcpSettings& dhcp() const { return m_contents.dhcp; }
    /// The machine, or null when it was never seen.
    [[nodiscard]] const MachineBoot* machine(MacAddress mac) const;
    /// The image that gives a machine its loaders: its own, else the default one, else any; null when there
    /// is none.
    [[nodiscard]] const ImageFiles* imageFor(const MachineBoot& machine) const;
    /// The machine that a NIC belongs to: itself, or its owner.
    [[nodiscard]] MacAddress machineOfNic(MacAddress mac) const;
    /// The machine whose fixed address this is; nothing when it is nobody's. Of two, the lower MAC.
    [[nodiscard]] std::optional<MacAddress> fixedHolder(Ipv4Address address) const;
    /// The machine that holds an address: by lease, as far as we know, else by its fixed address.
    [[nodiscard]] std::optional<MacAddress> holder(Ipv4Address address) const;
    /// What goes into option 67 and `file` for this client; empty when we have no loader for it.
    [[nodiscard]] std::string bootFileName(MacAddress mac, const PxeClient& client) const;

    [[nodiscard]] std::optional<BootFile> find(std::string_view path, Ipv4Address peer) const override;

private:
    /// A path below the machine's directory. `isByPeer`: the path stood at the root, so only what a loader
    /// asks for.
    [[nodiscard]] std::optional<BootFile> findForMachine(MacAddress mac, std::string_view rest, bool isByPeer,
                                                         bool isListing) const;
    [[nodiscard]] std::optional<BootFile> findLoader(const MachineBoot& machine, std::string_view rest) const;
    [[nodiscard]] std::optional<BootFile> findConfig(const MachineBoot& machine, std::string_view rest) const;
    [[nodiscard]] std::optional<BootFile> findForInstaller(const MachineBoot& machine, std::string_view rest,
                                                           bool isListing) const;
    [[nodiscard]] std::optional<BootFile> findForTicket(std::string_view rest, Ipv4Address peer) const;
    [[nodiscard]] const MachineBoot* installingNic(const MachineBoot& owner, Ipv4Address peer) const;
    /// `address` is the machine's fixed one, or leased to one of its NICs.
    [[nodiscard]] bool isAddressOf(const MachineBoot& owner, Ipv4Address address) const;
    [[nodiscard]] std::optional<BootFile> findInImage(std::string_view rest, bool isListing) const;
    [[nodiscard]] std::optional<BootFile> findImage(std::string_view rest) const;
    [[nodiscard]] std::optional<BootFile> findInFolder(std::string_view rest, bool isListing) const;
    /// The same for whoever asks, but its progress is that of the machine that holds the address.
    [[nodiscard]] std::optional<BootFile> ofPeer(std::optional<BootFile> file, Ipv4Address peer) const;

    [[nodiscard]] MachineBoot machineOrParked(MacAddress mac) const;
    [[nodiscard]] const ImageFiles* image(const std::string& id) const;
    /// What the machine is approved for: the image it names, else the default one. Never another one in its
    /// place.
    [[nodiscard]] const ImageFiles* installImage(const MachineBoot& machine) const;
    /// imageFor(), but one that has a UEFI loader for this firmware. Null when it is approved for an image of
    /// another architecture.
    [[nodiscard]] const ImageFiles* uefiImage(const MachineBoot& machine, Firmware firmware) const;
    /// What the grub of this machine starts Linux with; empty: not known. A machine may still run the grub of
    /// another image, in which it waited, so all must agree.
    [[nodiscard]] std::string linuxCommandFor(const MachineBoot& machine) const;
    /// One set of BIOS loader files, as pxelinux and its modules must be of one version: that of imageFor(),
    /// which its distribution tested with its kernels, else the host's, else that of any image.
    [[nodiscard]] const std::unordered_map<std::string, std::vector<FileSlice>>&
    biosLoaderFiles(const MachineBoot& machine) const;
    /// "pxelinux.0", "bootx64.efi" (or that of another architecture), "boot.ipxe", or nothing.
    [[nodiscard]] std::string_view loaderFor(const MachineBoot& machine, const PxeClient& client) const;

    Contents m_contents;
    std::unordered_map<std::string, MacAddress> m_tickets; ///< Of machines, not of their other NICs.
    std::multimap<MacAddress, MacAddress> m_nics;          ///< By owner.
    std::unordered_map<Ipv4Address, MacAddress> m_fixedAddresses;
};

} // namespace rackmuster::boot
