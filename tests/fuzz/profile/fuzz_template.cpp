#include "core/profile/AnswerFile.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

/// An operator's template: rendering leaves no hole, and reports never lose a line of it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace rackmuster;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const boot::InstallerFamily kind = profile::detectKind(text);
    const bool isParsed = kind == boot::InstallerFamily::Ubuntu || kind == boot::InstallerFamily::Suse;
    const auto rendered =
        profile::render(text, kind, {{"hostname", "node-1"}, {"repo", "http://10.0.0.1/m/aa/repo"}});
    if (!rendered || isParsed) // the fuzzers of those formats judge them
        return 0;
    if (text.find("{{") == std::string_view::npos && *rendered != text)
        std::abort();
    const auto reported =
        profile::withReports(*rendered, kind, "http://10.0.0.1/t/1/post", "http://10.0.0.1/t/1/done");
    if (!reported)
        std::abort();
    if (reported->size() + static_cast<std::size_t>(std::count(rendered->begin(), rendered->end(), '\r')) +
            static_cast<std::size_t>(std::count(rendered->begin(), rendered->end(), '\\')) <
        rendered->size())
        std::abort();
    if (kind != boot::InstallerFamily::None && reported->find("/t/1/done") == std::string::npos)
        std::abort();
    return 0;
}
