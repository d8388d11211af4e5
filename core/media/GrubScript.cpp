#include "core/media/GrubScript.h"

#include "core/base/Hex.h"

#include <utility>

namespace rackmuster::media {

namespace {

constexpr std::size_t maxCommands = 50'000; // of one script

bool isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Reads a script character by character.
class GrubLexer {
public:
    explicit GrubLexer(std::string_view text) : m_text(text) {}

    std::vector<GrubCommand> run();

private:
    [[nodiscard]] char at(std::size_t offset = 0) const {
        return m_position + offset < m_text.size() ? m_text[m_position + offset] : '\0';
    }
    void readPlain();
    void readQuoted(char quote);
    void readEscape();
    void readVariable();
    void append(char c);
    void endWord();
    void endCommand();

    std::string_view m_text;
    std::size_t m_position = 0;
    GrubWord m_word;
    bool m_isWordOpen = false;   ///< even when nothing is in it: ''
    bool m_isWordQuoted = false; ///< "{" in quotes opens no block
    GrubCommand m_command;
    std::vector<GrubCommand> m_out;
};

void GrubLexer::append(char c) {
    m_isWordOpen = true;
    if (m_word.empty() || m_word.back().isVariable)
        m_word.push_back({});
    m_word.back().text += c;
}

void GrubLexer::endWord() {
    if (!m_isWordOpen)
        return;
    const bool isBrace =
        !m_isWordQuoted && m_word.size() == 1 && !m_word[0].isVariable && m_word[0].text.size() == 1;
    const char brace = isBrace ? m_word[0].text[0] : '\0';
    if (brace == '{') {
        m_command.opensBlock = true;
        endCommand();
    } else if (brace == '}') {
        endCommand();
        m_command.closesBlock = true;
        endCommand();
    } else {
        m_command.words.push_back(std::move(m_word));
    }
    m_word.clear();
    m_isWordOpen = m_isWordQuoted = false;
}

void GrubLexer::endCommand() {
    if (!m_command.words.empty() || m_command.opensBlock || m_command.closesBlock)
        m_out.push_back(std::move(m_command));
    m_command = {};
}

void GrubLexer::readEscape() {
    const char next = at(1);
    const bool isLabelBlank = next == 'x' && hexValue(at(2)) && hexValue(at(3));
    if (isLabelBlank)
        append('\\');
    else if (next != '\n' && next != '\0')
        append(next);
    m_position += isLabelBlank ? 1 : 2;
}

void GrubLexer::readVariable() {
    const bool isBraced = at(1) == '{';
    std::size_t end = m_position + (isBraced ? 2 : 1);
    std::string name;
    while (end < m_text.size() && isNameCharacter(m_text[end]))
        name += m_text[end++];
    if (isBraced && end < m_text.size() && m_text[end] == '}')
        ++end;
    else if (isBraced || name.empty()) {
        if (at(1) != '"') // $"..." is a text to translate
            append('$');
        ++m_position;
        return;
    }
    m_isWordOpen = true;
    m_word.push_back({std::move(name), true});
    m_position = end;
}

void GrubLexer::readQuoted(char quote) {
    m_isWordOpen = m_isWordQuoted = true;
    for (++m_position; m_position < m_text.size() && at() != quote;) {
        const bool isEscape =
            quote == '"' && at() == '\\' && (at(1) == '"' || at(1) == '\\' || at(1) == '$' || at(1) == '\n');
        if (isEscape) {
            readEscape();
        } else if (quote == '"' && at() == '$') {
            readVariable();
        } else {
            append(at());
            ++m_position;
        }
    }
    ++m_position;
}

void GrubLexer::readPlain() {
    switch (at()) {
    case '\\':
        return readEscape();
    case '$':
        return readVariable();
    case '\'':
    case '"':
        return readQuoted(at());
    case '#':
        if (!m_isWordOpen) {
            while (m_position < m_text.size() && at() != '\n')
                ++m_position;
            return;
        }
        break;
    case ' ':
    case '\t':
    case '\r':
        endWord();
        ++m_position;
        return;
    case '\n':
    case ';':
        endWord();
        endCommand();
        ++m_position;
        return;
    default:
        break;
    }
    append(at());
    ++m_position;
}

std::vector<GrubCommand> GrubLexer::run() {
    while (m_position < m_text.size() && m_out.size() < maxCommands)
        readPlain();
    endWord();
    endCommand();
    return std::move(m_out);
}

} // namespace

std::vector<GrubCommand> parseGrubScript(std::string_view text) {
    return GrubLexer(text).run();
}

} // namespace rackmuster::media
