#include "ui/widgets/FilterBar.h"

#include <QAction>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QStyle>

namespace rackmuster::ui {

namespace {

struct Chip {
    MachineGroup group;
    const char* objectName;
    const char* text;
};

constexpr std::array chips{
    Chip{MachineGroup::All, "chipAll", QT_TRANSLATE_NOOP("FilterBar", "All %1")},
    Chip{MachineGroup::Waiting, "chipWaiting", QT_TRANSLATE_NOOP("FilterBar", "Waiting %1")},
    Chip{MachineGroup::Installing, "chipInstalling", QT_TRANSLATE_NOOP("FilterBar", "Installing %1")},
    Chip{MachineGroup::Problem, "chipProblem", QT_TRANSLATE_NOOP("FilterBar", "Problem %1")},
    Chip{MachineGroup::Done, "chipDone", QT_TRANSLATE_NOOP("FilterBar", "Done %1")},
};

} // namespace

FilterBar::FilterBar(MachineModel& machines, MachineFilterModel& filter, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_box(new QLineEdit) {
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::small);
    m_box->setObjectName(QStringLiteral("filterBox"));
    m_box->setPlaceholderText(tr("Filter any column"));
    m_box->setAccessibleName(tr("Filter"));
    m_box->setClearButtonEnabled(true);
    m_box->setMinimumWidth(140);
    m_box->setMaximumWidth(260);
    QAction* const lens = m_box->addAction(theme.icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    connect(&theme, &Theme::changed, lens,
            [&theme, lens] { lens->setIcon(theme.icon(QStringLiteral("search"))); });
    connect(m_box, &QLineEdit::textChanged, &filter, &MachineFilterModel::setText);
    layout->addWidget(m_box, 1);
    addChips(filter);
    layout->addStretch();
    connect(&machines, &MachineModel::changed, this, [this, &machines] { updateCounts(machines); });
    updateCounts(machines);
}

void FilterBar::addChips(MachineFilterModel& filter) {
    auto* const group = new QButtonGroup(this);
    for (std::size_t i = 0; i < chips.size(); ++i) {
        auto* const chip = new QPushButton;
        chip->setObjectName(QLatin1String(chips.at(i).objectName));
        chip->setProperty("role", QStringLiteral("chip"));
        chip->setCheckable(true);
        chip->setAutoDefault(false);
        group->addButton(chip, static_cast<int>(i));
        layout()->addWidget(chip);
        m_chips.at(i) = chip;
    }
    m_chips.front()->setChecked(true);
    connect(group, &QButtonGroup::idToggled, &filter, [&filter](int id, bool isChosen) {
        if (isChosen)
            filter.setGroup(chips.at(static_cast<std::size_t>(id)).group);
    });
}

void FilterBar::updateCounts(const MachineModel& machines) {
    for (std::size_t i = 0; i < chips.size(); ++i) {
        const int count = machines.count(chips.at(i).group);
        m_chips.at(i)->setText(QCoreApplication::translate("FilterBar", chips.at(i).text).arg(count));
        const bool isAlarm = chips.at(i).group == MachineGroup::Problem && count > 0;
        if (m_chips.at(i)->property("alarm").toBool() != isAlarm) {
            m_chips.at(i)->setProperty("alarm", isAlarm);
            m_chips.at(i)->style()->polish(m_chips.at(i));
        }
    }
}

void FilterBar::addAtEnd(QWidget& widget) {
    layout()->addWidget(&widget);
}

void FilterBar::focusBox() {
    m_box->setFocus(Qt::ShortcutFocusReason);
    m_box->selectAll();
}

void FilterBar::clear() {
    m_box->clear();
    m_chips.front()->click();
}

} // namespace rackmuster::ui
