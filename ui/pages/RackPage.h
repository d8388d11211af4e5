#pragma once

#include "ui/Workbench.h"

#include <QWidget>

class QBoxLayout;
class QSettings;
class QToolButton;

namespace rackmuster::ui {

class PlaceActs;
class RackForm;
class RackPicture;
class RackTray;
class SheetActs;
class Theme;

/// The rack in large, the machines that have no slot in it, and how names and addresses follow from its
/// slots.
class RackPage final : public QWidget {
    Q_OBJECT

public:
    RackPage(Workbench& workbench, const Theme& theme, QWidget* parent = nullptr);

    void saveLayout(QSettings& settings) const;
    void restoreLayout(const QSettings& settings);
    /// Leaves the picture its room where the window has little.
    void setNarrow(bool isNarrow);

Q_SIGNALS:
    void machineChosen(const rackmuster::MacAddress& machine);

private:
    [[nodiscard]] QWidget* makePictureCard();
    [[nodiscard]] QBoxLayout* makeHead();
    [[nodiscard]] QWidget* makeTrayCard();
    [[nodiscard]] QToolButton* makePortsButton();
    [[nodiscard]] QToolButton* zoomButton(const QString& text, const QString& words, const char* name,
                                          const QList<QKeySequence>& keys, void (RackPage::*act)());
    void zoomIn();
    void zoomOut();
    void fit();
    void popUpTrayMenu(const MacAddress& machine, const QPoint& globalPosition);

    Workbench& m_workbench;
    const Theme& m_theme;
    PlaceActs* m_acts;
    RackPicture* m_picture;
    RackTray* m_tray;
    QWidget* m_trayCard;
    RackForm* m_form;
    SheetActs* m_sheetActs;
};

} // namespace rackmuster::ui
