#pragma once

#include <QWidget>

#include <vector>

class QGridLayout;

namespace rackmuster::ui {

/// Cards of equal width in as many columns as fit.
class CardGrid final : public QWidget {
    Q_OBJECT

public:
    explicit CardGrid(int smallestCardWidth, QWidget* parent = nullptr);

    /// Takes the cards over; the former ones are deleted.
    void setCards(const std::vector<QWidget*>& cards);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    [[nodiscard]] int columnsFor(int width) const;
    void arrange();

    int m_smallest;
    int m_columns = 0;
    QGridLayout* m_grid;
    std::vector<QWidget*> m_cards;
};

} // namespace rackmuster::ui
