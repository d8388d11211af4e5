#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rackmuster::media {

/// A piece of a word: text as it stands, or the name of a variable.
struct GrubPart {
    std::string text;
    bool isVariable = false;

    bool operator==(const GrubPart&) const = default;
};
using GrubWord = std::vector<GrubPart>;

/// One command of a grub script with its words. A '{' that ends it opens a block; a '}' stands alone.
struct GrubCommand {
    std::vector<GrubWord> words;
    bool opensBlock = false;
    bool closesBlock = false;
};

/// Splits a grub script (GRUB manual, "Shell-like scripting") into commands: quotes, backslashes, comments,
/// ';' and continued lines. Does not run it. Of "\x20", which release engineers write into volume labels, the
/// backslash stays. Never fails: an open quote ends with the text.
[[nodiscard]] std::vector<GrubCommand> parseGrubScript(std::string_view text);

} // namespace rackmuster::media
