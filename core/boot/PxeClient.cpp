#include "core/boot/PxeClient.h"

#include "core/base/ByteReader.h"
#include "core/wire/Dhcp.h"

#include <algorithm>
#include <array>

namespace rackmuster::boot {

namespace {

using wire::DhcpMessage;
using wire::DhcpOption;

struct FirmwareWord {
    Firmware firmware;
    std::string_view word;
};

constexpr std::array firmwareWords{
    FirmwareWord{Firmware::Unknown, "unknown"},      FirmwareWord{Firmware::Bios, "bios"},
    FirmwareWord{Firmware::UefiIa32, "uefi-ia32"},   FirmwareWord{Firmware::UefiX64, "uefi-x64"},
    FirmwareWord{Firmware::UefiArm64, "uefi-arm64"},
};

/// The IANA table of P21.
Firmware firmwareOf(std::uint16_t arch) {
    switch (arch) {
    case 0:
        return Firmware::Bios;
    case 6:
    case 15:
        return Firmware::UefiIa32;
    case 7:
    case 9: // "EBC", but real x64 machines send it
    case 16:
    case 17:
        return Firmware::UefiX64;
    case 11:
    case 19:
        return Firmware::UefiArm64;
    default:
        return Firmware::Unknown;
    }
}

/// P17: a list, the first that we know counts.
Firmware firstKnownFirmware(Bytes list) {
    ByteReader reader(list);
    while (const auto arch = reader.u16be("the client architecture")) {
        if (const Firmware firmware = firmwareOf(*arch); firmware != Firmware::Unknown)
            return firmware;
    }
    return Firmware::Unknown;
}

/// "PXEClient:Arch:00007:UNDI:003016" says it once more, for ROMs without option 93.
Firmware firmwareOfVendorClass(std::string_view text) {
    constexpr std::string_view mark = ":Arch:";
    const std::size_t at = text.find(mark);
    if (at == std::string_view::npos)
        return Firmware::Unknown;
    const std::string_view digits = text.substr(at + mark.size(), 5);
    const bool isNumber = digits.size() == 5 && std::all_of(digits.begin(), digits.end(),
                                                            [](char c) { return c >= '0' && c <= '9'; });
    if (!isNumber)
        return Firmware::Unknown;
    unsigned arch = 0;
    for (const char digit : digits)
        arch = arch * 10 + static_cast<unsigned>(digit - '0');
    return arch > 0xFFFF ? Firmware::Unknown : firmwareOf(static_cast<std::uint16_t>(arch));
}

/// P16: iPXE sends the bare word, others the counted strings of RFC 3004.
bool isIpxeUserClass(Bytes value) {
    constexpr std::string_view name = "iPXE";
    if (asText(value) == name)
        return true;
    ByteReader reader(value);
    while (const auto length = reader.u8("the user class")) {
        const auto text = reader.take(*length, "the user class");
        if (!text)
            return false;
        if (asText(*text) == name)
            return true;
    }
    return false;
}

/// P40
bool isIpxe(const DhcpMessage& message) {
    const auto userClass = message.option(DhcpOption::UserClass);
    if (userClass && isIpxeUserClass(*userClass))
        return true;
    if (message.option(DhcpOption::Ipxe))
        return true;
    const auto asked = message.option(DhcpOption::ParameterList);
    return asked && std::find(asked->begin(), asked->end(), static_cast<std::uint8_t>(DhcpOption::Ipxe)) !=
                        asked->end();
}

ClientKind kindOf(const DhcpMessage& message, std::string_view vendorClass) {
    const bool isPxe = vendorClass.starts_with("PXEClient"); // P20
    const bool isHttp = vendorClass.starts_with("HTTPClient");
    if (!isPxe && !isHttp)
        return ClientKind::NotPxe;
    if (isIpxe(message))
        return ClientKind::Ipxe;
    return isPxe ? ClientKind::PxeFirmware : ClientKind::HttpFirmware;
}

} // namespace

PxeClient classify(const wire::DhcpMessage& message) {
    const std::string_view vendorClass = asText(message.option(DhcpOption::VendorClass).value_or(Bytes()));
    PxeClient client;
    client.kind = kindOf(message, vendorClass);
    if (client.kind == ClientKind::NotPxe)
        return client;
    const auto list = message.option(DhcpOption::ClientArch);
    client.firmware = list ? firstKnownFirmware(*list) : firmwareOfVendorClass(vendorClass);
    return client;
}

std::string_view toWord(Firmware firmware) {
    for (const FirmwareWord& entry : firmwareWords) {
        if (entry.firmware == firmware)
            return entry.word;
    }
    return "unknown";
}

std::optional<Firmware> firmwareFromWord(std::string_view word) {
    for (const FirmwareWord& entry : firmwareWords) {
        if (entry.word == word)
            return entry.firmware;
    }
    return std::nullopt;
}

} // namespace rackmuster::boot
