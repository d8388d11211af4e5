#include "tests/fuzz/support/AnswerFileChecks.h"

#include <QString>

#include <algorithm>
#include <cstdint>

/// user-data for cloud-init: no value starts a line of its own, and both reports are in what comes out.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace rackmuster;
    // Profiles are Unicode text wherever they come from.
    const std::string text =
        QString::fromUtf8(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size)).toStdString();
    (void)profile::detectKind(text);
    fuzz::checkParsedFormat(text, boot::InstallerFamily::Ubuntu, [](const std::string& written) {
        return static_cast<std::size_t>(std::count(written.begin(), written.end(), '\n'));
    });
    return 0;
}
