#include "ui/widgets/BootBadges.h"

#include "ui/text/ImageWords.h"
#include "ui/text/PlainText.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/StatePill.h"

#include <QHBoxLayout>

namespace rackmuster::ui {

using roster::MachineState;

namespace {

PillContent pillOf(const BootBadge& badge) {
    switch (badge.mark) {
    case BadgeMark::Yes:
        return {badge.word, ToneName::Ok, MachineState::Done};
    case BadgeMark::Some:
        return {badge.word, ToneName::Waiting, MachineState::Stalled};
    case BadgeMark::Never:
        return {badge.word, ToneName::Problem, MachineState::Failed};
    case BadgeMark::None:
        break;
    }
    return {QStringLiteral("– ") + badge.word, ToneName::Idle, std::nullopt};
}

} // namespace

BootBadges::BootBadges(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {
    auto* const layout = new QHBoxLayout(this);
    setSpacing(*layout, 0, metrics::small);
    layout->addStretch();
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void BootBadges::setImage(const engine::ImageInfo& image) {
    const std::vector<BootBadge> badges = bootBadges(image);
    auto* const row = static_cast<QHBoxLayout*>(layout());
    while (m_pills.size() < badges.size()) {
        m_pills.push_back(new StatePill(m_theme));
        row->insertWidget(static_cast<int>(m_pills.size()) - 1, m_pills.back());
    }
    for (std::size_t i = 0; i < badges.size(); ++i) {
        StatePill& pill = *m_pills[i];
        pill.setContent(pillOf(badges[i]));
        pill.setAccessibleName(badges[i].word);
        pill.setAccessibleDescription(badges[i].hint);
        pill.setToolTip(toolTipText(badges[i].hint));
    }
}

} // namespace rackmuster::ui
