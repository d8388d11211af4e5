#pragma once

#include "core/exchange/PlanFile.h"

#include <QObject>

class QAction;
class QMenu;
class QToolButton;
class QWidget;

namespace rackmuster::ui {

class MachineTable;
class Theme;
class Workbench;

/// Plans in and out: the button with its menu, a machine typed by hand, the file dialogs and the preview.
class PlanActs final : public QObject {
    Q_OBJECT

public:
    /// The file dialogs belong to `page`; their keys work while it is in view.
    PlanActs(Workbench& workbench, const Theme& theme, MachineTable& table, QWidget& page);

    /// Owned by who lays it out.
    [[nodiscard]] QToolButton* makeButton();
    void addTo(QMenu& menu) const;
    /// Shows what the file would do.
    void preview(const QString& path);

private:
    void typeMachine();
    void chooseFile();
    void choosePlace();
    void save(const QString& path, exchange::PlanFormat format);

    Workbench& m_workbench;
    const Theme& m_theme;
    MachineTable& m_table;
    QWidget& m_page;
    QAction* m_type;
    QAction* m_import;
    QAction* m_export;
};

} // namespace rackmuster::ui
