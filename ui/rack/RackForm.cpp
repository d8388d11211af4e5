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

namespace {

QSpinBox* makeSpinBox(const char* name, int least, int most) {
    auto* const box = new QSpinBox;
    box->setObjectName(QLatin1String(name));
    box->setRange(least, most);
    return box;
}

/// What the first slots get, and the last one of the first rack and of all.
QString previewOf(const roster::RackLayout& layout) {
    const auto line = [&layout](int slot) {
        const std::optional<Ipv4Address> address = layout.addressOf(slot);
        return QStringLiteral("%1  %2  %3")
            .arg(printable(layout.slotLabel(slot)).rightJustified(2, QLatin1Char('0')),
                 printable(layout.hostnameOf(slot)),
                 address ? QString::fromStdString(address->toString()) : QString());
    };
    const QString dots = QStringLiteral("…");
    QStringList lines{line(1), line(2), dots, line(layout.slotCount)};
    if (layout.rackCount > 1)
        lines << line(layout.slotAt({2, 1})) << dots << line(layout.lastSlot());
    return lines.join(QLatin1Char('\n'));
}

} // namespace

RackForm::RackForm(Workbench& workbench, QWidget* parent) : QWidget(parent), m_workbench(workbench) {
    setObjectName(QStringLiteral("rackForm"));
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
    m_racks = makeSpinBox("rackCount", 1, roster::maximumSlot);
    m_slots = makeSpinBox("rackSlots", 1, roster::maximumSlot);
    m_direction = new QComboBox;
    m_direction->addItem(tr("Bottom up"), static_cast<int>(roster::Direction::BottomUp));
    m_direction->addItem(tr("Top down"), static_cast<int>(roster::Direction::TopDown));
    m_direction->addItem(tr("Odd slots, then even ones"), static_cast<int>(roster::Direction::OddEven));
    m_direction->addItem(tr("Column by column"), static_cast<int>(roster::Direction::ByColumn));
    m_columns = makeSpinBox("rackColumns", 1, 99);
    m_pattern = new QLineEdit;
    m_address = new QLineEdit;
    m_step = makeSpinBox("addressStep", 1, 65'536);
    m_rackStep = makeSpinBox("rackAddressStep", 0, 1 << 24);
    m_rackStep->setSpecialValueText(tr("they count on"));
    m_preview = wrappedLabel({}, "muted");
    m_apply = new QPushButton(tr("Apply"));
    m_revert = new QPushButton(tr("Revert"));
    m_name->setObjectName(QStringLiteral("rackName"));
    m_pattern->setObjectName(QStringLiteral("namePattern"));
    m_address->setObjectName(QStringLiteral("firstAddress"));
    m_direction->setObjectName(QStringLiteral("rackDirection"));
    m_apply->setObjectName(QStringLiteral("applyLayout"));
    m_apply->setProperty("role", QStringLiteral("primary"));
    m_address->setPlaceholderText(tr("from the address range"));
}

void RackForm::arrangeFields() {
    QFormLayout* const form = m_form = new QFormLayout;
    form->setHorizontalSpacing(metrics::large);
    form->setVerticalSpacing(metrics::medium);
    const auto addRow = [form](const QString& caption, QWidget* field) {
        QLabel* const label = plainLabel(caption, "muted");
        label->setBuddy(field);
        field->setAccessibleName(caption);
        form->addRow(label, field);
    };
    addRow(tr("First rack"), m_name);
    addRow(tr("Racks"), m_racks);
    addRow(tr("Slots of each"), m_slots);
    addRow(tr("Powered on"), m_direction);
    addRow(tr("Machines side by side"), m_columns);
    addRow(tr("Name pattern"), m_pattern);
    addRow(tr("Address of slot 1"), m_address);
    addRow(tr("Step to the next slot"), m_step);
    addRow(tr("Step to the next rack"), m_rackStep);
    auto* const buttons = new QHBoxLayout;
    buttons->addWidget(m_apply);
    buttons->addWidget(m_revert);
    buttons->addStretch();
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::large);
    column->addWidget(wrappedLabel(tr("Names and addresses follow the slot"), "title"));
    column->addWidget(wrappedLabel(
        tr("{slot} is the slot, {slot:02} with two digits, {rack} the rack's name, {rack:02} its "
           "number. What is typed by hand in the table stays."),
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
    for (QSpinBox* const field : {m_racks, m_slots, m_columns, m_step, m_rackStep})
        connect(field, &QSpinBox::valueChanged, this, &RackForm::refreshPreview);
    connect(m_direction, &QComboBox::currentIndexChanged, this, &RackForm::refreshPreview);
    connect(m_apply, &QPushButton::clicked, this, &RackForm::applyTyped);
    connect(m_revert, &QPushButton::clicked, this, &RackForm::showLayout);
}

void RackForm::showLayout() {
    const roster::RackLayout& layout = m_workbench.machines().layout();
    m_name->setText(QString::fromStdString(layout.name));
    m_racks->setValue(layout.rackCount);
    m_slots->setValue(layout.slotCount);
    m_step->setValue(layout.addressStep);
    m_rackStep->setValue(layout.rackAddressStep);
    m_direction->setCurrentIndex(qMax(0, m_direction->findData(static_cast<int>(layout.direction))));
    m_columns->setValue(layout.columns);
    m_pattern->setText(QString::fromStdString(layout.namePattern));
    m_pattern->setCursorPosition(0);
    m_address->setText(layout.firstAddress ? QString::fromStdString(layout.firstAddress->toString())
                                           : QString());
    refreshPreview();
}

tl::expected<roster::RackLayout, QString> RackForm::typedLayout() const {
    roster::RackLayout layout = m_workbench.machines().layout();
    layout.name = m_name->text().trimmed().toStdString();
    layout.rackCount = m_racks->value();
    layout.slotCount = m_slots->value();
    layout.addressStep = m_step->value();
    layout.rackAddressStep = m_rackStep->value();
    layout.direction = static_cast<roster::Direction>(m_direction->currentData().toInt());
    layout.columns = m_columns->value();
    layout.namePattern = m_pattern->text().trimmed().toStdString();
    layout.firstAddress.reset();
    if (layout.name.empty())
        return tl::unexpected<QString>(tr("Give the rack a name."));
    if ((layout.rackCount - 1) * layout.slotCount >= roster::maximumSlot)
        return tl::unexpected<QString>(
            tr("All racks together have at most %1 slots.").arg(roster::maximumSlot));
    const qint64 span = qint64{layout.slotCount} * layout.addressStep;
    if (layout.rackCount > 1 && layout.rackAddressStep != 0 && layout.rackAddressStep < span)
        return tl::unexpected<QString>(tr("A rack needs %1 addresses: the next one begins that far on, or "
                                          "farther.")
                                           .arg(span));
    if (const Result<void> checked = roster::checkNamePattern(layout.namePattern); !checked)
        return tl::unexpected<QString>(sentence(checked.error()));
    if (const QString text = m_address->text().trimmed(); !text.isEmpty()) {
        const Result<Ipv4Address> address = Ipv4Address::parse(text.toStdString());
        if (!address)
            return tl::unexpected<QString>(
                tr("“%1” is not an IPv4 address such as 192.168.0.101.").arg(printable(text)));
        layout.firstAddress = *address;
    }
    if (const Result<void> checked = roster::checkLayout(layout); !checked)
        return tl::unexpected<QString>(sentence(checked.error()));
    return layout;
}

void RackForm::refreshPreview() {
    const auto layout = typedLayout();
    m_form->setRowVisible(m_columns, m_direction->currentData().toInt() ==
                                         static_cast<int>(roster::Direction::ByColumn));
    m_form->setRowVisible(m_rackStep, m_racks->value() > 1);
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
    m_preview->setText(previewOf(*layout));
}

void RackForm::applyTyped() {
    if (const auto layout = typedLayout())
        m_workbench.setLayout(*layout);
}

} // namespace rackmuster::ui
