#include "core/boot/LoaderConfig.h"
#include "core/boot/LoaderText.h"
#include "core/boot/Startup.h"

#include <sstream>

namespace rackmuster::boot {

namespace {

constexpr std::string_view shebang = "#!ipxe\n";

std::string directoryUrl(const MachineBoot& machine, const ServerIdentity& server) {
    return server.httpBase() + '/' + machineDirectory(machine.mac);
}

/// `--replace` frees this script first, so that asking for hours nests nothing. A key that breaks the sleep
/// only shortens it.
std::string askAgain(const std::string& url, std::string_view label) {
    return "sleep 5 ||\n"
           "chain --replace " +
           url + "/boot.ipxe || goto " + std::string(label) + '\n';
}

/// In a BIOS the first disk; UEFI goes on with its next boot entry when iPXE fails.
std::string localDisk() {
    return "echo " + std::string(localDiskText) +
           "\n"
           "iseq ${platform} pcbios && goto disk ||\n"
           "exit 1\n"
           ":disk\n"
           "sanboot --no-describe --drive 0x80 || exit 1\n";
}

std::string screen(const MachineBoot& machine) {
    std::string text;
    for (const std::string& line : parkedScreen(machine, '.'))
        text += "echo " + line + '\n';
    return text;
}

std::string parked(const MachineBoot& machine, const std::string& url) {
    return screen(machine) + ":wait\n" + askAgain(url, "wait");
}

/// The count is a setting of iPXE and outlives the script.
std::string briefParking(const MachineBoot& machine, const std::string& url) {
    return screen(machine) +
           "isset ${waited} || set waited:int32 0\n"
           ":wait\n"
           "iseq ${waited} " +
           std::to_string(briefParkingSteps) +
           " && goto local ||\n"
           "inc waited\n" +
           askAgain(url, "wait") + ":local\n" + localDisk();
}

/// A menu's words are others' text, and iPXE knows no quotes: what it would take for an operator or a setting
/// of its own is left out.
std::string plainWords(const std::string& line) {
    std::istringstream stream(line);
    std::string out;
    for (std::string word; stream >> word;) {
        if (word != "||" && word != "&&" && word.find("${") == std::string::npos)
            out += ' ' + word;
    }
    return out;
}

std::string install(const MachineBoot& machine, const ImageFiles& image, const Startup& startup,
                    const ServerIdentity& server, const std::string& url) {
    const bool hasInitrd = !startup.initrdPaths.empty();
    const std::string line = kernelCommandLine(machine, image, server, true);
    std::string text = "echo " + installText(machine, image) +
                       "\n"
                       "imgfree\n"
                       "kernel " +
                       url + "/vmlinuz" + (hasInitrd ? " initrd=initrd.img" : "") +
                       (startup.entry != nullptr ? plainWords(line) : ' ' + line) + " || goto retry\n";
    if (hasInitrd)
        text += "initrd " + url + "/initrd.img || goto retry\n";
    return text +
           "boot || goto retry\n"
           ":retry\n"
           "imgfree\n" +
           askAgain(url, "retry");
}

} // namespace

std::string renderIpxe(const MachineBoot& machine, const ImageFiles* image, const ServerIdentity& server) {
    const std::string url = directoryUrl(machine, server);
    std::string text(shebang);
    switch (renderedDisposition(machine, image)) {
    case Disposition::Install:
        return text + install(machine, *image, *startupOf(machine, image), server, url);
    case Disposition::Parked:
        return text + (machine.parksBriefly ? briefParking(machine, url) : parked(machine, url));
    case Disposition::LocalDisk:
    case Disposition::Refused:
        break;
    }
    return text + localDisk();
}

} // namespace rackmuster::boot
