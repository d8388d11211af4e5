#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rackmuster::profile {

/// Lines with their ends ("\n", the last may have none): joined they are `text` again.
[[nodiscard]] std::vector<std::string_view> linesWithEnds(std::string_view text);
/// The first word of a line after blanks and tabs; empty for a blank line.
[[nodiscard]] std::string_view firstWord(std::string_view line);
/// What follows the first word, blanks in between dropped, the line's end kept.
[[nodiscard]] std::string_view afterFirstWord(std::string_view line);
/// CRLF becomes LF.
[[nodiscard]] std::string withLineFeeds(std::string_view text);
/// A control character other than a tab, or one of U+0085, U+2028 and U+2029, where kickstart and YAML end
/// lines: in a value they would write lines of their own.
[[nodiscard]] bool hasControlCharacter(std::string_view text);
/// One word of a POSIX shell that stands for `text`, whatever is in it. Without a backslash: a preseed file
/// has its own use for those.
[[nodiscard]] std::string shellQuoted(std::string_view text);

} // namespace rackmuster::profile
