#pragma once

#include "ui/Theme.h"

#include <QFrame>

class QLabel;

namespace rackmuster::ui {

/// One sentence about what could not be done, floating over the page so that nothing below moves.
class NoticeBar final : public QFrame {
    Q_OBJECT

public:
    /// Stays at the lower edge of `host`.
    NoticeBar(const Theme& theme, QWidget& host);

    void showSentence(const QString& sentence);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();

    QLabel* m_text;
};

} // namespace rackmuster::ui
