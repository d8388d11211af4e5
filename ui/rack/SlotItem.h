#pragma once

#include <QGraphicsItem>

namespace rackmuster::ui {

class RackScene;

/// One slot of the picture. What it shows it asks the scene for when it is painted.
class SlotItem final : public QGraphicsItem {
public:
    /// The scene outlives it.
    SlotItem(const RackScene& scene, int slot);

    [[nodiscard]] QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    const RackScene& m_scene;
    int m_slot;
};

} // namespace rackmuster::ui
