#pragma once

#include "ui/Theme.h"

#include <QFrame>

#include <functional>

class QLabel;
class QPushButton;
class QToolButton;

namespace rackmuster::ui {

/// One sentence floating over the page so that nothing below moves: what could not be done, or what was done
/// and can be taken back.
class NoticeBar final : public QFrame {
    Q_OBJECT

public:
    using Act = std::function<void()>;

    /// Stays at the lower edge of `host`.
    NoticeBar(const Theme& theme, QWidget& host);

    /// Something could not be done.
    void showSentence(const QString& sentence);
    /// Something happened. `button`, a verb, does `act`.
    void tell(const QString& sentence, const QString& button = {}, const Act& act = {});

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void appear(const QString& sentence, const char* role);
    void tint();
    void place();

    const Theme& m_theme;
    QLabel* m_text;
    QPushButton* m_button;
    QToolButton* m_close;
    Act m_act;
};

} // namespace rackmuster::ui
