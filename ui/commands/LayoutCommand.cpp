#include "ui/commands/LayoutCommand.h"

#include <utility>

namespace rackmuster::ui {

LayoutCommand::LayoutCommand(roster::RackLayout before, roster::RackLayout after, Submit submit)
    : m_before(std::move(before)), m_after(std::move(after)), m_submit(std::move(submit)) {}

void LayoutCommand::redo() {
    m_submit({roster::SetLayout{m_after}});
}

void LayoutCommand::undo() {
    m_submit({roster::SetLayout{m_before}});
}

} // namespace rackmuster::ui
