#pragma once

#include "ui/Theme.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace rackmuster::ui {

/// What an empty page says: what to do first, and the button that does it.
class EmptyState final : public QWidget {
    Q_OBJECT

public:
    explicit EmptyState(const Theme& theme, QWidget* parent = nullptr);

    /// An empty `button` shows none.
    void setContent(const QString& iconName, const QString& heading, const QString& text,
                    const QString& button);

Q_SIGNALS:
    void buttonClicked();

private:
    void tint();

    const Theme& m_theme;
    QString m_iconName;
    QLabel* m_icon;
    QLabel* m_heading;
    QLabel* m_text;
    QPushButton* m_button;
};

} // namespace rackmuster::ui
