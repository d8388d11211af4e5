#pragma once

#include "core/base/Error.h"
#include "core/roster/Roster.h"

#include <string>
#include <string_view>
#include <vector>

namespace rackmuster::exchange {

/// A plan file read: every good line as a command, every bad one as an error (BadPlanLine with its number).
struct PlanFile {
    std::vector<roster::Plan> machines;
    std::vector<Error> errors;
};

/// `slot,hostname,mac,ip,profile,image,note`: header line, columns in any order, unknown columns ignored, RFC
/// 4180 quotes, CRLF or LF, UTF-8 with or without byte order mark, or GB18030. Only `mac` must be there. At
/// most 100,000 lines of at most 4 KiB. A header with semicolons or tabs instead of commas, as spreadsheets
/// write it, sets the separator of the file. A MAC, slot, hostname or address that stands twice is an error
/// of the later line. Four more columns are read: `kernelArguments`, `bootFile`, `menuEntry` and
/// `dhcpOptions` (see roster/DhcpOptions.h).
[[nodiscard]] PlanFile readPlanCsv(std::string_view text);

/// Every machine that is not refused, with the name and address that it has (pinned or of its slot), commas
/// and LF. The columns `kernelArguments` and `bootFile`, then `menuEntry`, then `dhcpOptions`, follow only
/// when a machine uses them. A text that a spreadsheet would take for a formula gets an apostrophe in front
/// (R57), which readPlanCsv() takes away again.
[[nodiscard]] std::string writePlanCsv(const roster::Roster& roster);

} // namespace rackmuster::exchange
