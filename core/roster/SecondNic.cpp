#include "core/roster/SecondNic.h"

namespace rackmuster::roster {

namespace {

constexpr std::string_view question = "May be a second NIC of ";

} // namespace

std::string secondNicQuestion(std::string_view name) {
    return std::string(question).append(name);
}

bool asksAboutSecondNic(const Machine& machine) {
    return machine.problem && machine.problem->starts_with(question);
}

void takeBackSecondNicQuestion(Machine& machine) {
    if (asksAboutSecondNic(machine))
        machine.problem.reset();
}

} // namespace rackmuster::roster
