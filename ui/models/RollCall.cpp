#include "ui/models/RollCall.h"

#include <algorithm>

namespace rackmuster::ui {

namespace {

using Row = engine::MachineRow;

bool cameLater(const Row* a, const Row* b) {
    return a->machine.firstSeen > b->machine.firstSeen;
}

std::optional<RollCallDoubt> doubtOf(const MachineModel& machines, const Row& row) {
    for (const MacAddress mac : row.machine.orderUncertainWith) {
        const Row* const other = machines.find(mac);
        if (other == nullptr || !other->machine.slot || !row.machine.slot)
            continue;
        const bool isFirst = row.machine.slot < other->machine.slot;
        const auto apart = *row.machine.firstSeen - other->machine.firstSeen.value_or(*row.machine.firstSeen);
        return RollCallDoubt{isFirst ? row : *other, isFirst ? *other : row,
                             std::chrono::abs(std::chrono::duration_cast<std::chrono::milliseconds>(apart))};
    }
    return std::nullopt;
}

} // namespace

RollCall rollCallOf(const MachineModel& machines) {
    RollCall call;
    call.next = machines.cursor();
    call.nextName = QString::fromStdString(machines.layout().hostnameOf(call.next));
    call.nextAddress = machines.layout().addressOf(call.next);
    std::vector<const Row*> heard;
    int placed = 0;
    for (const Row& row : machines.rows()) {
        placed += row.machine.slot && *row.machine.slot <= machines.layout().lastSlot() ? 1 : 0;
        if (row.machine.firstSeen)
            heard.push_back(&row);
        if (row.machine.slot == call.next && !row.hostname.isEmpty()) { // planned, not seen yet
            call.nextName = row.hostname;
            call.nextAddress = row.address;
        }
    }
    call.here = static_cast<int>(heard.size());
    call.toGo = machines.layout().lastSlot() - placed;
    std::sort(heard.begin(), heard.end(), cameLater);
    if (!heard.empty())
        call.last = *heard[0];
    if (heard.size() > 1)
        call.before = *heard[1];
    for (const Row* const row : heard) {
        if (!call.doubt)
            call.doubt = doubtOf(machines, *row);
    }
    return call;
}

} // namespace rackmuster::ui
