#pragma once

#include "core/profile/AnswerFile.h"

#include <string>
#include <string_view>

namespace rackmuster::profile {

/// Every {{name}} replaced by its value as it is. Errors as render().
[[nodiscard]] Result<std::string> replaceVariables(std::string_view text, const Variables& variables);

/// A template whose variables stand as words that no format gives a meaning, so that a parser can tell where
/// they stand. The values are put into what it parsed: there they cannot be taken for syntax.
class MarkedTemplate {
public:
    /// Errors as render().
    [[nodiscard]] static Result<MarkedTemplate> create(std::string_view text, const Variables& variables);

    /// The text to parse; its lines are those of the template.
    [[nodiscard]] const std::string& text() const { return m_text; }
    [[nodiscard]] bool hasVariable(std::string_view part) const { return part.find(m_word) != part.npos; }
    /// A part of what was parsed, with the values in their places.
    [[nodiscard]] std::string filled(std::string_view part) const;
    /// Is `part` this variable and nothing else?
    [[nodiscard]] bool isOnly(std::string_view part, std::string_view name) const;

private:
    std::string m_text;
    std::string m_word; ///< Begins every mark, and stands nowhere in the template.
    Variables m_marks;  ///< name -> mark
    Variables m_values; ///< mark -> value
};

// Templates of a format that is parsed. See render().
[[nodiscard]] Result<std::string> renderCloudConfig(std::string_view text, const Variables& variables);
[[nodiscard]] Result<std::string> renderAutoyast(std::string_view text, const Variables& variables);

/// "The profile is not valid: `reason` (line `line`)". Lines count from 1; 0: not known.
[[nodiscard]] tl::unexpected<Error> malformed(std::string reason, std::size_t line);

} // namespace rackmuster::profile
