#pragma once

#include "ui/widgets/RowDelegate.h"

#include <QPointer>

#include <functional>

class QLabel;
class QLineEdit;

namespace rackmuster::ui {

/// A text cell that is typed into. A value that cannot be taken keeps its editor open, with the reason below
/// it: nothing typed is lost. Escape gives up.
class LineEditDelegate final : public RowDelegate {
    Q_OBJECT

public:
    /// Why `text` cannot stand at `index`; empty when it can.
    using Check = std::function<QString(const QModelIndex& index, const QString& text)>;

    LineEditDelegate(const Theme& theme, CellStyle style, Check check, QObject* parent = nullptr);

    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const override;
    void destroyEditor(QWidget* editor, const QModelIndex& index) const override;
    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintContent(QPainter& painter, const QStyleOptionViewItem& option,
                      const QModelIndex& index) const override;

private:
    void showReason(QLineEdit& editor, const QString& reason) const;

    Check m_check;
    mutable QPointer<QLabel> m_reason; ///< below the open editor
};

} // namespace rackmuster::ui
