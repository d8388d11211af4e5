#pragma once

#include "core/base/Result.h"
#include "core/profile/Template.h"

#include <functional>
#include <string>
#include <string_view>
#include <yaml-cpp/yaml.h>

namespace rackmuster::profile {

/// Writes parsed YAML anew: what was plain stays plain, what was quoted is quoted, so that every reader finds
/// the same types again. Throws YAML::Exception for what nests too deep or, by its aliases, grows too large.
class YamlWriter {
public:
    /// `textSize`: bytes of what was parsed. `marked`: whose variables are filled in; null: none. It outlives
    /// the writer.
    explicit YamlWriter(std::size_t textSize, const MarkedTemplate* marked = nullptr);

    void write(const YAML::Node& node);
    void writePair(const YAML::Node& key, const YAML::Node& value);
    /// The elements of a sequence without its ends.
    void writeItems(const YAML::Node& sequence);
    /// One quoted scalar.
    void writeQuoted(const std::string& text);
    /// For keys and the ends of collections.
    [[nodiscard]] YAML::Emitter& emitter() { return m_emitter; }

private:
    /// With its variables filled in.
    [[nodiscard]] std::string textOf(const std::string& scalar) const;
    void writeScalar(const YAML::Node& scalar);
    void count(const YAML::Node& node, std::size_t bytes);

    const MarkedTemplate* m_marked;
    YAML::Emitter m_emitter;
    int m_depth = 0;
    std::size_t m_size = 0; ///< bytes written so far, about
    std::size_t m_largest;
};

/// Parses the one document of `text`, lets `write` write it anew, and puts "#cloud-config" in front. Whatever
/// the library or `write` throws becomes Malformed with its line.
[[nodiscard]] Result<std::string>
rewriteCloudConfig(std::string_view text, const std::function<void(YamlWriter&, const YAML::Node&)>& write,
                   const MarkedTemplate* marked = nullptr);

} // namespace rackmuster::profile
