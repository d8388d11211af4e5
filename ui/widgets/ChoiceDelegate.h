#pragma once

#include "ui/widgets/RowDelegate.h"

#include <functional>
#include <utility>
#include <vector>

namespace rackmuster::ui {

/// A cell whose value is chosen from a list: image or profile. The default choice has an empty value.
class ChoiceDelegate final : public RowDelegate {
    Q_OBJECT

public:
    struct Choice {
        QString value;
        QString text;
    };
    using Choices = std::function<std::vector<Choice>()>;

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
