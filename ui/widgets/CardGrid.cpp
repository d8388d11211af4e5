#include "ui/widgets/CardGrid.h"

#include "ui/Tokens.h"

#include <QGridLayout>

#include <algorithm>

namespace rackmuster::ui {

CardGrid::CardGrid(int smallestCardWidth, QWidget* parent)
    : QWidget(parent), m_smallest(smallestCardWidth), m_grid(new QGridLayout(this)) {
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(metrics::medium + 2);
    m_grid->setAlignment(Qt::AlignTop);
}

void CardGrid::setCards(const std::vector<QWidget*>& cards) {
    for (QWidget* const card : m_cards)
        card->deleteLater(); // a card's own button may be what led here
    for (QWidget* const card : m_cards)
        card->hide();
    m_cards = cards;
    arrange();
}

int CardGrid::columnsFor(int width) const {
    return std::clamp((width + m_grid->spacing()) / (m_smallest + m_grid->spacing()), 1, 4);
}

void CardGrid::arrange() {
    while (QLayoutItem* const item = m_grid->takeAt(0))
        delete item;
    for (int column = 0; column < 4; ++column)
        m_grid->setColumnStretch(column, 0);
    for (int row = 0; row < m_grid->rowCount(); ++row)
        m_grid->setRowStretch(row, 0);
    m_columns = columnsFor(width());
    for (std::size_t i = 0; i < m_cards.size(); ++i) {
        const int place = static_cast<int>(i);
        m_grid->addWidget(m_cards[i], place / m_columns, place % m_columns);
    }
    for (int column = 0; column < m_columns; ++column)
        m_grid->setColumnStretch(column, 1);
    m_grid->setRowStretch(m_grid->rowCount(), 1); // the cards stay at the top
}

void CardGrid::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (columnsFor(width()) != m_columns)
        arrange();
}

} // namespace rackmuster::ui
