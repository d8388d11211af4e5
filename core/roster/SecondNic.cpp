#include "core/roster/SecondNic.h"

namespace rackmuster::roster {

namespace {

std::uint64_t numberOf(MacAddress mac) {
    std::uint64_t number = 0;
    for (const std::uint8_t octet : mac.octets())
        number = number << 8U | octet;
    return number;
}

bool areNeighbours(MacAddress a, MacAddress b) {
    return numberOf(a) + 1 == numberOf(b) || numberOf(b) + 1 == numberOf(a);
}

/// Since when it may have been trying its next NIC; nothing while it runs what it loaded.
std::optional<std::chrono::milliseconds> idleTime(const Machine& machine, WallTime now) {
    const bool isBusy =
        machine.stage > Stage::Leased && machine.stage != Stage::Done && machine.stage != Stage::LocalBoot;
    if (isBusy || !machine.stageSince)
        return std::nullopt;
    return now - *machine.stageSince;
}

bool isQuestion(const std::optional<Error>& problem) {
    return problem && problem->code == ErrorCode::MaybeSecondNic;
}

bool isTrustworthy(const std::optional<Uuid>& uuid) {
    return uuid && uuid->isTrustworthy();
}

} // namespace

Kinship kinshipOf(const Machine& newcomer, const Machine& nic, const Machine& machine) {
    const auto idle = idleTime(machine, newcomer.firstSeen.value_or(WallTime()));
    const bool mayBeOne = idle && *idle >= leastWait;
    if (isTrustworthy(newcomer.uuid) && isTrustworthy(nic.uuid)) {
        if (newcomer.uuid != nic.uuid)
            return Kinship::None;
        return mayBeOne ? Kinship::Same : Kinship::Uncertain;
    }
    const bool isSuspicious = mayBeOne && *idle <= mostWait && areNeighbours(newcomer.mac, nic.mac);
    return isSuspicious ? Kinship::Uncertain : Kinship::None;
}

bool asksAboutSecondNic(const Machine& machine) {
    return machine.maybeNicOf || isQuestion(machine.problem);
}

void takeBackSecondNicQuestion(Machine& machine) {
    machine.maybeNicOf.reset();
    if (isQuestion(machine.problem))
        machine.problem.reset();
}

} // namespace rackmuster::roster
