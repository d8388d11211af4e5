#pragma once

#include "ui/Theme.h"
#include "ui/models/ImageActs.h"

#include <QFrame>

#include <map>

class QBoxLayout;
class QLabel;
class QMenu;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace rackmuster::ui {

class BootBadges;
class Emblem;
class NameField;
class StatePill;
class TextLine;
struct ImageStatus;

/// One image: what it is, what can boot from it, how it is doing, and what can be done with it. It stays the
/// same widget while the image changes: focus, menu and a name being typed are left alone.
class ImageCard final : public QFrame {
    Q_OBJECT

public:
    explicit ImageCard(const Theme& theme, QWidget* parent = nullptr);

    void setImage(const ImageEntry& entry, const ImagePlace& place);
    [[nodiscard]] const ImageEntry& entry() const { return m_entry; }
    [[nodiscard]] const ImagePlace& place() const { return m_place; }
    /// Lets the name be typed anew, in place.
    void editName();
    /// What Tab should go through, in order.
    [[nodiscard]] std::vector<QWidget*> focusOrder();

Q_SIGNALS:
    void actRequested(rackmuster::ui::ImageAct act);
    void renamed(const QString& name);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QBoxLayout* makeHead(const Theme& theme);
    void addWords(QBoxLayout& layout, const Theme& theme);
    [[nodiscard]] QBoxLayout* makeActs(const Theme& theme);
    void showStatus(const ImageStatus& status);
    void showNotes(const QStringList& notes);
    void showActs();
    void fillMenu();
    void openMenu(const QPoint& globalPosition);
    void request(ImageAct act);
    [[nodiscard]] QString spokenText(const ImageStatus& status) const;

    ImageEntry m_entry;
    ImagePlace m_place;
    bool m_showsAllNotes = false;
    Emblem* m_emblem;
    NameField* m_name;
    TextLine* m_facts;
    QToolButton* m_more;
    QMenu* m_menu;
    BootBadges* m_badges;
    TextLine* m_status;
    QProgressBar* m_progress;
    QFrame* m_problem;
    QLabel* m_problemText;
    QLabel* m_advice;
    QLabel* m_notes;
    QPushButton* m_moreNotes;
    QLabel* m_details;
    TextLine* m_path;
    StatePill* m_defaultPill;
    std::map<ImageAct, QPushButton*> m_buttons;
};

} // namespace rackmuster::ui
