#pragma once

#include "tests/ui/TestWindow.h"
#include "ui/widgets/MachineTable.h"

#include <QTest>

namespace rackmuster::tests {

/// The machine table in the window, over machines that are planned in the real engine.
class TableWindow : public TestWindow {
protected:
    static constexpr QSize windowSize{1920, 1000}; // all columns are shown

    [[nodiscard]] ui::MachineTable& table() const { return *find<ui::MachineTable>("machineTable"); }
    [[nodiscard]] QModelIndex cell(int row, ui::MachineColumn column) const {
        return table().model()->index(row, static_cast<int>(column));
    }
    [[nodiscard]] QString text(int row, ui::MachineColumn column) const {
        return cell(row, column).data().toString();
    }
    /// Machines in slots 1 to `count`, with addresses from 10.1.0.1 on.
    void planRack(int count) {
        roster::RackLayout layout;
        layout.firstAddress = Ipv4Address(10, 1, 0, 1);
        std::vector<roster::Command> commands{roster::SetLayout{layout}};
        for (int slot = 1; slot <= count; ++slot)
            commands.emplace_back(
                roster::Plan{MacAddress({0x52, 0x54, 0, 0, 1, static_cast<std::uint8_t>(slot)}), slot, {}});
        engine().submitTogether(std::move(commands));
        QTRY_COMPARE(m_workbench->machines().rowCount(), count);
        m_window->showPage(ui::PageName::Machines);
        QTRY_VERIFY(table().isVisible());
        table().setFocus();
    }
    void select(int firstRow, ui::MachineColumn first, int lastRow, ui::MachineColumn last) {
        table().setCurrentIndex(cell(firstRow, first));
        table().selectionModel()->select(QItemSelection(cell(firstRow, first), cell(lastRow, last)),
                                         QItemSelectionModel::ClearAndSelect);
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::ControlModifier) {
        QTest::keyClick(&table(), key, modifiers);
    }
    [[nodiscard]] QString writePlan(const QByteArray& content) const {
        return makeFile(QStringLiteral("plan.csv"), content);
    }
};

} // namespace rackmuster::tests
