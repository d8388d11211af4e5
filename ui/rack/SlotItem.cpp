#include "ui/rack/SlotItem.h"

#include "ui/rack/RackScene.h"
#include "ui/rack/SlotPainter.h"

namespace rackmuster::ui {

SlotItem::SlotItem(const RackScene& scene, int slot) : m_scene(scene), m_slot(slot) {}

QRectF SlotItem::boundingRect() const {
    return m_scene.grid().slotRect(m_slot);
}

void SlotItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    const QFont font = m_scene.font();
    const Tokens& tokens = m_scene.tokens();
    const SlotPainter slot(*painter, font, tokens, m_scene.machines(), SlotSize::Large);
    const QRectF unit = boundingRect();
    slot.paintNumber(QRectF(unit.topLeft(), QSizeF(SlotPainter::numberWidth, unit.height())), m_slot);
    const QRectF box = unit.adjusted(SlotPainter::numberWidth, 1.5, -3, -1.5);
    slot.paintSlot(box, m_slot);
    if (m_slot == m_scene.machines().cursor()) {
        QColor frame = tokens.tone(ToneName::Waiting).ink;
        frame.setAlphaF(m_scene.isNextBright() ? 1.0F : 0.25F);
        slot.paintFrame(box.adjusted(0.8, 0.8, -0.8, -0.8), frame);
    }
    if (m_slot == m_scene.target() || (m_slot == m_scene.current() && m_scene.target() == std::nullopt))
        slot.paintFrame(box.adjusted(-1.5, -0.7, 1.5, 0.7), tokens.accent());
}

} // namespace rackmuster::ui
