#pragma once

#include "ui/Workbench.h"
#include "ui/widgets/SideBar.h"

#include <QMainWindow>

class QMenu;
class QSettings;
class QStackedWidget;

namespace rackmuster::ui {

class DropVeil;
class FileIntake;
class ImagesPage;
class MachinesPage;
class NetworkPage;
class NoticeBar;
class RackPage;
class RollCallPage;
class Theme;
class TopBar;

/// The shell: bars round the pages, navigation, drops, and what is remembered.
class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    /// All three outlive the window. Shows the page and the layout that `settings` remembers.
    MainWindow(Workbench& workbench, Theme& theme, QSettings& settings, QWidget* parent = nullptr);

    void showPage(PageName page);
    [[nodiscard]] PageName page() const;
    void chooseInterface(const QString& name);
    /// Starts the services with what is chosen on the Network page.
    void tellPause();
    void startServices();
    /// Closes without the question about machines in work: when another window takes over, or a signal ends
    /// all.
    void closeUnasked();

Q_SIGNALS:
    /// "en" or "zh_CN"; who listens makes a new window in that language.
    void languageChosen(const QString& language);

protected:
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void addPages();
    void connectPages();
    void addShortcuts();
    [[nodiscard]] QMenu* makeSettingsMenu();
    void addThemeMenu(QMenu& menu);
    void addLanguageMenu(QMenu& menu);
    void startOrStop();
    void enterRollCall();
    void leaveRollCall();
    void connectIntake();
    void showAbout();
    [[nodiscard]] bool mayStopServing();
    void remember();
    void restore();

    Workbench& m_workbench;
    Theme& m_theme;
    QSettings& m_settings;
    TopBar* m_topBar;
    SideBar* m_sideBar;
    QStackedWidget* m_pages;
    QStackedWidget* m_screens; ///< The pages with their bars, and the roll call that fills the screen.
    RollCallPage* m_rollCall;
    RackPage* m_rack;
    MachinesPage* m_machines;
    ImagesPage* m_images;
    NetworkPage* m_network;
    NoticeBar* m_notice;
    FileIntake* m_intake;
    DropVeil* m_veil;
    bool m_closesUnasked = false;
    bool m_isPaused = false; ///< as last told
};

} // namespace rackmuster::ui
