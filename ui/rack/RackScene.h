#pragma once

#include "ui/Tokens.h"
#include "ui/models/MachineModel.h"
#include "ui/rack/RackGrid.h"

#include <QGraphicsScene>

#include <map>
#include <optional>

namespace rackmuster::ui {

class SlotItem;

/// The rack as the large picture shows it, on the screen as on paper.
class RackScene final : public QGraphicsScene {
    Q_OBJECT

public:
    /// Both outlive it.
    RackScene(const MachineModel& machines, const Tokens& tokens, QObject* parent = nullptr);

    [[nodiscard]] const MachineModel& machines() const { return m_machines; }
    [[nodiscard]] const Tokens& tokens() const { return *m_tokens; }
    [[nodiscard]] const RackGrid& grid() const { return m_grid; }
    /// `tokens` outlives this.
    void setTokens(const Tokens& tokens);
    /// The slot that keys act on.
    [[nodiscard]] std::optional<int> current() const { return m_current; }
    void setCurrent(std::optional<int> slot);
    /// The slot that what is dragged would fall into.
    [[nodiscard]] std::optional<int> target() const { return m_target; }
    void setTarget(std::optional<int> slot);
    /// The frame of the next slot, which blinks.
    [[nodiscard]] bool isNextBright() const { return m_isNextBright; }
    void setNextBright(bool isBright);

Q_SIGNALS:
    /// There are more slots, or fewer, or they stand elsewhere.
    void rearranged();

protected:
    /// The names of several racks.
    void drawBackground(QPainter* painter, const QRectF& area) override;
    void helpEvent(QGraphicsSceneHelpEvent* event) override;

private:
    void refresh();
    void updateSlot(std::optional<int> slot);

    const MachineModel& m_machines;
    const Tokens* m_tokens;
    RackGrid m_grid;
    std::map<int, SlotItem*> m_slots;
    std::optional<int> m_current;
    std::optional<int> m_target;
    bool m_isNextBright = true;
};

} // namespace rackmuster::ui
