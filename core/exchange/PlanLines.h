#pragma once

#include "core/exchange/PlanFile.h"

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <unordered_map>

// lupdate finds the reasons by this macro's name; exchange itself must not know Qt.
#ifndef QT_TRANSLATE_NOOP
#define QT_TRANSLATE_NOOP(context, text) text
#endif

/// What the readers of all plan files share.
namespace rackmuster::exchange {

inline constexpr std::size_t maximumPlanLines = 100'000;

/// What is wrong with a line, without its number.
struct Mistake {
    const char* reason;
    std::string first;
    std::string second;
};
template <typename T>
using Checked = tl::expected<T, Mistake>;

[[nodiscard]] tl::unexpected<Mistake> wrong(const char* reason, std::string first = {},
                                            std::string second = {});
/// In quotation marks, cut to what can be shown.
[[nodiscard]] std::string quoted(std::string_view value);
/// Empty text is no slot.
[[nodiscard]] Checked<std::optional<int>> parseSlot(std::string_view text);
[[nodiscard]] Checked<MacAddress> parseMac(std::string_view text);
/// Neither of this host, a group, nor everybody.
[[nodiscard]] bool isMachineAddress(Ipv4Address address);

/// The lines of one file: takes the good ones, and knows what they took.
class PlanLines {
public:
    /// Makes room for the lines of `text`.
    explicit PlanLines(std::string_view text);

    void add(PlanLine line);
    void reject(std::size_t line, Mistake mistake);
    void stopAt(std::size_t line);
    [[nodiscard]] PlanFile take(PlanFormat format);

private:
    [[nodiscard]] Checked<void> claim(const PlanLine& line);

    PlanFile m_file;
    std::unordered_map<std::string, std::size_t> m_claimed; ///< "h node-1" -> line
};

/// Calls `read(number, line)` for every line of `text`, without its end, up to the most that a plan may have.
template <typename Read>
void forEachLine(std::string_view text, PlanLines& lines, Read read) {
    for (std::size_t number = 1; !text.empty(); ++number) {
        if (number > maximumPlanLines) {
            lines.stopAt(number);
            return;
        }
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        read(number, line);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
}

} // namespace rackmuster::exchange
