#pragma once

#include <QString>
#include <QUndoCommand>

#include <functional>

namespace rackmuster::ui {

/// Gives an image another name.
class RenameImageCommand final : public QUndoCommand {
public:
    using Rename = std::function<void(const QString& name)>;

    RenameImageCommand(QString before, QString after, Rename rename);

    void redo() override;
    void undo() override;

private:
    QString m_before;
    QString m_after;
    Rename m_rename;
};

} // namespace rackmuster::ui
