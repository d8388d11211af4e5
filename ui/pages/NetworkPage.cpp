#include "ui/pages/NetworkPage.h"

#include "ui/Theme.h"
#include "ui/text/Sentences.h"
#include "ui/text/WireWords.h"
#include "ui/widgets/InterfaceDelegate.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/NeighbourTable.h"
#include "ui/widgets/ServiceForm.h"

#include <QHBoxLayout>
#include <QListView>
#include <QPushButton>
#include <QScrollArea>

namespace rackmuster::ui {

NetworkPage::NetworkPage(Workbench& workbench, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_workbench(workbench),
      m_none(plainLabel(tr("This computer has no network port."), "muted")), m_form(new ServiceForm),
      m_problem(frame("problem")), m_problemText(wrappedLabel()), m_wire(frame("notice")),
      m_wireText(wrappedLabel()), m_neighbours(new NeighbourTable(theme)) {
    auto* const layout = new QVBoxLayout(this);
    setSpacing(*layout, metrics::medium + 2, 0);
    auto* const scroll = new QScrollArea;
    scroll->setObjectName(QStringLiteral("networkScroll"));
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus); // Tab goes on to the form
    scroll->setWidget(makeContent(theme));
    layout->addWidget(scroll);
    connect(&workbench, &Workbench::servicesChanged, this, &NetworkPage::refreshServices);
    connect(&workbench, &Workbench::servicesChanged, this, &NetworkPage::refreshWire);
    connect(&workbench, &Workbench::wireChanged, this, &NetworkPage::refreshWire);
    connect(&workbench, &Workbench::filled, this, &NetworkPage::fill);
    connect(&m_clock, &QTimer::timeout, this, [this] {
        if (isVisible())
            readInterfaces();
    });
    m_clock.start(std::chrono::seconds(2));
    setFocusProxy(m_list);
    fill();
    readInterfaces();
    refreshServices();
    refreshWire();
}

QWidget* NetworkPage::makeContent(const Theme& theme) {
    auto* const content = new QWidget;
    content->setProperty("role", QStringLiteral("page"));
    auto* const layout = new QVBoxLayout(content);
    setSpacing(*layout, 0, metrics::large);
    m_wireText->setObjectName(QStringLiteral("wireSentences"));
    auto* const words = new QVBoxLayout(m_wire);
    setSpacing(*words, metrics::medium, 0);
    words->addWidget(m_wireText);
    layout->addWidget(m_wire);
    layout->addWidget(plainLabel(tr("Which cable goes to the rack?"), "title"));
    layout->addWidget(m_none);
    layout->addWidget(makeInterfaceList(theme));
    m_problemText->setObjectName(QStringLiteral("networkProblem"));
    auto* const inside = new QHBoxLayout(m_problem);
    setSpacing(*inside, metrics::medium, 0);
    inside->addWidget(m_problemText);
    layout->addWidget(m_problem);
    layout->addWidget(plainLabel(tr("What is offered on it"), "title"));
    QFrame* const card = frame("card");
    auto* const form = new QVBoxLayout(card);
    setSpacing(*form, metrics::large, 0);
    form->addWidget(m_form);
    layout->addWidget(card);
    layout->addLayout(makeButtons());
    layout->addWidget(plainLabel(tr("Also on this wire"), "title"));
    layout->addWidget(m_neighbours);
    layout->addStretch();
    return content;
}

QListView* NetworkPage::makeInterfaceList(const Theme& theme) {
    m_list = new QListView;
    m_list->setObjectName(QStringLiteral("interfaceBox"));
    m_list->setAccessibleName(tr("Interface"));
    m_list->setModel(&m_interfaces);
    m_list->setItemDelegate(new InterfaceDelegate(theme, m_list));
    m_list->setFlow(QListView::LeftToRight);
    m_list->setWrapping(true);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setSpacing(metrics::tiny + 2);
    m_list->setUniformItemSizes(true);
    m_list->setStyleSheet(QStringLiteral("QListView { background: transparent; }"));
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& current) {
                if (current.isValid())
                    m_chosen = m_interfaces.interface(current.row()).name;
            });
    return m_list;
}

QBoxLayout* NetworkPage::makeButtons() {
    m_start = new QPushButton(tr("Start"));
    m_stop = new QPushButton(tr("Stop"));
    m_start->setObjectName(QStringLiteral("networkStart"));
    m_stop->setObjectName(QStringLiteral("networkStop"));
    m_start->setProperty("role", QStringLiteral("primary"));
    auto* const buttons = new QHBoxLayout;
    buttons->addWidget(m_start);
    buttons->addWidget(m_stop);
    buttons->addStretch();
    connect(m_start, &QPushButton::clicked, this, &NetworkPage::start);
    connect(m_stop, &QPushButton::clicked, &m_workbench, &Workbench::stop);
    return buttons;
}

void NetworkPage::chooseInterface(const QString& name) {
    m_chosen = name;
    restoreChoice();
}

bool NetworkPage::start() {
    readInterfaces();
    if (m_chosen.isEmpty()) {
        showProblem(tr("Choose the interface that goes to the rack, then start."));
        return false;
    }
    const auto settings = m_form->settings(m_chosen);
    if (!settings) {
        showProblem(settings.error());
        return false;
    }
    showProblem({});
    m_workbench.start(*settings);
    return true;
}

void NetworkPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    readInterfaces();
}

void NetworkPage::readInterfaces() {
    m_interfaces.setInterfaces(engine::listInterfaces());
    m_none->setVisible(m_interfaces.rowCount() == 0);
    m_list->setVisible(m_interfaces.rowCount() > 0);
    restoreChoice();
    fitList();
}

void NetworkPage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitList();
}

void NetworkPage::fitList() {
    const int gap = m_list->spacing();
    const QSize card = m_list->sizeHintForIndex(m_interfaces.index(0)) + QSize(gap, gap);
    if (!m_interfaces.rowCount() || card.width() <= 0)
        return;
    const int perRow = qMax(1, (width() - 2 * metrics::huge - gap) / card.width());
    const int rows = qBound(1, (m_interfaces.rowCount() + perRow - 1) / perRow, 2);
    m_list->setFixedHeight(rows * card.height() + 2 * gap);
}

void NetworkPage::restoreChoice() {
    if (m_chosen.isEmpty() && m_interfaces.bestChoice() >= 0)
        m_chosen = m_interfaces.interface(m_interfaces.bestChoice()).name;
    const QModelIndex index = m_interfaces.index(m_interfaces.indexOf(m_chosen));
    if (index.isValid() && index != m_list->currentIndex())
        m_list->setCurrentIndex(index);
}

void NetworkPage::fill() {
    const engine::ServiceSettings& settings = m_workbench.settings();
    m_form->showSettings(settings);
    if (!settings.interface.isEmpty())
        chooseInterface(settings.interface);
}

void NetworkPage::refreshServices() {
    const engine::ServicesInfo& services = m_workbench.services();
    showProblem(services.problem ? sentence(*services.problem) : QString());
    m_form->setEnabled(!services.isRunning);
    m_list->setEnabled(!services.isRunning);
    m_start->setEnabled(!services.isRunning);
    m_stop->setEnabled(services.isRunning);
}

void NetworkPage::refreshWire() {
    const engine::ServicesInfo& services = m_workbench.services();
    const QStringList sentences = wireSentences(m_workbench.wire(), services);
    m_wireText->setText(sentences.join(QLatin1Char('\n')));
    m_wire->setVisible(!sentences.isEmpty());
    m_neighbours->setWire(m_workbench.wire(), services);
}

void NetworkPage::showProblem(const QString& sentence) {
    m_problemText->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

} // namespace rackmuster::ui
