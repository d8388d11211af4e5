#include "ui/widgets/PortsDialog.h"

#include "core/engine/SwitchForm.h"
#include "ui/Theme.h"
#include "ui/text/PlainText.h"
#include "ui/text/Sentences.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/RowDelegate.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTableWidget>
#include <QTextBlock>

namespace rackmuster::ui {

namespace {

enum Column { Address, Community, User, Password, PrivacyPassword, ColumnCount };

constexpr int shortestPassword = 8; // RFC 3414 11.2
constexpr int mapLines = 7;
constexpr int switchRows = 4;
constexpr int tableWidth = 700;

/// Passwords and communities are seen while they are typed, and by nobody who looks on later.
class SecretDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QString displayText(const QVariant& value, const QLocale& /*locale*/) const override {
        return value.toString().isEmpty() ? QString() : QString(6, QChar(0x2022));
    }
    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const override {
        QWidget* const editor = QStyledItemDelegate::createEditor(parent, option, index);
        if (auto* const line = qobject_cast<QLineEdit*>(editor))
            line->setEchoMode(QLineEdit::PasswordEchoOnEdit);
        return editor;
    }
};

} // namespace

PortsDialog::PortsDialog(const engine::PortSettings& settings, const Theme& theme, QWidget* parent)
    : FormDialog(
          tr("Switch ports"),
          tr("A machine whose switch port is known stands in the slot of that port, whatever the order "
             "in which machines come. Relays and switches tell the port with the request (option 82); "
             "other switches are asked by SNMP. What you placed yourself never moves."),
          tr("Apply"), parent),
      m_theme(theme), m_before(settings) {
    setObjectName(QStringLiteral("portsDialog"));
    makeMap();
    addField(tr("Port map: a slot and its port in each line, or a pattern"), *m_map);
    addField({}, *m_mapProblem);
    addField(tr("Switches that are asked"), *makeSwitches());
    m_map->setPlainText(settings.map);
    for (const engine::SwitchAccess& access : settings.switches)
        addSwitch(access);
    markLines();
    check();
    m_map->setFocus();
}

void PortsDialog::makeMap() {
    m_map = new QPlainTextEdit;
    m_map->setObjectName(QStringLiteral("portMap"));
    m_map->setAccessibleName(tr("Port map"));
    m_map->setFont(fixedFont());
    m_map->setTabChangesFocus(true);
    m_map->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_map->setPlaceholderText(QStringLiteral("7 Gi1/0/9\n8 Gi1/0/10 @10.0.0.2\nGi1/0/{slot}"));
    m_map->setFixedHeight(mapLines * m_map->fontMetrics().lineSpacing() + metrics::large);
    m_mapProblem = wrappedLabel({}, "muted");
    m_mapProblem->setObjectName(QStringLiteral("portMapProblem"));
    m_mapProblem->setMinimumHeight(2 * m_mapProblem->fontMetrics().lineSpacing()); // moves nothing
    m_mapProblem->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    connect(m_map, &QPlainTextEdit::textChanged, this, &PortsDialog::markLines);
}

QWidget* PortsDialog::makeSwitches() {
    auto* const box = new QWidget;
    auto* const row = new QHBoxLayout(box);
    setSpacing(*row, 0, metrics::small);
    m_switches = new QTableWidget(0, ColumnCount);
    m_switches->setObjectName(QStringLiteral("switchTable"));
    m_switches->setAccessibleName(tr("Switches that are asked"));
    m_switches->setHorizontalHeaderLabels(
        {tr("Address"), tr("Community"), tr("SNMPv3 user"), tr("Password"), tr("Privacy password")});
    m_switches->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_switches->horizontalHeader()->setSectionResizeMode(Address, QHeaderView::Stretch);
    m_switches->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_switches->verticalHeader()->hide();
    m_switches->verticalHeader()->setDefaultSectionSize(metrics::compactRowHeight);
    m_switches->setSelectionMode(QAbstractItemView::SingleSelection);
    m_switches->setMinimumWidth(tableWidth);
    m_switches->setFixedHeight((switchRows + 1) * metrics::rowHeight);
    for (const int column : {Community, Password, PrivacyPassword})
        m_switches->setItemDelegateForColumn(column, new SecretDelegate(m_switches));
    row->addWidget(m_switches, 1);
    auto* const buttons = new QVBoxLayout;
    buttons->setSpacing(metrics::tiny);
    auto* const add = new QPushButton(tr("Add"));
    add->setObjectName(QStringLiteral("addSwitch"));
    auto* const remove = new QPushButton(tr("Remove"));
    remove->setObjectName(QStringLiteral("removeSwitch"));
    for (QPushButton* const button : {add, remove}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    buttons->addStretch();
    row->addLayout(buttons);
    box->setFocusProxy(m_switches);
    connect(m_switches, &QTableWidget::itemChanged, this, &PortsDialog::check);
    connect(remove, &QPushButton::clicked, this, &PortsDialog::removeSwitch);
    connect(add, &QPushButton::clicked, this, [this] {
        addSwitch({});
        m_switches->setCurrentCell(m_switches->rowCount() - 1, Address);
        m_switches->editItem(m_switches->currentItem());
    });
    return box;
}

void PortsDialog::addSwitch(const engine::SwitchAccess& access) {
    const engine::SwitchForm form = engine::toForm(access);
    const int row = m_switches->rowCount();
    m_known.push_back(access);
    m_switches->insertRow(row);
    const QStringList texts{form.address, form.community, form.user, form.password, form.privacyPassword};
    for (int column = 0; column < ColumnCount; ++column)
        m_switches->setItem(row, column, new QTableWidgetItem(texts.at(column)));
    check();
}

void PortsDialog::removeSwitch() {
    const int row = m_switches->currentRow() >= 0 ? m_switches->currentRow() : m_switches->rowCount() - 1;
    if (row < 0)
        return;
    m_switches->removeRow(row);
    m_known.erase(m_known.begin() + row);
    check();
}

QString PortsDialog::text(int row, int column) const {
    const QTableWidgetItem* const item = m_switches->item(row, column);
    return item == nullptr ? QString() : item->text();
}

engine::PortSettings PortsDialog::settings() const {
    engine::PortSettings out{m_map->toPlainText(), {}, m_before.mostMacs};
    for (int row = 0; row < m_switches->rowCount(); ++row) {
        const auto access = engine::fromForm({text(row, Address), text(row, Community), text(row, User),
                                              text(row, Password), text(row, PrivacyPassword)},
                                             m_known[static_cast<std::size_t>(row)]);
        if (access)
            out.switches.push_back(*access);
    }
    return out;
}

void PortsDialog::markLines() {
    const std::vector<Error> problems = engine::portMapProblems(m_map->toPlainText());
    QList<QTextEdit::ExtraSelection> marks;
    for (const Error& problem : problems) {
        const QTextBlock block =
            m_map->document()->findBlockByNumber(QString::fromStdString(problem.subject).toInt() - 1);
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(block);
        mark.cursor.select(QTextCursor::LineUnderCursor);
        mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        mark.format.setUnderlineColor(m_theme.tokens().tone(ToneName::Problem).ink);
        mark.format.setForeground(m_theme.tokens().tone(ToneName::Problem).ink);
        marks.append(mark);
    }
    m_map->setExtraSelections(marks);
    m_mapProblem->setText(problems.empty() ? QString() : sentence(problems.front()));
}

QString PortsDialog::problemOf(int row) const {
    const QString address = text(row, Address);
    const QString password = text(row, Password);
    const QString privacy = text(row, PrivacyPassword);
    if (address.trimmed().isEmpty())
        return tr("Give the switch its address.");
    if (privacy.isEmpty() ? !password.isEmpty() && password.size() < shortestPassword
                          : std::min(password.size(), privacy.size()) < shortestPassword)
        return tr("The passwords of SNMPv3 have at least 8 characters, and privacy needs both.");
    const auto access = engine::fromForm({address, text(row, Community), text(row, User), password, privacy},
                                         m_known[static_cast<std::size_t>(row)]);
    if (!access && access.error().code == ErrorCode::BadAddress)
        return tr("“%1” is no address of a switch.").arg(printable(address));
    return access ? QString() : sentence(access.error());
}

void PortsDialog::check() {
    for (int row = 0; row < m_switches->rowCount(); ++row) {
        if (const QString wrong = problemOf(row); !wrong.isEmpty())
            return setProblem(wrong);
    }
    setProblem({});
}

} // namespace rackmuster::ui
