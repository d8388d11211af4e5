#pragma once

#include "core/engine/Engine.h"
#include "ui/Theme.h"

#include <QFrame>

class QPushButton;

namespace rackmuster::ui {

class TextLine;

/// A served folder on one line: its name, where it is, and where machines find it.
class FolderRow final : public QFrame {
    Q_OBJECT

public:
    explicit FolderRow(const Theme& theme, QWidget* parent = nullptr);

    void setFolder(const engine::FolderInfo& folder);

Q_SIGNALS:
    void removeRequested(const rackmuster::engine::FolderInfo& folder);

private:
    engine::FolderInfo m_folder;
    TextLine* m_name;
    TextLine* m_path;
    TextLine* m_address;
    QPushButton* m_copy;
    QPushButton* m_remove;
};

} // namespace rackmuster::ui
