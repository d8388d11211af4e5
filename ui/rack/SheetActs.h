#pragma once

#include <QObject>

class QAction;
class QToolButton;

namespace rackmuster::ui {

class Workbench;

/// Printing the picture of the rack, and keeping it as a file.
class SheetActs final : public QObject {
    Q_OBJECT

public:
    /// Both outlive it. The acts have shortcuts in `page`.
    SheetActs(Workbench& workbench, QWidget& page);

    /// A button with both acts; the caller owns it.
    [[nodiscard]] QToolButton* makeButton();
    /// As SVG, PDF or PNG, by its suffix. What came of it is told by the workbench.
    void save(const QString& path);

private:
    void choosePrinter();
    void choosePlace();

    Workbench& m_workbench;
    QWidget& m_page;
    QAction* m_print;
    QAction* m_save;
};

} // namespace rackmuster::ui
