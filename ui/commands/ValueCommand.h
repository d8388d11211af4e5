#pragma once

#include <QString>
#include <QUndoCommand>

#include <functional>
#include <utility>

namespace rackmuster::ui {

/// Gives something another value: an image its name, a profile its way of booting.
template <typename Value>
class ValueCommand final : public QUndoCommand {
public:
    using Set = std::function<void(const Value& value)>;

    /// `text` names it in the undo menu.
    ValueCommand(const QString& text, Value before, Value after, Set set)
        : QUndoCommand(text), m_before(std::move(before)), m_after(std::move(after)), m_set(std::move(set)) {}

    void redo() override { m_set(m_after); }
    void undo() override { m_set(m_before); }

private:
    Value m_before;
    Value m_after;
    Set m_set;
};

} // namespace rackmuster::ui
