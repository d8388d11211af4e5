#include "ui/widgets/ChoiceDelegate.h"

#include "ui/models/MachineModel.h"

#include <QComboBox>

namespace rackmuster::ui {

void fillChoices(QComboBox& box, const std::vector<Choice>& choices) {
    for (const Choice& choice : choices) {
        if (choice.startsGroup)
            box.insertSeparator(box.count());
        box.addItem(choice.text, choice.value);
    }
}

QWidget* ChoiceDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&,
                                      const QModelIndex& index) const {
    auto* const box = new QComboBox(parent);
    box->setObjectName(QStringLiteral("cellChoice"));
    fillChoices(*box, m_choices(index));
    auto* const self =
        const_cast<ChoiceDelegate*>(this); // signals of a delegate are emitted from const functions
    connect(box, &QComboBox::activated, self, [self, box] {
        Q_EMIT self->commitData(box);
        Q_EMIT self->closeEditor(box);
    });
    return box;
}

void ChoiceDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const {
    auto* const box = static_cast<QComboBox*>(editor);
    box->setCurrentIndex(qMax(0, box->findData(index.data(MachineModel::ChoiceRole))));
}

void ChoiceDelegate::setModelData(QWidget* editor, QAbstractItemModel* model,
                                  const QModelIndex& index) const {
    model->setData(index, static_cast<QComboBox*>(editor)->currentData(), Qt::EditRole);
}

void ChoiceDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                          const QModelIndex&) const {
    QRect cell = option.rect;
    cell.setWidth(qMax(cell.width(), 150));
    editor->setGeometry(cell);
}

} // namespace rackmuster::ui
