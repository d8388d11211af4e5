#pragma once

#include <string>
#include <string_view>

namespace rackmuster::exchange {

/// Well-formed UTF-8 (RFC 3629): no overlong forms, no surrogates.
[[nodiscard]] bool isUtf8(std::string_view text);

/// `text` as UTF-8 without a byte order mark. What begins with the mark of UTF-16 is UTF-16 ("Unicode text"
/// of Excel); what is not UTF-8 is taken as Windows-1252 where semicolons separate, as in European CSV of
/// Excel, and otherwise as GB18030, in which Chinese spreadsheets save CSV; what is none of them stays as it
/// is, for the reader to name the lines.
[[nodiscard]] std::string toUtf8(std::string_view text);

} // namespace rackmuster::exchange
