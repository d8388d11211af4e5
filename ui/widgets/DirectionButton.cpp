#include "ui/widgets/DirectionButton.h"

#include "ui/Workbench.h"

#include <QMenu>

namespace rackmuster::ui {

namespace {

using roster::Direction;

QString directionText(Direction direction) {
    switch (direction) {
    case Direction::BottomUp:
        return DirectionButton::tr("Bottom up");
    case Direction::TopDown:
        return DirectionButton::tr("Top down");
    case Direction::OddEven:
        return DirectionButton::tr("Odd, then even");
    case Direction::ByColumn:
        return DirectionButton::tr("By column");
    }
    return {};
}

} // namespace

/// The menu is not the button's own: such a one keeps everything else waiting while it is open.
DirectionButton::DirectionButton(Workbench& workbench, QWidget* parent)
    : QPushButton(parent), m_workbench(workbench), m_menu(new QMenu(this)) {
    setObjectName(QStringLiteral("rollCallDirection"));
    setFocusPolicy(Qt::TabFocus);
    setProperty("role", QStringLiteral("chip"));
    setToolTip(tr("The order in which slots are filled"));
    m_menu->setObjectName(QStringLiteral("directionMenu"));
    int number = 0;
    for (const Direction direction :
         {Direction::BottomUp, Direction::TopDown, Direction::OddEven, Direction::ByColumn}) {
        QAction* const action =
            m_menu->addAction(QStringLiteral("&%1  %2").arg(++number).arg(directionText(direction)));
        action->setCheckable(true);
        action->setData(static_cast<int>(direction));
        connect(action, &QAction::triggered, this, [this, direction] {
            roster::RackLayout layout = m_workbench.machines().layout();
            layout.direction = direction;
            m_workbench.setLayout(layout);
        });
    }
    connect(this, &QPushButton::clicked, this, &DirectionButton::choose);
    connect(&workbench.machines(), &MachineModel::changed, this, &DirectionButton::refresh);
    refresh();
}

void DirectionButton::choose() {
    const auto direction = static_cast<int>(m_workbench.machines().layout().direction);
    for (QAction* const action : m_menu->actions()) {
        action->setChecked(action->data().toInt() == direction);
        if (action->isChecked())
            m_menu->setActiveAction(action);
    }
    m_menu->popup(mapToGlobal(rect().bottomLeft()));
}

void DirectionButton::refresh() {
    setText(tr("%1 (D)").arg(directionText(m_workbench.machines().layout().direction)));
}

} // namespace rackmuster::ui
