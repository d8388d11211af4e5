#include "ui/widgets/ImportDialog.h"

#include "ui/Theme.h"
#include "ui/Workbench.h"
#include "ui/text/PlainText.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/ReadingTable.h"
#include "ui/widgets/RowDelegate.h"

#include <QButtonGroup>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QPointer>
#include <QProgressBar>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>
#include <QtConcurrent>

namespace rackmuster::ui {

ImportDialog::ImportDialog(Workbench& workbench, const Theme& theme, const QString& path, QWidget* parent)
    : QDialog(parent), m_workbench(workbench), m_summary(wrappedLabel()), m_progress(new QProgressBar),
      m_chips(new QButtonGroup(this)) {
    setObjectName(QStringLiteral("importDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    const QString title = tr("Import %1").arg(printable(QFileInfo(path).fileName()));
    setWindowTitle(title);
    auto* const layout = new QVBoxLayout(this);
    setSpacing(*layout, metrics::huge, metrics::medium);
    layout->addWidget(plainLabel(title, "heading"));
    m_summary->setObjectName(QStringLiteral("importSummary"));
    m_summary->setText(tr("Reading the file…"));
    layout->addWidget(m_summary);
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(metrics::small);
    QSizePolicy keepsItsRoom = m_progress->sizePolicy();
    keepsItsRoom.setRetainSizeWhenHidden(true);
    m_progress->setSizePolicy(keepsItsRoom);
    layout->addWidget(m_progress);
    auto* const chips = new QHBoxLayout;
    chips->setSpacing(metrics::small);
    addChips(*chips);
    chips->addStretch();
    layout->addLayout(chips);
    layout->addWidget(makeTable(theme), 1);
    addButtons(*layout);
    resize(900, 560);
    read(path);
}

void ImportDialog::addChips(QLayout& layout) {
    for (int id = -1; id < static_cast<int>(planFateCount); ++id) {
        auto* const chip = new QPushButton(id < 0 ? tr("All") : fateWord(static_cast<PlanFate>(id)));
        chip->setProperty("role", QStringLiteral("chip"));
        chip->setCheckable(true);
        chip->setAutoDefault(false);
        chip->setEnabled(false);
        chip->setObjectName(QStringLiteral("fate%1").arg(id));
        m_chips->addButton(chip, id + 1); // the group has its own meaning for -1
        layout.addWidget(chip);
    }
    m_chips->button(0)->setChecked(true);
    connect(m_chips, &QButtonGroup::idToggled, this, [this](int id, bool isChosen) {
        if (!isChosen)
            return;
        m_model.showOnly(id == 0 ? std::nullopt : std::optional(static_cast<PlanFate>(id - 1)));
    });
}

QTableView* ImportDialog::makeTable(const Theme& theme) {
    auto* const table = new ReadingTable(m_model);
    table->setObjectName(QStringLiteral("importTable"));
    table->setAccessibleName(tr("What happens to each line"));
    constexpr std::array styles{CellStyle::Fixed, CellStyle::Strong, CellStyle::Fixed, CellStyle::Plain};
    constexpr std::array widths{70, 120, 160, 400};
    for (std::size_t i = 0; i < styles.size(); ++i) {
        table->setItemDelegateForColumn(static_cast<int>(i), new RowDelegate(theme, styles.at(i), table));
        table->setColumnWidth(static_cast<int>(i), widths.at(i));
    }
    return table;
}

void ImportDialog::addButtons(QLayout& layout) {
    auto* const buttons = new QDialogButtonBox;
    m_accept = buttons->addButton(tr("Import"), QDialogButtonBox::AcceptRole);
    m_accept->setObjectName(QStringLiteral("importAccept"));
    m_accept->setProperty("role", QStringLiteral("primary"));
    m_accept->setEnabled(false);
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole)->setAutoDefault(false);
    layout.addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &ImportDialog::import);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void ImportDialog::read(const QString& path) {
    PlanBase base{m_workbench.machines().rows(), m_workbench.machines().layout(), {}};
    for (int row = 0; row < m_workbench.images().rowCount(); ++row) {
        const engine::ImageInfo& image = m_workbench.images().entry(row).image;
        base.imageNames.insert(image.id, image.name);
    }
    const QPointer<ImportDialog> self(this);
    QtConcurrent::run([path, base = std::move(base)] {
        return previewFile(path, base);
    }).then(this, [self](const tl::expected<PlanPreview, QString>& preview) {
        if (self)
            self->fill(preview);
    });
}

void ImportDialog::fill(const tl::expected<PlanPreview, QString>& preview) {
    m_progress->hide();
    if (!preview) {
        m_summary->setText(preview.error());
        Q_EMIT ready(preview.error());
        return;
    }
    m_model.setPreview(*preview);
    const auto total = static_cast<int>(preview->lines.size());
    const auto machines = static_cast<int>(preview->edit.changes.size());
    const int refused = preview->count(PlanFate::Refused);
    for (int id = -1; id < static_cast<int>(planFateCount); ++id) {
        QAbstractButton* const chip = m_chips->button(id + 1);
        const int count = id < 0 ? total : preview->count(static_cast<PlanFate>(id));
        chip->setText(QStringLiteral("%1 %2").arg(chip->text()).arg(count));
        chip->setEnabled(count > 0 || id < 0);
    }
    m_summary->setText(total == 0     ? tr("There is no machine in this file.")
                       : refused == 0 ? tr("Nothing has happened yet. This is what the lines will do.")
                                      : tr("Nothing has happened yet. %n line(s) cannot be used; importing "
                                           "leaves them out.",
                                           nullptr, refused));
    if (!preview->otherColumns.isEmpty())
        m_summary->setText(m_summary->text() + QLatin1Char(' ') +
                           tr("Only kept for the export: the columns %1.").arg(preview->otherColumns));
    m_accept->setText(machines > 0 ? tr("Import %n machine(s)", nullptr, machines) : tr("Import"));
    m_accept->setEnabled(machines > 0);
    m_accept->setDefault(true);
    Q_EMIT ready({});
}

void ImportDialog::import() {
    m_workbench.apply(m_model.preview().edit, tr("Import"));
    accept();
}

} // namespace rackmuster::ui
