#include "ui/PlanExport.h"

#include "core/exchange/PlanCsv.h"
#include "core/exchange/PlanDnsmasq.h"
#include "core/exchange/PlanHosts.h"
#include "ui/models/ModelRoster.h"

namespace rackmuster::ui {

QByteArray planBytes(exchange::PlanFormat format, const MachineModel& machines) {
    const roster::Roster roster = rosterOf(machines);
    switch (format) {
    case exchange::PlanFormat::Csv:
        return "\xEF\xBB\xBF" + QByteArray::fromStdString(exchange::writePlanCsv(roster));
    case exchange::PlanFormat::Hosts:
        return QByteArray::fromStdString(exchange::writePlanHosts(roster));
    case exchange::PlanFormat::Dnsmasq:
        return QByteArray::fromStdString(exchange::writePlanDnsmasq(roster));
    }
    return {};
}

} // namespace rackmuster::ui
