#pragma once

#include "ui/Workbench.h"

#include <QObject>
#include <QPoint>

#include <vector>

class QMenu;
class QWidget;

namespace rackmuster::ui {

/// Who stands where, and what is one machine: the acts for the menus of machines and of slots. Each is one
/// undo step.
class PlaceActs final : public QObject {
    Q_OBJECT

public:
    PlaceActs(Workbench& workbench, QWidget& page);

    void addTo(QMenu& menu, const std::vector<MacAddress>& machines);
    /// Opens the menu of a slot of the rack's picture.
    void popUp(int slot, const QPoint& globalPosition);

private:
    void addTo(QMenu& menu, int slot);
    void addPairActs(QMenu& menu, const std::vector<MacAddress>& machines);
    void addNicActs(QMenu& menu, MacAddress machine);
    /// A broken machine's slot waits for another one, which takes over.
    void addReplacementActs(QMenu& menu, MacAddress machine);
    void addTakeOver(QMenu& menu, const roster::Machine& machine, const roster::Machine& replaced);
    void add(QMenu& menu, const QString& text, std::vector<roster::Command> there,
             std::vector<roster::Command> back);
    /// Everybody back to where they stand now.
    [[nodiscard]] std::vector<roster::Command> backToNow() const;
    [[nodiscard]] QString nameOf(MacAddress machine) const;

    Workbench& m_workbench;
    QWidget& m_page;
};

} // namespace rackmuster::ui
