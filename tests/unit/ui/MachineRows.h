#pragma once

#include "core/engine/Snapshot.h"

namespace rackmuster::tests {

/// A machine as the engine would tell it: 52:54:00:00:00:<slot>, node-<slot>, 10.0.0.<slot>, parked and
/// waiting.
inline engine::MachineRow waitingRow(int slot) {
    engine::MachineRow row{
        .machine = roster::Machine(MacAddress({0x52, 0x54, 0, 0, 0, static_cast<std::uint8_t>(slot)}))};
    row.machine.slot = slot;
    row.slotLabel = QString::number(slot);
    row.machine.firmware = "bios";
    row.machine.firstSeen = WallTime(std::chrono::seconds(1000 + slot));
    row.machine.stage = roster::Stage::Parked;
    row.machine.stageSince = WallTime(std::chrono::seconds(1010 + slot));
    row.machine.boots = 1;
    row.hostname = QStringLiteral("node-%1").arg(slot, 2, 10, QLatin1Char('0'));
    row.address = Ipv4Address(10, 0, 0, static_cast<std::uint8_t>(slot));
    return row;
}

/// The same machine, approved and at `stage`.
inline engine::MachineRow installingRow(int slot, roster::Stage stage) {
    engine::MachineRow row = waitingRow(slot);
    row.machine.approval = roster::Approval::Approved;
    row.machine.ticket =
        roster::Ticket{.token = "00000000000000000000000000000001", .minted = {}, .isFetched = true};
    row.machine.stage = stage;
    return row;
}

inline engine::MachineUpdate updateOf(std::vector<engine::MachineRow> rows) {
    return {.changed = std::move(rows), .removed = {}, .layout = {}, .cursor = 1};
}

} // namespace rackmuster::tests
