#include "core/engine/Vendors.h"

#include <QFile>
#include <QLoggingCategory>

#include <algorithm>

// The macro must stand outside namespaces.
static void initializeVendorTable() {
    Q_INIT_RESOURCE(oui_vendors);
}

namespace rackmuster::engine {

namespace {

constexpr unsigned tableBits = 40;

/// The first 40 of the 48 bits: no registry assigns longer prefixes.
std::uint64_t leadingBits(const MacAddress& mac) {
    std::uint64_t value = 0;
    for (const std::uint8_t octet : mac.octets())
        value = value << 8U | octet;
    return value >> (8 * MacAddress::size - tableBits);
}

} // namespace

Vendors::Vendors() {
    initializeVendorTable();
    QFile file(QStringLiteral(":/oui/vendors.bin"));
    if (!file.open(QIODevice::ReadOnly)) {
        qCritical("The vendor table is missing from this build.");
        return;
    }
    const QByteArray table = file.readAll();
    auto parsed = parse(asBytes({table.constData(), static_cast<std::size_t>(table.size())}));
    if (parsed)
        *this = std::move(*parsed);
    else
        qCritical("The vendor table of this build is broken: %s", message(parsed.error()).c_str());
}

Result<Vendors> Vendors::parse(Bytes table) {
    Vendors vendors(Empty{});
    ByteReader reader(table);
    if (const auto done = vendors.read(reader); !done)
        return tl::unexpected(done.error());
    return vendors;
}

Result<void> Vendors::read(ByteReader& reader) {
    if (auto done = readNames(reader); !done)
        return done;
    for (Section& section : m_sections) {
        auto entries = readSection(reader);
        if (!entries)
            return tl::unexpected(entries.error());
        section = std::move(*entries);
    }
    return {};
}

Result<void> Vendors::readNames(ByteReader& reader) {
    const auto count = reader.u32be("vendor names");
    if (!count)
        return tl::unexpected(count.error());
    for (std::uint32_t i = 0; i < *count; ++i) {
        const auto name = reader.cString("vendor name");
        if (!name)
            return tl::unexpected(name.error());
        m_names.append(QString::fromUtf8(name->data(), static_cast<qsizetype>(name->size())));
    }
    return {};
}

Result<Vendors::Section> Vendors::readSection(ByteReader& reader) const {
    const auto count = reader.u32be("vendor prefixes");
    if (!count)
        return tl::unexpected(count.error());
    Section section;
    for (std::uint32_t i = 0; i < *count; ++i) {
        const auto high = reader.u8("vendor prefix");
        const auto low = reader.u32be("vendor prefix");
        const auto name = reader.u16be("vendor prefix");
        if (!high || !low || !name)
            return fail(ErrorCode::Truncated, "vendor prefix");
        const std::uint64_t prefix = std::uint64_t{*high} << 32U | *low;
        const bool isInOrder = section.empty() || section.back().prefix < prefix;
        if (!isInOrder || *name >= m_names.size())
            return fail(ErrorCode::Malformed, "The vendor table", "it is out of order");
        section.push_back({prefix, *name});
    }
    return section;
}

QString Vendors::nameOf(const MacAddress& mac) const {
    const std::uint64_t address = leadingBits(mac);
    for (std::size_t i = prefixBits.size(); i-- > 0;) {
        const unsigned ignored = tableBits - prefixBits[i];
        const std::uint64_t prefix = address >> ignored << ignored;
        const auto found =
            std::lower_bound(m_sections[i].begin(), m_sections[i].end(), prefix,
                             [](const Entry& entry, std::uint64_t wanted) { return entry.prefix < wanted; });
        if (found != m_sections[i].end() && found->prefix == prefix)
            return m_names[found->name];
    }
    return {};
}

std::size_t Vendors::size() const {
    std::size_t count = 0;
    for (const Section& section : m_sections)
        count += section.size();
    return count;
}

} // namespace rackmuster::engine
