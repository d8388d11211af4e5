#include "core/media/Signature.h"

#include "core/media/TreePath.h"

#include <algorithm>
#include <array>
#include <optional>

namespace rackmuster::media {

namespace {

constexpr std::size_t maxElements = 64; // certificates, signers, parts of a name

enum Tag : std::uint8_t { // X.690 8.1.2; constructed ones with their bit
    Integer = 0x02,
    ObjectId = 0x06,
    BmpString = 0x1E,
    Sequence = 0x30,
    Set = 0x31,
    Explicit0 = 0xA0,
};

constexpr std::array<std::uint8_t, 9> signedDataId{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02};
constexpr std::array<std::uint8_t, 3> commonNameId{0x55, 0x04, 0x03};

/// One element of DER (X.690): its tag, its content, and all of it.
struct Element {
    std::uint8_t tag = 0;
    Bytes content;
    Bytes whole;
};

/// The next element; nothing at the end and where the bytes are no DER.
std::optional<Element> next(ByteReader& reader) {
    const Bytes start = reader.rest();
    const auto tag = reader.u8("tag");
    const auto first = reader.u8("length");
    if (!tag || !first || (*tag & 0x1FU) == 0x1FU)
        return std::nullopt;
    std::size_t length = *first;
    if (*first >= 0x80) {
        const unsigned count = *first & 0x7FU;
        if (count == 0 || count > 4)
            return std::nullopt;
        length = 0;
        for (unsigned i = 0; i < count; ++i) {
            const auto byte = reader.u8("length");
            if (!byte)
                return std::nullopt;
            length = length << 8U | *byte;
        }
    }
    const auto content = reader.take(length, "element");
    if (!content)
        return std::nullopt;
    return Element{*tag, *content, start.first(start.size() - reader.remaining())};
}

/// The elements inside another one.
std::vector<Element> partsOf(Bytes content) {
    std::vector<Element> out;
    ByteReader reader(content);
    while (out.size() < maxElements) {
        const auto element = next(reader);
        if (!element)
            break;
        out.push_back(*element);
    }
    return out;
}

template <std::size_t size>
bool isId(const Element& element, const std::array<std::uint8_t, size>& id) {
    return element.tag == ObjectId &&
           std::equal(element.content.begin(), element.content.end(), id.begin(), id.end());
}

std::string textOf(const Element& value) {
    std::string out;
    if (value.tag != BmpString) {
        out = std::string(asText(value.content));
    } else {
        for (std::size_t i = 1; i < value.content.size(); i += 2) // of two bytes the second, for ASCII
            out += value.content[i - 1] == 0 ? static_cast<char>(value.content[i]) : '?';
    }
    return printableName(out);
}

/// The last common name of an X.501 Name, the most specific one; empty: none.
std::string commonNameOf(const Element& name) {
    std::string out;
    for (const Element& set : partsOf(name.content)) {
        for (const Element& attribute : partsOf(set.content)) {
            const auto pair = partsOf(attribute.content);
            if (pair.size() == 2 && isId(pair[0], commonNameId))
                out = textOf(pair[1]);
        }
    }
    return out;
}

/// The fields of an X.509 certificate (RFC 5280 4.1) that tell whose it is.
struct Certificate {
    Element serial, issuer, subject;
};

std::optional<Certificate> certificateIn(const Element& element) {
    const auto outer = partsOf(element.content);
    if (outer.empty() || outer[0].tag != Sequence)
        return std::nullopt;
    auto fields = partsOf(outer[0].content);
    if (!fields.empty() && fields[0].tag == Explicit0) // its version
        fields.erase(fields.begin());
    if (fields.size() < 5 || fields[0].tag != Integer) // serial, algorithm, issuer, validity, subject
        return std::nullopt;
    return Certificate{fields[0], fields[2], fields[4]};
}

bool isSame(const Element& a, const Element& b) {
    return std::equal(a.whole.begin(), a.whole.end(), b.whole.begin(), b.whole.end());
}

/// A SignerInfo names its certificate by issuer and serial number.
std::optional<Signer> signerIn(const Element& info, const std::vector<Certificate>& certificates) {
    const auto fields = partsOf(info.content);
    if (fields.size() < 2 || fields[1].tag != Sequence)
        return std::nullopt;
    const auto id = partsOf(fields[1].content);
    if (id.size() != 2 || id[1].tag != Integer)
        return std::nullopt;
    Signer out;
    out.issuer = commonNameOf(id[0]);
    const auto own = std::find_if(certificates.begin(), certificates.end(), [&id](const Certificate& one) {
        return isSame(one.issuer, id[0]) && isSame(one.serial, id[1]);
    });
    out.name = own == certificates.end() ? out.issuer : commonNameOf(own->subject);
    return out;
}

/// The parts of SignedData behind ContentInfo.
std::vector<Element> signedDataIn(Bytes pkcs7) {
    ByteReader reader(pkcs7);
    const auto outer = next(reader);
    const auto info = outer && outer->tag == Sequence ? partsOf(outer->content) : std::vector<Element>();
    if (info.size() < 2 || !isId(info[0], signedDataId) || info[1].tag != Explicit0)
        return {};
    const auto data = partsOf(info[1].content);
    return data.empty() || data[0].tag != Sequence ? std::vector<Element>() : partsOf(data[0].content);
}

} // namespace

std::vector<Signer> signersOf(Bytes pkcs7) {
    std::vector<Certificate> certificates;
    std::vector<Signer> out;
    // version, algorithms (a set), content, [0] certificates, [1] revocations, signers (a set)
    const auto parts = signedDataIn(pkcs7);
    for (std::size_t i = 3; i < parts.size(); ++i) {
        for (const Element& element : partsOf(parts[i].content)) {
            if (parts[i].tag == Explicit0) {
                if (const auto certificate = certificateIn(element))
                    certificates.push_back(*certificate);
            } else if (parts[i].tag == Set) {
                if (auto signer = signerIn(element, certificates))
                    out.push_back(std::move(*signer));
            }
        }
    }
    return out;
}

} // namespace rackmuster::media
