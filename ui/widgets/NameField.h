#pragma once

#include "ui/Theme.h"

#include <QWidget>

class QLineEdit;
class QStackedLayout;

namespace rackmuster::ui {

class TextLine;

/// A name that is edited where it stands: Enter takes it over, Esc leaves it as it was. News of the name do
/// not disturb whoever is typing.
class NameField final : public QWidget {
    Q_OBJECT

public:
    explicit NameField(const Theme& theme, QWidget* parent = nullptr);

    void setName(const QString& name);
    void edit();

Q_SIGNALS:
    /// Neither empty nor the old one.
    void renamed(const QString& name);
    /// The line is gone; who had the focus before should have it again.
    void finished();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void takeOver();
    void leave();

    QString m_name;
    bool m_isEditing = false;
    QStackedLayout* m_stack;
    TextLine* m_shown;
    QLineEdit* m_line;
};

} // namespace rackmuster::ui
