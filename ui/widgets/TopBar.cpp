#include "ui/widgets/TopBar.h"

#include "ui/Theme.h"
#include "ui/text/PlainText.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/RowDelegate.h"
#include "ui/widgets/ServiceDot.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

namespace rackmuster::ui {

TopBar::TopBar(Workbench& workbench, const Theme& theme, QWidget* parent)
    : QFrame(parent), m_workbench(workbench) {
    setProperty("role", QStringLiteral("bar"));
    setFixedHeight(metrics::topBarHeight);
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(metrics::large, 0, metrics::large, 1);
    layout->setSpacing(metrics::medium);
    m_brand = plainLabel(QStringLiteral("Rackmuster"), "brand");
    layout->addWidget(m_brand);
    addPills(theme);
    layout->addStretch();
    addButtons(theme);
    connect(&workbench.machines(), &MachineModel::changed, this, &TopBar::refreshMachines);
    connect(&workbench, &Workbench::servicesChanged, this, [this, &theme] { refreshServices(theme); });
    connect(&theme, &Theme::changed, this, [this, &theme] { refreshServices(theme); });
    refreshMachines();
    refreshServices(theme);
}

void TopBar::addPills(const Theme& theme) {
    m_rack = new QPushButton;
    m_rack->setObjectName(QStringLiteral("rackPill"));
    m_rack->setProperty("role", QStringLiteral("chip"));
    m_rack->setToolTip(tr("Rack name, names and addresses"));
    connect(m_rack, &QPushButton::clicked, this, &TopBar::rackClicked);
    layout()->addWidget(m_rack);
    // a button with two labels inside: the address stands in the fixed font
    auto* const pill = new QPushButton;
    pill->setObjectName(QStringLiteral("interfacePill"));
    pill->setProperty("role", QStringLiteral("chip"));
    pill->setToolTip(tr("Choose the interface"));
    pill->setAccessibleName(tr("Interface"));
    connect(pill, &QPushButton::clicked, this, &TopBar::interfaceClicked);
    auto* const inside = new QHBoxLayout(pill);
    inside->setContentsMargins(metrics::medium, 0, metrics::medium, 0);
    inside->setSpacing(metrics::small);
    inside->setSizeConstraint(QLayout::SetMinimumSize);
    m_interfaceDot = new ServiceDot(theme);
    m_interfaceDot->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_address = plainLabel();
    m_address->setFont(fixedFont());
    m_address->setAttribute(Qt::WA_TransparentForMouseEvents);
    inside->addWidget(m_interfaceDot);
    inside->addWidget(m_address);
    layout()->addWidget(pill);
}

QToolButton* TopBar::addUndoButton(const Theme& theme, const QString& iconName) {
    auto* const button = new QToolButton;
    const auto tint = [&theme, button, iconName] {
        button->setIcon(theme.icon(iconName));
    };
    tint();
    button->setIconSize(QSize(18, 18));
    connect(&theme, &Theme::changed, button, tint);
    layout()->addWidget(button);
    return button;
}

void TopBar::addButtons(const Theme& theme) {
    QUndoStack& stack = m_workbench.undoStack();
    QToolButton* const undo = addUndoButton(theme, QStringLiteral("undo"));
    QToolButton* const redo = addUndoButton(theme, QStringLiteral("redo"));
    undo->setObjectName(QStringLiteral("undoButton"));
    redo->setObjectName(QStringLiteral("redoButton"));
    const auto refresh = [&stack, undo, redo] {
        undo->setEnabled(stack.canUndo());
        redo->setEnabled(stack.canRedo());
        const auto name = [](QToolButton* button, const QString& text) {
            button->setToolTip(text);
            button->setAccessibleName(text);
        };
        name(undo, stack.canUndo() ? tr("Undo: %1 (Ctrl+Z)").arg(stack.undoText()) : tr("Undo"));
        name(redo, stack.canRedo() ? tr("Redo: %1 (Ctrl+Shift+Z)").arg(stack.redoText()) : tr("Redo"));
    };
    connect(&stack, &QUndoStack::indexChanged, undo, refresh);
    refresh();
    connect(undo, &QToolButton::clicked, &stack, &QUndoStack::undo);
    connect(redo, &QToolButton::clicked, &stack, &QUndoStack::redo);
    auto* const rollCall = new QPushButton(tr("Roll call"));
    rollCall->setObjectName(QStringLiteral("rollCallButton"));
    rollCall->setToolTip(tr("Power on machine by machine, to be read from two metres away (F11)"));
    layout()->addWidget(rollCall);
    connect(rollCall, &QPushButton::clicked, this, &TopBar::rollCallClicked);
    m_approve = new QPushButton;
    m_approve->setObjectName(QStringLiteral("approveAllButton"));
    m_start = new QPushButton;
    m_start->setObjectName(QStringLiteral("startButton"));
    m_start->setIconSize(QSize(14, 14));
    layout()->addWidget(m_approve);
    layout()->addWidget(m_start);
    connect(m_approve, &QPushButton::clicked, this,
            [this] { m_workbench.approve(m_workbench.machines().waiting()); });
    connect(m_start, &QPushButton::clicked, this, &TopBar::startClicked);
}

void TopBar::refreshMachines() {
    m_rack->setText(tr("Rack %1").arg(m_workbench.machines().rackTitle()));
    const int waiting = m_workbench.machines().count(MachineGroup::Waiting);
    m_approve->setText(waiting > 0 ? tr("Approve %n waiting", nullptr, waiting) : tr("None waiting"));
    m_approve->setEnabled(waiting > 0);
}

void TopBar::refreshServices(const Theme& theme) {
    const engine::ServicesInfo& services = m_workbench.services();
    const bool isRunning = services.isRunning;
    m_interfaceDot->setContent(isRunning ? ToneName::Ok : ToneName::Idle,
                               isRunning ? printable(services.interface) : tr("Not started"));
    m_address->setVisible(isRunning && services.address.has_value());
    if (services.address) {
        m_address->setText(QStringLiteral("%1/%2")
                               .arg(QString::fromStdString(services.address->toString()))
                               .arg(services.prefixLength));
    }
    const Tokens& t = theme.tokens();
    m_start->setText(isRunning ? tr("Stop") : tr("Start"));
    m_start->setIcon(isRunning ? theme.icon(QStringLiteral("stop"), t.text)
                               : theme.icon(QStringLiteral("start"), t.onAccent));
    m_start->setProperty("role", isRunning ? QString() : QStringLiteral("primary"));
    m_start->style()->unpolish(m_start);
    m_start->style()->polish(m_start);
}

void TopBar::setNarrow(bool isNarrow) {
    m_brand->setFixedWidth(isNarrow ? m_brand->sizeHint().width()
                                    : metrics::sideBarWidth - metrics::large - metrics::small);
}

} // namespace rackmuster::ui
