#include "ui/widgets/SideBar.h"

#include "ui/widgets/Labels.h"
#include "ui/widgets/NavButton.h"

#include <QButtonGroup>
#include <QCoreApplication>
#include <QKeySequence>
#include <QMenu>
#include <QVBoxLayout>

namespace rackmuster::ui {

namespace {

struct Entry {
    PageName page;
    const char* word; ///< Also the icon's name.
    const char* title;
};

constexpr std::array entries{
    Entry{PageName::Rack, "rack", QT_TRANSLATE_NOOP("SideBar", "Rack")},
    Entry{PageName::Machines, "machines", QT_TRANSLATE_NOOP("SideBar", "Machines")},
    Entry{PageName::Images, "images", QT_TRANSLATE_NOOP("SideBar", "Images")},
    Entry{PageName::Profiles, "profiles", QT_TRANSLATE_NOOP("SideBar", "Profiles")},
    Entry{PageName::Network, "network", QT_TRANSLATE_NOOP("SideBar", "Network")},
    Entry{PageName::Log, "log", QT_TRANSLATE_NOOP("SideBar", "Log")},
};
static_assert(entries.size() == pageCount);

} // namespace

QString toWord(PageName page) {
    return QLatin1String(entries.at(static_cast<std::size_t>(page)).word);
}

PageName pageFromWord(const QString& word) {
    for (const Entry& entry : entries) {
        if (word == QLatin1String(entry.word))
            return entry.page;
    }
    return PageName::Machines;
}

SideBar::SideBar(const Theme& theme, QWidget* parent) : QFrame(parent), m_group(new QButtonGroup(this)) {
    setProperty("role", QStringLiteral("side"));
    auto* const layout = new QVBoxLayout(this);
    setSpacing(*layout, metrics::small, 2);
    layout->setContentsMargins(metrics::small, metrics::medium, metrics::small, metrics::medium);
    for (const Entry& entry : entries) {
        const auto index = static_cast<std::size_t>(entry.page);
        const QString title = QCoreApplication::translate("SideBar", entry.title);
        auto* const button = new NavButton(theme, QLatin1String(entry.word), title);
        button->setObjectName(QStringLiteral("nav-") + QLatin1String(entry.word));
        button->setShortcut(QKeySequence(QStringLiteral("Ctrl+%1").arg(index + 1)));
        m_group->addButton(button, static_cast<int>(index));
        layout->addWidget(button);
        m_buttons.at(index) = button;
    }
    layout->addStretch();
    m_settings = new NavButton(theme, QStringLiteral("settings"), tr("Settings"));
    m_settings->setObjectName(QStringLiteral("settingsButton"));
    m_settings->setCheckable(false);
    layout->addWidget(m_settings);
    connect(m_settings, &NavButton::clicked, this, &SideBar::popUpSettings);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int id, bool isChosen) {
        if (isChosen) // a screen reader toggles and does not click
            Q_EMIT pageChosen(static_cast<PageName>(id));
    });
    setNarrow(false);
}

void SideBar::popUpSettings() {
    if (!m_settingsMenu)
        return;
    const QPoint above = m_settings->mapToGlobal(QPoint(0, -m_settingsMenu->sizeHint().height()));
    m_settingsMenu->popup(above);
}

void SideBar::setCurrent(PageName page) {
    m_buttons.at(static_cast<std::size_t>(page))->setChecked(true);
}

void SideBar::setWaiting(int count) {
    m_buttons.at(static_cast<std::size_t>(PageName::Machines))->setBadge(count);
}

void SideBar::setNarrow(bool isNarrow) {
    setFixedWidth(isNarrow ? metrics::narrowSideBarWidth : metrics::sideBarWidth);
    for (NavButton* const button : m_buttons)
        button->setNarrow(isNarrow);
    m_settings->setNarrow(isNarrow);
}

} // namespace rackmuster::ui
