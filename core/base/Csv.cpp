#include "core/base/Csv.h"

#include "core/base/Trimmed.h"

#include <algorithm>
#include <utility>

namespace rackmuster {

namespace {

constexpr std::string_view formulaStarts = "=+-@\t\r";

/// A spreadsheet hides a leading apostrophe, so texts that begin with some of them count as what follows.
bool needsGuard(std::string_view text) {
    const std::size_t first = text.find_first_not_of('\'');
    return first != std::string_view::npos && formulaStarts.find(text[first]) != std::string_view::npos;
}

} // namespace

CsvReader::CsvReader(std::string_view text, char separator, std::size_t maximumRecord)
    : m_text(text), m_separator(separator), m_maximumRecord(maximumRecord) {}

std::optional<CsvRecord> CsvReader::next() {
    if (m_position >= m_text.size())
        return std::nullopt;
    m_recordStart = m_position;
    const std::size_t line = m_line;
    auto fields = readRecord();
    if (!fields)
        skipLine(m_recordStart);
    return CsvRecord{line, std::move(fields)};
}

Result<std::vector<std::string>> CsvReader::readRecord() {
    std::vector<std::string> fields;
    for (;;) {
        auto field = readField();
        if (!field)
            return tl::unexpected(field.error());
        fields.push_back(std::move(*field));
        if (m_position - m_recordStart > m_maximumRecord)
            return fail(ErrorCode::Malformed, "A line",
                        "it is longer than " + std::to_string(m_maximumRecord) + " bytes");
        if (m_position < m_text.size() && m_text[m_position] == m_separator) {
            ++m_position;
            continue;
        }
        break;
    }
    skipLine(m_position); // only its end is left
    return fields;
}

Result<std::string> CsvReader::readField() {
    std::size_t start = m_position;
    while (start < m_text.size() && m_text[start] == ' ')
        ++start;
    if (start < m_text.size() && m_text[start] == '"') {
        m_position = start + 1;
        return readQuoted();
    }
    const char ends[] = {m_separator, '\n', '\0'};
    const std::size_t end = std::min(m_text.find_first_of(ends, m_position), m_text.size());
    std::string_view field = m_text.substr(m_position, end - m_position);
    m_position = end;
    if (field.ends_with('\r') && atRecordEnd())
        field.remove_suffix(1);
    return std::string(trimmed(field));
}

Result<std::string> CsvReader::readQuoted() {
    std::string out;
    for (;;) {
        const std::size_t quote = m_text.find('"', m_position);
        if (quote == std::string_view::npos || quote - m_recordStart > m_maximumRecord)
            return fail(ErrorCode::Malformed, "A line", "a quotation mark is not closed");
        out += m_text.substr(m_position, quote - m_position);
        m_position = quote + 1;
        if (m_position >= m_text.size() || m_text[m_position] != '"')
            break;
        out += '"';
        ++m_position;
    }
    while (m_position < m_text.size() && m_text[m_position] == ' ')
        ++m_position;
    if (m_text.substr(m_position).starts_with("\r\n"))
        ++m_position;
    if (!atRecordEnd() && m_text[m_position] != m_separator)
        return fail(ErrorCode::Malformed, "A line", "text follows a closing quotation mark");
    return out;
}

/// Moves behind the line that `from` is in and counts the line ends passed since the record began.
void CsvReader::skipLine(std::size_t from) {
    const std::size_t feed = m_text.find('\n', from);
    m_position = feed == std::string_view::npos ? m_text.size() : feed + 1;
    const std::string_view passed = m_text.substr(m_recordStart, m_position - m_recordStart);
    m_line += static_cast<std::size_t>(std::count(passed.begin(), passed.end(), '\n'));
}

bool CsvReader::atRecordEnd() const {
    return m_position >= m_text.size() || m_text[m_position] == '\n';
}

char separatorOf(std::string_view headerLine) {
    const std::size_t at = headerLine.substr(0, headerLine.find('\n')).find_first_of(",;\t");
    return at == std::string_view::npos ? ',' : headerLine[at];
}

std::string guarded(std::string_view text) {
    return (needsGuard(text) ? "'" : "") + std::string(text);
}

std::string unguarded(std::string_view text) {
    if (text.starts_with('\'') && needsGuard(text.substr(1)))
        text.remove_prefix(1);
    return std::string(text);
}

std::string inQuotes(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"')
            out += '"';
        out += c;
    }
    return out + "\"";
}

std::string csvField(std::string_view text) {
    std::string safe = guarded(text);
    const bool isPlain = safe.find_first_of(",;\t\"\r\n") == std::string::npos && trimmed(safe) == safe;
    if (isPlain)
        return safe;
    return inQuotes(safe);
}

} // namespace rackmuster
