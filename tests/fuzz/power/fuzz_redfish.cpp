#include "core/power/IpmiControl.h"
#include "core/power/RedfishDocuments.h"

#include <cstdint>
#include <cstdlib>

using namespace rackmuster;
using namespace rackmuster::power;

/// The same bytes as each of the documents, and as the words of ipmitool.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const QByteArray document(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    for (const QString& wanted : {QString(), QStringLiteral("1")}) {
        const auto path = readSystems(document, wanted, "h");
        if (path && (!path->startsWith(QLatin1String("/redfish/")) || path->contains(QLatin1String(".."))))
            std::abort();
    }
    const auto system = readSystem(document, "h");
    if (system && !system->resetType.isEmpty() && !system->resetTarget.startsWith(QLatin1String("/redfish/")))
        std::abort();
    if (readRedfishError(document).find_first_of(std::string("\n\x1b\0", 3)) != std::string::npos)
        std::abort();
    const auto said = readIpmitool(PowerAct::Status, size % 2 == 0 ? 0 : 1, document.toStdString(),
                                   document.toStdString(), "h");
    if (!said && said.error().detail.find_first_of("\n\x1b") != std::string::npos)
        std::abort();
    return 0;
}
