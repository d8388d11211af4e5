#pragma once

#include "ui/commands/Submit.h"

#include <QUndoCommand>

namespace rackmuster::ui {

/// Changes the rack: its name, size, name pattern and first address.
class LayoutCommand final : public QUndoCommand {
public:
    LayoutCommand(roster::RackLayout before, roster::RackLayout after, Submit submit);

    void redo() override;
    void undo() override;

private:
    roster::RackLayout m_before;
    roster::RackLayout m_after;
    Submit m_submit;
};

} // namespace rackmuster::ui
