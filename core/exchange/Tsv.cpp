#include "core/exchange/Tsv.h"

#include "core/base/Csv.h"

#include <optional>
#include <utility>

namespace rackmuster::exchange {

namespace {

std::string tsvField(std::string_view text) {
    std::string safe = guarded(text);
    if (safe.find_first_of("\t\r\n\"") == std::string::npos)
        return safe;
    return inQuotes(safe);
}

/// A quoted cell at the start of `text`, which it is taken from; nothing when the quotes do not fit.
std::optional<std::string> takeQuoted(std::string_view& text) {
    std::string out;
    std::size_t at = 1;
    for (;;) {
        const std::size_t quote = text.find('"', at);
        if (quote == std::string_view::npos)
            return std::nullopt;
        out += text.substr(at, quote - at);
        at = quote + 1;
        if (at >= text.size() || text[at] != '"')
            break;
        out += '"';
        ++at;
    }
    if (at < text.size() && text[at] != '\t' && text[at] != '\n' && text[at] != '\r')
        return std::nullopt;
    text.remove_prefix(at);
    return out;
}

std::string takeCell(std::string_view& text) {
    if (text.starts_with('"')) {
        if (auto quoted = takeQuoted(text))
            return std::move(*quoted);
    }
    const std::size_t end = std::min(text.find_first_of("\t\r\n"), text.size());
    std::string cell(text.substr(0, end));
    text.remove_prefix(end);
    return cell;
}

} // namespace

std::string writeTsv(const Cells& rows) {
    std::string out;
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i)
            out.append(i == 0 ? "" : "\t").append(tsvField(row[i]));
        out += '\n';
    }
    return out;
}

Cells readTsv(std::string_view text) {
    Cells rows;
    while (!text.empty()) {
        std::vector<std::string>& row = rows.emplace_back();
        row.push_back(unguarded(takeCell(text)));
        while (text.starts_with('\t')) {
            text.remove_prefix(1);
            row.push_back(unguarded(takeCell(text)));
        }
        if (text.starts_with('\r'))
            text.remove_prefix(1);
        if (text.starts_with('\n'))
            text.remove_prefix(1);
    }
    return rows;
}

} // namespace rackmuster::exchange
