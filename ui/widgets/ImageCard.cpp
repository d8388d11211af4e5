#include "ui/widgets/ImageCard.h"

#include "ui/text/ImageWords.h"
#include "ui/text/PlainText.h"
#include "ui/widgets/BootBadges.h"
#include "ui/widgets/Emblem.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/NameField.h"
#include "ui/widgets/StatePill.h"
#include "ui/widgets/TextLine.h"

#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>

#include <array>

namespace rackmuster::ui {

using roster::MachineState;
using State = ImageEntry::State;

namespace {

constexpr int progressHeight = 6;

/// The acts that may stand on the card, from left to right.
constexpr std::array cardActs{ImageAct::MakeDefault, ImageAct::Compare, ImageAct::Verify, ImageAct::CopyFile,
                              ImageAct::Cancel,      ImageAct::Retry,   ImageAct::Dismiss};

/// Changes nothing when the text is the same: a label that is set anew is laid out anew.
void setText(QLabel& label, const QString& text) {
    if (label.text() != text)
        label.setText(text);
    label.setVisible(!text.isEmpty());
}

} // namespace

ImageCard::ImageCard(const Theme& theme, QWidget* parent) : QFrame(parent) {
    setProperty("role", QStringLiteral("card"));
    setObjectName(QStringLiteral("imageCard"));
    setMinimumHeight(196);
    setFocusPolicy(Qt::StrongFocus);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::large, metrics::large, metrics::large, metrics::medium);
    layout->setSpacing(metrics::medium - 2);
    layout->addLayout(makeHead(theme));
    m_badges = new BootBadges(theme);
    layout->addWidget(m_badges);
    addWords(*layout, theme);
    layout->addLayout(makeActs(theme));
}

QBoxLayout* ImageCard::makeHead(const Theme& theme) {
    auto* const head = new QHBoxLayout;
    head->setSpacing(metrics::medium);
    m_emblem = new Emblem(theme);
    m_name = new NameField(theme);
    m_facts = new TextLine(theme, "muted");
    m_menu = new QMenu(this);
    m_menu->setObjectName(QStringLiteral("imageMenu"));
    m_more = new QToolButton;
    m_more->setObjectName(QStringLiteral("imageMore"));
    m_more->setText(QStringLiteral("⋯"));
    m_more->setToolTip(tr("More"));
    m_more->setAccessibleName(tr("More"));
    m_more->setFocusPolicy(Qt::StrongFocus);
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setMenu(m_menu);
    auto* const words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_name);
    words->addWidget(m_facts);
    head->addWidget(m_emblem);
    head->addLayout(words, 1);
    head->addWidget(m_more, 0, Qt::AlignTop);
    connect(m_menu, &QMenu::aboutToShow, this, &ImageCard::fillMenu);
    connect(m_name, &NameField::renamed, this, &ImageCard::renamed);
    connect(m_name, &NameField::finished, this, [this] { setFocus(Qt::OtherFocusReason); });
    return head;
}

void ImageCard::addWords(QBoxLayout& layout, const Theme& theme) {
    m_status = new TextLine(theme, "muted");
    m_status->setObjectName(QStringLiteral("imageStatus"));
    m_progress = new QProgressBar;
    m_progress->setObjectName(QStringLiteral("imageProgress"));
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(progressHeight);
    m_problem = frame("problem");
    m_problemText = wrappedLabel();
    m_problemText->setObjectName(QStringLiteral("imageProblem"));
    auto* const inside = new QHBoxLayout(m_problem);
    setSpacing(*inside, metrics::medium - 2, 0);
    inside->addWidget(m_problemText);
    m_advice = wrappedLabel();
    m_advice->setObjectName(QStringLiteral("imageAdvice"));
    m_notes = wrappedLabel();
    m_notes->setObjectName(QStringLiteral("imageNotes"));
    m_moreNotes = new QPushButton;
    m_moreNotes->setObjectName(QStringLiteral("moreNotes"));
    m_moreNotes->setProperty("role", QStringLiteral("textlink"));
    m_details = wrappedLabel();
    m_details->setObjectName(QStringLiteral("imageDetails"));
    m_path = new TextLine(theme, "small", Qt::ElideMiddle);
    m_path->setObjectName(QStringLiteral("imagePath"));
    for (QWidget* const part :
         {static_cast<QWidget*>(m_status), static_cast<QWidget*>(m_progress),
          static_cast<QWidget*>(m_problem), static_cast<QWidget*>(m_advice), static_cast<QWidget*>(m_notes)})
        layout.addWidget(part);
    layout.addWidget(m_moreNotes, 0, Qt::AlignLeft);
    layout.addWidget(m_details);
    layout.addStretch();
    layout.addWidget(m_path);
    connect(m_moreNotes, &QPushButton::clicked, this, [this] {
        m_showsAllNotes = !m_showsAllNotes;
        showNotes(statusOf(m_entry, m_place).notes);
    });
}

QBoxLayout* ImageCard::makeActs(const Theme& theme) {
    auto* const acts = new QHBoxLayout;
    acts->setSpacing(metrics::small);
    m_defaultPill = new StatePill(theme);
    m_defaultPill->setObjectName(QStringLiteral("defaultPill"));
    m_defaultPill->setContent({tr("Default"), ToneName::Running, MachineState::Done});
    acts->addWidget(m_defaultPill);
    for (const ImageAct act : cardActs) {
        auto* const button = new QPushButton(imageActText(act));
        button->setProperty("role", QStringLiteral("textlink"));
        button->setObjectName(QStringLiteral("imageAct%1").arg(static_cast<int>(act)));
        connect(button, &QPushButton::clicked, this, [this, act] { request(act); });
        m_buttons.emplace(act, button);
        acts->addWidget(button);
        if (act == ImageAct::MakeDefault)
            acts->addStretch();
    }
    return acts;
}

void ImageCard::setImage(const ImageEntry& entry, const ImagePlace& place) {
    m_entry = entry;
    m_place = place;
    const bool isReady = entry.state == State::Ready;
    m_emblem->setName(entry.image.name);
    m_name->setName(entry.image.name);
    const QString facts = imageFacts(entry.image);
    m_facts->setLine(facts);
    m_badges->setVisible(isReady);
    if (isReady)
        m_badges->setImage(entry.image);
    const ImageStatus status = statusOf(entry, place);
    showStatus(status);
    showNotes(status.notes);
    m_path->setLine(printable(entry.image.path));
    showActs();
    setAccessibleName(printable(entry.image.name));
    setAccessibleDescription(spokenText(status));
}

void ImageCard::showStatus(const ImageStatus& status) {
    if (status.isProblem)
        m_status->setLine(status.line, ToneName::Problem, MachineState::Failed);
    else
        m_status->setLine(status.line);
    m_progress->setVisible(status.permille || status.isWorking);
    m_progress->setRange(0, status.permille ? 1000 : 0); // without an end it shows that something goes on
    m_progress->setValue(status.permille.value_or(0));
    m_progress->setAccessibleName(status.line);
    m_problem->setVisible(!status.problem.isEmpty());
    setText(*m_problemText, status.problem);
    setText(*m_advice, status.advice);
    setText(*m_details, status.facts);
}

void ImageCard::showNotes(const QStringList& notes) {
    setText(*m_notes, m_showsAllNotes ? notes.join(QLatin1Char('\n')) : notes.value(0));
    const auto others = static_cast<int>(notes.size()) - 1;
    m_moreNotes->setVisible(others > 0);
    m_moreNotes->setText(m_showsAllNotes ? tr("Less") : tr("%n more note(s)", nullptr, others));
}

void ImageCard::showActs() {
    m_defaultPill->setVisible(m_entry.state == State::Ready && m_place.isDefault);
    m_more->setVisible(m_entry.state != State::Importing);
    for (const auto& [act, button] : m_buttons) {
        const bool isShown = isProminent(act, m_entry, m_place);
        if (!isShown && button->hasFocus())
            setFocus(Qt::OtherFocusReason); // not on to another card
        button->setVisible(isShown);
    }
}

void ImageCard::editName() {
    if (isOffered(ImageAct::Rename, m_entry, m_place))
        m_name->edit();
}

std::vector<QWidget*> ImageCard::focusOrder() {
    std::vector<QWidget*> order{this, m_more, m_moreNotes};
    for (const ImageAct act : cardActs)
        order.push_back(m_buttons.at(act));
    return order;
}

void ImageCard::fillMenu() {
    m_menu->clear();
    for (const ImageAct act : allImageActs()) {
        if (!isOffered(act, m_entry, m_place))
            continue;
        if (act == ImageAct::ShowFile || act == ImageAct::ExtraInitrds || act == ImageAct::Remove)
            m_menu->addSeparator();
        const QString key = imageActKey(act);
        QAction* const action = m_menu->addAction(
            key.isEmpty() ? imageActText(act) : imageActText(act) + QLatin1Char('\t') + key);
        action->setData(static_cast<int>(act));
        connect(action, &QAction::triggered, this, [this, act] { request(act); });
    }
}

void ImageCard::openMenu(const QPoint& globalPosition) {
    if (m_entry.state != State::Importing)
        m_menu->popup(globalPosition);
}

/// The image may have changed since the menu was opened or the key was pressed.
void ImageCard::request(ImageAct act) {
    if (isOffered(act, m_entry, m_place))
        Q_EMIT actRequested(act);
}

void ImageCard::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_F2:
        request(ImageAct::Rename);
        return;
    case Qt::Key_Delete:
        request(m_entry.state == State::Failed ? ImageAct::Dismiss : ImageAct::Remove);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (hasFocus())
            openMenu(m_more->mapToGlobal(m_more->rect().bottomLeft()));
        return;
    default:
        QFrame::keyPressEvent(event);
    }
}

void ImageCard::contextMenuEvent(QContextMenuEvent* event) {
    const bool isByKey = event->reason() == QContextMenuEvent::Keyboard;
    openMenu(isByKey ? m_more->mapToGlobal(m_more->rect().bottomLeft()) : event->globalPos());
}

void ImageCard::paintEvent(QPaintEvent* event) {
    QFrame::paintEvent(event);
    if (!hasFocus())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), metrics::cardRadius, metrics::cardRadius);
}

QString ImageCard::spokenText(const ImageStatus& status) const {
    QStringList parts{imageFacts(m_entry.image), status.line, status.problem, status.advice, status.facts};
    parts.removeAll(QString());
    return parts.join(QLatin1String(". "));
}

} // namespace rackmuster::ui
