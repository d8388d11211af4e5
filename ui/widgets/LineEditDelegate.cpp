#include "ui/widgets/LineEditDelegate.h"

#include "ui/models/MachineModel.h"

#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPersistentModelIndex>
#include <QStyle>
#include <QValidator>

namespace rackmuster::ui {

namespace {

/// Lets everything be typed; only what the check takes may be committed.
class CellValidator final : public QValidator {
public:
    CellValidator(LineEditDelegate::Check check, const QModelIndex& index, QObject* parent)
        : QValidator(parent), m_check(std::move(check)), m_index(index) {}

    State validate(QString& text, int&) const override {
        return reason(text).isEmpty() ? Acceptable : Intermediate;
    }
    [[nodiscard]] QString reason(const QString& text) const { return m_check(m_index, text); }

private:
    LineEditDelegate::Check m_check;
    QPersistentModelIndex m_index;
};

} // namespace

LineEditDelegate::LineEditDelegate(const Theme& theme, CellStyle style, Check check, QObject* parent)
    : RowDelegate(theme, style, parent), m_check(std::move(check)) {}

QWidget* LineEditDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&,
                                        const QModelIndex& index) const {
    auto* const editor = new QLineEdit(parent);
    auto* const validator = new CellValidator(m_check, index, editor);
    editor->setObjectName(QStringLiteral("cellEditor"));
    editor->setValidator(validator);
    editor->setMaxLength(253);
    connect(editor, &QLineEdit::textChanged, this,
            [this, editor, validator](const QString& text) { showReason(*editor, validator->reason(text)); });
    return editor;
}

void LineEditDelegate::destroyEditor(QWidget* editor, const QModelIndex& index) const {
    delete m_reason;
    RowDelegate::destroyEditor(editor, index);
}

void LineEditDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                            const QModelIndex&) const {
    QRect cell = option.rect;
    cell.setWidth(qMax(cell.width(), 130)); // room for a whole name or address
    editor->setGeometry(cell);
}

bool LineEditDelegate::eventFilter(QObject* watched, QEvent* event) {
    const auto* const editor = qobject_cast<QLineEdit*>(watched);
    if (editor && event->type() == QEvent::FocusOut && !editor->hasAcceptableInput())
        return false; // stays open: what was typed is not lost
    return RowDelegate::eventFilter(watched, event);
}

void LineEditDelegate::showReason(QLineEdit& editor, const QString& reason) const {
    editor.setProperty("invalid", !reason.isEmpty());
    editor.style()->polish(&editor);
    if (reason.isEmpty()) {
        delete m_reason;
        return;
    }
    if (!m_reason) {
        m_reason = new QLabel(editor.parentWidget());
        m_reason->setObjectName(QStringLiteral("cellReason"));
        m_reason->setTextFormat(Qt::PlainText);
        m_reason->setMargin(metrics::small);
        m_reason->setStyleSheet(QStringLiteral("background: %1; color: %2;")
                                    .arg(tokens().tone(ToneName::Problem).ground.name(),
                                         tokens().tone(ToneName::Problem).ink.name()));
    }
    m_reason->setText(reason);
    m_reason->adjustSize();
    const int room = editor.parentWidget()->width() - m_reason->width();
    m_reason->move(qMax(0, qMin(editor.x(), room)), editor.geometry().bottom() + 1);
    m_reason->show();
    m_reason->raise();
}

void LineEditDelegate::paintContent(QPainter& painter, const QStyleOptionViewItem& option,
                                    const QModelIndex& index) const {
    QRect area = contentRect(option.rect);
    if (index.data(MachineModel::PinnedRole).toBool()) {
        const QRect pin(area.right() - 11, area.center().y() - 5, 12, 12);
        theme().icon(QStringLiteral("pin"), tokens().muted).paint(&painter, pin);
        area.setRight(pin.left() - 2);
    }
    paintText(painter, area, index.data().toString(), option.font);
}

} // namespace rackmuster::ui
