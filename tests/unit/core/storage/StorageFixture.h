#pragma once

#include "core/boot/LeaseStore.h"
#include "core/roster/Machine.h"

#include <QDir>
#include <QFile>
#include <QStringList>
#include <QTemporaryDir>

#include <chrono>
#include <string>

namespace rackmuster::tests {

inline WallTime at(std::int64_t milliseconds) {
    return WallTime(std::chrono::milliseconds(1'767'225'600'000 + milliseconds));
}

inline MacAddress macOf(std::uint32_t number) {
    return MacAddress({0x3c, 0xec, static_cast<std::uint8_t>(number >> 24U),
                       static_cast<std::uint8_t>(number >> 16U), static_cast<std::uint8_t>(number >> 8U),
                       static_cast<std::uint8_t>(number)});
}

inline std::string tokenOf(std::uint32_t number) {
    const std::string digits = std::to_string(number);
    return std::string(32 - digits.size(), 'a') + digits;
}

inline boot::StoredLease leaseOf(std::uint32_t number) {
    return {macOf(number), Ipv4Address(0x0A000000U + number), at(86'400'000)};
}

/// Every field differs from its default.
inline roster::Machine fullMachine(std::uint32_t number) {
    roster::Machine machine(macOf(number));
    machine.uuid = Uuid::parse("4c4c4544-0051-3110-8033-b8c04f4e3132").value();
    machine.firmware = "uefi-x64";
    machine.firstSeen = at(123);
    machine.slot = static_cast<int>(number);
    machine.approval = roster::Approval::Approved;
    machine.stage = roster::Stage::Packages;
    machine.stageSince = at(-4567);
    machine.leased = Ipv4Address(192, 168, 0, 101);
    machine.assigned.hostname = "storage-" + std::to_string(number);
    machine.assigned.address = Ipv4Address(255, 255, 255, 254);
    machine.assigned.imageId = "rocky-9.4";
    machine.assigned.profile = "存储; DROP TABLE machines; --";
    machine.assigned.menuEntry = "Rescue a “broken” system";
    machine.assigned.kernelArguments = "console=ttyS0,115200 'quiet' \"x\"";
    machine.assigned.bootFile = "boot.ipxe";
    machine.assigned.dhcpOptions = "42=192.168.0.1;66=\"a; “b”\"";
    machine.assigned.otherColumns = {{"Owner", "a \"b\""}, {"机柜", "甲\n乙"}};
    machine.assigned.note = "two\nlines";
    machine.ticket = roster::Ticket{tokenOf(number),  at(99), true, true, "rocky-9.4", "web", "Rescue", 3,
                                    macOf(number + 1)};
    machine.discovers = 4'294'967'295U;
    machine.boots = 3;
    machine.isDone = true;
    machine.bytesServed = 9'000'000'000'000'000'000ULL;
    machine.packagesDone = 17;
    machine.packagesTotal = 4'000'000'000U;
    machine.problem = Error{ErrorCode::NoLoader, "Rocky “9”", "arm64"};
    machine.isCaptured = true;
    machine.isToBeReplaced = true;
    machine.orderUncertainWith = {macOf(number + 1), macOf(number + 2)};
    machine.owner = macOf(number + 3);
    machine.maybeNicOf = macOf(number + 4);
    return machine;
}

inline QStringList corruptFiles(const QDir& directory) {
    return directory.entryList({QStringLiteral("*.corrupt-*")}, QDir::Files, QDir::Name);
}

inline bool overwrite(const QString& path, qint64 offset, const QByteArray& bytes) {
    QFile file(path);
    return file.open(QIODevice::ReadWrite) && file.seek(offset) && file.write(bytes) == bytes.size();
}

} // namespace rackmuster::tests
