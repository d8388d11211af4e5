#pragma once

#include "ui/Theme.h"

#include <QFrame>

#include <array>
#include <cstdint>

class QButtonGroup;
class QMenu;

namespace rackmuster::ui {

class NavButton;

enum class PageName : std::uint8_t { Rack, Machines, Images, Profiles, Network, Log };
inline constexpr std::size_t pageCount = 6;

/// "rack", "machines", ...: the words of the settings file and of --page.
[[nodiscard]] QString toWord(PageName page);
/// Machines for an unknown word.
[[nodiscard]] PageName pageFromWord(const QString& word);

/// The pages, at the left.
class SideBar final : public QFrame {
    Q_OBJECT

public:
    explicit SideBar(const Theme& theme, QWidget* parent = nullptr);

    void setCurrent(PageName page);
    void setWaiting(int count);
    void setNarrow(bool isNarrow);
    /// Opens above the Settings line.
    void setSettingsMenu(QMenu* menu) { m_settingsMenu = menu; }

Q_SIGNALS:
    void pageChosen(rackmuster::ui::PageName page);

private:
    void popUpSettings();

    QButtonGroup* m_group;
    std::array<NavButton*, pageCount> m_buttons{};
    NavButton* m_settings;
    QMenu* m_settingsMenu = nullptr;
};

} // namespace rackmuster::ui
