#pragma once

#include "core/engine/Snapshot.h"

#include <QCoreApplication>
#include <QString>

#include <array>
#include <cstddef>
#include <cstdint>

namespace rackmuster::ui {

enum class MachineColumn : std::uint8_t {
    Slot,
    State,
    Name,
    Address,
    Mac,
    Vendor,
    Firmware,
    Image,
    Profile,
    Stage,
    Progress
};

/// How a cell is edited in place.
enum class CellEditor : std::uint8_t { None, Line, Choice };

/// One column of the machine table.
struct MachineColumnInfo {
    MachineColumn id;
    const char* word; ///< Stable name for the settings file.
    const char* title;
    int width;  ///< Pixels at first.
    int widest; ///< Pixels that it grows to where the window is wide.
    int rank;   ///< The highest ranks give way first where the window is narrow; 0 never does.
    CellEditor editor;
    QString (*text)(const engine::MachineRow& row);
};

/// The cells' texts; State and Progress are drawn from more than their text.
namespace cell {
[[nodiscard]] QString slot(const engine::MachineRow& row);
[[nodiscard]] QString state(const engine::MachineRow& row);
[[nodiscard]] QString name(const engine::MachineRow& row);
[[nodiscard]] QString address(const engine::MachineRow& row);
[[nodiscard]] QString mac(const engine::MachineRow& row);
[[nodiscard]] QString vendor(const engine::MachineRow& row);
[[nodiscard]] QString firmware(const engine::MachineRow& row);
[[nodiscard]] QString image(const engine::MachineRow& row);
[[nodiscard]] QString profile(const engine::MachineRow& row);
[[nodiscard]] QString stage(const engine::MachineRow& row);
[[nodiscard]] QString progress(const engine::MachineRow& row);
} // namespace cell

// clang-format off
inline constexpr std::array machineColumns{
    MachineColumnInfo{MachineColumn::Slot,     "slot",     QT_TRANSLATE_NOOP("Columns", "Slot"),      62,  62, 0, CellEditor::Line,   cell::slot},
    MachineColumnInfo{MachineColumn::State,    "state",    QT_TRANSLATE_NOOP("Columns", "State"),    116, 116, 0, CellEditor::None,   cell::state},
    MachineColumnInfo{MachineColumn::Name,     "name",     QT_TRANSLATE_NOOP("Columns", "Name"),     116, 200, 0, CellEditor::Line,   cell::name},
    MachineColumnInfo{MachineColumn::Address,  "address",  QT_TRANSLATE_NOOP("Columns", "Address"),  112, 112, 2, CellEditor::Line,   cell::address},
    MachineColumnInfo{MachineColumn::Mac,      "mac",      QT_TRANSLATE_NOOP("Columns", "MAC"),      142, 142, 3, CellEditor::None,   cell::mac},
    MachineColumnInfo{MachineColumn::Vendor,   "vendor",   QT_TRANSLATE_NOOP("Columns", "Vendor"),    96, 150, 7, CellEditor::None,   cell::vendor},
    MachineColumnInfo{MachineColumn::Firmware, "firmware", QT_TRANSLATE_NOOP("Columns", "Firmware"),  80,  80, 6, CellEditor::None,   cell::firmware},
    MachineColumnInfo{MachineColumn::Image,    "image",    QT_TRANSLATE_NOOP("Columns", "Image"),    114, 300, 4, CellEditor::Choice, cell::image},
    MachineColumnInfo{MachineColumn::Profile,  "profile",  QT_TRANSLATE_NOOP("Columns", "Profile"),   80, 200, 5, CellEditor::Choice, cell::profile},
    MachineColumnInfo{MachineColumn::Stage,    "stage",    QT_TRANSLATE_NOOP("Columns", "Stage"),    138, 220, 1, CellEditor::None,   cell::stage},
    MachineColumnInfo{MachineColumn::Progress, "progress", QT_TRANSLATE_NOOP("Columns", "Progress"), 100, 100, 0, CellEditor::None,   cell::progress},
};
// clang-format on

[[nodiscard]] constexpr const MachineColumnInfo& columnInfo(MachineColumn column) {
    return machineColumns.at(static_cast<std::size_t>(column));
}
[[nodiscard]] QString columnTitle(MachineColumn column);

} // namespace rackmuster::ui
