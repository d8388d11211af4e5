#include "core/profile/AnswerText.h"
#include "core/profile/Reports.h"

namespace rackmuster::profile {

namespace {

/// One report as a section of its own, outside of the chroot: the installer's environment has the network and
/// a client in every release (curl, wget or Python), a minimal target may have none. Should it lack them all,
/// the target's are tried. The first success ends it, so that the report is sent once; it always ends well.
std::string reportSection(std::string_view url) {
    return R"(%post --nochroot
# Added by Rackmuster: tells the console how far this machine is. When it fails, the installation goes on.
)" + reportFunction(url) +
           R"(report >/dev/null 2>&1 || report chroot /mnt/sysimage >/dev/null 2>&1 || report chroot /mnt/sysroot >/dev/null 2>&1 || :
%end
)";
}

} // namespace

std::string withKickstartReports(std::string_view text, const ReportUrls& urls) {
    std::string out;
    bool hasPost = false;
    for (const std::string_view line : linesWithEnds(text)) {
        if (!hasPost && firstWord(line) == "%post") {
            hasPost = true;
            out += reportSection(urls.post) + "\n";
        }
        out += line;
    }
    if (!out.empty() && !out.ends_with('\n'))
        out += '\n';
    if (!hasPost)
        out += "\n" + reportSection(urls.post);
    return out += "\n" + reportSection(urls.done);
}

} // namespace rackmuster::profile
