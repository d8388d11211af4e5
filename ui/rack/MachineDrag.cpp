#include "ui/rack/MachineDrag.h"

#include <QString>

namespace rackmuster::ui {

namespace {

QString machineFormat() {
    return QStringLiteral("application/x-rackmuster-machine");
}

} // namespace

QMimeData* machineMime(MacAddress machine) {
    auto* const data = new QMimeData;
    data->setData(machineFormat(), QByteArray::fromStdString(machine.toString()));
    return data;
}

std::optional<MacAddress> draggedMachine(const QMimeData& data) {
    const Result<MacAddress> machine = MacAddress::parse(data.data(machineFormat()).toStdString());
    return machine ? std::optional(*machine) : std::nullopt;
}

} // namespace rackmuster::ui
