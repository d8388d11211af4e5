#include "core/base/Error.h"

#include <array>
#include <utility>

// lupdate finds the sentences by this macro's name; base itself must not know Qt.
#define QT_TRANSLATE_NOOP(context, text) text

namespace rackmuster {

namespace {

struct Sentence {
    ErrorCode code;
    const char* text;
};

constexpr std::array sentences{
    Sentence{ErrorCode::Truncated,
             QT_TRANSLATE_NOOP("Error", "The packet or file ends in the middle of %1.")},
    Sentence{ErrorCode::Malformed, QT_TRANSLATE_NOOP("Error", "%1 is not valid: %2.")},
    Sentence{ErrorCode::BadAddress, QT_TRANSLATE_NOOP("Error", "“%2” is not a valid %1.")},
    Sentence{ErrorCode::BadName,
             QT_TRANSLATE_NOOP("Error", "“%2” is not a host name: use letters, digits and inner hyphens, "
                                        "63 characters at most between dots.")},
    Sentence{ErrorCode::BadPlanLine,
             QT_TRANSLATE_NOOP("Error", "Line %1 of the plan: %2. The other lines were read.")},
    Sentence{ErrorCode::UnknownVariable,
             QT_TRANSLATE_NOOP("Error", "The profile uses {{%1}}, which has no value (%2).")},
    Sentence{ErrorCode::NotAnIso,
             QT_TRANSLATE_NOOP("Error", "%1 is not an ISO image. Choose an installation ISO.")},
    Sentence{ErrorCode::TruncatedIso,
             QT_TRANSLATE_NOOP("Error", "%1 is incomplete: %2. Download or copy it again.")},
    Sentence{ErrorCode::BrokenIso,
             QT_TRANSLATE_NOOP("Error", "%1 is damaged: %2. Download or copy it again.")},
    Sentence{ErrorCode::UnknownMedium,
             QT_TRANSLATE_NOOP("Error",
                               "%1 holds no installer that Rackmuster knows. Choose an installation image.")},
    Sentence{ErrorCode::AddOnMedium,
             QT_TRANSLATE_NOOP("Error", "%1 holds %2, an add-on without an installer. Choose the image of "
                                        "the system that it belongs to.")},
    Sentence{ErrorCode::LiveMedium,
             QT_TRANSLATE_NOOP("Error", "%1 holds only the live system of %2, no installer that starts by "
                                        "network. Choose the server or network installation image.")},
    Sentence{ErrorCode::NotDriven,
             QT_TRANSLATE_NOOP("Error", "%1 holds the installer of %2, which Rackmuster cannot start yet.")},
    Sentence{ErrorCode::NoKernel,
             QT_TRANSLATE_NOOP("Error", "%1 holds no kernel and initrd of an installer. Choose the first "
                                        "disc or the network installation image.")},
    Sentence{ErrorCode::KernelMissing,
             QT_TRANSLATE_NOOP(
                 "Error",
                 "%1 names %2 as part of its installer, but does not hold it. Download or copy it again.")},
    Sentence{ErrorCode::NoBiosLoader,
             QT_TRANSLATE_NOOP("Error", "Machines with BIOS firmware cannot start from %1: this computer has "
                                        "no pxelinux.0. Install the packages pxelinux and syslinux-common.")},
    Sentence{ErrorCode::NoUefiLoader,
             QT_TRANSLATE_NOOP(
                 "Error", "Machines with UEFI firmware cannot start from %1: it has no UEFI loader for %2.")},
    Sentence{
        ErrorCode::NoGrub,
        QT_TRANSLATE_NOOP(
            "Error",
            "Machines with UEFI firmware may not start from %1: there is no grub beside its loader %2.")},
    Sentence{ErrorCode::LoaderUnsigned,
             QT_TRANSLATE_NOOP("Error", "Machines with Secure Boot on refuse %1: its loader %2 is not "
                                        "signed. Switch Secure Boot off on them.")},
    Sentence{ErrorCode::LoaderOwnKey,
             QT_TRANSLATE_NOOP("Error", "With Secure Boot on, only machines that hold the key of %2 start "
                                        "from %1. Switch Secure Boot off on the others.")},
    Sentence{ErrorCode::LoaderRevoked,
             QT_TRANSLATE_NOOP("Error", "Machines with Secure Boot on that have run a newer loader refuse "
                                        "%1: %2. Use a newer image, or switch Secure Boot off on them.")},
    Sentence{
        ErrorCode::NoPackages,
        QT_TRANSLATE_NOOP("Error", "%1 holds no packages: its installer needs a mirror that it can reach.")},
    Sentence{ErrorCode::LooksForDisc,
             QT_TRANSLATE_NOOP("Error", "The installer of %1 looks for a disc and may stop when it is "
                                        "started by network. Use the network installation image.")},
    Sentence{
        ErrorCode::UdfUnread,
        QT_TRANSLATE_NOOP("Error", "The UDF volume of %1 cannot be read: files above 4 GiB may be cut.")},
    Sentence{ErrorCode::EntriesLeftOut,
             QT_TRANSLATE_NOOP("Error", "Some files of %1 were left out, the first of them %2.")},
    Sentence{ErrorCode::OtherProcessor,
             QT_TRANSLATE_NOOP("Error", "%1 is for %2 machines, which Rackmuster cannot start. Choose the "
                                        "image for x86-64, i386 or arm64.")},
    Sentence{ErrorCode::NoSuchFile, QT_TRANSLATE_NOOP("Error", "%1 cannot be opened: %2.")},
    Sentence{ErrorCode::ReaderUnusable,
             QT_TRANSLATE_NOOP("Error", "The image reader %1 cannot be used: %2. Install Rackmuster again.")},
    Sentence{ErrorCode::ReaderFailed,
             QT_TRANSLATE_NOOP("Error", "%1 cannot be read: the image reader failed on it (%2). Download or "
                                        "copy it again.")},
    Sentence{ErrorCode::ReaderEscaped,
             QT_TRANSLATE_NOOP("Error", "Reading %1 was stopped: it made the image reader try something "
                                        "forbidden. Do not use it; get it from a source you trust.")},
    Sentence{ErrorCode::ReadingTooSlow,
             QT_TRANSLATE_NOOP("Error", "%1 was not read to its end within %2. It is damaged or its disk is "
                                        "too slow: download or copy it again.")},
    Sentence{ErrorCode::ReadingTooLarge,
             QT_TRANSLATE_NOOP("Error", "Reading %1 needs more memory than the %2 that an image may use. It "
                                        "is damaged or made to do harm: download it again.")},
    Sentence{ErrorCode::ReadingCancelled, QT_TRANSLATE_NOOP("Error", "Reading %1 was cancelled.")},
    Sentence{ErrorCode::FileChanged,
             QT_TRANSLATE_NOOP(
                 "Error", "%1 changed after it was imported. Put the original back or import it again.")},
    Sentence{ErrorCode::FileGone,
             QT_TRANSLATE_NOOP("Error",
                               "%1 is gone. If it is on a stick, plug the stick in again: everything "
                               "goes on by itself when the file is back.")},
    Sentence{ErrorCode::FileMoved,
             QT_TRANSLATE_NOOP("Error",
                               "%1 was moved, deleted or replaced. Machines are served from the open "
                               "file until Rackmuster ends; import the file from its new place.")},
    Sentence{ErrorCode::AlreadyImported,
             QT_TRANSLATE_NOOP("Error", "%1 is already in the library as %2. Remove that one first to use "
                                        "this file instead.")},
    Sentence{ErrorCode::ChecksumMismatch,
             QT_TRANSLATE_NOOP("Error",
                               "%1 is not the file that was published: its checksum differs from %2. "
                               "Download it again, or verify it with the right checksum.")},
    Sentence{
        ErrorCode::DiskFull,
        QT_TRANSLATE_NOOP("Error", "There is no room for the copy in %1: %2. Make room, then copy again.")},
    Sentence{ErrorCode::NoSuchInterface,
             QT_TRANSLATE_NOOP("Error", "There is no network interface %1. Choose another one.")},
    Sentence{
        ErrorCode::NoAddress,
        QT_TRANSLATE_NOOP("Error", "%1 has no IPv4 address. Give it a fixed address, then start again.")},
    Sentence{ErrorCode::PortInUse,
             QT_TRANSLATE_NOOP("Error", "Port %1 is in use by %2. Stop that program, then start again.")},
    Sentence{ErrorCode::SyslogPortInUse,
             QT_TRANSLATE_NOOP("Error", "Log messages of machines are not received, as port %1 is in use.")},
    Sentence{ErrorCode::AddressInUse,
             QT_TRANSLATE_NOOP("Error", "Address %1 is in use by %2. It is left alone; choose a range that "
                                        "nobody uses.")},
    Sentence{ErrorCode::TooManyUnknown,
             QT_TRANSLATE_NOOP("Error", "Unknown machines ask too often (%1 requests left unanswered). Until "
                                        "that ends, only known machines are answered.")},
    Sentence{ErrorCode::OtherDhcpServer,
             QT_TRANSLATE_NOOP("Error", "Another DHCP server answers on this network: %1 (%2). Disconnect "
                                        "it, or start in proxy mode.")},
    Sentence{ErrorCode::SharedMac,
             QT_TRANSLATE_NOOP("Error",
                               "Two machines have the hardware address %1: their UUIDs change places. "
                               "Unplug one of them.")},
    Sentence{ErrorCode::LinkLost,
             QT_TRANSLATE_NOOP("Error", "%1 has no link. Machines are answered again once the cable is in.")},
    Sentence{ErrorCode::AddressLost,
             QT_TRANSLATE_NOOP("Error", "%1 no longer has the address %2. Give it back, or stop and start.")},
    Sentence{ErrorCode::NoPrivilege,
             QT_TRANSLATE_NOOP("Error",
                               "Opening %1 is not allowed. Install the network helper with its rights, "
                               "or run as root.")},
    Sentence{ErrorCode::HelperFailed, QT_TRANSLATE_NOOP("Error", "The network helper failed at %1: %2.")},
    Sentence{ErrorCode::Database, QT_TRANSLATE_NOOP("Error", "The database %1 cannot be used: %2.")},
    Sentence{ErrorCode::SchemaTooNew,
             QT_TRANSLATE_NOOP("Error", "%1 was written by a newer Rackmuster. Update this one first.")},
    Sentence{ErrorCode::AlreadyRunning,
             QT_TRANSLATE_NOOP("Error", "Rackmuster already runs on %1. Use that window, or stop it first.")},
    Sentence{ErrorCode::Duplicate, QT_TRANSLATE_NOOP("Error", "%2 is already used by %1.")},
    Sentence{ErrorCode::SlotTaken, QT_TRANSLATE_NOOP("Error", "Slot %1 is taken by %2.")},
    Sentence{ErrorCode::UnknownMachine, QT_TRANSLATE_NOOP("Error", "No machine is known as %1.")},
    Sentence{ErrorCode::UnknownImage, QT_TRANSLATE_NOOP("Error", "No image is called %1.")},
    Sentence{ErrorCode::UnknownProfile, QT_TRANSLATE_NOOP("Error", "No profile is called %1.")},
    Sentence{
        ErrorCode::UnknownMenuEntry,
        QT_TRANSLATE_NOOP("Error", "The menu of %1 has no entry “%2”. Choose another one, or to install.")},
    Sentence{ErrorCode::NoLoader,
             QT_TRANSLATE_NOOP("Error",
                               "The machine asked for a boot loader for %2, and %1 has none. Choose an "
                               "image for its architecture.")},
    Sentence{ErrorCode::NothingToInstall, QT_TRANSLATE_NOOP("Error", "%1 cannot be approved: %2.")},
    Sentence{ErrorCode::NotAllowed, QT_TRANSLATE_NOOP("Error", "%1 is not possible: %2.")},
    Sentence{ErrorCode::PoolExhausted,
             QT_TRANSLATE_NOOP("Error", "No address is left in %1. Choose a larger range.")},
    Sentence{ErrorCode::SwitchSilent,
             QT_TRANSLATE_NOOP("Error", "The switch %1 does not answer by SNMP. Check its address, and the "
                                        "community or the user that it knows.")},
    Sentence{ErrorCode::SwitchRefused,
             QT_TRANSLATE_NOOP("Error", "The switch %1 does not tell this by SNMP: %2.")},
    Sentence{
        ErrorCode::SwitchTooLarge,
        QT_TRANSLATE_NOOP(
            "Error", "A table of the switch %1 has more than %2 rows. Ask the switch of the rack instead.")},
    Sentence{ErrorCode::BadPortMapLine,
             QT_TRANSLATE_NOOP("Error", "Line %1 of the port map: %2. The other lines were read.")},
    Sentence{ErrorCode::BadBmcLine,
             QT_TRANSLATE_NOOP("Error", "Line %1 of the BMC list: %2. The other lines were read.")},
    Sentence{ErrorCode::BmcSilent,
             QT_TRANSLATE_NOOP("Error", "The BMC %1 does not answer (%2). Check its address and its cable.")},
    Sentence{ErrorCode::BmcRefused,
             QT_TRANSLATE_NOOP("Error", "The BMC %1 does not take this user and password.")},
    Sentence{ErrorCode::BmcUntrusted,
             QT_TRANSLATE_NOOP("Error", "The BMC %1 shows a certificate that nobody confirmed. If it is the "
                                        "right one, confirm its fingerprint %2.")},
    Sentence{ErrorCode::BmcFailed, QT_TRANSLATE_NOOP("Error", "The BMC %1 did not do it: %2.")},
    Sentence{ErrorCode::System, QT_TRANSLATE_NOOP("Error", "%1 failed: %2.")},
};

} // namespace

const char* sentenceTemplate(ErrorCode code) {
    for (const Sentence& sentence : sentences) {
        if (sentence.code == code)
            return sentence.text;
    }
    return "%1: %2.";
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
