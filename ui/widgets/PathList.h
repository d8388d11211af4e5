#pragma once

#include <QStringList>
#include <QWidget>

class QListWidget;
class QPushButton;

namespace rackmuster::ui {

/// Files in an order that matters: added, removed and moved by buttons, Del, and Alt with the arrow keys.
class PathList final : public QWidget {
    Q_OBJECT

public:
    /// `title` is what the chooser asks for, and the list's accessible name.
    explicit PathList(const QString& title, QWidget* parent = nullptr);

    [[nodiscard]] QStringList paths() const;
    void setPaths(const QStringList& paths);
    /// Each once.
    void add(const QStringList& paths);

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void choose();
    void removeCurrent();
    void moveCurrent(int by);
    void refreshButtons();

    QString m_title;
    QListWidget* m_list;
    QPushButton* m_remove;
    QPushButton* m_up;
    QPushButton* m_down;
};

} // namespace rackmuster::ui
