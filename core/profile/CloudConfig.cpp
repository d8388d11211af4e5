#include "core/profile/CloudConfig.h"

#include "core/profile/AnswerText.h"

#include <algorithm>
#include <sstream>
#include <yaml-cpp/eventhandler.h>

namespace rackmuster::profile {

namespace {

constexpr int deepestNesting = 100;
constexpr std::size_t nodeSize = 8;              // bytes: at least a line, its indentation and its mark
constexpr std::size_t largestGrowth = 1U << 20U; // bytes, by aliases
// Readers look 1,024 characters ahead for the colon of a key, and a byte may take four when it is escaped.
constexpr std::size_t longestShortKey = 200; // bytes
constexpr std::string_view plainTag = "?";   // yaml-cpp's for "untagged and not quoted"
constexpr std::string_view quotedTag = "!";  // yaml-cpp's for "untagged and quoted"

/// Decimal as every YAML reader understands it: a leading zero means octal to some.
bool isNumber(std::string_view text) {
    constexpr std::size_t longest = 18; // digits
    const bool hasDigitsOnly =
        std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    return !text.empty() && text.size() <= longest && hasDigitsOnly && (text[0] != '0' || text.size() == 1);
}

bool isTagged(const std::string& tag) {
    return !tag.empty() && tag != plainTag && tag != quotedTag;
}

/// "!!str" and the like. Any other tag stops cloud-init, which reads YAML without them.
bool isStandardTag(std::string_view tag) {
    constexpr std::string_view prefix = "tag:yaml.org,2002:";
    if (!tag.starts_with(prefix))
        return false;
    tag.remove_prefix(prefix.size());
    return !tag.empty() && std::all_of(tag.begin(), tag.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

/// With line ends that yaml-cpp sees (it takes a lone CR for a letter), and an end mark: without that a quote
/// that is never closed ends silently with the text. Error: Malformed, for control characters, which readers
/// treat differently.
Result<std::string> closedText(std::string_view text) {
    std::string out = withLineFeeds(text);
    std::replace(out.begin(), out.end(), '\r', '\n');
    const auto lines = linesWithEnds(out);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (hasControlCharacter(lines[i].substr(0, lines[i].find('\n'))))
            return malformed("it has a control character", i + 1);
    }
    return out + "\n...\n";
}

/// Parses without keeping anything.
class NoEvents final : public YAML::EventHandler {
public:
    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
    void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
    void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override {}
    void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                         YAML::EmitterStyle::value) override {}
    void OnSequenceEnd() override {}
    void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                    YAML::EmitterStyle::value) override {}
    void OnMapEnd() override {}
};

/// Not by YAML::LoadAll: yaml-cpp 0.7 finds documents without end where a comma stands in the wrong place.
bool isOneDocument(const std::string& text) {
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    NoEvents nothing;
    return parser.HandleNextDocument(nothing) && !parser.HandleNextDocument(nothing);
}

std::size_t lineOf(const YAML::Mark& mark) {
    return mark.is_null() ? 0 : static_cast<std::size_t>(mark.line) + 1;
}

} // namespace

// Every node takes a byte at least, so a text without aliases never grows too large: what was written once
// can be read and written again, whatever values were filled in.
YamlWriter::YamlWriter(std::size_t textSize, const MarkedTemplate* marked)
    : m_marked(marked), m_largest(largestGrowth + (nodeSize + 1) * textSize) {}

void YamlWriter::count(const YAML::Node& node, std::size_t bytes) {
    m_size += bytes + nodeSize;
    if (m_size > m_largest)
        throw YAML::Exception(node.Mark(), "it is too large, or repeats itself");
}

void YamlWriter::writeQuoted(const std::string& text) {
    if (hasControlCharacter(text)) // yaml-cpp itself does not escape U+2028 and U+2029
        m_emitter << YAML::EscapeNonAscii;
    m_emitter << YAML::DoubleQuoted << text;
}

std::string YamlWriter::textOf(const std::string& scalar) const {
    return m_marked != nullptr ? m_marked->filled(scalar) : scalar;
}

void YamlWriter::writeScalar(const YAML::Node& scalar) {
    const std::string text = textOf(scalar.Scalar());
    const bool isFilled = m_marked != nullptr && m_marked->hasVariable(scalar.Scalar());
    // A value that was filled in is a number or text. And over several lines anything is text.
    const bool mayBePlain = isFilled ? isNumber(text) : !hasControlCharacter(text);
    if (scalar.Tag() == plainTag && mayBePlain)
        m_emitter << text;
    else
        writeQuoted(text);
}

void YamlWriter::writeItems(const YAML::Node& sequence) {
    for (const YAML::Node& item : sequence) {
        const bool isAddressList =
            m_marked != nullptr && item.IsScalar() && m_marked->isOnly(item.Scalar(), "dns");
        if (!isAddressList) {
            write(item);
            continue;
        }
        std::string_view rest = item.Scalar();
        const std::string addresses = m_marked->filled(rest);
        rest = addresses;
        while (!rest.empty()) {
            const std::size_t comma = std::min(rest.find(','), rest.size());
            writeQuoted(std::string(rest.substr(0, comma)));
            rest.remove_prefix(std::min(comma + 1, rest.size()));
        }
    }
}

void YamlWriter::writePair(const YAML::Node& key, const YAML::Node& value) {
    if (key.IsScalar() && textOf(key.Scalar()).size() > longestShortKey)
        m_emitter << YAML::LongKey; // "? key"
    m_emitter << YAML::Key;
    write(key);
    m_emitter << YAML::Value;
    write(value);
}

void YamlWriter::write(const YAML::Node& node) {
    if (++m_depth > deepestNesting)
        throw YAML::Exception(node.Mark(), "it nests too deep");
    count(node, node.IsScalar() ? node.Scalar().size() : 0);
    if (isTagged(node.Tag())) {
        if (!isStandardTag(node.Tag()))
            throw YAML::Exception(node.Mark(), "it has a tag that only programs of its own know");
        m_emitter << YAML::VerbatimTag(node.Tag());
    }
    switch (node.Type()) {
    case YAML::NodeType::Scalar:
        writeScalar(node);
        break;
    case YAML::NodeType::Sequence:
        m_emitter << YAML::BeginSeq;
        writeItems(node);
        m_emitter << YAML::EndSeq;
        break;
    case YAML::NodeType::Map:
        m_emitter << YAML::BeginMap;
        for (const auto& pair : node)
            writePair(pair.first, pair.second);
        m_emitter << YAML::EndMap;
        break;
    case YAML::NodeType::Null:
    case YAML::NodeType::Undefined:
        m_emitter << YAML::Null;
        break;
    }
    --m_depth;
}

Result<std::string> rewriteCloudConfig(std::string_view text,
                                       const std::function<void(YamlWriter&, const YAML::Node&)>& write,
                                       const MarkedTemplate* marked) {
    try {
        auto closed = closedText(text);
        if (!closed)
            return closed;
        if (!isOneDocument(*closed))
            return malformed("it must be one YAML document", 0);
        YamlWriter writer(closed->size(), marked);
        write(writer, YAML::Load(*closed));
        if (!writer.emitter().good())
            return malformed(writer.emitter().GetLastError(), 0);
        return "#cloud-config\n" + std::string(writer.emitter().c_str()) + "\n";
    } catch (const YAML::Exception& error) {
        return malformed(error.msg, lineOf(error.mark));
    }
}

Result<std::string> renderCloudConfig(std::string_view text, const Variables& variables) {
    const auto marked = MarkedTemplate::create(text, variables);
    if (!marked)
        return tl::unexpected(marked.error());
    return rewriteCloudConfig(
        marked->text(), [](YamlWriter& writer, const YAML::Node& root) { writer.write(root); }, &*marked);
}

} // namespace rackmuster::profile
