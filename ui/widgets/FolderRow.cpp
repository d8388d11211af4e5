#include "ui/widgets/FolderRow.h"

#include "ui/text/PlainText.h"
#include "ui/text/Sentences.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/RowDelegate.h"
#include "ui/widgets/TextLine.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>

namespace rackmuster::ui {

namespace {

constexpr int nameWidth = 150;

} // namespace

FolderRow::FolderRow(const Theme& theme, QWidget* parent)
    : QFrame(parent), m_name(new TextLine(theme, "strong")),
      m_path(new TextLine(theme, "muted", Qt::ElideMiddle)),
      m_address(new TextLine(theme, "", Qt::ElideMiddle)), m_copy(new QPushButton(tr("Copy address"))),
      m_remove(new QPushButton(tr("Stop serving"))) {
    setObjectName(QStringLiteral("folderRow"));
    auto* const layout = new QHBoxLayout(this);
    setSpacing(*layout, 0, metrics::medium);
    m_name->setFixedWidth(nameWidth);
    m_name->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_address->setFont(fixedFont());
    m_address->setObjectName(QStringLiteral("folderAddress"));
    m_copy->setObjectName(QStringLiteral("folderCopy"));
    m_remove->setObjectName(QStringLiteral("folderRemove"));
    layout->addWidget(m_name);
    layout->addWidget(m_path, 4);
    layout->addWidget(m_address, 5);
    for (QPushButton* const button : {m_copy, m_remove}) {
        button->setProperty("role", QStringLiteral("textlink"));
        layout->addWidget(button);
    }
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_folder.url); });
    connect(m_remove, &QPushButton::clicked, this, [this] { Q_EMIT removeRequested(m_folder); });
}

void FolderRow::setFolder(const engine::FolderInfo& folder) {
    m_folder = folder;
    m_name->setLine(printable(folder.name));
    m_path->setLine(printable(folder.path));
    if (folder.problem)
        m_address->setLine(sentence(*folder.problem), ToneName::Problem, roster::MachineState::Failed);
    else
        m_address->setLine(folder.url.isEmpty() ? tr("has an address once the services run")
                                                : printable(folder.url));
    m_copy->setEnabled(!folder.url.isEmpty());
    m_copy->setAccessibleName(tr("Copy the address of %1").arg(printable(folder.name)));
    m_remove->setAccessibleName(tr("Stop serving %1").arg(printable(folder.name)));
}

} // namespace rackmuster::ui
