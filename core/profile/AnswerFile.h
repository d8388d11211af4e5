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
    VariableDescription{"rack", QT_TRANSLATE_NOOP("Profile", "Name of its rack")},
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

/// The installer that a text is for, from what it says: a kickstart, a preseed file, cloud-init's user-data
/// with "autoinstall:" (or only what belongs below it), or an AutoYaST profile. None when it is none of them;
/// text of a kind may still be malformed.
[[nodiscard]] boot::InstallerFamily detectKind(std::string_view text);

/// Replaces every {{name}}; blanks around the name do not matter. Strict: an unknown name, an empty name or
/// an unclosed {{ is an error naming it and its line (UnknownVariable, Malformed), and so is a value with a
/// line break or another control character. Values are not scanned again. "\{{" writes "{{" literally.
///
/// A value never becomes syntax. In kickstart and preseed it is inserted as it is. Autoinstall and AutoYaST
/// are parsed with the variables as words and written anew with the values in the scalars, text, CDATA,
/// attributes and comments where the words stood; elsewhere (XML names) a variable is Malformed,
/// and so is what does not parse.
///   - autoinstall: comments are dropped and aliases written out. A scalar with a variable is quoted, so that
///   "no",
///     "12:30:45" and a MAC stay text; only a plain one that became a decimal number stays a number. A list
///     item that is
///     {{dns}} becomes an item an address.
///   - AutoYaST: declarations of entities are refused and none is expanded.
[[nodiscard]] Result<std::string> render(std::string_view text, boot::InstallerFamily kind,
                                         const Variables& variables);

/// The rendered answer file with its reports added: `postUrl` fetched when the last scripts begin, `doneUrl`
/// when all is complete. A report that fails never fails the installation; the profile's own scripts stay.
///   - kickstart: a section before the first %post and one at the end;
///   - preseed: late_command extended;
///   - autoinstall: first and last of late-commands, after which the installer only reboots. Text without
///   "autoinstall:"
///     is put below it, and "#cloud-config" stands in front.
///   - AutoYaST: first of the chroot-scripts outside of the installed system, and last of those in it:
///   nothing of the
///     first stage comes after them but the reboot. From then on the machine boots its own disk, where a
///     second stage and its post- and init-scripts run by themselves; it must not need this console's
///     repository.
///
/// Line ends become LF: the shells of the installers stumble over CR. Another kind is returned as it is.
/// Error: Malformed.
[[nodiscard]] Result<std::string> withReports(std::string_view rendered, boot::InstallerFamily kind,
                                              std::string_view postUrl, std::string_view doneUrl);

/// Whether a template of a format that is parsed (autoinstall, AutoYaST) can be rendered and get its reports,
/// whatever the values. Error: Malformed, with the line. Unknown variables are left to render().
[[nodiscard]] Result<void> checkSyntax(std::string_view text, boot::InstallerFamily kind);

/// The minimal profile that ships with the program for a family; template text. Empty for None.
[[nodiscard]] std::string builtInProfile(boot::InstallerFamily kind);

} // namespace rackmuster::profile
