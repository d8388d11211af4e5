#include "ui/pages/ProfilesPage.h"

#include "ui/Theme.h"
#include "ui/text/PlainText.h"
#include "ui/widgets/BootDialog.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/ProfileDelegate.h"
#include "ui/widgets/RowDelegate.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QListView>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>

namespace rackmuster::ui {

ProfilesPage::ProfilesPage(Workbench& workbench, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_workbench(workbench) {
    auto* const layout = new QHBoxLayout(this);
    setSpacing(*layout, metrics::medium + 2, metrics::medium + 2);
    layout->addWidget(makeList(theme));
    layout->addWidget(makeText(), 1);
    connect(&workbench.profiles(), &QAbstractItemModel::modelReset, this, &ProfilesPage::restoreChoice);
    connect(&workbench, &Workbench::profileImported, this, [this](const QString& name) { m_chosen = name; });
    setFocusProxy(m_list);
    restoreChoice();
}

QWidget* ProfilesPage::makeList(const Theme& theme) {
    QFrame* const card = frame("card");
    card->setFixedWidth(230);
    auto* const layout = new QVBoxLayout(card);
    layout->setContentsMargins(1, metrics::medium, 1, metrics::medium);
    layout->setSpacing(metrics::medium);
    QLabel* const title = plainLabel(tr("Profiles"), "heading");
    title->setContentsMargins(13, 0, 0, 0);
    layout->addWidget(title);
    m_list = new QListView;
    m_list->setObjectName(QStringLiteral("profileList"));
    m_list->setAccessibleName(tr("Profiles"));
    m_list->setModel(&m_workbench.profiles());
    m_list->setItemDelegate(new ProfileDelegate(theme, m_list));
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    layout->addWidget(m_list, 1);
    auto* const importButton = new QPushButton(tr("Import a file…"));
    importButton->setObjectName(QStringLiteral("importProfile"));
    auto* const foot = new QHBoxLayout;
    foot->setContentsMargins(metrics::medium, 0, metrics::medium, 0);
    foot->addWidget(importButton);
    layout->addLayout(foot);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &ProfilesPage::showCurrent);
    connect(importButton, &QPushButton::clicked, this, &ProfilesPage::chooseFile);
    return card;
}

QWidget* ProfilesPage::makeText() {
    auto* const side = new QWidget;
    auto* const layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::medium);
    m_name = plainLabel({}, "title");
    m_kind = plainLabel({}, "muted");
    m_boot = new QPushButton(tr("Boot…"));
    m_boot->setToolTip(tr("Choose the boot file and add DHCP options for the machines of this profile"));
    m_default = new QPushButton(tr("Make default"));
    m_remove = new QPushButton(tr("Remove…"));
    m_boot->setObjectName(QStringLiteral("profileBoot"));
    m_default->setObjectName(QStringLiteral("profileDefault"));
    m_remove->setObjectName(QStringLiteral("profileRemove"));
    auto* const head = new QHBoxLayout;
    head->setSpacing(metrics::medium - 2);
    head->addWidget(m_name);
    head->addWidget(m_kind);
    head->addStretch();
    head->addWidget(m_boot);
    head->addWidget(m_default);
    head->addWidget(m_remove);
    layout->addLayout(head);
    m_text = new QPlainTextEdit;
    m_text->setObjectName(QStringLiteral("profileText"));
    m_text->setAccessibleName(tr("Text of the profile"));
    m_text->setReadOnly(true);
    m_text->setFont(fixedFont(12));
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setPlaceholderText(
        tr("Import a kickstart, preseed, autoinstall or AutoYaST file, or drop one on the window."));
    QFrame* const card = frame("card");
    auto* const inside = new QVBoxLayout(card);
    setSpacing(*inside, metrics::small, 0);
    inside->addWidget(m_text);
    layout->addWidget(card, 1);
    layout->addWidget(
        wrappedLabel(tr("Read only for now. The editor that comes here marks mistakes for the release as you "
                        "type and previews what each machine gets."),
                     "muted"));
    connect(m_default, &QPushButton::clicked, this, [this] { m_workbench.setDefaultProfile(m_chosen); });
    connect(m_remove, &QPushButton::clicked, this, &ProfilesPage::askRemove);
    connect(m_boot, &QPushButton::clicked, this, &ProfilesPage::askBoot);
    return side;
}

const engine::ProfileInfo* ProfilesPage::current() const {
    const QModelIndex index = m_list->currentIndex();
    return index.isValid() ? &m_workbench.profiles().profile(index.row()) : nullptr;
}

void ProfilesPage::restoreChoice() {
    ProfileModel& profiles = m_workbench.profiles();
    int row = profiles.indexOf(m_chosen);
    if (row < 0)
        row = profiles.indexOf(profiles.defaultName());
    if (row < 0 && profiles.rowCount() > 0)
        row = 0;
    m_list->setCurrentIndex(profiles.index(row));
    showCurrent();
}

void ProfilesPage::showCurrent() {
    const engine::ProfileInfo* const profile = current();
    m_boot->setEnabled(profile);
    m_default->setEnabled(profile && profile->name != m_workbench.profiles().defaultName());
    m_remove->setEnabled(profile && !profile->isBuiltIn);
    if (!profile) {
        m_name->setText(tr("No profile yet"));
        m_kind->clear();
        m_text->clear();
        return;
    }
    m_chosen = profile->name;
    m_name->setText(printable(profile->name));
    QStringList facts{m_list->currentIndex().data(ProfileModel::DescriptionRole).toString()};
    if (!profile->boot.bootFile.isEmpty())
        facts << profile->boot.bootFile;
    if (!profile->boot.dhcpOptions.isEmpty())
        facts << tr("own DHCP options");
    m_kind->setText(facts.join(QStringLiteral(" · ")));
    m_text->setPlainText(profile->text);
}

void ProfilesPage::chooseFile() {
    auto* const dialog = new QFileDialog(this, tr("Choose an answer file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters(
        {tr("Answer files (*.ks *.cfg *.seed *.yaml *.yml *.xml user-data)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, &m_workbench, &Workbench::importProfile);
    dialog->open();
}

void ProfilesPage::askBoot() {
    const engine::ProfileInfo* const profile = current();
    if (!profile)
        return;
    auto* const dialog = new BootDialog(profile->name, profile->boot, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog, name = profile->name] { m_workbench.setProfileBoot(name, dialog->boot()); });
    dialog->open();
}

void ProfilesPage::askRemove() {
    auto* const box =
        new QMessageBox(QMessageBox::NoIcon, tr("Remove"),
                        tr("Remove the profile %1?").arg(printable(m_chosen)), QMessageBox::NoButton, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(
        tr("Its text is lost. Machines that use it cannot be approved until another one is chosen."));
    QPushButton* const remove = box->addButton(tr("Remove"), QMessageBox::DestructiveRole);
    box->setDefaultButton(box->addButton(tr("Keep"), QMessageBox::RejectRole));
    connect(remove, &QPushButton::clicked, this,
            [this, name = m_chosen] { m_workbench.removeProfile(name); });
    box->open();
}

} // namespace rackmuster::ui
