#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rackmuster {

/// What went wrong. Each code has one English sentence in Error.cpp; `ui` translates the same sentence.
enum class ErrorCode : std::uint8_t {
    Truncated,        ///< The bytes ended before the field `subject` did.
    Malformed,        ///< `subject` is present but `detail` says why it is not valid.
    BadAddress,       ///< `subject` is not a MAC, IPv4 address or network; `detail` is the text.
    BadName,          ///< `detail` is not a host name (RFC 1123 2.1).
    BadPlanLine,      ///< Plan CSV: `subject` is the line number, `detail` the reason.
    UnknownVariable,  ///< A template names `subject`, which has no value here.
    NotAnIso,         ///< `subject` holds no ISO 9660 file system.
    TruncatedIso,     ///< `subject` is shorter than its file system says; `detail` gives both sizes.
    BrokenIso,        ///< `subject` has directories that cannot be read; `detail` says where.
    UnknownMedium,    ///< `subject` describes no installer that we know.
    AddOnMedium,      ///< `subject` holds only `detail`, which is added to an installed system.
    LiveMedium,       ///< `subject` holds only the live system of `detail`.
    NotDriven,        ///< `subject` holds the installer of `detail`, which we cannot start.
    NoKernel,         ///< `subject` describes a system, but has no kernel and initrd.
    KernelMissing,    ///< `subject` names `detail` as part of its installer, but it is not there.
    NoBiosLoader,     ///< Neither this computer nor `subject` has pxelinux.0.
    NoUefiLoader,     ///< `subject` has no UEFI loader for its architecture `detail`.
    NoGrub,           ///< `subject` has the UEFI loader `detail` without a grub beside it.
    LoaderUnsigned,   ///< The UEFI loader `detail` of `subject` is not signed.
    LoaderOwnKey,     ///< The UEFI loader of `subject` is signed by `detail`, not by Microsoft.
    LoaderRevoked,    ///< A part of `subject` is revoked: `detail` is "grub,3 < grub,4 (2024-04-09)".
    NoPackages,       ///< `subject` has an installer without packages.
    LooksForDisc,     ///< The installer of `subject` was made for a disc.
    UdfUnread,        ///< `subject` has a UDF volume that cannot be read.
    EntriesLeftOut,   ///< Of `subject` some entries cannot be served; `detail` is the first and why.
    OtherProcessor,   ///< `subject` is for machines of the architecture `detail`, which we cannot start.
    NoSuchFile,       ///< `subject` cannot be opened; `detail` is the system's reason.
    ReaderUnusable,   ///< The image reader `subject` cannot run; `detail` is its reason.
    ReaderFailed,     ///< The image reader did not survive image `subject`; `detail` says how it ended.
    ReaderEscaped,    ///< The image reader tried what it may not while it read image `subject`.
    ReadingTooSlow,   ///< Reading image `subject` took longer than `detail`.
    ReadingTooLarge,  ///< Reading image `subject` took more memory than `detail`.
    ReadingCancelled, ///< Reading image `subject` was given up on demand.
    FileChanged,      ///< `subject` was written to or cut after it was imported.
    FileGone,         ///< `subject` is not there (any more), or cannot be read.
    FileMoved,        ///< `subject` was moved, deleted or replaced while it was open.
    AlreadyImported,  ///< The image `subject` is in the library as `detail`.
    ChecksumMismatch, ///< The bytes of `subject` are not those that `detail` vouches for.
    DiskFull,         ///< A copy has no room in the folder `subject`; `detail` says how much is missing.
    NoSuchInterface,  ///< There is no network interface `subject`.
    NoAddress,        ///< Interface `subject` has no IPv4 address.
    PortInUse,        ///< Port `subject` is taken; `detail` names the holder when known.
    SyslogPortInUse,  ///< Port `subject` is taken, so log messages are not received; the rest runs.
    AddressInUse,     ///< Address `subject`, which we were about to give, answers from `detail`.
    TooManyUnknown,   ///< Unknown machines ask more often than a rack does; `subject` requests were left.
    OtherDhcpServer,  ///< The DHCP server `subject` (hardware address `detail`) answers here, too.
    SharedMac,        ///< Two machines have the hardware address `subject`.
    LinkLost,         ///< Interface `subject` has no link: nothing is answered until it has.
    AddressLost,      ///< Interface `subject` has not the address `detail` any more: likewise.
    NoPrivilege,      ///< Opening `subject` needs a right this process lacks.
    HelperFailed,     ///< The network helper did not do its work; `detail` is its reason.
    Database,         ///< `subject` could not be read or written; `detail` is the engine's reason.
    SchemaTooNew,     ///< `subject` was written by a newer version.
    AlreadyRunning,   ///< Another instance runs on the state directory `subject`.
    Duplicate,        ///< `detail` is already taken by `subject`.
    SlotTaken,        ///< Slot `subject` is held by `detail`.
    UnknownMachine,   ///< No machine answers to `subject`.
    UnknownImage,     ///< No image is called `subject`.
    UnknownProfile,   ///< No profile is called `subject`.
    UnknownMenuEntry, ///< The menu of image `subject` has no entry `detail`.
    NoLoader,         ///< A machine asked for a loader for `detail`; image `subject` has none.
    NothingToInstall, ///< Machine `subject` cannot be approved; `detail` says what it lacks.
    NotAllowed,       ///< `subject` cannot be done now; `detail` says why.
    PoolExhausted,    ///< No address is left in `subject`.
    AnswerUsedUp,     ///< A machine's answer file is given no more: too often, or too long ago.
    EntryMayHaveRun,  ///< A machine came back with the kernel of a menu entry.
    EndUnreported,    ///< A machine came back before it reported the end of its installation.
    OtherNicBoots,    ///< A machine boots over its NIC `subject` while `detail` has its answer file.
    MaybeSecondNic,   ///< What was heard may be another NIC of machine `subject`.
    PortTaken,        ///< The switch port of a machine is that of slot `subject`, which `detail` keeps.
    GaveWay,          ///< `detail` hangs on the port of slot `subject`, where a machine stood before.
    SwitchSilent,     ///< The switch `subject` does not answer by SNMP.
    SwitchRefused,    ///< The switch `subject` answers by SNMP, but not this; `detail` is its reason.
    SwitchTooLarge,   ///< A table of the switch `subject` has more than `detail` rows.
    BadPortMapLine,   ///< Port map: `subject` is the line number, `detail` the reason.
    BadBmcLine,       ///< List of BMCs: `subject` is the line number, `detail` the reason.
    BmcSilent,        ///< The BMC `subject` does not answer; `detail` is what was tried.
    BmcRefused,       ///< The BMC `subject` does not take the user and password.
    BmcUntrusted, ///< The BMC `subject` shows a certificate of fingerprint `detail` that nobody confirmed.
    BmcFailed,    ///< The BMC `subject` answers, but does not do it; `detail` is its reason.
    Other,        ///< `subject` is a whole sentence, without its full stop, that has no code.
    System,       ///< A system call on `subject` failed; `detail` is strerror.
};

/// The code's name in files and for scripts: "no-such-file".
[[nodiscard]] std::string_view toWord(ErrorCode code);
[[nodiscard]] std::optional<ErrorCode> errorCodeFromWord(std::string_view word);

/// A failure as a value: a code and the facts. Never shown raw; message() makes the sentence.
struct Error {
    ErrorCode code = ErrorCode::System;
    std::string subject; ///< What it is about: a field, a file, a port. UTF-8, may be empty.
    std::string detail;  ///< The fact that explains it. UTF-8, may be empty.

    bool operator==(const Error&) const = default;
};

/// The English sentence of `code` with %1 for the subject and %2 for the detail. Says what happened and what
/// to do. Extracted for translation under the context "Error".
[[nodiscard]] const char* sentenceTemplate(ErrorCode code);

/// One whole English sentence for `error`.
[[nodiscard]] std::string message(const Error& error);

/// `text` with %1 and %2 replaced once each; the inserted text is not scanned again.
[[nodiscard]] std::string fillSentence(std::string_view text, std::string_view first,
                                       std::string_view second);

} // namespace rackmuster
