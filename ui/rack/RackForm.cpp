#include "ui/rack/RackForm.h"

#include "ui/Theme.h"
#include "ui/text/PlainText.h"
#include "ui/text/Sentences.h"
#include "ui/widgets/Labels.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QStyle>

namespace rackmuster::ui {

RackForm::RackForm(Workbench& workbench, QWidget* parent) : QWidget(parent), m_workbench(workbench) {
    makeFields();
    arrangeFields();
    connectFields();
    connect(&workbench.machines(), &MachineModel::changed, this,
            [this, shown = roster::RackLayout()]() mutable {
                if (shown != m_workbench.machines().layout()) { // what is being typed survives other news
                    shown = m_workbench.machines().layout();
                    showLayout();
                }
            });
    showLayout();
}

void RackForm::makeFields() {
    m_name = new QLineEdit;
    m_slots = new QSpinBox;
    m_direction = new QComboBox;
    m_direction->addItem(tr("Bottom up"), static_cast<int>(roster::Direction::BottomUp));
    m_direction->addItem(tr("Top down"), static_cast<int>(roster::Direction::TopDown));
    m_direction->addItem(tr("Odd slots, then even ones"), static_cast<int>(roster::Direction::OddEven));
    m_direction->addItem(tr("Column by column"), static_cast<int>(roster::Direction::ByColumn));
    m_columns = new QSpinBox;
    m_columns->setRange(1, 99);
    m_pattern = new QLineEdit;
    m_address = new QLineEdit;
    m_preview = wrappedLabel({}, "muted");
    m_apply = new QPushButton(tr("Apply"));
    m_revert = new QPushButton(tr("Revert"));
    m_name->setObjectName(QStringLiteral("rackName"));
    m_slots->setObjectName(QStringLiteral("rackSlots"));
    m_pattern->setObjectName(QStringLiteral("namePattern"));
    m_address->setObjectName(QStringLiteral("firstAddress"));
    m_direction->setObjectName(QStringLiteral("rackDirection"));
    m_columns->setObjectName(QStringLiteral("rackColumns"));
    m_apply->setObjectName(QStringLiteral("applyLayout"));
    m_apply->setProperty("role", QStringLiteral("primary"));
    m_slots->setRange(1, 999);
    m_address->setPlaceholderText(tr("from the address range"));
}

void RackForm::arrangeFields() {
    auto* const form = new QFormLayout;
    form->setHorizontalSpacing(metrics::large);
    form->setVerticalSpacing(metrics::medium);
    const auto addRow = [form](const QString& caption, QWidget* field) {
        QLabel* const label = plainLabel(caption, "muted");
        label->setBuddy(field);
        field->setAccessibleName(caption);
        form->addRow(label, field);
    };
    addRow(tr("Rack"), m_name);
    addRow(tr("Slots"), m_slots);
    addRow(tr("Powered on"), m_direction);
    addRow(tr("Machines side by side"), m_columns);
    addRow(tr("Name pattern"), m_pattern);
    addRow(tr("Address of slot 1"), m_address);
    auto* const buttons = new QHBoxLayout;
    buttons->addWidget(m_apply);
    buttons->addWidget(m_revert);
    buttons->addStretch();
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::large);
    column->addWidget(wrappedLabel(tr("Names and addresses follow the slot"), "title"));
    column->addWidget(
        wrappedLabel(tr("{slot} is the slot, {slot:02} with two digits, {rack} the rack's name. "
                        "What is typed by hand in the table stays."),
                     "muted"));
    column->addLayout(form);
    column->addWidget(m_preview);
    column->addLayout(buttons);
    column->addStretch();
}

void RackForm::connectFields() {
    for (QLineEdit* const field : {m_name, m_pattern, m_address}) {
        connect(field, &QLineEdit::textEdited, this, &RackForm::refreshPreview);
        connect(field, &QLineEdit::returnPressed, m_apply, &QPushButton::click);
    }
    for (QSpinBox* const field : {m_slots, m_columns})
        connect(field, &QSpinBox::valueChanged, this, &RackForm::refreshPreview);
    connect(m_direction, &QComboBox::currentIndexChanged, this, &RackForm::refreshPreview);
    connect(m_apply, &QPushButton::clicked, this, &RackForm::applyTyped);
    connect(m_revert, &QPushButton::clicked, this, &RackForm::showLayout);
}

void RackForm::showLayout() {
    const roster::RackLayout& layout = m_workbench.machines().layout();
    m_name->setText(QString::fromStdString(layout.name));
    m_slots->setValue(layout.slotCount);
    m_direction->setCurrentIndex(qMax(0, m_direction->findData(static_cast<int>(layout.direction))));
    m_columns->setValue(layout.columns);
    m_pattern->setText(QString::fromStdString(layout.namePattern));
    m_address->setText(layout.firstAddress ? QString::fromStdString(layout.firstAddress->toString())
                                           : QString());
    refreshPreview();
}

tl::expected<roster::RackLayout, QString> RackForm::typedLayout() const {
    roster::RackLayout layout = m_workbench.machines().layout();
    layout.name = m_name->text().trimmed().toStdString();
    layout.slotCount = m_slots->value();
    layout.direction = static_cast<roster::Direction>(m_direction->currentData().toInt());
    layout.columns = m_columns->value();
    layout.namePattern = m_pattern->text().trimmed().toStdString();
    layout.firstAddress.reset();
    if (layout.name.empty())
        return tl::unexpected<QString>(tr("Give the rack a name."));
    if (const Result<void> checked = roster::checkNamePattern(layout.namePattern); !checked)
        return tl::unexpected<QString>(sentence(checked.error()));
    if (const QString text = m_address->text().trimmed(); !text.isEmpty()) {
        const Result<Ipv4Address> address = Ipv4Address::parse(text.toStdString());
        if (!address)
            return tl::unexpected<QString>(
                tr("“%1” is not an IPv4 address such as 192.168.0.101.").arg(printable(text)));
        layout.firstAddress = *address;
    }
    return layout;
}

void RackForm::refreshPreview() {
    const auto layout = typedLayout();
    m_columns->setEnabled(m_direction->currentData().toInt() ==
                          static_cast<int>(roster::Direction::ByColumn));
    const bool isChanged = !layout || *layout != m_workbench.machines().layout();
    m_apply->setEnabled(layout && isChanged);
    m_revert->setEnabled(isChanged);
    m_preview->setProperty("role", layout ? QStringLiteral("muted") : QStringLiteral("fault"));
    m_preview->style()->unpolish(m_preview);
    m_preview->style()->polish(m_preview);
    if (!layout) {
        m_preview->setText(layout.error());
        return;
    }
    const auto line = [&layout](int slot) {
        const std::optional<Ipv4Address> address = layout->addressOf(slot);
        return QStringLiteral("%1  %2  %3")
            .arg(slot, 2, 10, QLatin1Char('0'))
            .arg(QString::fromStdString(layout->hostnameOf(slot)),
                 address ? QString::fromStdString(address->toString()) : QString());
    };
    m_preview->setText(
        QStringList{line(1), line(2), QStringLiteral("…"), line(layout->slotCount)}.join(QLatin1Char('\n')));
}

void RackForm::applyTyped() {
    if (const auto layout = typedLayout())
        m_workbench.setLayout(*layout);
}

} // namespace rackmuster::ui
