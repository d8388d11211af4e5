#include "core/boot/LoaderConfig.h"
#include "core/boot/LoaderText.h"
#include "core/boot/Startup.h"

#include <algorithm>
#include <sstream>
#include <utility>

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

/// iPXE folds runs of blanks, so dots are between the strokes: black on black, as '#' is white on white.
std::string screen(const MachineBoot& machine) {
    const ParkedScreen screen = parkedScreen(machine);
    std::string text = "set esc:hex 1b\n"
                       "set block ${esc:string}[37;47m\n"
                       "set space ${esc:string}[30;40m\n";
    std::string clear = "${esc:string}[2J${esc:string}[1;1H";
    for (const std::string& line : screen.picture) {
        std::string row = painted(line, "${block}", "${space}");
        std::replace(row.begin(), row.end(), ' ', '.');
        text += "echo " + std::exchange(clear, {}) + row + '\n';
    }
    return text + "echo ${esc:string}[0m" + screen.text + '\n';
}

std::string parked(const MachineBoot& machine, const std::string& url) {
    return ":wait\n" + screen(machine) + askAgain(url, "wait");
}

/// The count is a setting of iPXE and outlives the script.
std::string briefParking(const MachineBoot& machine, const std::string& url) {
    return "isset ${waited} || set waited:int32 0\n"
           ":wait\n" +
           screen(machine) + "iseq ${waited} " + std::to_string(briefParkingSteps) +
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
