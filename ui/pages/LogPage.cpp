#include "ui/pages/LogPage.h"

#include "ui/Theme.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/ReadingTable.h"
#include "ui/widgets/RowDelegate.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTableView>

#include <algorithm>

namespace rackmuster::ui {

LogPage::LogPage(Workbench& workbench, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_workbench(workbench), m_stack(new QStackedWidget) {
    m_filter.setSourceModel(&workbench.log());
    m_filter.setFilterKeyColumn(-1);
    m_filter.setFilterCaseSensitivity(Qt::CaseInsensitive);
    auto* const layout = new QVBoxLayout(this);
    setSpacing(*layout, metrics::medium + 2, metrics::medium);
    auto* const head = new QHBoxLayout;
    auto* const box = new QLineEdit;
    box->setObjectName(QStringLiteral("logFilterBox"));
    box->setPlaceholderText(tr("Filter the log"));
    box->setAccessibleName(tr("Filter the log"));
    box->setClearButtonEnabled(true);
    box->setMaximumWidth(320);
    auto* const copy = new QPushButton(tr("Copy"));
    copy->setToolTip(tr("Copies the selected lines, or all of them"));
    head->addWidget(box, 1);
    head->addStretch();
    head->addWidget(copy);
    layout->addLayout(head);
    QFrame* const card = frame("card");
    auto* const inside = new QVBoxLayout(card);
    inside->setContentsMargins(1, 1, 1, metrics::tiny);
    auto* const empty = new EmptyState(theme);
    empty->setContent(QStringLiteral("log"), tr("Nothing happened yet"),
                      tr("Every request and every answer is written down here once the services run."),
                      QString());
    m_stack->addWidget(makeTable(theme));
    m_stack->addWidget(empty);
    inside->addWidget(m_stack);
    setFocusProxy(m_table);
    layout->addWidget(card, 1);
    connect(box, &QLineEdit::textChanged, &m_filter, &QSortFilterProxyModel::setFilterFixedString);
    connect(copy, &QPushButton::clicked, this, &LogPage::copySelection);
    const auto refresh = [this] {
        m_stack->setCurrentIndex(m_workbench.log().rowCount() > 0 ? 0 : 1);
    };
    connect(&workbench.log(), &QAbstractItemModel::rowsInserted, this, refresh);
    refresh();
}

QTableView* LogPage::makeTable(const Theme& theme) {
    m_table = new ReadingTable(m_filter);
    m_table->setObjectName(QStringLiteral("logTable"));
    m_table->setAccessibleName(tr("Log"));
    const std::array styles{CellStyle::Fixed, CellStyle::Strong, CellStyle::Fixed, CellStyle::Muted};
    for (std::size_t i = 0; i < styles.size(); ++i) {
        m_table->setItemDelegateForColumn(static_cast<int>(i), new RowDelegate(theme, styles.at(i), m_table));
        m_table->setColumnWidth(static_cast<int>(i), LogModel::columns().at(i).width);
    }
    auto* const copy = new QAction(m_table);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    m_table->addAction(copy);
    connect(copy, &QAction::triggered, this, &LogPage::copySelection);
    // follows the newest line only while it is in view, so that reading older ones is left in peace
    connect(&m_filter, &QAbstractItemModel::rowsAboutToBeInserted, m_table, [this] {
        const QScrollBar& bar = *m_table->verticalScrollBar();
        m_table->setProperty("follows", bar.value() == bar.maximum());
    });
    connect(&m_filter, &QAbstractItemModel::rowsInserted, m_table, [this] {
        if (m_table->property("follows").toBool())
            m_table->scrollToBottom();
    });
    return m_table;
}

void LogPage::copySelection() {
    QModelIndexList rows = m_table->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    if (rows.isEmpty()) {
        for (int row = 0; row < m_filter.rowCount(); ++row)
            rows << m_filter.index(row, 0);
    }
    QStringList lines;
    for (const QModelIndex& row : rows)
        lines << m_workbench.log().line(m_filter.mapToSource(row).row());
    QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

} // namespace rackmuster::ui
