#include "core/base/Error.h"

#include <algorithm>
#include <array>
#include <utility>

// lupdate finds the sentences by this macro's name; base itself must not know Qt.
#define QT_TRANSLATE_NOOP(context, text) text

namespace rackmuster {

namespace {

struct Sentence {
    ErrorCode code;
    std::string_view word;
    const char* text;
};

constexpr std::array sentences{
    Sentence{ErrorCode::Truncated, "truncated",
             QT_TRANSLATE_NOOP("Error", "The packet or file ends in the middle of %1.")},
    Sentence{ErrorCode::Malformed, "malformed", QT_TRANSLATE_NOOP("Error", "%1 is not valid: %2.")},
    Sentence{ErrorCode::BadAddress, "bad-address", QT_TRANSLATE_NOOP("Error", "“%2” is not a valid %1.")},
    Sentence{ErrorCode::BadName, "bad-name",
             QT_TRANSLATE_NOOP("Error", "“%2” is not a host name: use letters, digits and inner hyphens, "
                                        "63 characters at most between dots.")},
    Sentence{ErrorCode::BadPlanLine, "bad-plan-line",
             QT_TRANSLATE_NOOP("Error", "Line %1 of the plan: %2. The other lines were read.")},
    Sentence{ErrorCode::UnknownVariable, "unknown-variable",
             QT_TRANSLATE_NOOP("Error", "The profile uses {{%1}}, which has no value (%2).")},
    Sentence{ErrorCode::NotAnIso, "not-an-iso",
             QT_TRANSLATE_NOOP("Error", "%1 is not an ISO image. Choose an installation ISO.")},
    Sentence{ErrorCode::TruncatedIso, "truncated-iso",
             QT_TRANSLATE_NOOP("Error", "%1 is incomplete: %2. Download or copy it again.")},
    Sentence{ErrorCode::BrokenIso, "broken-iso",
             QT_TRANSLATE_NOOP("Error", "%1 is damaged: %2. Download or copy it again.")},
    Sentence{ErrorCode::UnknownMedium, "unknown-medium",
             QT_TRANSLATE_NOOP("Error",
                               "%1 holds no installer that Rackmuster knows. Choose an installation image.")},
    Sentence{ErrorCode::AddOnMedium, "add-on-medium",
             QT_TRANSLATE_NOOP("Error", "%1 holds %2, an add-on without an installer. Choose the image of "
                                        "the system that it belongs to.")},
    Sentence{ErrorCode::LiveMedium, "live-medium",
             QT_TRANSLATE_NOOP("Error", "%1 holds only the live system of %2, no installer that starts by "
                                        "network. Choose the server or network installation image.")},
    Sentence{ErrorCode::NotDriven, "not-driven",
             QT_TRANSLATE_NOOP("Error", "%1 holds the installer of %2, which Rackmuster cannot start yet.")},
    Sentence{ErrorCode::NoKernel, "no-kernel",
             QT_TRANSLATE_NOOP("Error", "%1 holds no kernel and initrd of an installer. Choose the first "
                                        "disc or the network installation image.")},
    Sentence{ErrorCode::KernelMissing, "kernel-missing",
             QT_TRANSLATE_NOOP(
                 "Error",
                 "%1 names %2 as part of its installer, but does not hold it. Download or copy it again.")},
    Sentence{ErrorCode::NoBiosLoader, "no-bios-loader",
             QT_TRANSLATE_NOOP("Error", "Machines with BIOS firmware cannot start from %1: this computer has "
                                        "no pxelinux.0. Install the packages pxelinux and syslinux-common.")},
    Sentence{ErrorCode::NoUefiLoader, "no-uefi-loader",
             QT_TRANSLATE_NOOP(
                 "Error", "Machines with UEFI firmware cannot start from %1: it has no UEFI loader for %2.")},
    Sentence{
        ErrorCode::NoGrub, "no-grub",
        QT_TRANSLATE_NOOP(
            "Error",
            "Machines with UEFI firmware may not start from %1: there is no grub beside its loader %2.")},
    Sentence{ErrorCode::LoaderUnsigned, "loader-unsigned",
             QT_TRANSLATE_NOOP("Error", "Machines with Secure Boot on refuse %1: its loader %2 is not "
                                        "signed. Switch Secure Boot off on them.")},
    Sentence{ErrorCode::LoaderOwnKey, "loader-own-key",
             QT_TRANSLATE_NOOP("Error", "With Secure Boot on, only machines that hold the key of %2 start "
                                        "from %1. Switch Secure Boot off on the others.")},
    Sentence{ErrorCode::LoaderRevoked, "loader-revoked",
             QT_TRANSLATE_NOOP("Error", "Machines with Secure Boot on that have run a newer loader refuse "
                                        "%1: %2. Use a newer image, or switch Secure Boot off on them.")},
    Sentence{
        ErrorCode::NoPackages, "no-packages",
        QT_TRANSLATE_NOOP("Error", "%1 holds no packages: its installer needs a mirror that it can reach.")},
    Sentence{ErrorCode::LooksForDisc, "looks-for-disc",
             QT_TRANSLATE_NOOP("Error", "The installer of %1 looks for a disc and may stop when it is "
                                        "started by network. Use the network installation image.")},
    Sentence{
        ErrorCode::UdfUnread, "udf-unread",
        QT_TRANSLATE_NOOP("Error", "The UDF volume of %1 cannot be read: files above 4 GiB may be cut.")},
    Sentence{ErrorCode::EntriesLeftOut, "entries-left-out",
             QT_TRANSLATE_NOOP("Error", "Some files of %1 were left out, the first of them %2.")},
    Sentence{ErrorCode::OtherProcessor, "other-processor",
             QT_TRANSLATE_NOOP("Error", "%1 is for %2 machines, which Rackmuster cannot start. Choose the "
                                        "image for x86-64, i386 or arm64.")},
    Sentence{ErrorCode::NoSuchFile, "no-such-file", QT_TRANSLATE_NOOP("Error", "%1 cannot be opened: %2.")},
    Sentence{ErrorCode::ReaderUnusable, "reader-unusable",
             QT_TRANSLATE_NOOP("Error", "The image reader %1 cannot be used: %2. Install Rackmuster again.")},
    Sentence{ErrorCode::ReaderFailed, "reader-failed",
             QT_TRANSLATE_NOOP("Error", "%1 cannot be read: the image reader failed on it (%2). Download or "
                                        "copy it again.")},
    Sentence{ErrorCode::ReaderEscaped, "reader-escaped",
             QT_TRANSLATE_NOOP("Error", "Reading %1 was stopped: it made the image reader try something "
                                        "forbidden. Do not use it; get it from a source you trust.")},
    Sentence{ErrorCode::ReadingTooSlow, "reading-too-slow",
             QT_TRANSLATE_NOOP("Error", "%1 was not read to its end within %2. It is damaged or its disk is "
                                        "too slow: download or copy it again.")},
    Sentence{ErrorCode::ReadingTooLarge, "reading-too-large",
             QT_TRANSLATE_NOOP("Error", "Reading %1 needs more memory than the %2 that an image may use. It "
                                        "is damaged or made to do harm: download it again.")},
    Sentence{ErrorCode::ReadingCancelled, "reading-cancelled",
             QT_TRANSLATE_NOOP("Error", "Reading %1 was cancelled.")},
    Sentence{ErrorCode::FileChanged, "file-changed",
             QT_TRANSLATE_NOOP(
                 "Error", "%1 changed after it was imported. Put the original back or import it again.")},
    Sentence{ErrorCode::FileGone, "file-gone",
             QT_TRANSLATE_NOOP("Error",
                               "%1 is gone. If it is on a stick, plug the stick in again: everything "
                               "goes on by itself when the file is back.")},
    Sentence{ErrorCode::FileMoved, "file-moved",
             QT_TRANSLATE_NOOP("Error",
                               "%1 was moved, deleted or replaced. Machines are served from the open "
                               "file until Rackmuster ends; import the file from its new place.")},
    Sentence{ErrorCode::AlreadyImported, "already-imported",
             QT_TRANSLATE_NOOP("Error", "%1 is already in the library as %2. Remove that one first to use "
                                        "this file instead.")},
    Sentence{ErrorCode::ChecksumMismatch, "checksum-mismatch",
             QT_TRANSLATE_NOOP("Error",
                               "%1 is not the file that was published: its checksum differs from %2. "
                               "Download it again, or verify it with the right checksum.")},
    Sentence{
        ErrorCode::DiskFull, "disk-full",
        QT_TRANSLATE_NOOP("Error", "There is no room for the copy in %1: %2. Make room, then copy again.")},
    Sentence{ErrorCode::NoSuchInterface, "no-such-interface",
             QT_TRANSLATE_NOOP("Error", "There is no network interface %1. Choose another one.")},
    Sentence{
        ErrorCode::NoAddress, "no-address",
        QT_TRANSLATE_NOOP("Error", "%1 has no IPv4 address. Give it a fixed address, then start again.")},
    Sentence{ErrorCode::PortInUse, "port-in-use",
             QT_TRANSLATE_NOOP("Error", "Port %1 is in use by %2. Stop that program, then start again.")},
    Sentence{ErrorCode::SyslogPortInUse, "syslog-port-in-use",
             QT_TRANSLATE_NOOP("Error", "Log messages of machines are not received, as port %1 is in use.")},
    Sentence{ErrorCode::AddressInUse, "address-in-use",
             QT_TRANSLATE_NOOP("Error", "Address %1 is in use by %2. It is left alone; choose a range that "
                                        "nobody uses.")},
    Sentence{ErrorCode::TooManyUnknown, "too-many-unknown",
             QT_TRANSLATE_NOOP("Error", "Unknown machines ask too often (%1 requests left unanswered). Until "
                                        "that ends, only known machines are answered.")},
    Sentence{ErrorCode::OtherDhcpServer, "other-dhcp-server",
             QT_TRANSLATE_NOOP("Error", "Another DHCP server answers on this network: %1 (%2). Disconnect "
                                        "it, or start in proxy mode.")},
    Sentence{ErrorCode::SharedMac, "shared-mac",
             QT_TRANSLATE_NOOP("Error",
                               "Two machines have the hardware address %1: their UUIDs change places. "
                               "Unplug one of them.")},
    Sentence{ErrorCode::LinkLost, "link-lost",
             QT_TRANSLATE_NOOP("Error", "%1 has no link. Machines are answered again once the cable is in.")},
    Sentence{ErrorCode::AddressLost, "address-lost",
             QT_TRANSLATE_NOOP("Error", "%1 no longer has the address %2. Give it back, or stop and start.")},
    Sentence{ErrorCode::NoPrivilege, "no-privilege",
             QT_TRANSLATE_NOOP("Error",
                               "Opening %1 is not allowed. Install the network helper with its rights, "
                               "or run as root.")},
    Sentence{ErrorCode::HelperFailed, "helper-failed",
             QT_TRANSLATE_NOOP("Error", "The network helper failed at %1: %2.")},
    Sentence{ErrorCode::Database, "database",
             QT_TRANSLATE_NOOP("Error", "The database %1 cannot be used: %2.")},
    Sentence{ErrorCode::SchemaTooNew, "schema-too-new",
             QT_TRANSLATE_NOOP("Error", "%1 was written by a newer Rackmuster. Update this one first.")},
    Sentence{ErrorCode::AlreadyRunning, "already-running",
             QT_TRANSLATE_NOOP("Error", "Rackmuster already runs on %1. Use that window, or stop it first.")},
    Sentence{ErrorCode::Duplicate, "duplicate", QT_TRANSLATE_NOOP("Error", "%2 is already used by %1.")},
    Sentence{ErrorCode::SlotTaken, "slot-taken", QT_TRANSLATE_NOOP("Error", "Slot %1 is taken by %2.")},
    Sentence{ErrorCode::UnknownMachine, "unknown-machine",
             QT_TRANSLATE_NOOP("Error", "No machine is known as %1.")},
    Sentence{ErrorCode::UnknownImage, "unknown-image", QT_TRANSLATE_NOOP("Error", "No image is called %1.")},
    Sentence{ErrorCode::UnknownProfile, "unknown-profile",
             QT_TRANSLATE_NOOP("Error", "No profile is called %1.")},
    Sentence{
        ErrorCode::UnknownMenuEntry, "unknown-menu-entry",
        QT_TRANSLATE_NOOP("Error", "The menu of %1 has no entry “%2”. Choose another one, or to install.")},
    Sentence{ErrorCode::NoLoader, "no-loader",
             QT_TRANSLATE_NOOP("Error",
                               "The machine asked for a boot loader for %2, and %1 has none. Choose an "
                               "image for its architecture.")},
    Sentence{ErrorCode::NothingToInstall, "nothing-to-install",
             QT_TRANSLATE_NOOP("Error", "%1 cannot be approved: %2.")},
    Sentence{ErrorCode::NotAllowed, "not-allowed", QT_TRANSLATE_NOOP("Error", "%1 is not possible: %2.")},
    Sentence{ErrorCode::PoolExhausted, "pool-exhausted",
             QT_TRANSLATE_NOOP("Error", "No address is left in %1. Choose a larger range.")},
    Sentence{ErrorCode::AnswerUsedUp, "answer-used-up",
             QT_TRANSLATE_NOOP("Error", "Its answer file was fetched too often, or too long ago, without a "
                                        "report of the end. Approve it again to install it.")},
    Sentence{ErrorCode::EntryMayHaveRun, "entry-may-have-run",
             QT_TRANSLATE_NOOP("Error", "It came back with the kernel of the menu entry, which may have run. "
                                        "Approve it again only to start it once more.")},
    Sentence{ErrorCode::EndUnreported, "end-unreported",
             QT_TRANSLATE_NOOP(
                 "Error",
                 "It came back before it reported its end. Approve it again only to install it once more.")},
    Sentence{
        ErrorCode::OtherNicBoots, "other-nic-boots",
        QT_TRANSLATE_NOOP(
            "Error",
            "It boots over its card %1, but its card %2 has its answer file. If its installation broke off, "
            "re-arm it. If these are two machines, choose “It is a machine of its own” at the card.")},
    Sentence{ErrorCode::MaybeSecondNic, "maybe-second-nic",
             QT_TRANSLATE_NOOP("Error", "May be a second NIC of %1.")},
    Sentence{ErrorCode::PortTaken, "port-taken",
             QT_TRANSLATE_NOOP("Error", "Its switch port is that of slot %1, where %2 stands.")},
    Sentence{ErrorCode::GaveWay, "gave-way",
             QT_TRANSLATE_NOOP(
                 "Error",
                 "It gave way to the switch port of slot %1, on which %2 hangs; its own port is not known.")},
    Sentence{ErrorCode::SwitchSilent, "switch-silent",
             QT_TRANSLATE_NOOP("Error", "The switch %1 does not answer by SNMP. Check its address, and the "
                                        "community or the user that it knows.")},
    Sentence{ErrorCode::SwitchRefused, "switch-refused",
             QT_TRANSLATE_NOOP("Error", "The switch %1 does not tell this by SNMP: %2.")},
    Sentence{
        ErrorCode::SwitchTooLarge, "switch-too-large",
        QT_TRANSLATE_NOOP(
            "Error", "A table of the switch %1 has more than %2 rows. Ask the switch of the rack instead.")},
    Sentence{ErrorCode::BadPortMapLine, "bad-port-map-line",
             QT_TRANSLATE_NOOP("Error", "Line %1 of the port map: %2. The other lines were read.")},
    Sentence{ErrorCode::BadBmcLine, "bad-bmc-line",
             QT_TRANSLATE_NOOP("Error", "Line %1 of the BMC list: %2. The other lines were read.")},
    Sentence{ErrorCode::BmcSilent, "bmc-silent",
             QT_TRANSLATE_NOOP("Error", "The BMC %1 does not answer (%2). Check its address and its cable.")},
    Sentence{ErrorCode::BmcRefused, "bmc-refused",
             QT_TRANSLATE_NOOP("Error", "The BMC %1 does not take this user and password.")},
    Sentence{ErrorCode::BmcUntrusted, "bmc-untrusted",
             QT_TRANSLATE_NOOP("Error", "The BMC %1 shows a certificate that nobody confirmed. If it is the "
                                        "right one, confirm its fingerprint %2.")},
    Sentence{ErrorCode::BmcFailed, "bmc-failed", QT_TRANSLATE_NOOP("Error", "The BMC %1 did not do it: %2.")},
    Sentence{ErrorCode::Other, "other", QT_TRANSLATE_NOOP("Error", "%1.")},
    Sentence{ErrorCode::System, "system", QT_TRANSLATE_NOOP("Error", "%1 failed: %2.")},
};

const Sentence* find(ErrorCode code) {
    const auto* found = std::find_if(sentences.begin(), sentences.end(),
                                     [code](const Sentence& sentence) { return sentence.code == code; });
    return found == sentences.end() ? nullptr : found;
}

} // namespace

std::string_view toWord(ErrorCode code) {
    const Sentence* const sentence = find(code);
    return sentence == nullptr ? std::string_view() : sentence->word;
}

std::optional<ErrorCode> errorCodeFromWord(std::string_view word) {
    const auto* found = std::find_if(sentences.begin(), sentences.end(),
                                     [word](const Sentence& sentence) { return sentence.word == word; });
    return found == sentences.end() ? std::nullopt : std::optional(found->code);
}

const char* sentenceTemplate(ErrorCode code) {
    const Sentence* const sentence = find(code);
    return sentence == nullptr ? "%1: %2." : sentence->text;
}

std::string fillSentence(std::string_view text, std::string_view first, std::string_view second) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view mark = text.substr(i, 2);
        if (mark == "%1" || mark == "%2") {
            out += mark == "%1" ? first : second;
            ++i;
        } else {
            out += text[i];
        }
    }
    return out;
}

std::string message(const Error& error) {
    return fillSentence(sentenceTemplate(error.code), error.subject, error.detail);
}

} // namespace rackmuster
