#include "core/boot/LoaderConfig.h"
#include "core/boot/LoaderText.h"
#include "core/boot/Startup.h"

#include <sstream>

namespace rackmuster::boot {

namespace {

constexpr std::string_view pause = "sleep 5";
constexpr std::string_view fullBlock = "\xE2\x96\x88"; // UTF-8

/// One word for grub's shell: single quotes when it holds anything that the shell reads.
std::string word(std::string_view text) {
    constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=.,:/@%";
    if (!text.empty() && text.find_first_not_of(plain) == std::string_view::npos)
        return std::string(text);
    std::string out = "'";
    for (const char c : text)
        out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + '\'';
}

std::string words(const std::string& line) {
    std::istringstream stream(line);
    std::string out;
    for (std::string part; stream >> part;)
        out += ' ' + word(part);
    return out;
}

std::string echo(std::string_view text) {
    return "echo " + word(text) + '\n';
}

/// The machine's directory by each protocol: TFTP is in every network grub, HTTP is faster but not always
/// there.
struct Places {
    std::string tftp;
    std::string http;

    Places(MacAddress mac, const ServerIdentity& server)
        : tftp("(tftp," + server.address.toString() + ")/" + machineDirectory(mac)),
          http("(http," + server.httpHost() + ")/" + machineDirectory(mac)) {}
};

std::string line(unsigned depth, const std::string& text) {
    return std::string(2 * static_cast<std::size_t>(depth), ' ') + text + '\n';
}

/// Leaves the state now in `state`; "unknown" when nobody answers, which is as good as parked. What grub says
/// of that spoils the screen, which is then drawn anew.
std::string askState(const Places& places, unsigned depth) {
    return line(depth, "set state=unknown") + line(depth, "source " + places.tftp + "/grub/state.cfg") +
           line(depth, "if [ \"$state\" = unknown ]; then") + line(depth + 1, "set shown=") +
           line(depth + 1, "source " + places.http + "/grub/state.cfg") + line(depth, "fi");
}

/// `configfile` nests, so only a change of state runs one; when it comes back, the waiting goes on.
std::string readConfigWhen(const char* state, const Places& places, unsigned depth) {
    return line(depth, "if [ \"$state\" = " + std::string(state) + " ]; then") +
           line(depth + 1, "configfile " + places.tftp + "/grub/grub.cfg") + line(depth, "fi");
}

std::string waitOnce(const Places& places) {
    return askState(places, 1) + readConfigWhen("go", places, 1) + readConfigWhen("disk", places, 1) +
           line(1, std::string(pause));
}

std::string parkedLoop(const Places& places) {
    return line(0, "set waiting=yes") + line(0, "while [ \"$waiting\" = yes ]; do") + waitOnce(places) +
           line(0, "done");
}

/// Exit 1 sends EFI to its next boot entry; grubs that take no number do the second one.
std::string localDisk() {
    return echo(localDiskText) + line(0, "exit 1") + line(0, "exit");
}

std::string briefParking(const Places& places) {
    std::string steps;
    for (unsigned step = briefParkingSteps; step > 0; --step)
        steps += ' ' + std::to_string(step);
    return line(0, "for step in" + steps + "; do") + waitOnce(places) + line(0, "done") + localDisk();
}

/// The state that it asks for draws the screen; until that comes there is a line to read.
std::string parked(const MachineBoot& machine, const Places& places) {
    return echo(parkedScreen(machine).text) + line(0, "set shown=") +
           (machine.parksBriefly ? briefParking(places) : parkedLoop(places));
}

/// Whoever asks again does not see the screen flicker, but sees at once that it has got another slot. The
/// console of EFI has the full block among the characters that it must have.
std::string drawScreen(const MachineBoot& machine) {
    const ParkedScreen screen = parkedScreen(machine);
    const std::string shown = word(screen.text);
    std::string text = "if [ \"$shown\" != " + shown + " ]; then\n" + line(1, "clear");
    for (const std::string& row : screen.picture) {
        std::string blocks;
        for (const char c : row)
            blocks += c == '#' ? std::string(fullBlock) : std::string(1, c);
        text += "  " + echo(blocks);
    }
    return text + "  " + echo(screen.text) + line(1, "set shown=" + shown) + "fi\n";
}

/// The commands that load a kernel and its initrd.
struct Commands {
    std::string kernel;
    std::string initrd; ///< empty: there is none to load
};

/// RHEL 7 has linuxefi beside a linux that Secure Boot forbids; elsewhere there is only linux.
std::vector<Commands> commandsFor(const Startup& startup, std::string_view linuxCommand) {
    if (startup.isEfiProgram())
        return {{"chainloader", {}}};
    std::vector<Commands> out;
    for (const std::string_view suffix : {"", "efi"}) {
        const std::string kernel = "linux" + std::string(suffix);
        if (linuxCommand.empty() || linuxCommand == kernel)
            out.push_back({kernel, startup.initrdPaths.empty() ? "" : "initrd" + std::string(suffix)});
    }
    return out;
}

/// One attempt over one protocol with one spelling of the loader's commands.
std::string attempt(const std::string& place, const Commands& commands, const std::string& arguments) {
    std::string text = line(1, "if [ \"$loaded\" = no ]; then") +
                       line(2, "if " + commands.kernel + ' ' + place + "/vmlinuz" + arguments + "; then");
    if (commands.initrd.empty())
        text += line(3, "set loaded=yes");
    else
        text += line(3, "if " + commands.initrd + ' ' + place + "/initrd.img; then") +
                line(4, "set loaded=yes") + line(3, "fi");
    return text + line(2, "fi") + line(1, "fi");
}

/// Until kernel and initrd are in memory. When the approval is taken back meanwhile, or the menu entry counts
/// as started, the configuration of now is read.
std::string install(const MachineBoot& machine, const ImageFiles& image, const ServerIdentity& server,
                    const Places& places, const std::vector<Commands>& spellings) {
    const std::string arguments = words(kernelCommandLine(machine, image, server, true));
    std::string text = echo(installText(machine, image)) + line(0, "set loaded=no") +
                       line(0, "while [ \"$loaded\" = no ]; do");
    for (const Commands& commands : spellings)
        text += attempt(places.http, commands, arguments) + attempt(places.tftp, commands, arguments);
    return text + line(1, "if [ \"$loaded\" = no ]; then") + line(2, std::string(pause)) +
           askState(places, 2) + readConfigWhen("parked", places, 2) + readConfigWhen("disk", places, 2) +
           line(1, "fi") + line(0, "done") + line(0, "boot");
}

} // namespace

std::string renderGrub(const MachineBoot& machine, const ImageFiles* image, const ServerIdentity& server,
                       std::string_view linuxCommand) {
    const Places places(machine.mac, server);
    switch (renderedDisposition(machine, image)) {
    case Disposition::Install:
        return install(machine, *image, server, places,
                       commandsFor(*startupOf(machine, image), linuxCommand));
    case Disposition::Parked:
        return parked(machine, places);
    case Disposition::LocalDisk:
    case Disposition::Refused:
        break;
    }
    return localDisk();
}

std::string renderGrubState(const MachineBoot& machine, const ImageFiles* image) {
    switch (renderedDisposition(machine, image)) {
    case Disposition::Install:
        return "set state=go\n";
    case Disposition::Parked:
        return "set state=parked\n" + drawScreen(machine);
    case Disposition::LocalDisk:
    case Disposition::Refused:
        break;
    }
    return "set state=disk\n";
}

} // namespace rackmuster::boot
