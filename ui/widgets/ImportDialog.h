#pragma once

#include "ui/models/PreviewModel.h"

#include <QDialog>

class QButtonGroup;
class QLabel;
class QProgressBar;
class QPushButton;
class QTableView;

namespace rackmuster::ui {

class Theme;
class Workbench;

/// Shows what a plan file would do, line by line, before anything happens. Reads and compares in another
/// thread.
class ImportDialog final : public QDialog {
    Q_OBJECT

public:
    ImportDialog(Workbench& workbench, const Theme& theme, const QString& path, QWidget* parent);

Q_SIGNALS:
    /// The preview is there, or `problem` says why there is none.
    void ready(const QString& problem);

private:
    void addChips(QLayout& layout);
    [[nodiscard]] QTableView* makeTable(const Theme& theme);
    void addButtons(QLayout& layout);
    void read(const QString& path);
    void fill(const tl::expected<PlanPreview, QString>& preview);
    void import();

    Workbench& m_workbench;
    PreviewModel m_model;
    QLabel* m_summary;
    QProgressBar* m_progress;
    QButtonGroup* m_chips;
    QPushButton* m_accept = nullptr;
};

} // namespace rackmuster::ui
