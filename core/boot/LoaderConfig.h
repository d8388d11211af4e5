#pragma once

#include "core/boot/Catalog.h"

#include <optional>
#include <string>
#include <string_view>

namespace rackmuster::boot {

/// What a configuration rendered now says: Install only when ticket and all that starts (startupOf) are
/// there, otherwise such a machine is parked.
[[nodiscard]] Disposition renderedDisposition(const MachineBoot& machine, const ImageFiles* image);

/// Kernel command line of an approved machine: answer file, install source, BOOTIF, console and extra
/// arguments, by family and release (RHEL family 7+: inst.ks, inst.repo, inst.ks.sendmac; 6: ks, repo=,
/// ksdevice; Debian: auto url=...; Ubuntu: autoinstall url=... ds=nocloud-net;...; SUSE: install= autoyast=);
/// of a menu entry its own, by menuArguments(), and the extra ones. Empty when the machine has no image or
/// ticket.
[[nodiscard]] std::string kernelArguments(const MachineBoot& machine, const ImageFiles& image,
                                          const ServerIdentity& server);

/// How often a machine that parks briefly asks again, five seconds apart, before it goes to its own disk.
constexpr unsigned briefParkingSteps = 12;
/// After how many questions a parked pxelinux starts itself anew: each configuration that it reads costs it
/// something, and at the 126th (6.04, measured) it finds no configuration any more and stands still for good.
constexpr unsigned pxelinuxParkingSteps = 60;

/// Each renders by disposition: Install names kernel and initrd; Parked shows slot, name and MAC and asks
/// again every five seconds without any kernel line; LocalDisk boots the machine's own disk. pxelinux cannot
/// count, so the path that it asks for next carries the `stepsLeft` (`pxelinux.cfg/wait-11`); nothing is the
/// first step. Grub and iPXE count for themselves.
[[nodiscard]] std::string renderPxelinux(const MachineBoot& machine, const ImageFiles* image,
                                         const ServerIdentity& server,
                                         std::optional<unsigned> stepsLeft = std::nullopt);
/// What a parked pxelinux shows, on a cleared screen. (Neither this nor SAY goes to the serial line in 6.04.)
[[nodiscard]] std::string renderPxelinuxScreen(const MachineBoot& machine);
/// `linuxCommand`: "linux" or "linuxefi", when the machine's grub is known to have only that; empty: both are
/// tried.
[[nodiscard]] std::string renderGrub(const MachineBoot& machine, const ImageFiles* image,
                                     const ServerIdentity& server, std::string_view linuxCommand = {});
/// The small file that a waiting grub sources again and again: `set state=parked`, with the screen when it is
/// not shown already, `go` when there is something to start, `disk` when it is to go to its own.
[[nodiscard]] std::string renderGrubState(const MachineBoot& machine, const ImageFiles* image);
[[nodiscard]] std::string renderIpxe(const MachineBoot& machine, const ImageFiles* image,
                                     const ServerIdentity& server);

} // namespace rackmuster::boot
