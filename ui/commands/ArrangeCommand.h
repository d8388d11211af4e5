#pragma once

#include "ui/commands/Submit.h"

#include <QUndoCommand>

namespace rackmuster::ui {

/// Changes the rack or who stands where, and has a way back.
class ArrangeCommand final : public QUndoCommand {
public:
    /// `text` names it in the undo menu.
    ArrangeCommand(const QString& text, std::vector<roster::Command> there, std::vector<roster::Command> back,
                   Submit submit);

    void redo() override { m_submit(m_there); }
    void undo() override { m_submit(m_back); }

private:
    std::vector<roster::Command> m_there;
    std::vector<roster::Command> m_back;
    Submit m_submit;
};

} // namespace rackmuster::ui
