#pragma once

#include "core/boot/Catalog.h"

#include <string>
#include <string_view>

namespace rackmuster::boot {

/// The image's tree for anybody, as a menu entry needs it after its ticket is spent: "http://.../i/<id>".
[[nodiscard]] std::string imageTreeUrl(const ImageFiles& image, const ServerIdentity& server);

/// The kernel arguments of an entry for a machine that starts it over the network. What names the medium
/// names our URL instead (inst.stage2=hd:LABEL=..., root=live:CDLABEL=..., archisolabel=...; the table stands
/// in MenuArguments.cpp), what only makes sense on it is left out, and what the same thing needs on a network
/// is added (ip=dhcp). A reference to a file that is not in the image stays, and so does every other word.
/// `more` follows, but before the "---" behind which Debian's installers keep arguments for the installed
/// system. A kernel without initrds gets its words as they are.
[[nodiscard]] std::string menuArguments(const MenuEntry& entry, const ImageFiles& image,
                                        const ServerIdentity& server, std::string_view more);

} // namespace rackmuster::boot
