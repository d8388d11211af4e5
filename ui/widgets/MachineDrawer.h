#pragma once

#include "ui/Workbench.h"
#include "ui/models/Choices.h"

#include <QFrame>
#include <QTimer>

#include <optional>
#include <vector>

class QBoxLayout;
class QComboBox;
class QGridLayout;
class QLabel;
class QPushButton;

namespace rackmuster::ui {

class StatePill;
class Theme;
class TimelineView;

/// One machine: what it is, what is wrong, how its boot went.
class MachineDrawer final : public QFrame {
    Q_OBJECT

public:
    MachineDrawer(Workbench& workbench, const Theme& theme, QWidget* parent = nullptr);

    /// Nothing hides the drawer.
    void setMachine(std::optional<MacAddress> machine);

Q_SIGNALS:
    void approveRequested(const std::vector<rackmuster::MacAddress>& machines);
    void rearmRequested(const rackmuster::MacAddress& machine);

private:
    [[nodiscard]] QBoxLayout* makeSummary(const Theme& theme);
    [[nodiscard]] QBoxLayout* makeTimeline(const Theme& theme);
    [[nodiscard]] QBoxLayout* makeIdentity();
    void refresh();
    void refreshTimeline();
    void showIdentity(const engine::MachineRow& row);
    void showChoices(const engine::MachineRow& row);
    [[nodiscard]] QString advice(const engine::MachineRow& row) const;

    Workbench& m_workbench;
    std::optional<MacAddress> m_machine;
    QTimer m_clock;
    QLabel* m_name;
    StatePill* m_pill;
    QLabel* m_slot;
    QFrame* m_problem;
    QLabel* m_problemText;
    QLabel* m_advice;
    QComboBox* m_start;
    std::vector<Choice> m_choices; ///< What m_start holds.
    QPushButton* m_approve;
    QPushButton* m_rearm;
    TimelineView* m_timeline;
    QGridLayout* m_identity;
    std::vector<QLabel*> m_values;
};

} // namespace rackmuster::ui
