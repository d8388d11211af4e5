#pragma once

#include "ui/Workbench.h"

#include <QFrame>

class QLabel;
class QPushButton;
class QToolButton;

namespace rackmuster::ui {

class ServiceDot;
class Theme;

/// What is worked on, and the three acts that are always at hand: undo, approve, start and stop.
class TopBar final : public QFrame {
    Q_OBJECT

public:
    TopBar(Workbench& workbench, const Theme& theme, QWidget* parent = nullptr);

    void setNarrow(bool isNarrow);

Q_SIGNALS:
    void rackClicked();
    void rollCallClicked();
    void interfaceClicked();
    void startClicked();

private:
    void addPills(const Theme& theme);
    void addButtons(const Theme& theme);
    QToolButton* addUndoButton(const Theme& theme, const QString& iconName);
    void refreshMachines();
    void refreshServices(const Theme& theme);

    Workbench& m_workbench;
    QLabel* m_brand;
    QPushButton* m_rack;
    ServiceDot* m_interfaceDot;
    QLabel* m_address;
    QPushButton* m_approve;
    QPushButton* m_start;
};

} // namespace rackmuster::ui
