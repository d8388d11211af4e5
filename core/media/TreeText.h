#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace rackmuster::media {

/// `text` without blanks, tabs and line ends at both sides.
[[nodiscard]] std::string_view trim(std::string_view text);
/// ASCII letters to lower case.
[[nodiscard]] std::string lowerCase(std::string_view text);
/// Lines without their ends (LF or CRLF) and without a byte order mark.
[[nodiscard]] std::vector<std::string_view> linesOf(std::string_view text);
/// Words between blanks and tabs.
[[nodiscard]] std::vector<std::string_view> wordsOf(std::string_view line);
/// The first number with its dotted parts ("8.0.0", "18.04.1"); empty when there is none.
[[nodiscard]] std::string_view firstVersionIn(std::string_view text);

/// A name and the version behind it.
struct NameAndVersion {
    std::string name;
    std::string version;
};
/// Splits at the first word that begins as a version does ("7.5", "V10", "22.03-LTS-SP3"), which ends before
/// the first letter of another script ("3.0판"): "Kylin Linux Advanced Server V10". Without such a word at
/// the first number ("CentOS-7"). No version when there is no number.
[[nodiscard]] NameAndVersion splitVersion(std::string_view title);

/// The sections of an INI file, keys in lower case. Comments begin with ';' or '#'; the last value of a key
/// counts; lines that are neither section, comment nor "key = value" are passed over.
class IniText {
public:
    explicit IniText(std::string_view text);

    /// Empty when there is no such value.
    [[nodiscard]] const std::string& value(std::string_view section, std::string_view key) const;
    [[nodiscard]] bool hasSection(std::string_view section) const { return m_sections.contains(section); }
    /// In alphabetical order.
    [[nodiscard]] std::vector<std::string> sections() const;

private:
    using Section = std::map<std::string, std::string, std::less<>>;
    std::map<std::string, Section, std::less<>> m_sections;
};

} // namespace rackmuster::media
