#pragma once

#include "core/engine/PortSettings.h"
#include "ui/widgets/FormDialog.h"

#include <vector>

class QLabel;
class QPlainTextEdit;
class QTableWidget;

namespace rackmuster::ui {

class Theme;

/// Which slot hangs on which switch port, and which switches are asked for it.
class PortsDialog final : public FormDialog {
    Q_OBJECT

public:
    PortsDialog(const engine::PortSettings& settings, const Theme& theme, QWidget* parent);

    [[nodiscard]] engine::PortSettings settings() const;

private:
    void makeMap();
    [[nodiscard]] QWidget* makeSwitches();
    void addSwitch(const engine::SwitchAccess& access);
    void removeSwitch();
    /// Lines that are not understood are marked; they do not keep the others from being used.
    void markLines();
    void check();
    [[nodiscard]] QString text(int row, int column) const;
    /// What is wrong with the switch in this row; empty: nothing.
    [[nodiscard]] QString problemOf(int row) const;

    const Theme& m_theme;
    const engine::PortSettings m_before;
    std::vector<engine::SwitchAccess> m_known; ///< By row: what the table does not show stays.
    QPlainTextEdit* m_map = nullptr;
    QLabel* m_mapProblem = nullptr;
    QTableWidget* m_switches = nullptr;
};

} // namespace rackmuster::ui
