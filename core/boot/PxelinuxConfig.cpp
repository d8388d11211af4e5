#include "core/boot/LoaderConfig.h"
#include "core/boot/LoaderText.h"
#include "core/boot/Startup.h"

#include <algorithm>

namespace rackmuster::boot {

namespace {

// Names below are relative to the directory that pxelinux.0 came from, which is the machine's own.

/// SERIAL has to be the first line (syslinux manual); without a serial port it does nothing.
constexpr std::string_view serialLine = "SERIAL 0 115200\n";

/// Comes back to us after five seconds by `command`. A key stops TIMEOUT, so TOTALTIMEOUT sees that nobody
/// gets stuck at the prompt; IMPLICIT 0 sees that nothing typed there is taken for a kernel.
std::string askAgain(std::string_view command) {
    return "TIMEOUT 50\n"
           "TOTALTIMEOUT 300\n"
           "ONTIMEOUT again\n"
           "IMPLICIT 0\n"
           "LABEL again\n"
           "  " +
           std::string(command) + '\n';
}

/// pxelinux starts pxelinux: everything that it holds is given back.
constexpr std::string_view startAnew = "PXE pxelinux.0";

// Control-O sets background and foreground in DISPLAY files.
constexpr std::string_view block = "\x0F"
                                   "77";
constexpr std::string_view plain = "\x0F"
                                   "07";

unsigned firstStepOf(const MachineBoot& machine) {
    return machine.parksBriefly ? briefParkingSteps : pxelinuxParkingSteps;
}

std::string parked(unsigned stepsLeft) {
    const std::string next =
        stepsLeft == 0 ? std::string(startAnew) : "CONFIG pxelinux.cfg/wait-" + std::to_string(stepsLeft - 1);
    return std::string(serialLine) +
           "DEFAULT again\n"
           "PROMPT 1\n"
           "DISPLAY pxelinux.cfg/screen\n" +
           askAgain(next);
}

std::string localDisk() {
    std::string text(serialLine);
    text += "DEFAULT local\n"
            "PROMPT 0\n"
            "SAY ";
    text += localDiskText;
    text += "\n"
            "LABEL local\n"
            "  LOCALBOOT 0\n"; // INT 18h: the firmware goes on with its next boot device
    return text;
}

/// When kernel or initrd do not come, pxelinux stands at its prompt for TIMEOUT and then asks what to do now.
/// The name "vmlinuz" has no suffix, so that pxelinux looks at what it is: to it "memtest.bin" is a boot
/// sector.
std::string install(const MachineBoot& machine, const ImageFiles& image, const Startup& startup,
                    const ServerIdentity& server) {
    const std::string arguments = kernelCommandLine(machine, image, server, false);
    std::string text = std::string(serialLine) +
                       "DEFAULT install\n"
                       "PROMPT 0\n"
                       "SAY " +
                       installText(machine, image) +
                       "\n"
                       "LABEL install\n"
                       "  KERNEL vmlinuz\n";
    if (!startup.initrdPaths.empty())
        text += "  INITRD initrd.img\n";
    if (!arguments.empty())
        text += "  APPEND " + arguments + '\n';
    if (!startup.initrdPaths.empty())
        text += "  IPAPPEND 2\n"; // BOOTIF of the card that booted (R18)
    return text + askAgain(startAnew);
}

} // namespace

std::string renderPxelinuxScreen(const MachineBoot& machine) {
    const ParkedScreen screen = parkedScreen(machine);
    std::string text = "\f";
    for (const std::string& line : screen.picture)
        text += painted(line, block, plain) + '\n';
    return text + screen.text + '\n';
}

std::string renderPxelinux(const MachineBoot& machine, const ImageFiles* image, const ServerIdentity& server,
                           std::optional<unsigned> stepsLeft) {
    const unsigned firstStep = firstStepOf(machine);
    const unsigned step = std::min(stepsLeft.value_or(firstStep), firstStep);
    switch (renderedDisposition(machine, image)) {
    case Disposition::Install:
        return install(machine, *image, *startupOf(machine, image), server);
    case Disposition::Parked:
        return machine.parksBriefly && step == 0 ? localDisk() : parked(step);
    case Disposition::LocalDisk:
    case Disposition::Refused:
        break;
    }
    return localDisk();
}

} // namespace rackmuster::boot
