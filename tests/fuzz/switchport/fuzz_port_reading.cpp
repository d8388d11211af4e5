#include "core/base/ByteReader.h"
#include "core/switchport/PortMap.h"

#include <cstdlib>
#include <set>

using namespace rackmuster;
using namespace rackmuster::switchport;

namespace {

/// Rows as a switch would send them, made of bytes: how long the index is, the index, and the value.
std::vector<SnmpRow> takeRows(ByteReader& reader) {
    std::vector<SnmpRow> rows;
    const std::size_t count = reader.u8("count").value_or(0);
    for (std::size_t i = 0; i < count && !reader.atEnd(); ++i) {
        SnmpRow row;
        const std::size_t shape = reader.u8("shape").value_or(0);
        for (std::size_t k = 0; k < shape % 10; ++k)
            row.index.push_back(shape & 0x80U ? reader.u32be("index").value_or(0)
                                              : reader.u8("index").value_or(0));
        if ((shape & 0x40U) == 0)
            row.number = static_cast<std::int8_t>(reader.u8("number").value_or(0));
        else
            row.text = asText(reader.take(shape & 3U, "text").value_or(Bytes()));
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    ByteReader reader(Bytes(data, size));
    std::vector<SwitchTables> switches;
    std::map<MacAddress, int> slots;
    while (!reader.atEnd() && switches.size() < 4) {
        SwitchTables tables{"sw" + std::to_string(switches.size()), {}, takeRows(reader), takeRows(reader)};
        for (int view = 0; view < 2; ++view)
            tables.views.push_back({view == 0 ? std::nullopt : std::optional(20), takeRows(reader),
                                    takeRows(reader), takeRows(reader), takeRows(reader)});
        switches.push_back(std::move(tables));
    }
    const PortReading reading = readPorts(switches);
    std::set<MacAddress> seen;
    std::map<SwitchPort, std::size_t> machines;
    for (const Sighting& sighting : reading.sightings) {
        // One port for each MAC, of a machine, with a name fit to be shown.
        if (!seen.insert(sighting.mac).second || !sighting.mac.isUsable() || sighting.port.name.empty() ||
            sighting.port.name.size() > 64 || ++machines[sighting.port] > mostMacsOfAMachine)
            std::abort();
        slots[sighting.mac] = 1 + sighting.mac.octets()[5] % 3;
    }
    for (const Uplink& uplink : reading.uplinks) {
        if (uplink.macs <= mostMacsOfAMachine || machines.contains(uplink.port))
            std::abort();
    }
    for (const ContradictedMac& contradicted : reading.contradictions) {
        if (contradicted.ports.size() < 2 || seen.contains(contradicted.mac))
            std::abort();
    }
    // What was learned gives each machine its own slot or none, also when it was written and read.
    const PortMap learned = PortMap::learned(reading, slots);
    const PortMapFile again = PortMap::parse(learned.toText());
    if (!again.errors.empty() || !(again.map == learned))
        std::abort();
    for (const auto& [mac, slot] : slots) {
        if (learned.slotOf(reading, mac).value_or(slot) != slot)
            std::abort();
    }
    return 0;
}
