#include "core/profile/AnswerFile.h"

#include <algorithm>

namespace rackmuster::profile {

namespace {

/// Line breaks would let a value write lines of its own; kickstart ends lines at U+0085, U+2028 and U+2029 as
/// well.
bool hasControlCharacter(std::string_view value) {
    const bool hasAscii = std::any_of(value.begin(), value.end(), [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F;
    });
    return hasAscii || value.find("\xC2\x85") != value.npos || value.find("\xE2\x80\xA8") != value.npos ||
           value.find("\xE2\x80\xA9") != value.npos;
}

std::string_view trimmed(std::string_view name) {
    while (name.starts_with(' '))
        name.remove_prefix(1);
    while (name.ends_with(' '))
        name.remove_suffix(1);
    return name;
}

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
    const std::string_view name = trimmed(text.substr(position + 2, close - position - 2));
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

Result<std::string> render(std::string_view text, const Variables& variables) {
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

} // namespace rackmuster::profile
