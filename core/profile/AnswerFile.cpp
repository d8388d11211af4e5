#include "core/profile/AnswerFile.h"

#include "core/profile/AnswerText.h"
#include "core/profile/Reports.h"

#include <QFile>
#include <QString>

#include <algorithm>

// A static library's resources are not linked in by themselves; the macro must stand outside of every
// namespace.
static void initResources() {
    Q_INIT_RESOURCE(profiles);
}

namespace rackmuster::profile {

namespace {

constexpr std::array<std::string_view, 12> sectionHeaders{
    "%packages", "%post",    "%pre",       "%pre-install", "%end",      "%addon",
    "%anaconda", "%onerror", "%traceback", "%include",     "%ksappend", "%certificate"};

/// Commands that nothing but a kickstart begins a line with.
constexpr std::array<std::string_view, 6> certainCommands{"rootpw",  "clearpart", "autopart",
                                                          "zerombr", "volgroup",  "ignoredisk"};

/// Commands that are ordinary words, too: two different lines of them are needed.
constexpr std::array<std::string_view, 30> likelyCommands{
    "lang",     "keyboard",   "timezone",  "url",        "network",     "bootloader", "firstboot", "selinux",
    "firewall", "authselect", "auth",      "authconfig", "part",        "partition",  "logvol",    "raid",
    "cdrom",    "nfs",        "harddrive", "liveimg",    "ostreesetup", "repo",       "user",      "sshkey",
    "services", "skipx",      "install",   "text",       "reboot",      "langsupport"};

template <std::size_t Count>
bool contains(const std::array<std::string_view, Count>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::string withoutByteOrderMark(std::string_view text) {
    return std::string(text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text);
}

} // namespace

boot::InstallerFamily detectKind(std::string_view text) {
    const std::string plain = withoutByteOrderMark(text);
    int likely = 0;
    for (const std::string_view line : linesWithEnds(plain)) {
        const std::string_view word = firstWord(line);
        if (word == "d-i" || line.starts_with("#_preseed_V1"))
            return boot::InstallerFamily::Debian;
        if (contains(sectionHeaders, word) || contains(certainCommands, word))
            return boot::InstallerFamily::RedHat;
        // Indented lines are the bodies of other formats (YAML), never kickstart commands.
        if (line.starts_with(word) && contains(likelyCommands, word) && ++likely == 2)
            return boot::InstallerFamily::RedHat;
    }
    return boot::InstallerFamily::None;
}

std::string withReports(std::string_view rendered, boot::InstallerFamily kind, std::string_view postUrl,
                        std::string_view doneUrl) {
    const ReportUrls urls{postUrl, doneUrl};
    switch (kind) {
    case boot::InstallerFamily::RedHat:
        return withKickstartReports(withLineFeeds(rendered), urls);
    case boot::InstallerFamily::Debian:
        return withPreseedReports(withLineFeeds(rendered), urls);
    case boot::InstallerFamily::Ubuntu:
    case boot::InstallerFamily::Suse:
    case boot::InstallerFamily::None:
        break;
    }
    return std::string(rendered);
}

std::string builtInProfile(boot::InstallerFamily kind) {
    if (kind != boot::InstallerFamily::RedHat && kind != boot::InstallerFamily::Debian)
        return {};
    initResources();
    const bool isKickstart = kind == boot::InstallerFamily::RedHat;
    QFile file(isKickstart ? QStringLiteral(":/profiles/minimal.ks")
                           : QStringLiteral(":/profiles/minimal.preseed"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("The built-in profile %s is missing from this build", qPrintable(file.fileName()));
    return file.readAll().toStdString();
}

} // namespace rackmuster::profile
