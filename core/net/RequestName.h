#pragma once

#include "core/boot/BootFile.h"

#include <string>
#include <string_view>

namespace rackmuster::net {

/// How a served file is named in events: its canonical path, or "(secret)" (R41).
[[nodiscard]] std::string eventPath(std::string_view path, const boot::BootFile& file);

/// A miss below a prefix of our own tree is normal: loaders probe for names that need not exist (P68, P70).
/// Any other is worth telling the operator. A path that has no canonical spelling is never ours.
[[nodiscard]] bool isExpectedMiss(std::string_view path);

/// The sentence that reports a miss which is not expected.
[[nodiscard]] std::string unknownFileSentence(std::string_view path);

} // namespace rackmuster::net
