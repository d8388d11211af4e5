#include "ui/rack/RackScene.h"

#include "ui/rack/SlotItem.h"
#include "ui/rack/SlotPainter.h"

#include <QGraphicsSceneHelpEvent>
#include <QToolTip>

#include <algorithm>
#include <utility>

namespace rackmuster::ui {

namespace {

constexpr double margin = 4; ///< So that frames are not cut.

} // namespace

RackScene::RackScene(const MachineModel& machines, const Tokens& tokens, QObject* parent)
    : QGraphicsScene(parent), m_machines(machines), m_tokens(&tokens) {
    connect(&machines, &MachineModel::changed, this, &RackScene::refresh);
    refresh();
}

void RackScene::refresh() {
    const RackGrid grid(m_machines.layout(), std::max(m_machines.cursor(), m_machines.highestSlot()));
    if (m_slots.empty() || grid != m_grid) {
        clear();
        m_slots.clear();
        m_grid = grid;
        for (int slot = 1; slot <= m_grid.slotCount(); ++slot) {
            auto* const item = new SlotItem(*this, slot);
            addItem(item);
            m_slots.emplace(slot, item);
        }
        if (m_current > m_grid.slotCount())
            m_current.reset();
        setSceneRect(m_grid.bounds().adjusted(-margin, -margin, margin, margin));
        Q_EMIT rearranged();
    }
    update();
}

void RackScene::updateSlot(std::optional<int> slot) {
    const auto found = slot ? m_slots.find(*slot) : m_slots.end();
    if (found != m_slots.end())
        found->second->update();
}

void RackScene::setTokens(const Tokens& tokens) {
    m_tokens = &tokens;
    update();
}

void RackScene::setCurrent(std::optional<int> slot) {
    updateSlot(std::exchange(m_current, slot));
    updateSlot(slot);
}

void RackScene::setTarget(std::optional<int> slot) {
    updateSlot(std::exchange(m_target, slot));
    updateSlot(slot);
    updateSlot(m_current); // its frame gives way
}

void RackScene::setNextBright(bool isBright) {
    m_isNextBright = isBright;
    updateSlot(m_machines.cursor());
}

void RackScene::helpEvent(QGraphicsSceneHelpEvent* event) {
    const std::optional<int> slot = m_grid.slotAt(event->scenePos());
    const QString text = slot ? slotWords(m_machines, *slot) : QString();
    QToolTip::showText(event->screenPos(), text.toHtmlEscaped(), event->widget());
}

} // namespace rackmuster::ui
