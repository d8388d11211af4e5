#include "ui/widgets/PathList.h"

#include "ui/Tokens.h"
#include "ui/text/PlainText.h"
#include "ui/widgets/Labels.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListWidget>
#include <QPushButton>

namespace rackmuster::ui {

PathList::PathList(const QString& title, QWidget* parent)
    : QWidget(parent), m_title(title), m_list(new QListWidget) {
    auto* const layout = new QHBoxLayout(this);
    setSpacing(*layout, 0, metrics::small);
    m_list->setObjectName(QStringLiteral("pathList"));
    m_list->setAccessibleName(title);
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMinimumHeight(144); // that of the buttons beside it
    m_list->installEventFilter(this);
    layout->addWidget(m_list, 1);
    auto* const buttons = new QVBoxLayout;
    buttons->setSpacing(metrics::tiny);
    const auto add = [&](const QString& text, const char* name, auto act) {
        auto* const button = new QPushButton(text);
        button->setObjectName(QLatin1String(name));
        button->setAutoDefault(false);
        buttons->addWidget(button);
        connect(button, &QPushButton::clicked, this, act);
        return button;
    };
    add(tr("Add…"), "addPath", [this] { choose(); });
    m_remove = add(tr("Remove"), "removePath", [this] { removeCurrent(); });
    m_up = add(tr("Up"), "movePathUp", [this] { moveCurrent(-1); });
    m_down = add(tr("Down"), "movePathDown", [this] { moveCurrent(1); });
    buttons->addStretch();
    layout->addLayout(buttons);
    setFocusProxy(m_list);
    connect(m_list, &QListWidget::currentRowChanged, this, &PathList::refreshButtons);
    refreshButtons();
}

QStringList PathList::paths() const {
    QStringList paths;
    for (int row = 0; row < m_list->count(); ++row)
        paths << m_list->item(row)->data(Qt::UserRole).toString();
    return paths;
}

void PathList::setPaths(const QStringList& paths) {
    m_list->clear();
    add(paths);
    m_list->setCurrentRow(0);
}

void PathList::add(const QStringList& paths) {
    const QStringList known = this->paths();
    for (const QString& path : paths) {
        if (known.contains(path))
            continue;
        auto* const item = new QListWidgetItem(printable(path), m_list);
        item->setData(Qt::UserRole, path);
        item->setToolTip(toolTipText(path));
        m_list->setCurrentItem(item);
    }
    refreshButtons();
    Q_EMIT changed();
}

void PathList::choose() {
    auto* const dialog = new QFileDialog(this, m_title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &PathList::add);
    dialog->open();
}

void PathList::removeCurrent() {
    delete m_list->takeItem(m_list->currentRow());
    refreshButtons();
    Q_EMIT changed();
}

void PathList::moveCurrent(int by) {
    const int row = m_list->currentRow();
    if (row < 0 || row + by < 0 || row + by >= m_list->count())
        return;
    m_list->insertItem(row + by, m_list->takeItem(row));
    m_list->setCurrentRow(row + by);
    Q_EMIT changed();
}

void PathList::refreshButtons() {
    const int row = m_list->currentRow();
    m_remove->setEnabled(row >= 0);
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row >= 0 && row + 1 < m_list->count());
}

bool PathList::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto* const key = static_cast<QKeyEvent*>(event);
    const bool isMove = key->modifiers() == Qt::AltModifier;
    if (key->key() == Qt::Key_Delete && m_list->currentRow() >= 0)
        removeCurrent();
    else if (isMove && key->key() == Qt::Key_Up)
        moveCurrent(-1);
    else if (isMove && key->key() == Qt::Key_Down)
        moveCurrent(1);
    else
        return QWidget::eventFilter(watched, event);
    return true;
}

} // namespace rackmuster::ui
