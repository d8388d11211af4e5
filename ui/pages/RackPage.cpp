#include "ui/pages/RackPage.h"

#include "ui/Theme.h"
#include "ui/rack/RackForm.h"
#include "ui/rack/RackPicture.h"
#include "ui/rack/RackTray.h"
#include "ui/rack/SheetActs.h"
#include "ui/text/PlainText.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/PlaceActs.h"
#include "ui/widgets/PortsDialog.h"

#include <QAction>
#include <QHBoxLayout>
#include <QMenu>
#include <QSettings>
#include <QToolButton>

namespace rackmuster::ui {

namespace {

constexpr int formWidth = 340;
constexpr int narrowFormWidth = 290;

QString zoomKey() {
    return QStringLiteral("rack/zoom");
}

} // namespace

RackPage::RackPage(Workbench& workbench, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_workbench(workbench), m_theme(theme), m_acts(new PlaceActs(workbench, *this)),
      m_picture(new RackPicture(workbench.machines(), *m_acts, theme)),
      m_tray(new RackTray(workbench.machines(), *m_acts, theme)), m_form(new RackForm(workbench)),
      m_sheetActs(new SheetActs(workbench, *this)) {
    m_trayCard = makeTrayCard();
    auto* const layout = new QHBoxLayout(this);
    setSpacing(*layout, metrics::medium + 2, metrics::medium + 2);
    layout->addWidget(makePictureCard(), 1);
    layout->addWidget(m_trayCard);
    layout->addWidget(m_form);
    setFocusProxy(m_picture);
    setNarrow(false);
    connect(m_picture, &RackPicture::menuRequested, m_acts, &PlaceActs::popUp);
    connect(m_picture, &RackPicture::machineChosen, this, &RackPage::machineChosen);
    connect(m_tray, &RackTray::machineChosen, this, &RackPage::machineChosen);
    connect(m_tray, &RackTray::menuRequested, this, &RackPage::popUpTrayMenu);
}

QWidget* RackPage::makePictureCard() {
    QFrame* const card = frame("card");
    auto* const inside = new QVBoxLayout(card);
    setSpacing(*inside, metrics::medium, metrics::small);
    inside->addLayout(makeHead());
    inside->addWidget(m_picture, 1);
    inside->addWidget(
        wrappedLabel(tr("Drag machines between slots. Alt+↑ and Alt+↓ move, Enter opens."), "small"));
    return card;
}

QBoxLayout* RackPage::makeHead() {
    auto* const head = new QHBoxLayout;
    head->setSpacing(metrics::tiny);
    QLabel* const name = plainLabel({}, "heading");
    head->addWidget(name);
    head->addStretch();
    head->addWidget(zoomButton(QStringLiteral("−"), tr("Smaller"), "zoomOut",
                               QKeySequence::keyBindings(QKeySequence::ZoomOut), &RackPage::zoomOut));
    head->addWidget(zoomButton(tr("Fit"), tr("Show the whole rack"), "zoomFit",
                               {QKeySequence(QStringLiteral("Ctrl+0"))}, &RackPage::fit));
    head->addWidget(zoomButton(QStringLiteral("+"), tr("Larger"), "zoomIn",
                               {QKeySequence(QKeySequence::ZoomIn), QKeySequence(QStringLiteral("Ctrl+="))},
                               &RackPage::zoomIn));
    head->addSpacing(metrics::small);
    head->addWidget(makePortsButton());
    head->addWidget(m_sheetActs->makeButton());
    const auto refresh = [this, name] {
        name->setText(m_workbench.machines().rackTitle());
    };
    connect(&m_workbench.machines(), &MachineModel::changed, name, refresh);
    refresh();
    return head;
}

QToolButton* RackPage::makePortsButton() {
    auto* const button = new QToolButton;
    button->setObjectName(QStringLiteral("portsButton"));
    button->setText(tr("Switch ports…"));
    button->setToolTip(tr("Order machines by the switch ports that they hang on"));
    connect(button, &QToolButton::clicked, this, [this] {
        auto* const dialog = new PortsDialog(m_workbench.ports(), m_theme, this);
        connect(dialog, &QDialog::accepted, this,
                [this, dialog] { m_workbench.setPorts(dialog->settings()); });
        dialog->open();
    });
    return button;
}

QToolButton* RackPage::zoomButton(const QString& text, const QString& words, const char* name,
                                  const QList<QKeySequence>& keys, void (RackPage::*act)()) {
    auto* const action = new QAction(text, this);
    action->setShortcuts(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    action->setToolTip(QStringLiteral("%1 (%2)").arg(words, keys.front().toString(QKeySequence::NativeText)));
    connect(action, &QAction::triggered, this, act);
    addAction(action);
    auto* const button = new QToolButton;
    button->setObjectName(QLatin1String(name));
    button->setDefaultAction(action);
    button->setAccessibleName(words);
    return button;
}

void RackPage::zoomIn() {
    m_picture->zoomIn();
}

void RackPage::zoomOut() {
    m_picture->zoomOut();
}

void RackPage::fit() {
    m_picture->setZoom(std::nullopt);
}

QWidget* RackPage::makeTrayCard() {
    QFrame* const card = frame("card");
    auto* const inside = new QVBoxLayout(card);
    setSpacing(*inside, metrics::medium, metrics::small);
    auto* const head = new QHBoxLayout;
    QLabel* const count = plainLabel({}, "muted");
    head->addWidget(plainLabel(tr("Without a slot"), "strong"));
    head->addStretch();
    head->addWidget(count);
    inside->addLayout(head);
    inside->addWidget(m_tray, 1);
    const auto refresh = [this, count] {
        count->setText(QString::number(m_tray->count()));
    };
    connect(m_tray, &RackTray::countChanged, count, refresh);
    refresh();
    return card;
}

void RackPage::popUpTrayMenu(const MacAddress& machine, const QPoint& globalPosition) {
    auto* const menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("trayMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const int slot = m_picture->currentSlot().value_or(m_workbench.machines().cursor());
    menu->addAction(tr("Put into slot %1").arg(m_workbench.machines().slotLabel(slot)), this,
                    [this, machine, slot] { m_acts->move(machine, slot); });
    m_acts->addTo(*menu, {machine});
    menu->popup(globalPosition);
}

void RackPage::saveLayout(QSettings& settings) const {
    if (const std::optional<double> zoom = m_picture->zoom())
        settings.setValue(zoomKey(), *zoom);
    else
        settings.remove(zoomKey());
}

void RackPage::restoreLayout(const QSettings& settings) {
    bool isNumber = false;
    const double zoom = settings.value(zoomKey()).toDouble(&isNumber);
    m_picture->setZoom(isNumber ? std::optional(zoom) : std::nullopt);
}

void RackPage::setNarrow(bool isNarrow) {
    m_trayCard->setFixedWidth(isNarrow ? metrics::narrowRackWidth : metrics::rackWidth);
    m_form->setFixedWidth(isNarrow ? narrowFormWidth : formWidth);
}

} // namespace rackmuster::ui
