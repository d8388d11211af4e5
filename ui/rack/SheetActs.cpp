#include "ui/rack/SheetActs.h"

#include "ui/SaveFile.h"
#include "ui/Workbench.h"
#include "ui/rack/RackSheet.h"
#include "ui/text/PlainText.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QPrintDialog>
#include <QPrinter>
#include <QToolButton>

#include <memory>

namespace rackmuster::ui {

SheetActs::SheetActs(Workbench& workbench, QWidget& page)
    : QObject(&page), m_workbench(workbench), m_page(page), m_print(new QAction(tr("Print…"), this)),
      m_save(new QAction(tr("Save picture…"), this)) {
    m_print->setObjectName(QStringLiteral("printRack"));
    m_save->setObjectName(QStringLiteral("saveRack"));
    m_print->setShortcut(QKeySequence::Print);
    m_save->setShortcut(QKeySequence::Save);
    connect(m_print, &QAction::triggered, this, &SheetActs::choosePrinter);
    connect(m_save, &QAction::triggered, this, &SheetActs::choosePlace);
    for (QAction* const act : {m_print, m_save}) {
        act->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        page.addAction(act);
    }
}

QToolButton* SheetActs::makeButton() {
    auto* const button = new QToolButton;
    button->setObjectName(QStringLiteral("sheetButton"));
    button->setText(tr("Picture") + QStringLiteral(" ▾"));
    button->setToolTip(tr("Print the picture, or save it"));
    button->setPopupMode(QToolButton::InstantPopup);
    auto* const menu = new QMenu(button);
    menu->addAction(m_print);
    menu->addAction(m_save);
    button->setMenu(menu);
    return button;
}

void SheetActs::choosePrinter() {
    const auto printer = std::make_shared<QPrinter>(QPrinter::HighResolution);
    auto* const dialog = new QPrintDialog(printer.get(), &m_page);
    dialog->setObjectName(QStringLiteral("printDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, printer] {
        RackSheet sheet(m_workbench.machines(), QDateTime::currentDateTime());
        printer->setDocName(sheet.title());
        if (!printSheet(sheet, *printer))
            Q_EMIT m_workbench.refused(tr("The printer does not take the picture. Choose another one."));
    });
    dialog->open();
}

void SheetActs::choosePlace() {
    auto* const dialog = new QFileDialog(&m_page, tr("Save the picture of the rack"));
    dialog->setObjectName(QStringLiteral("saveRackDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters(
        {tr("PDF document (*.pdf)"), tr("SVG drawing (*.svg)"), tr("PNG picture (*.png)")});
    dialog->setDefaultSuffix(QStringLiteral("pdf"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        const qsizetype dot = filter.lastIndexOf(QLatin1String("*."));
        dialog->setDefaultSuffix(filter.mid(dot + 2, 3));
    });
    connect(dialog, &QFileDialog::fileSelected, this, &SheetActs::save);
    dialog->open();
}

void SheetActs::save(const QString& path) {
    RackSheet sheet(m_workbench.machines(), QDateTime::currentDateTime());
    const QByteArray bytes = sheetBytes(sheet, QFileInfo(path).suffix());
    if (bytes.isEmpty()) {
        Q_EMIT m_workbench.refused(tr("%1 does not end in .pdf, .svg or .png.").arg(printable(path)));
        return;
    }
    const QString problem = saveFile(path, bytes);
    if (problem.isEmpty())
        Q_EMIT m_workbench.told(tr("%1 is written.").arg(printable(path)));
    else
        Q_EMIT m_workbench.refused(problem);
}

} // namespace rackmuster::ui
