#pragma once

#include "core/base/Error.h"
#include "core/base/MacAddress.h"
#include "core/roster/Machine.h"
#include "core/roster/Roster.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rackmuster::exchange {

/// What a file can say of a machine, as bits.
enum PlanField : std::uint16_t {
    SlotField = 1U << 0U,
    HostnameField = 1U << 1U,
    AddressField = 1U << 2U,
    ProfileField = 1U << 3U,
    ImageField = 1U << 4U,
    NoteField = 1U << 5U,
    KernelArgumentsField = 1U << 6U,
    BootFileField = 1U << 7U,
    MenuEntryField = 1U << 8U,
    DhcpOptionsField = 1U << 9U,
};

/// What a file says of one machine.
struct PlanLine {
    std::size_t line = 0;             ///< From 1.
    std::optional<MacAddress> mac;    ///< Nothing: name or address tell which machine is meant (hosts files).
    std::optional<int> slot;          ///< 1..999; nothing: where it is.
    roster::Assignment assigned;      ///< Only what `fields` names counts.
    std::vector<std::string> aliases; ///< Its other names; they help to find it.
    std::uint16_t fields = 0;         ///< Bits of PlanField: what the file speaks of.
};

/// Why a line cannot be used. `reason` fits into "Line 3 of the plan: ...", with %1 and %2 for the facts; ui
/// translates it under the context "Plan".
struct PlanProblem {
    std::size_t line = 0;
    const char* reason = "";
    std::string first;
    std::string second;
};

/// As a BadPlanLine.
[[nodiscard]] Error toError(const PlanProblem& problem);

enum class PlanFormat : std::uint8_t { Csv, Hosts, Dnsmasq };

/// A plan file read: every good line, and every bad one with its number. A MAC, slot, name or address that
/// stands twice is a problem of the later line.
struct PlanFile {
    PlanFormat format = PlanFormat::Csv;
    std::vector<PlanLine> machines;
    std::vector<PlanProblem> problems;
    std::vector<std::string> otherColumns; ///< Headings that mean nothing to us, in their order.
};

/// A plan in any of its forms: CSV or TSV (PlanCsv.h), a hosts file (PlanHosts.h), lines of dnsmasq
/// (PlanDnsmasq.h); told apart by what they hold. UTF-8 with or without byte order mark, UTF-16 with one,
/// or what toUtf8() takes it for. At most 100,000 lines.
[[nodiscard]] PlanFile readPlan(std::string_view bytes);

/// `known` with what the line says in its place. Where it says nothing of how to boot (kernel arguments, boot
/// file, menu entry, DHCP options), what is known stays.
[[nodiscard]] roster::Assignment merged(const PlanLine& line, roster::Assignment known);

/// Good lines as the commands that carry them out, for a roster that already has some machines. Lines that
/// name no machine become problems.
[[nodiscard]] std::vector<roster::Plan> commandsOf(PlanFile& file, const roster::Roster& roster);

} // namespace rackmuster::exchange
