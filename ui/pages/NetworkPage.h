#pragma once

#include "ui/Workbench.h"
#include "ui/models/InterfaceModel.h"

#include <QTimer>
#include <QWidget>

class QBoxLayout;
class QFrame;
class QLabel;
class QListView;
class QPushButton;

namespace rackmuster::ui {

class NeighbourTable;
class ServiceForm;
class Theme;

/// Which cable goes to the rack, what is offered on it, and who else is on it.
class NetworkPage final : public QWidget {
    Q_OBJECT

public:
    NetworkPage(Workbench& workbench, const Theme& theme, QWidget* parent = nullptr);

    /// Chooses the interface now, or as soon as it exists.
    void chooseInterface(const QString& name);
    /// Starts with what is chosen and typed; false when that cannot be, and says why on the page.
    bool start();

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    [[nodiscard]] QListView* makeInterfaceList(const Theme& theme);
    [[nodiscard]] QBoxLayout* makeButtons();
    void readInterfaces();
    void restoreChoice();
    /// As high as its cards, up to two rows; more scroll.
    void fitList();
    [[nodiscard]] QWidget* makeContent(const Theme& theme);
    void refreshServices();
    void refreshWire();
    void fill();
    void showProblem(const QString& sentence);

    Workbench& m_workbench;
    InterfaceModel m_interfaces;
    QString m_chosen;
    QTimer m_clock; ///< ports come and go while the page is shown
    QListView* m_list;
    QLabel* m_none;
    ServiceForm* m_form;
    QFrame* m_problem;
    QLabel* m_problemText;
    QFrame* m_wire;
    QLabel* m_wireText;
    NeighbourTable* m_neighbours;
    QPushButton* m_start;
    QPushButton* m_stop;
};

} // namespace rackmuster::ui
