#include "ui/pages/ImagesPage.h"

#include "ui/Theme.h"
#include "ui/text/PlainText.h"
#include "ui/widgets/CardGrid.h"
#include "ui/widgets/DropCard.h"
#include "ui/widgets/ImageCard.h"
#include "ui/widgets/Labels.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>

namespace rackmuster::ui {

ImagesPage::ImagesPage(Workbench& workbench, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_workbench(workbench), m_theme(theme), m_grid(new CardGrid(330)) {
    auto* const layout = new QVBoxLayout(this);
    setSpacing(*layout, metrics::medium + 2, metrics::medium);
    auto* const head = new QHBoxLayout;
    head->setSpacing(metrics::medium - 2);
    head->addWidget(plainLabel(tr("Images"), "title"));
    head->addWidget(plainLabel(tr("served in place, nothing is unpacked"), "muted"));
    head->addStretch();
    layout->addLayout(head);
    auto* const scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_grid->setProperty("role", QStringLiteral("page"));
    scroll->setWidget(m_grid);
    setFocusProxy(scroll);
    layout->addWidget(scroll, 1);
    ImageModel& images = workbench.images();
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&images, signal, this, &ImagesPage::refresh);
    connect(&images, &QAbstractItemModel::modelReset, this, &ImagesPage::refresh);
    connect(&images, &QAbstractItemModel::dataChanged, this, &ImagesPage::refresh);
    refresh();
}

void ImagesPage::refresh() {
    ImageModel& images = m_workbench.images();
    std::vector<QWidget*> cards;
    for (int row = 0; row < images.rowCount(); ++row) {
        const ImageEntry& entry = images.entry(row);
        const bool isDefault =
            entry.state == ImageEntry::State::Ready && entry.image.id == images.defaultId();
        auto* const card = new ImageCard(entry, isDefault, m_theme);
        connect(card, &ImageCard::defaultChosen, &m_workbench, &Workbench::setDefaultImage);
        connect(card, &ImageCard::removeRequested, this, &ImagesPage::askRemove);
        connect(card, &ImageCard::dismissed, &images, &ImageModel::dismiss);
        connect(card, &ImageCard::retryRequested, &m_workbench,
                [this](const QString& path) { m_workbench.importImages({path}); });
        cards.push_back(card);
    }
    auto* const drop = new DropCard(tr("Drop ISO files or folders here\nor choose files…"), m_theme);
    drop->setObjectName(QStringLiteral("dropCard"));
    connect(drop, &QPushButton::clicked, this, &ImagesPage::chooseFiles);
    cards.push_back(drop);
    m_grid->setCards(cards);
}

void ImagesPage::chooseFiles() {
    auto* const dialog = new QFileDialog(this, tr("Choose installation ISOs"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters({tr("ISO images (*.iso *.ISO)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, &m_workbench, &Workbench::importImages);
    dialog->open();
}

void ImagesPage::askRemove(const QString& id, const QString& name) {
    auto* const box = new QMessageBox(QMessageBox::NoIcon, tr("Remove"),
                                      tr("Remove %1?").arg(printable(name)), QMessageBox::NoButton, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(
        tr("Machines that use it cannot go on installing. The file itself stays where it is."));
    QPushButton* const remove = box->addButton(tr("Remove"), QMessageBox::DestructiveRole);
    box->setDefaultButton(box->addButton(tr("Keep"), QMessageBox::RejectRole));
    connect(remove, &QPushButton::clicked, this, [this, id] { m_workbench.removeImage(id); });
    box->open();
}

} // namespace rackmuster::ui
