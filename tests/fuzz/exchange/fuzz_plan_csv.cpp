#include "core/base/Csv.h"
#include "core/exchange/PlanCsv.h"
#include "core/exchange/TextEncoding.h"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

/// What was read can be written and read again without loss.
void checkField(const std::string& text) {
    using namespace rackmuster::exchange;
    const std::string line = rackmuster::csvField(text) + "\n";
    rackmuster::CsvReader reader(line, ',', line.size() + 1);
    const auto record = reader.next();
    if (!record || !record->fields || record->fields->size() != 1 ||
        rackmuster::unguarded(record->fields->front()) != text || reader.next())
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace rackmuster;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    exchange::PlanFile plan = exchange::readPlanCsv(exchange::toUtf8(text));
    roster::Roster roster;
    for (const roster::Plan& machine : exchange::commandsOf(plan, roster)) {
        if (!machine.mac.isUsable() || (machine.slot && *machine.slot < 1))
            std::abort();
        checkField(machine.assigned.note);
        checkField(machine.assigned.profile);
        // Names and addresses may clash with computed ones; then the roster keeps what it has.
        (void)roster.apply(roster::Command(machine), WallTime());
    }
    (void)exchange::writePlanCsv(roster);
    return 0;
}
