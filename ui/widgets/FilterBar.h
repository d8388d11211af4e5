#pragma once

#include "ui/Theme.h"
#include "ui/models/MachineFilterModel.h"

#include <QWidget>

#include <array>

class QLineEdit;
class QPushButton;

namespace rackmuster::ui {

/// The filter box and the chips with their counts.
class FilterBar final : public QWidget {
    Q_OBJECT

public:
    FilterBar(MachineModel& machines, MachineFilterModel& filter, const Theme& theme,
              QWidget* parent = nullptr);

    void focusBox();
    /// Behind the chips, at the right edge.
    void addAtEnd(QWidget& widget);
    /// Shows everything again.
    void clear();

private:
    void addChips(MachineFilterModel& filter);
    void updateCounts(const MachineModel& machines);

    QLineEdit* m_box;
    std::array<QPushButton*, 5> m_chips{};
};

} // namespace rackmuster::ui
