#include "core/boot/CloudInitSeed.h"

namespace rackmuster::boot {

namespace {

/// The instance is called by the machine, not by its ticket: the installer writes the name into logs that it
/// leaves on the disk (R41).
std::string metaData(const MachineBoot& machine) {
    std::string text = "instance-id: rackmuster-" + machine.mac.toHex() + "\n";
    if (!machine.hostname.empty())
        text += "local-hostname: \"" + machine.hostname + "\"\n"; // quoted: a name may look like a number
    return text;
}

} // namespace

std::optional<std::string> cloudInitSeed(std::string_view name, const MachineBoot& machine) {
    if (name == "meta-data")
        return metaData(machine);
    if (name == "vendor-data")
        return std::string();
    return std::nullopt;
}

} // namespace rackmuster::boot
