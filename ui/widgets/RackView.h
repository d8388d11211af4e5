#pragma once

#include "ui/Theme.h"
#include "ui/models/MachineModel.h"

#include <QWidget>

#include <optional>

namespace rackmuster::ui {

/// A rack as a small picture: slot 1 at the bottom, every slot in the colour, mark and name of its machine;
/// the slot where the next machine lands is framed. Of several racks that of the current machine, else that
/// of the next one.
class RackView final : public QWidget {
    Q_OBJECT

public:
    RackView(MachineModel& machines, const Theme& theme, QWidget* parent = nullptr);

    void setCurrent(std::optional<MacAddress> machine);
    /// From 1.
    [[nodiscard]] int rack() const;
    [[nodiscard]] int slotCount() const;
    /// Where the slot is drawn.
    [[nodiscard]] QRectF slotRect(int slot) const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void rackChanged();
    void machineClicked(const rackmuster::MacAddress& machine);
    void slotClicked(int slot);
    void menuRequested(int slot, const QPoint& globalPosition);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    bool event(QEvent* event) override;

private:
    void paintSlot(QPainter& painter, int slot) const;
    void choose(int slot);
    [[nodiscard]] int firstSlot() const;
    [[nodiscard]] int lastSlot() const;
    [[nodiscard]] double unitHeight() const;
    [[nodiscard]] std::optional<int> slotAt(const QPointF& position) const;

    MachineModel& m_machines;
    const Theme& m_theme;
    std::optional<MacAddress> m_current;
};

} // namespace rackmuster::ui
