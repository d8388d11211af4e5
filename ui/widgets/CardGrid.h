#pragma once

#include <QWidget>

#include <vector>

class QGridLayout;

namespace rackmuster::ui {

/// Cards of equal width in as many columns as fit; the arrow keys go from card to card.
class CardGrid final : public QWidget {
    Q_OBJECT

public:
    explicit CardGrid(int smallestCardWidth, QWidget* parent = nullptr);

    /// Shows exactly these, in this order. Cards that were there stay as they are, focus and all; those that
    /// are no longer among them are left to whoever made them.
    void setCards(const std::vector<QWidget*>& cards);
    [[nodiscard]] const std::vector<QWidget*>& cards() const { return m_cards; }

Q_SIGNALS:
    /// By an arrow key.
    void cardReached(QWidget* card);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] int columnsFor(int width) const;
    [[nodiscard]] int focusedPlace() const;
    void arrange();

    int m_smallest;
    int m_columns = 0;
    QGridLayout* m_grid;
    std::vector<QWidget*> m_cards;
};

} // namespace rackmuster::ui
