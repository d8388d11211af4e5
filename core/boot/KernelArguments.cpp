#include "core/boot/LoaderConfig.h"
#include "core/boot/LoaderText.h"
#include "core/boot/MenuArguments.h"
#include "core/boot/Startup.h"

namespace rackmuster::boot {

namespace {

std::string ticketUrl(const MachineBoot& machine, const ServerIdentity& server) {
    return server.httpBase() + "/t/" + machine.ticket + "/answer";
}

std::string machineUrl(const MachineBoot& machine, const ServerIdentity& server) {
    return server.httpBase() + '/' + machineDirectory(machine.mac);
}

std::string repositoryPath(const MachineBoot& machine) {
    return '/' + machineDirectory(machine.mac) + "/repo";
}

/// P80
std::string redHatArguments(const MachineBoot& machine, const ServerIdentity& server) {
    return "inst.ks=" + ticketUrl(machine, server) + " inst.repo=" + server.httpBase() +
           repositoryPath(machine) + " inst.ks.sendmac inst.ks.sendsn ip=dhcp";
}

/// Before RHEL 7 the installer's options had no prefix, and the card was named by ksdevice.
std::string oldRedHatArguments(const MachineBoot& machine, const ServerIdentity& server) {
    return "ks=" + ticketUrl(machine, server) + " repo=" + server.httpBase() + repositoryPath(machine) +
           " kssendmac kssendsn ksdevice=" + machine.mac.toString() + " ip=dhcp";
}

std::string debianArguments(const MachineBoot& machine, const ImageFiles& image,
                            const ServerIdentity& server) {
    std::string line = "auto=true priority=critical url=" + ticketUrl(machine, server) + " interface=auto";
    if (!machine.hostname.empty())
        line += " hostname=" + machine.hostname;
    line += " domain= mirror/country=manual mirror/protocol=http mirror/http/hostname=" + server.httpHost() +
            " mirror/http/directory=" + repositoryPath(machine) + " mirror/http/proxy=";
    // A rack without a way out: otherwise the installer stops before the preseed and asks.
    if (server.dns.empty())
        line += " netcfg/get_nameservers=";
    if (!server.gateway)
        line += " netcfg/no_default_route=true";
    if (!image.suite.empty())
        line += " mirror/suite=" + image.suite;
    return line;
}

/// Ubuntu's live installer, 20.04 and newer: casper loads the whole image into memory, cloud-init asks for
/// its answer file below s=, and "autoinstall" says that nobody has to confirm. root= and ramdisk_size= are
/// Canonical's own netboot recipe. cloud-config-url= keeps cloud-init from taking url=, the image, for its
/// configuration.
std::string ubuntuArguments(const MachineBoot& machine, const ServerIdentity& server) {
    return "ip=dhcp url=" + machineUrl(machine, server) +
           "/image.iso root=/dev/ram0 ramdisk_size=1500000 autoinstall" +
           " ds=nocloud-net;s=" + server.httpBase() + "/t/" + machine.ticket + "/ cloud-config-url=/dev/null";
}

/// SUSE's linuxrc. It learned ifcfg= with SLE 12 (openSUSE 13), and its installer to update itself, which a
/// rack without a way out must not wait for.
std::string suseArguments(const MachineBoot& machine, const ImageFiles& image, const ServerIdentity& server) {
    std::string line =
        "install=" + machineUrl(machine, server) + "/repo autoyast=" + ticketUrl(machine, server);
    line += majorVersion(image.version) >= 12 ? " ifcfg=*=dhcp self_update=0" : " netsetup=dhcp";
    if (!machine.hostname.empty())
        line += " hostname=" + machine.hostname;
    return line;
}

std::string familyArguments(const MachineBoot& machine, const ImageFiles& image,
                            const ServerIdentity& server) {
    switch (image.family) {
    case InstallerFamily::RedHat:
        return majorVersion(image.version) >= 7 ? redHatArguments(machine, server)
                                                : oldRedHatArguments(machine, server);
    case InstallerFamily::Debian:
        return debianArguments(machine, image, server);
    case InstallerFamily::Ubuntu:
        return ubuntuArguments(machine, server);
    case InstallerFamily::Suse:
        return suseArguments(machine, image, server);
    case InstallerFamily::None:
        break;
    }
    return {};
}

/// Where the installer sends what it logs. Ubuntu's has no such argument.
std::string logArguments(const ImageFiles& image, const ServerIdentity& server) {
    if (server.syslogPort == 0)
        return {};
    const std::string host = server.address.toString();
    const std::string port = std::to_string(server.syslogPort);
    switch (image.family) {
    case InstallerFamily::RedHat:
        return (majorVersion(image.version) >= 7 ? "inst.syslog=" : "syslog=") + host + ':' + port;
    case InstallerFamily::Debian:
        return "log_host=" + host + " log_port=" + port;
    case InstallerFamily::Suse: // linuxrc knows no port
        return port == "514" ? "loghost=" + host : std::string();
    case InstallerFamily::Ubuntu:
    case InstallerFamily::None:
        break;
    }
    return {};
}

/// An entry keeps the arguments of its menu. A kernel without initrds reads no BOOTIF.
std::string entryArguments(const MachineBoot& machine, const MenuEntry& entry, const ImageFiles& image,
                           const ServerIdentity& server, bool withBootif) {
    const bool hasBootif = withBootif && !entry.initrdPaths.empty();
    std::string line =
        menuArguments(entry, image, server, hasBootif ? "BOOTIF=" + machine.mac.toBootif() : "");
    const std::string extra = oneLine(machine.kernelArguments);
    if (!line.empty() && !extra.empty())
        line += ' ';
    return line + extra;
}

} // namespace

Disposition renderedDisposition(const MachineBoot& machine, const ImageFiles* image) {
    if (machine.disposition != Disposition::Install)
        return machine.disposition;
    return startupOf(machine, image) ? Disposition::Install : Disposition::Parked;
}

std::string kernelCommandLine(const MachineBoot& machine, const ImageFiles& image,
                              const ServerIdentity& server, bool withBootif) {
    if (machine.ticket.empty())
        return {};
    if (!machine.menuEntry.empty()) {
        const MenuEntry* const entry = findEntry(image, machine.menuEntry);
        return entry != nullptr ? entryArguments(machine, *entry, image, server, withBootif) : std::string();
    }
    std::string line = familyArguments(machine, image, server);
    const auto add = [&line](const std::string& text) {
        if (!line.empty() && !text.empty())
            line += ' ';
        line += text;
    };
    add(logArguments(image, server));
    if (withBootif)
        add("BOOTIF=" + machine.mac.toBootif());
    add("console=tty0");
    add(oneLine(machine.kernelArguments)); // last, so that they win
    return line;
}

std::string kernelArguments(const MachineBoot& machine, const ImageFiles& image,
                            const ServerIdentity& server) {
    return kernelCommandLine(machine, image, server, true);
}

} // namespace rackmuster::boot
