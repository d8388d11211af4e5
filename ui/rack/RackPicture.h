#pragma once

#include "ui/Theme.h"
#include "ui/models/MachineModel.h"

#include <QGraphicsView>
#include <QTimer>

#include <optional>

namespace rackmuster::ui {

class PlaceActs;
class RackScene;

/// The rack in large: machines are dragged between its slots, or moved by keys; the next slot blinks. Arrow
/// keys go from slot to slot, Enter opens the machine, Alt and an arrow moves it.
class RackPicture final : public QGraphicsView {
    Q_OBJECT

public:
    /// All of them outlive it.
    RackPicture(MachineModel& machines, PlaceActs& acts, const Theme& theme, QWidget* parent = nullptr);

    static constexpr double smallestZoom = 0.25;
    static constexpr double largestZoom = 4;

    /// Nothing: as much as fits and stays legible, also when the window changes.
    [[nodiscard]] std::optional<double> zoom() const { return m_zoom; }
    /// Bounded by the smallest and the largest.
    void setZoom(std::optional<double> zoom);
    void zoomIn();
    void zoomOut();
    [[nodiscard]] std::optional<int> currentSlot() const;
    void setCurrentSlot(int slot);
    /// Where the slot is drawn, in the viewport.
    [[nodiscard]] QRect slotRect(int slot) const;

Q_SIGNALS:
    void machineChosen(const rackmuster::MacAddress& machine);
    void menuRequested(int slot, const QPoint& globalPosition);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void applyZoom();
    [[nodiscard]] double fittingZoom() const;
    [[nodiscard]] std::optional<int> slotAt(const QPoint& position) const;
    [[nodiscard]] const engine::MachineRow* currentMachine() const;
    void go(int right, int up);
    /// The machine of the current slot goes there, and the current slot with it.
    void carry(int right, int up);
    void open(int slot);
    void drag(int slot);
    void blink();
    void tellCurrent();

    MachineModel& m_machines;
    PlaceActs& m_acts;
    RackScene* m_scene;
    QTimer m_blink{this};
    std::optional<double> m_zoom;
    QPoint m_pressed;
    std::optional<int> m_pressedSlot; ///< Of a press that may become a drag.
    std::optional<int> m_judgedSlot;  ///< That the last move of a drag was over.
    bool m_isAllowed = false;         ///< What is dragged may fall into it.
};

} // namespace rackmuster::ui
