#include "ui/pages/ImagesPage.h"

#include "ui/FilePlace.h"
#include "ui/Theme.h"
#include "ui/models/ImageUse.h"
#include "ui/text/PlainText.h"
#include "ui/widgets/CardGrid.h"
#include "ui/widgets/ChecksumDialog.h"
#include "ui/widgets/DropCard.h"
#include "ui/widgets/ExtraFiles.h"
#include "ui/widgets/ImageCard.h"
#include "ui/widgets/InitrdsDialog.h"
#include "ui/widgets/Labels.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>

#include <algorithm>

namespace rackmuster::ui {

using engine::ImageInfo;

namespace {

constexpr int smallestCard = 330;
constexpr int scrollBarGap = 10; ///< Pixels between cards and scroll bar.

} // namespace

ImagesPage::ImagesPage(Workbench& workbench, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_workbench(workbench), m_theme(theme), m_scroll(new QScrollArea),
      m_grid(new CardGrid(smallestCard)),
      m_drop(new DropCard(tr("Drop ISO files or folders here\nor choose files…"), theme)),
      m_extra(new ExtraFiles(workbench, theme)) {
    auto* const layout = new QVBoxLayout(this);
    constexpr int edge = metrics::medium + 2;
    layout->setContentsMargins(edge, edge, edge - scrollBarGap, edge);
    layout->setSpacing(metrics::medium);
    auto* const head = new QHBoxLayout;
    head->setSpacing(metrics::medium - 2);
    head->addWidget(plainLabel(tr("Images"), "title"));
    head->addWidget(plainLabel(tr("served in place, nothing is unpacked"), "muted"));
    head->addStretch();
    layout->addLayout(head);
    m_scroll->setObjectName(QStringLiteral("imagesScroll"));
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(makeContent());
    m_scroll->setFocusPolicy(Qt::NoFocus); // Tab goes on to the cards
    layout->addWidget(m_scroll, 1);
    m_drop->setObjectName(QStringLiteral("dropCard"));
    m_drop->setToolTip(QStringLiteral("Ctrl+O"));
    connect(m_drop, &QPushButton::clicked, this, &ImagesPage::chooseFiles);
    connect(m_grid, &CardGrid::cardReached, this,
            [this](QWidget* card) { m_scroll->ensureWidgetVisible(card); });
    connectModels();
    arrange();
}

QWidget* ImagesPage::makeContent() {
    auto* const content = new QWidget;
    content->setProperty("role", QStringLiteral("page"));
    auto* const column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, scrollBarGap, 0);
    column->setSpacing(metrics::medium + 2);
    column->addWidget(m_grid);
    column->addWidget(m_extra);
    column->addStretch(1); // takes all the room, though cards could grow
    return content;
}

void ImagesPage::connectModels() {
    ImageModel& images = m_workbench.images();
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&images, signal, this, &ImagesPage::arrange);
    connect(&images, &QAbstractItemModel::rowsMoved, this, &ImagesPage::arrange);
    connect(
        &images, &QAbstractItemModel::dataChanged, this,
        [this](const QModelIndex& first, const QModelIndex& last) { refreshRows(first.row(), last.row()); });
    connect(&m_workbench.machines(), &MachineModel::changed, this, &ImagesPage::refreshPlaces);
    connect(&m_workbench, &Workbench::alreadyHere, this, &ImagesPage::showCardOf);
}

void ImagesPage::arrange() {
    const ImageModel& images = m_workbench.images();
    std::vector<QWidget*> shown;
    for (int row = 0; row < images.rowCount(); ++row) {
        ImageCard*& card = m_cards[images.entry(row).key()];
        if (!card)
            card = makeCard();
        shown.push_back(card);
    }
    dropCardsWithout(shown);
    refreshRows(0, images.rowCount() - 1);
    shown.push_back(m_drop);
    setFocusProxy(shown.front());
    m_grid->setCards(shown);
    orderTabs();
}

ImageCard* ImagesPage::makeCard() {
    auto* const card = new ImageCard(m_theme, m_grid);
    connect(card, &ImageCard::actRequested, this, [this, card](ImageAct act) { perform(*card, act); });
    connect(card, &ImageCard::renamed, this,
            [this, card](const QString& name) { m_workbench.renameImage(card->entry().image.id, name); });
    return card;
}

void ImagesPage::dropCardsWithout(const std::vector<QWidget*>& shown) {
    std::erase_if(m_cards, [&](const auto& known) {
        ImageCard* const card = known.second;
        if (std::find(shown.begin(), shown.end(), card) != shown.end())
            return false;
        if (card->isAncestorOf(focusWidget()) || card->hasFocus())
            (shown.empty() ? m_drop : shown.back())->setFocus(Qt::OtherFocusReason);
        card->hide();
        card->deleteLater(); // its own button may be what led here
        return true;
    });
}

/// Tab follows what is seen, not the order in which the cards were made.
void ImagesPage::orderTabs() {
    QWidget* last = nullptr;
    for (QWidget* const shown : m_grid->cards()) {
        auto* const card = qobject_cast<ImageCard*>(shown);
        for (QWidget* const next : card ? card->focusOrder() : std::vector<QWidget*>{shown}) {
            if (last)
                setTabOrder(last, next);
            last = next;
        }
    }
    for (auto* const next : m_extra->findChildren<QPushButton*>()) {
        setTabOrder(last, next);
        last = next;
    }
}

void ImagesPage::refreshRows(int first, int last) {
    for (int row = first; row <= last; ++row) {
        const ImageEntry& entry = m_workbench.images().entry(row);
        if (const auto card = m_cards.find(entry.key()); card != m_cards.end())
            card->second->setImage(entry, placeOf(entry));
    }
}

void ImagesPage::refreshPlaces() {
    for (const auto& [key, card] : m_cards) {
        if (const ImagePlace place = placeOf(card->entry()); place != card->place())
            card->setImage(card->entry(), place);
    }
}

ImagePlace ImagesPage::placeOf(const ImageEntry& entry) {
    const QString& path = entry.image.path;
    if (!m_removable.contains(path))
        m_removable.insert(path, isOnRemovableDisk(path));
    const QString& defaultId = m_workbench.images().defaultId();
    const bool isReady = entry.state == ImageEntry::State::Ready;
    return {.isDefault = isReady && entry.image.id == defaultId,
            .isRemovable = m_removable.value(path),
            .waiting = isReady && entry.problem
                           ? countWaitingFor(m_workbench.machines(), entry.image.id, defaultId)
                           : 0};
}

void ImagesPage::showCardOf(const QString& imageId) {
    const auto card = m_cards.find(ImageEntry{.image = {.id = imageId}}.key());
    if (card == m_cards.end())
        return;
    card->second->setFocus(Qt::OtherFocusReason);
    m_scroll->ensureWidgetVisible(card->second);
}

void ImagesPage::perform(const ImageCard& card, ImageAct act) {
    const ImageInfo image = card.entry().image; // a copy: the act may end the card
    switch (act) {
    case ImageAct::MakeDefault:
        return m_workbench.setDefaultImage(image.id);
    case ImageAct::Verify:
        return m_workbench.verifyImage(image.id);
    case ImageAct::Compare:
        return askChecksum(image);
    case ImageAct::CopySum:
        return QGuiApplication::clipboard()->setText(image.check.sha256);
    case ImageAct::CopyFile:
        return m_workbench.copyImage(image.id);
    case ImageAct::Cancel:
        return m_workbench.cancelImageJob(image.id);
    case ImageAct::Rename:
        return m_cards.at(card.entry().key())->editName();
    case ImageAct::ShowFile:
        return showInFileManager(image.path);
    case ImageAct::CopyPath:
        return QGuiApplication::clipboard()->setText(image.path);
    case ImageAct::ExtraInitrds:
        return askInitrds(image);
    case ImageAct::Remove:
        return askRemove(image);
    case ImageAct::Retry:
        return m_workbench.importImages({image.path});
    case ImageAct::Dismiss:
        return m_workbench.images().dismiss(image.path);
    }
}

void ImagesPage::chooseFiles() {
    auto* const dialog = new QFileDialog(this, tr("Choose installation ISOs"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("chooseImages"));
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters({tr("ISO images (*.iso *.ISO *.img)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, &m_workbench, &Workbench::importImages);
    dialog->open();
}

void ImagesPage::askRemove(const ImageInfo& image) {
    auto* const box =
        new QMessageBox(QMessageBox::NoIcon, tr("Remove"), tr("Remove %1?").arg(printable(image.name)),
                        QMessageBox::NoButton, this);
    box->setObjectName(QStringLiteral("removeBox"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(lossOf(image));
    QPushButton* const remove = box->addButton(tr("Remove"), QMessageBox::DestructiveRole);
    remove->setObjectName(QStringLiteral("removeButton"));
    box->setDefaultButton(box->addButton(tr("Keep"), QMessageBox::RejectRole));
    connect(remove, &QPushButton::clicked, this, [this, id = image.id] { m_workbench.removeImage(id); });
    box->open();
}

QString ImagesPage::lossOf(const ImageInfo& image) const {
    constexpr int shown = 8;
    QStringList loss;
    QStringList names;
    const auto users = usersOf(m_workbench.machines(), image.id, m_workbench.images().defaultId());
    for (const engine::MachineRow* const row : users) {
        if (names.size() < shown)
            names << (row->hostname.isEmpty() ? cell::mac(*row) : printable(row->hostname));
    }
    const auto count = static_cast<int>(users.size());
    if (count > shown)
        names << tr("and %n more", nullptr, count - shown);
    if (count > 0)
        loss << tr("%n machine(s) cannot be installed from it any more: %1.", nullptr, count)
                    .arg(names.join(QStringLiteral(", ")));
    if (image.job)
        loss << tr("What runs on it now is cancelled.");
    loss << (image.isOwnCopy ? tr("Its copy in the library, %1, is deleted.").arg(printable(image.path))
                             : tr("The file itself stays where it is."));
    return loss.join(QLatin1Char('\n'));
}

void ImagesPage::askChecksum(const ImageInfo& image) {
    auto* const dialog = new ChecksumDialog(printable(image.name), this);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog, id = image.id] { m_workbench.verifyImage(id, dialog->sum()); });
    dialog->open();
}

void ImagesPage::askInitrds(const ImageInfo& image) {
    auto* const dialog = new InitrdsDialog(printable(image.name), image.extraInitrds, this);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog, id = image.id] { m_workbench.setExtraInitrds(id, dialog->paths()); });
    dialog->open();
}

} // namespace rackmuster::ui
