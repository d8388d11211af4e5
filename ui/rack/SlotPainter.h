#pragma once

#include "ui/Tokens.h"
#include "ui/models/MachineModel.h"

#include <QFont>
#include <QPainter>

#include <cstdint>

namespace rackmuster::ui {

enum class SlotSize : std::uint8_t { Small, Large };

/// Paints one slot, in the small drawing of a rack as in the large picture: ground and bar in the colour of
/// its state, its mark, the name of its machine; where there is room its word and address, too.
class SlotPainter {
public:
    /// All of them outlive this.
    SlotPainter(QPainter& painter, const QFont& font, const Tokens& tokens, const MachineModel& machines,
                SlotSize size);

    /// The column of numbers at the left of a rack.
    static constexpr int numberWidth = 26;

    void paintNumber(const QRectF& area, int slot) const;
    /// Its machine, or what there is to say of a free slot.
    void paintSlot(const QRectF& box, int slot) const;
    void paintMachine(const QRectF& box, const engine::MachineRow& row) const;
    void paintFrame(const QRectF& box, const QColor& color) const;

private:
    void paintEmptySlot(const QRectF& box, int slot) const;
    void paintFree(const QRectF& box, roster::MachineState state, const QString& text) const;
    void paintDetails(const QRectF& box, const engine::MachineRow& row) const;
    void paintText(const QRectF& area, Qt::Alignment alignment, const QString& text,
                   Qt::TextElideMode elision = Qt::ElideRight) const;
    void paintName(const QRectF& area, const engine::MachineRow& row) const;
    [[nodiscard]] bool hasRoomForDetails(const QRectF& box) const;
    [[nodiscard]] QFont textFont(QFont::Weight weight) const;

    QPainter& m_painter;
    const QFont& m_font;
    const Tokens& m_tokens;
    const MachineModel& m_machines;
    SlotSize m_size;
};

/// What the picture says of a slot, for tool tips and screen readers: "Slot 5 · node-05 · Installing".
[[nodiscard]] QString slotWords(const MachineModel& machines, int slot);

} // namespace rackmuster::ui
