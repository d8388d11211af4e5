#include "ui/widgets/CardGrid.h"

#include "ui/Tokens.h"

#include <QGridLayout>
#include <QKeyEvent>

#include <algorithm>

namespace rackmuster::ui {

namespace {

constexpr int mostColumns = 6;

} // namespace

CardGrid::CardGrid(int smallestCardWidth, QWidget* parent)
    : QWidget(parent), m_smallest(smallestCardWidth), m_grid(new QGridLayout(this)) {
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(metrics::medium + 2);
    m_grid->setAlignment(Qt::AlignTop);
}

void CardGrid::setCards(const std::vector<QWidget*>& cards) {
    if (cards == m_cards)
        return;
    m_cards = cards;
    arrange();
}

int CardGrid::columnsFor(int width) const {
    return std::clamp((width + m_grid->spacing()) / (m_smallest + m_grid->spacing()), 1, mostColumns);
}

void CardGrid::arrange() {
    while (QLayoutItem* const item = m_grid->takeAt(0))
        delete item;
    for (int column = 0; column < mostColumns; ++column)
        m_grid->setColumnStretch(column, 0);
    m_columns = columnsFor(width());
    for (std::size_t i = 0; i < m_cards.size(); ++i) {
        const int place = static_cast<int>(i);
        m_grid->addWidget(m_cards[i], place / m_columns, place % m_columns);
    }
    for (int column = 0; column < m_columns; ++column)
        m_grid->setColumnStretch(column, 1);
}

void CardGrid::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (columnsFor(width()) != m_columns)
        arrange();
}

int CardGrid::focusedPlace() const {
    const auto focused =
        std::find_if(m_cards.begin(), m_cards.end(), [](const QWidget* card) { return card->hasFocus(); });
    return focused == m_cards.end() ? -1 : static_cast<int>(focused - m_cards.begin());
}

void CardGrid::keyPressEvent(QKeyEvent* event) {
    const int place = focusedPlace();
    int target = place;
    switch (event->key()) {
    case Qt::Key_Left:
        --target;
        break;
    case Qt::Key_Right:
        ++target;
        break;
    case Qt::Key_Up:
        target -= m_columns;
        break;
    case Qt::Key_Down:
        target += m_columns;
        break;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    if (place < 0 || target < 0 || target >= static_cast<int>(m_cards.size()))
        return;
    QWidget* const card = m_cards[static_cast<std::size_t>(target)];
    card->setFocus(Qt::TabFocusReason);
    Q_EMIT cardReached(card);
}

} // namespace rackmuster::ui
