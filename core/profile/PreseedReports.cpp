#include "core/profile/AnswerText.h"
#include "core/profile/Reports.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace rackmuster::profile {

namespace {

constexpr std::string_view question = "preseed/late_command";

/// The installer's wget is BusyBox's: it knows few options. Its own proxy setting is not for us.
std::string fetch(std::string_view url) {
    const std::string once = "http_proxy= wget -q -O /dev/null " + shellQuoted(url);
    return "{ " + once + " || { sleep 3; " + once + "; } || true; }";
}

/// A line that answers the question, continued by the lines behind it that a backslash joins to it.
struct LateCommand {
    std::size_t first = 0; ///< line
    std::size_t last = 0;  ///< line
};

bool isContinued(std::string_view line) {
    if (line.ends_with('\n'))
        line.remove_suffix(1);
    return line.ends_with('\\');
}

/// Of several answers the last one counts for debconf.
std::optional<LateCommand> findLateCommand(const std::vector<std::string_view>& lines) {
    std::optional<LateCommand> found;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::size_t first = i;
        // As debconf does it: lines are joined first, so a backslash continues a comment, too.
        while (isContinued(lines[i]) && i + 1 < lines.size())
            ++i;
        if (!firstWord(lines[first]).starts_with('#') && firstWord(afterFirstWord(lines[first])) == question)
            found = LateCommand{first, i};
    }
    return found;
}

/// The profile's command runs in a shell of its own, as the installer itself would run it: its quotes,
/// comments and exits stay its own. When it fails the installer says so, and the machine is not done.
std::string commandWithReports(std::string_view command, const ReportUrls& urls) {
    std::string out = fetch(urls.post) + "; ";
    if (command.find_first_not_of(" \t\n\\") != std::string_view::npos)
        out += "sh -c " + shellQuoted(command) + " && ";
    return out + fetch(urls.done);
}

/// Owner, question, "string" and the blanks around them, as the profile wrote them; the command is what
/// follows.
std::size_t lengthOfPrefix(std::string_view answer) {
    std::string_view rest = afterFirstWord(afterFirstWord(answer));
    if (firstWord(rest) == "string")
        rest = afterFirstWord(rest);
    return answer.size() - rest.size();
}

std::string extended(std::string_view answer, const ReportUrls& urls) {
    if (answer.ends_with('\n'))
        answer.remove_suffix(1);
    const std::size_t prefix = lengthOfPrefix(answer);
    const std::string_view start = answer.substr(0, prefix);
    std::string_view command = answer.substr(prefix);
    // A backslash that continues into nothing would take the line behind it along.
    while (command.ends_with('\\'))
        command.remove_suffix(1);
    const bool hasBlank = start.ends_with(' ') || start.ends_with('\t');
    return std::string(start) + (hasBlank ? "" : " ") + commandWithReports(command, urls) + "\n";
}

} // namespace

std::string withPreseedReports(std::string_view text, const ReportUrls& urls) {
    const auto lines = linesWithEnds(text);
    const auto late = findLateCommand(lines);
    std::string out;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (!late || i < late->first || i > late->last) {
            out += lines[i];
            continue;
        }
        std::string answer;
        for (; i <= late->last; ++i)
            answer += lines[i];
        --i; // the loop's own step
        out += extended(answer, urls);
    }
    if (late)
        return out;
    if (!out.empty() && !out.ends_with('\n'))
        out += '\n';
    return out + "\n# Added by Rackmuster: tells the console how far this machine is.\nd-i " +
           std::string(question) + " string " + commandWithReports({}, urls) + "\n";
}

} // namespace rackmuster::profile
