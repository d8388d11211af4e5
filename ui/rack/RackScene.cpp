#include "ui/rack/RackScene.h"

#include "ui/rack/SlotItem.h"
#include "ui/rack/SlotPainter.h"
#include "ui/text/PlainText.h"

#include <QGraphicsSceneHelpEvent>
#include <QPainter>
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
        for (int slot = 1; slot <= m_grid.lastSlot(); ++slot) {
            auto* const item = new SlotItem(*this, slot);
            addItem(item);
            m_slots.emplace(slot, item);
        }
        if (m_current > m_grid.lastSlot())
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

void RackScene::drawBackground(QPainter* painter, const QRectF& area) {
    QGraphicsScene::drawBackground(painter, area);
    if (m_grid.rackCount() == 1)
        return;
    QFont name = font();
    name.setPixelSize(14);
    name.setWeight(QFont::DemiBold);
    painter->setFont(name);
    painter->setPen(m_tokens->text);
    for (int rack = 1; rack <= m_grid.rackCount(); ++rack) {
        const QRectF caption = m_grid.captionRect(rack).adjusted(SlotPainter::numberWidth, 0, 0, 0);
        painter->drawText(caption, Qt::AlignLeft | Qt::AlignVCenter,
                          printable(m_machines.layout().rackName(rack)));
    }
}

void RackScene::helpEvent(QGraphicsSceneHelpEvent* event) {
    const std::optional<int> slot = m_grid.slotAt(event->scenePos());
    const QString text = slot ? slotWords(m_machines, *slot) : QString();
    QToolTip::showText(event->screenPos(), text.toHtmlEscaped(), event->widget());
}

} // namespace rackmuster::ui
