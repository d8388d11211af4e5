#pragma once

#include "core/exchange/PlanFile.h"

#include <string>
#include <string_view>

namespace rackmuster::exchange {

/// `slot,hostname,mac,ip,profile,image,note`: header line, columns in any order and by the names that people
/// give them (name, IP address, MAC地址, ...), unknown columns ignored, RFC 4180 quotes, CRLF or LF, UTF-8.
/// Only `mac` must be there; of a column that is not there nothing is said. At most 100,000 lines of at most
/// 4 KiB. A header with semicolons or tabs instead of commas, as spreadsheets write it, sets the separator of
/// the file. Four more columns are read: `kernelArguments`, `bootFile`, `menuEntry` and `dhcpOptions` (see
/// roster/DhcpOptions.h).
[[nodiscard]] PlanFile readPlanCsv(std::string_view utf8);

/// Every machine that is not refused, with the name and address that it has (pinned or of its slot), commas
/// and LF. The columns `kernelArguments` and `bootFile`, then `menuEntry`, then `dhcpOptions`, follow only
/// when a machine uses them. A text that a spreadsheet would take for a formula gets an apostrophe in front
/// (R57), which readPlanCsv() takes away again.
[[nodiscard]] std::string writePlanCsv(const roster::Roster& roster);

} // namespace rackmuster::exchange
