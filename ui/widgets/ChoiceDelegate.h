#pragma once

#include "ui/models/Choices.h"
#include "ui/widgets/RowDelegate.h"

#include <functional>
#include <utility>
#include <vector>

class QComboBox;

namespace rackmuster::ui {

/// Fills `box` with the choices.
void fillChoices(QComboBox& box, const std::vector<Choice>& choices);

/// A cell whose value is chosen from a list: image or profile.
class ChoiceDelegate final : public RowDelegate {
    Q_OBJECT

public:
    /// What there is to choose for a cell.
    using Choices = std::function<std::vector<Choice>(const QModelIndex&)>;

    ChoiceDelegate(const Theme& theme, Choices choices, QObject* parent = nullptr)
        : RowDelegate(theme, CellStyle::Plain, parent), m_choices(std::move(choices)) {}

    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const override;
    void setEditorData(QWidget* editor, const QModelIndex& index) const override;
    void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override;
    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const override;

private:
    Choices m_choices;
};

} // namespace rackmuster::ui
