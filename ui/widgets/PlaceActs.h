#pragma once

#include "ui/Workbench.h"

#include <QObject>
#include <QPoint>

#include <optional>
#include <vector>

class QMenu;
class QWidget;

namespace rackmuster::ui {

/// Who stands where, and what is one machine: the acts for the menus of machines and of slots, and for
/// drops. Each is one undo step.
class PlaceActs final : public QObject {
    Q_OBJECT

public:
    PlaceActs(Workbench& workbench, QWidget& page);

    void addTo(QMenu& menu, const std::vector<MacAddress>& machines);
    /// Opens the menu of a slot of the rack's picture.
    void popUp(int slot, const QPoint& globalPosition);
    /// Into that slot, changing places with the machine that it holds, or out of the rack (nothing). What
    /// cannot be is told as the workbench's refusal, and false.
    bool move(MacAddress machine, std::optional<int> slot);

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
