#pragma once

#include "core/base/Result.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rackmuster {

/// One record of a CSV file (RFC 4180).
struct CsvRecord {
    std::size_t line = 0; ///< on which it begins, from 1
    Result<std::vector<std::string>>
        fields; ///< or what is wrong with it (Malformed); the next record is good again
};

/// Takes a CSV text apart, record by record. Fields without quotes lose the blanks around them. A record ends
/// with LF or CRLF; inside quotes it may have line breaks. Holds a view of the text.
class CsvReader {
public:
    /// `maximumRecord` in bytes.
    CsvReader(std::string_view text, char separator, std::size_t maximumRecord);

    /// Nothing at the end of the text.
    [[nodiscard]] std::optional<CsvRecord> next();

private:
    Result<std::vector<std::string>> readRecord();
    Result<std::string> readField();
    Result<std::string> readQuoted();
    void skipLine(std::size_t from);
    [[nodiscard]] bool atRecordEnd() const;

    std::string_view m_text;
    char m_separator;
    std::size_t m_maximumRecord;
    std::size_t m_position = 0;
    std::size_t m_line = 1;
    std::size_t m_recordStart = 0;
};

/// The separator of a file by its header line: comma, semicolon or tab, whichever comes first; comma when
/// there is none.
[[nodiscard]] char separatorOf(std::string_view headerLine);

/// `text` between double quotes, with those inside doubled: as CSV and TSV quote.
[[nodiscard]] std::string inQuotes(std::string_view text);
/// `text` as a field: with quotes where it needs them, guarded against being taken for a formula (R57).
[[nodiscard]] std::string csvField(std::string_view text);

/// A formula guard taken away again: unguarded(guarded(text)) == text for every text.
[[nodiscard]] std::string guarded(std::string_view text);
[[nodiscard]] std::string unguarded(std::string_view text);

} // namespace rackmuster
