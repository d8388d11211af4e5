#include "ui/widgets/PlanActs.h"

#include "ui/PlanExport.h"
#include "ui/SaveFile.h"
#include "ui/Theme.h"
#include "ui/Workbench.h"
#include "ui/text/PlainText.h"
#include "ui/widgets/ImportDialog.h"
#include "ui/widgets/MachineDialog.h"
#include "ui/widgets/MachineTable.h"

#include <QAction>
#include <QCoreApplication>
#include <QFileDialog>
#include <QMenu>
#include <QToolButton>

#include <array>

namespace rackmuster::ui {

namespace {

struct Format {
    exchange::PlanFormat format;
    const char* filter;
    const char* suffix;
};

constexpr std::array formats{
    Format{exchange::PlanFormat::Csv, QT_TRANSLATE_NOOP("PlanActs", "Spreadsheet (*.csv)"), "csv"},
    Format{exchange::PlanFormat::Hosts, QT_TRANSLATE_NOOP("PlanActs", "Hosts file (*.hosts)"), "hosts"},
    Format{exchange::PlanFormat::Dnsmasq, QT_TRANSLATE_NOOP("PlanActs", "Lines for dnsmasq (*.conf)"),
           "conf"},
};

QString filterText(const Format& format) {
    return QCoreApplication::translate("PlanActs", format.filter);
}

const Format& formatOf(const QString& filter) {
    for (const Format& format : formats) {
        if (filterText(format) == filter)
            return format;
    }
    return formats.front();
}

} // namespace

PlanActs::PlanActs(Workbench& workbench, const Theme& theme, MachineTable& table, QWidget& page)
    : QObject(&page), m_workbench(workbench), m_theme(theme), m_table(table), m_page(page),
      m_type(new QAction(tr("Plan a machine…"), this)), m_import(new QAction(tr("Import a plan…"), this)),
      m_export(new QAction(tr("Export…"), this)) {
    m_type->setObjectName(QStringLiteral("planMachine"));
    m_import->setObjectName(QStringLiteral("importPlan"));
    m_export->setObjectName(QStringLiteral("exportPlan"));
    m_type->setShortcut(QKeySequence(QStringLiteral("Ctrl+N")));
    m_import->setShortcut(QKeySequence(QStringLiteral("Ctrl+I")));
    m_export->setShortcut(QKeySequence(QStringLiteral("Ctrl+E")));
    connect(m_type, &QAction::triggered, this, &PlanActs::typeMachine);
    connect(m_import, &QAction::triggered, this, &PlanActs::chooseFile);
    connect(m_export, &QAction::triggered, this, &PlanActs::choosePlace);
    for (QAction* const act : {m_type, m_import, m_export}) {
        act->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        page.addAction(act);
    }
}

QToolButton* PlanActs::makeButton() {
    auto* const button = new QToolButton;
    button->setObjectName(QStringLiteral("planButton"));
    button->setText(tr("Plan") + QStringLiteral(" ▾"));
    button->setToolTip(tr("Import, export and columns"));
    button->setPopupMode(QToolButton::InstantPopup);
    auto* const menu = new QMenu(button);
    addTo(*menu);
    menu->addSeparator();
    QMenu* const columns = menu->addMenu(tr("Columns"));
    connect(columns, &QMenu::aboutToShow, columns, [this, columns] {
        columns->clear();
        m_table.fillColumnMenu(*columns);
    });
    button->setMenu(menu);
    return button;
}

void PlanActs::addTo(QMenu& menu) const {
    menu.addAction(m_type);
    menu.addAction(m_import);
    menu.addAction(m_export);
}

void PlanActs::preview(const QString& path) {
    auto* const dialog = new ImportDialog(m_workbench, m_theme, path, &m_page);
    dialog->open();
}

void PlanActs::typeMachine() {
    auto* const dialog = new MachineDialog(m_workbench.machines(), &m_page);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog] { m_workbench.apply(dialog->planned(), tr("Plan")); });
    dialog->open();
}

void PlanActs::chooseFile() {
    auto* const dialog = new QFileDialog(&m_page, tr("Choose a plan"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("choosePlan"));
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Plans (*.csv *.tsv *.txt *.hosts *.conf hosts)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &PlanActs::preview);
    dialog->open();
}

void PlanActs::choosePlace() {
    auto* const dialog = new QFileDialog(&m_page, tr("Export the machines"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("exportDialog"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    QStringList filters;
    for (const Format& format : formats)
        filters << filterText(format);
    dialog->setNameFilters(filters);
    dialog->setDefaultSuffix(QLatin1String(formats.front().suffix));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        dialog->setDefaultSuffix(QLatin1String(formatOf(filter).suffix));
    });
    connect(dialog, &QFileDialog::fileSelected, this, [this, dialog](const QString& path) {
        save(path, formatOf(dialog->selectedNameFilter()).format);
    });
    dialog->open();
}

void PlanActs::save(const QString& path, exchange::PlanFormat format) {
    const QString problem = saveFile(path, planBytes(format, m_workbench.machines()));
    if (problem.isEmpty())
        Q_EMIT m_workbench.told(tr("%1 is written.").arg(printable(path)));
    else
        Q_EMIT m_workbench.refused(problem);
}

} // namespace rackmuster::ui
