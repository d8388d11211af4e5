#include "core/profile/AnswerFile.h"

#include "core/profile/AnswerText.h"
#include "core/profile/Reports.h"
#include "core/profile/Template.h"

#include <QFile>
#include <QString>
#include <QXmlStreamReader>

#include <algorithm>
#include <utility>

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

constexpr std::array<std::pair<boot::InstallerFamily, const char*>, 4> builtInFiles{
    {{boot::InstallerFamily::RedHat, "minimal.ks"},
     {boot::InstallerFamily::Debian, "minimal.preseed"},
     {boot::InstallerFamily::Ubuntu, "minimal.autoinstall.yaml"},
     {boot::InstallerFamily::Suse, "minimal.autoyast.xml"}}};

template <std::size_t Count>
bool contains(const std::array<std::string_view, Count>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// Keys of autoinstall that nothing else has beside "version: 1" at the left edge.
constexpr std::array<std::string_view, 14> installKeys{"identity:",
                                                       "storage:",
                                                       "ssh:",
                                                       "packages:",
                                                       "late-commands:",
                                                       "user-data:",
                                                       "early-commands:",
                                                       "error-commands:",
                                                       "interactive-sections:",
                                                       "refresh-installer:",
                                                       "source:",
                                                       "locale:",
                                                       "apt:",
                                                       "active-directory:"};

std::string_view withoutByteOrderMark(std::string_view text) {
    return text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text;
}

/// AutoYaST's namespace, or at least its DOCTYPE. "profile" alone is a word that others use.
bool isAutoyast(std::string_view text) {
    QXmlStreamReader reader(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
    bool hasDoctype = false;
    while (!reader.atEnd() && reader.readNext() != QXmlStreamReader::StartElement)
        hasDoctype = hasDoctype || (reader.isDTD() && reader.dtdName() == QLatin1String("profile"));
    const bool isProfile = reader.isStartElement() && reader.name() == QLatin1String("profile");
    return isProfile &&
           (hasDoctype || reader.namespaceUri() == QLatin1String("http://www.suse.com/1.0/yast2ns"));
}

/// user-data with "autoinstall:"; or only what belongs below it, with its version.
bool isAutoinstall(std::string_view text) {
    bool hasVersion = false;
    bool hasInstallKey = false;
    for (const std::string_view line : linesWithEnds(text)) {
        const std::string_view word = firstWord(line);
        if (!line.starts_with(word)) // indented
            continue;
        if (word == "autoinstall:")
            return true;
        hasVersion = hasVersion || (word == "version:" && firstWord(afterFirstWord(line)) == "1");
        hasInstallKey = hasInstallKey || contains(installKeys, word);
    }
    return hasVersion && hasInstallKey;
}

boot::InstallerFamily kindOfLines(std::string_view text) {
    int likely = 0;
    for (const std::string_view line : linesWithEnds(text)) {
        const std::string_view word = firstWord(line);
        if (word == "d-i" || line.starts_with("#_preseed_V1"))
            return boot::InstallerFamily::Debian;
        if (contains(sectionHeaders, word) || contains(certainCommands, word))
            return boot::InstallerFamily::RedHat;
        // Indented lines are the bodies of other formats, never kickstart commands.
        if (line.starts_with(word) && contains(likelyCommands, word) && ++likely == 2)
            return boot::InstallerFamily::RedHat;
        if (line.starts_with("autoinstall:"))
            return boot::InstallerFamily::Ubuntu;
    }
    return isAutoinstall(text) ? boot::InstallerFamily::Ubuntu : boot::InstallerFamily::None;
}

} // namespace

boot::InstallerFamily detectKind(std::string_view text) {
    const std::string_view plain = withoutByteOrderMark(text);
    if (firstWord(plain).starts_with("#cloud-config")) // cloud-init reads nothing else as YAML
        return isAutoinstall(plain) ? boot::InstallerFamily::Ubuntu : boot::InstallerFamily::None;
    if (plain.substr(std::min(plain.find_first_not_of(" \t\r\n"), plain.size())).starts_with('<'))
        return isAutoyast(plain) ? boot::InstallerFamily::Suse : boot::InstallerFamily::None;
    return kindOfLines(plain);
}

Result<std::string> withReports(std::string_view rendered, boot::InstallerFamily kind,
                                std::string_view postUrl, std::string_view doneUrl) {
    const ReportUrls urls{postUrl, doneUrl};
    switch (kind) {
    case boot::InstallerFamily::RedHat:
        return withKickstartReports(withLineFeeds(rendered), urls);
    case boot::InstallerFamily::Debian:
        return withPreseedReports(withLineFeeds(rendered), urls);
    case boot::InstallerFamily::Ubuntu:
        return withAutoinstallReports(rendered, urls);
    case boot::InstallerFamily::Suse:
        return withAutoyastReports(withLineFeeds(withoutByteOrderMark(rendered)), urls);
    case boot::InstallerFamily::None:
        break;
    }
    return std::string(rendered);
}

Result<void> checkSyntax(std::string_view text, boot::InstallerFamily kind) {
    if (kind != boot::InstallerFamily::Ubuntu && kind != boot::InstallerFamily::Suse)
        return {};
    Variables samples;
    for (const VariableDescription& variable : templateVariables)
        samples.emplace(variable.name, "1");
    const auto check = [&]() -> Result<std::string> {
        if (auto rendered = render(text, kind, samples); !rendered)
            return rendered;
        // Of the template's own lines, so that an error names one of those.
        const auto lines = replaceVariables(text, samples);
        return lines ? withReports(*lines, kind, "http://server/post", "http://server/done") : lines;
    };
    const auto checked = check();
    if (checked || checked.error().code == ErrorCode::UnknownVariable)
        return {};
    return tl::unexpected(checked.error());
}

std::string builtInProfile(boot::InstallerFamily kind) {
    const auto found = std::find_if(builtInFiles.begin(), builtInFiles.end(),
                                    [kind](const auto& entry) { return entry.first == kind; });
    if (found == builtInFiles.end())
        return {};
    initResources();
    QFile file(QStringLiteral(":/profiles/") + QLatin1String(found->second));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("The built-in profile %s is missing from this build", qPrintable(file.fileName()));
    return file.readAll().toStdString();
}

} // namespace rackmuster::profile
