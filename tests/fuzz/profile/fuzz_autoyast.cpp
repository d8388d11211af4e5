#include "tests/fuzz/support/AnswerFileChecks.h"

#include <QXmlStreamReader>

#include <cstdint>

namespace {

/// Elements and attributes.
std::size_t thingsIn(const std::string& text) {
    QXmlStreamReader reader(QString::fromStdString(text));
    reader.setNamespaceProcessing(false);
    std::size_t count = 0;
    while (!reader.atEnd()) {
        if (reader.readNext() == QXmlStreamReader::StartElement)
            count += 1 + static_cast<std::size_t>(reader.attributes().size());
    }
    rackmuster::fuzz::require(!reader.hasError());
    return count;
}

} // namespace

/// An AutoYaST profile: no value adds an element or attribute, and both reports are in what comes out.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace rackmuster;
    // Profiles are Unicode text wherever they come from.
    const std::string text =
        QString::fromUtf8(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size)).toStdString();
    (void)profile::detectKind(text);
    fuzz::checkParsedFormat(text, boot::InstallerFamily::Suse, thingsIn);
    return 0;
}
