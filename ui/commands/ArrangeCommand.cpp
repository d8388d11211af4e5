#include "ui/commands/ArrangeCommand.h"

#include <utility>

namespace rackmuster::ui {

ArrangeCommand::ArrangeCommand(const QString& text, std::vector<roster::Command> there,
                               std::vector<roster::Command> back, Submit submit)
    : QUndoCommand(text), m_there(std::move(there)), m_back(std::move(back)), m_submit(std::move(submit)) {}

} // namespace rackmuster::ui
