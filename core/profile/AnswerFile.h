#pragma once

#include "core/base/Result.h"
#include "core/boot/Catalog.h"

#include <QtGlobal>

#include <array>
#include <map>
#include <string>
#include <string_view>

namespace rackmuster::profile {

/// Values of {{name}} variables for one machine.
using Variables = std::map<std::string, std::string, std::less<>>;

/// A name that templates may use, and what stands for it. `meaning` is translated under the context
/// "Profile".
struct VariableDescription {
    std::string_view name;
    const char* meaning;
};

/// What the engine offers. A name without a value for this machine (no slot, no gateway) is unknown to
/// render(), so that nothing is installed with a hole in its answer file.
inline constexpr std::array templateVariables{
    VariableDescription{"hostname", QT_TRANSLATE_NOOP("Profile", "Host name of the machine")},
    VariableDescription{"slot", QT_TRANSLATE_NOOP("Profile", "Number of its slot in the rack")},
    VariableDescription{"ip", QT_TRANSLATE_NOOP("Profile", "Its IPv4 address")},
    VariableDescription{"netmask", QT_TRANSLATE_NOOP("Profile", "Netmask of the network, as 255.255.255.0")},
    VariableDescription{"prefix", QT_TRANSLATE_NOOP("Profile", "Prefix length of the network, as 24")},
    VariableDescription{"gateway", QT_TRANSLATE_NOOP("Profile", "Address of the gateway")},
    VariableDescription{"dns",
                        QT_TRANSLATE_NOOP("Profile", "Addresses of the name servers, with commas between")},
    VariableDescription{"mac", QT_TRANSLATE_NOOP("Profile", "Hardware address, as aa:bb:cc:dd:ee:ff")},
    VariableDescription{"mac_dashes", QT_TRANSLATE_NOOP("Profile", "Hardware address, as aa-bb-cc-dd-ee-ff")},
    VariableDescription{"server", QT_TRANSLATE_NOOP("Profile", "Address of this console")},
    VariableDescription{"http_port", QT_TRANSLATE_NOOP("Profile", "HTTP port of this console")},
    VariableDescription{"server_url", QT_TRANSLATE_NOOP("Profile", "URL of this console, without a path")},
    VariableDescription{"repo", QT_TRANSLATE_NOOP("Profile", "URL of the image's tree for this machine")},
    VariableDescription{"image", QT_TRANSLATE_NOOP("Profile", "Name of the image")},
    VariableDescription{"repo_NAME",
                        QT_TRANSLATE_NOOP("Profile", "URL of the repository NAME in the image, as "
                                                     "repo_BaseOS or repo_AppStream")},
    VariableDescription{"folder_NAME", QT_TRANSLATE_NOOP("Profile", "URL of the served folder NAME")},
};

/// Kickstart or preseed, from what the text says; None when it is neither.
[[nodiscard]] boot::InstallerFamily detectKind(std::string_view text);

/// Replaces every {{name}}; blanks around the name do not matter. Strict: an unknown name, an empty name or
/// an unclosed
/// {{ is an error naming it and its line (UnknownVariable, Malformed). Values are inserted as they are and
/// not scanned again; a value with a line break or another control character is refused. "\{{" writes "{{"
/// literally.
[[nodiscard]] Result<std::string> render(std::string_view text, const Variables& variables);

/// The rendered answer file with its reports added: `postUrl` fetched when the last scripts begin, `doneUrl`
/// when all is complete. Kickstart gets a section before its first %post and one at the end; preseed gets its
/// late_command extended, keeping the profile's own. A report that fails never fails the installation. Line
/// ends become LF: the shells of the installers stumble over CR. Another kind is returned as it is.
[[nodiscard]] std::string withReports(std::string_view rendered, boot::InstallerFamily kind,
                                      std::string_view postUrl, std::string_view doneUrl);

/// The minimal profile that ships with the program for a family; template text. Empty for None.
[[nodiscard]] std::string builtInProfile(boot::InstallerFamily kind);

} // namespace rackmuster::profile
