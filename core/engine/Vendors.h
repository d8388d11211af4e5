#pragma once

#include "core/base/ByteReader.h"
#include "core/base/MacAddress.h"

#include <QString>
#include <QStringList>

#include <array>
#include <cstdint>
#include <vector>

namespace rackmuster::engine {

/// Who made a network card, by its hardware address: the IEEE registries as they were when the program was
/// built (resources/oui). A value; nameOf() may be called from any thread.
class Vendors {
public:
    /// The built-in table. Empty when the program was built without the registries.
    Vendors();
    /// A table in the format of resources/oui/README.md. Errors: Truncated, Malformed.
    [[nodiscard]] static Result<Vendors> parse(Bytes table);

    /// Short name, e.g. "Supermicro": of the longest registered prefix (36, 28, 24 bits). Empty when nobody
    /// registered it, and for locally administered addresses, except QEMU's 52:54:00.
    [[nodiscard]] QString nameOf(const MacAddress& mac) const;
    /// Registered prefixes.
    [[nodiscard]] std::size_t size() const;

private:
    struct Empty {};
    explicit Vendors(Empty) {}

    struct Entry {
        std::uint64_t prefix; ///< Left-aligned in 40 bits.
        std::uint16_t name;
    };
    using Section = std::vector<Entry>; ///< In rising order.
    static constexpr std::array<unsigned, 3> prefixBits{24, 28, 36};

    [[nodiscard]] Result<void> read(ByteReader& reader);
    [[nodiscard]] Result<void> readNames(ByteReader& reader);
    [[nodiscard]] Result<Section> readSection(ByteReader& reader) const;

    QStringList m_names;
    std::array<Section, prefixBits.size()> m_sections;
};

} // namespace rackmuster::engine
