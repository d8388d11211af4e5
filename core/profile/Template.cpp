#include "core/profile/Template.h"

#include "core/base/Trimmed.h"
#include "core/profile/AnswerText.h"

#include <algorithm>

namespace rackmuster::profile {

namespace {

constexpr std::size_t markDigits = 4; // of the number that ends a mark

std::string lineOf(std::string_view text, std::size_t position) {
    return "line " +
           std::to_string(
               std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(position), '\n') + 1);
}

/// The value of the {{name}} that begins at `position`, which moves behind it.
Result<std::string_view> takeVariable(std::string_view text, const Variables& variables,
                                      std::size_t& position) {
    const std::string where = lineOf(text, position);
    const std::size_t close = text.find("}}", position + 2);
    const std::size_t lineEnd = text.find('\n', position);
    if (close == std::string_view::npos || close > lineEnd)
        return fail(ErrorCode::Malformed, "The profile", "{{ in " + where + " is not closed by }}");
    const std::string_view name = trimmed(text.substr(position + 2, close - position - 2), " ");
    if (name.empty())
        return fail(ErrorCode::Malformed, "The profile", "{{}} in " + where + " names no variable");
    const auto value = variables.find(name);
    if (value == variables.end())
        return fail(ErrorCode::UnknownVariable, std::string(name), where);
    if (hasControlCharacter(value->second))
        return fail(ErrorCode::Malformed, "The value of {{" + std::string(name) + "}}",
                    "it has a line break or another control character (" + where + ")");
    position = close + 2;
    return std::string_view(value->second);
}

} // namespace

Result<std::string> replaceVariables(std::string_view text, const Variables& variables) {
    std::string out;
    out.reserve(text.size());
    std::size_t position = 0;
    while (position < text.size()) {
        const std::size_t mark = text.find("{{", position);
        if (mark == std::string_view::npos)
            break;
        const bool isEscaped = mark > position && text[mark - 1] == '\\';
        out += text.substr(position, mark - position - (isEscaped ? 1 : 0));
        position = mark;
        if (isEscaped) {
            out += "{{";
            position += 2;
            continue;
        }
        const auto value = takeVariable(text, variables, position);
        if (!value)
            return tl::unexpected(value.error());
        out += *value;
    }
    return out += text.substr(position);
}

Result<MarkedTemplate> MarkedTemplate::create(std::string_view text, const Variables& variables) {
    if (const auto checked = replaceVariables(text, variables); !checked)
        return tl::unexpected(checked.error());
    MarkedTemplate out;
    out.m_word = "RackmusterVariable";
    while (text.find(out.m_word) != text.npos)
        out.m_word += 'x';
    for (const auto& [name, value] : variables) {
        const std::string number = std::to_string(out.m_marks.size());
        const std::string mark = out.m_word + std::string(markDigits - number.size(), '0') + number;
        out.m_marks.emplace(name, mark);
        out.m_values.emplace(mark, value);
    }
    auto marked = replaceVariables(text, out.m_marks);
    if (!marked)
        return tl::unexpected(marked.error());
    out.m_text = std::move(*marked);
    return out;
}

std::string MarkedTemplate::filled(std::string_view part) const {
    std::string out;
    for (std::size_t at = part.find(m_word); at != part.npos; at = part.find(m_word)) {
        out += part.substr(0, at);
        part.remove_prefix(at);
        const std::string_view mark = part.substr(0, m_word.size() + markDigits);
        if (const auto value = m_values.find(mark); value != m_values.end())
            out += value->second;
        part.remove_prefix(mark.size());
    }
    return out += part;
}

bool MarkedTemplate::isOnly(std::string_view part, std::string_view name) const {
    const auto mark = m_marks.find(name);
    return mark != m_marks.end() && mark->second == part;
}

tl::unexpected<Error> malformed(std::string reason, std::size_t line) {
    if (line > 0)
        reason += " (line " + std::to_string(line) + ")";
    return fail(ErrorCode::Malformed, "The profile", std::move(reason));
}

Result<std::string> render(std::string_view text, boot::InstallerFamily kind, const Variables& variables) {
    switch (kind) {
    case boot::InstallerFamily::Ubuntu:
        return renderCloudConfig(text, variables);
    case boot::InstallerFamily::Suse:
        return renderAutoyast(text, variables);
    case boot::InstallerFamily::RedHat:
    case boot::InstallerFamily::Debian:
    case boot::InstallerFamily::None:
        break;
    }
    return replaceVariables(text, variables);
}

} // namespace rackmuster::profile
