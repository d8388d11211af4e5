#include "core/exchange/PlanFile.h"

#include "core/exchange/KnownMachines.h"
#include "core/exchange/PlanCsv.h"
#include "core/exchange/PlanDnsmasq.h"
#include "core/exchange/PlanHosts.h"
#include "core/exchange/TextEncoding.h"

#include <utility>

namespace rackmuster::exchange {

Error toError(const PlanProblem& problem) {
    return {ErrorCode::BadPlanLine, std::to_string(problem.line),
            fillSentence(problem.reason, problem.first, problem.second)};
}

PlanFile readPlan(std::string_view bytes) {
    const std::string text = toUtf8(bytes);
    if (looksLikeDnsmasq(text))
        return readPlanDnsmasq(text);
    return looksLikeHosts(text) ? readPlanHosts(text) : readPlanCsv(text);
}

roster::Assignment merged(const PlanLine& line, roster::Assignment known) {
    const auto has = [&line](PlanField field) {
        return (line.fields & field) != 0;
    };
    const auto take = [&](PlanField field, std::string& into, const std::string& from, bool mayClear) {
        if (has(field) && (mayClear || !from.empty()))
            into = from;
    };
    const roster::Assignment& said = line.assigned;
    take(HostnameField, known.hostname, said.hostname, true);
    take(ProfileField, known.profile, said.profile, true);
    take(ImageField, known.imageId, said.imageId, true);
    take(NoteField, known.note, said.note, true);
    take(KernelArgumentsField, known.kernelArguments, said.kernelArguments, false);
    take(BootFileField, known.bootFile, said.bootFile, false);
    take(MenuEntryField, known.menuEntry, said.menuEntry, false);
    take(DhcpOptionsField, known.dhcpOptions, said.dhcpOptions, false);
    if (has(AddressField))
        known.address = said.address;
    for (const auto& [heading, value] : said.otherColumns) {
        if (value.empty())
            known.otherColumns.erase(heading);
        else
            known.otherColumns.insert_or_assign(heading, value);
    }
    return known;
}

std::vector<roster::Plan> commandsOf(PlanFile& file, const roster::Roster& roster) {
    KnownMachines known;
    for (const roster::Machine* machine : roster.machines()) {
        const auto address = roster.addressOf(*machine);
        known.add(machine->mac, roster.hostnameOf(*machine), address ? address : machine->leased);
    }
    std::vector<roster::Plan> commands;
    for (const PlanLine& line : file.machines) {
        const auto mac = known.meantBy(line);
        if (!mac) {
            file.problems.push_back(KnownMachines::nobody(line));
            continue;
        }
        const roster::Machine* machine = roster.find(*mac);
        commands.push_back(
            {*mac, line.slot, merged(line, machine ? machine->assigned : roster::Assignment())});
    }
    return commands;
}

} // namespace rackmuster::exchange
