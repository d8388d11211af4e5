#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rackmuster::exchange {

/// Rows of cells.
using Cells = std::vector<std::vector<std::string>>;

/// Cells as spreadsheets put them on the clipboard: tabs between them, quotes round what has a tab, a line
/// break or a quotation mark, and a guard before what would be taken for a formula (R57).
[[nodiscard]] std::string writeTsv(const Cells& rows);

/// Such text from a spreadsheet; every text can be read. A quotation mark that is not closed stands for
/// itself. Rows may differ in length.
[[nodiscard]] Cells readTsv(std::string_view text);

} // namespace rackmuster::exchange
