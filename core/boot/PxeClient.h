#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rackmuster::wire {
struct DhcpMessage;
}

namespace rackmuster::boot {

/// The firmware a machine boots with, from option 93 (P21).
enum class Firmware : std::uint8_t { Unknown, Bios, UefiIa32, UefiX64, UefiArm64 };

/// Who is asking, during one boot.
enum class ClientKind : std::uint8_t {
    NotPxe,       ///< No PXEClient or HTTPClient in option 60: an installer, an installed system, a phone.
    PxeFirmware,  ///< The card's or board's own PXE code.
    HttpFirmware, ///< UEFI HTTP Boot.
    Ipxe,         ///< iPXE, whichever way it was started (P16, P40).
};

struct PxeClient {
    ClientKind kind = ClientKind::NotPxe;
    Firmware firmware = Firmware::Unknown;

    bool operator==(const PxeClient&) const = default;
};

/// Pure; needs only options 60, 77, 93 and 175 of the message.
[[nodiscard]] PxeClient classify(const wire::DhcpMessage& message);

/// "bios", "uefi-x64", "uefi-ia32", "uefi-arm64", "unknown": the words of events, database and --json.
[[nodiscard]] std::string_view toWord(Firmware firmware);
[[nodiscard]] std::optional<Firmware> firmwareFromWord(std::string_view word);

} // namespace rackmuster::boot
