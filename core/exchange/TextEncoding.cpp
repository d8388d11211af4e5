#include "core/exchange/TextEncoding.h"

#include "core/base/Csv.h"

#include <cstddef>
#include <cstdint>
#include <iconv.h>
#include <optional>
#include <utility>

namespace rackmuster::exchange {

namespace {

/// Bytes of the UTF-8 sequence that `lead` begins; 0 when none does.
std::size_t sequenceLength(unsigned char lead) {
    if (lead < 0x80)
        return 1;
    if (lead < 0xC2 || lead > 0xF4) // continuation or overlong; beyond U+10FFFF
        return 0;
    return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/// The second byte is narrower behind four leads: overlong forms, surrogates, beyond U+10FFFF.
bool isSecond(unsigned char lead, unsigned char second) {
    switch (lead) {
    case 0xE0:
        return second >= 0xA0;
    case 0xED:
        return second <= 0x9F;
    case 0xF0:
        return second >= 0x90;
    case 0xF4:
        return second <= 0x8F;
    default:
        return true;
    }
}

std::optional<std::string> convert(std::string_view text, const char* encoding) {
    const iconv_t converter = ::iconv_open("UTF-8", encoding);
    if (converter == reinterpret_cast<iconv_t>(std::intptr_t{-1}))
        return std::nullopt;
    std::string source(text);
    std::string out(text.size() * 3 + 4, '\0'); // no character grows more
    char* from = source.data();
    char* into = out.data();
    std::size_t left = source.size();
    std::size_t room = out.size();
    const std::size_t status = ::iconv(converter, &from, &left, &into, &room);
    ::iconv_close(converter);
    if (status == static_cast<std::size_t>(-1) || left != 0)
        return std::nullopt;
    out.resize(out.size() - room);
    return out;
}

} // namespace

bool isUtf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = sequenceLength(lead);
        if (length == 0 || length > text.size() - i)
            return false;
        for (std::size_t k = 1; k < length; ++k) {
            const auto byte = static_cast<unsigned char>(text[i + k]);
            if ((byte & 0xC0U) != 0x80U || (k == 1 && !isSecond(lead, byte)))
                return false;
        }
        i += length;
    }
    return true;
}

std::string toUtf8(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    for (const auto& [mark, encoding] :
         {std::pair{"\xFF\xFE", "UTF-16LE"}, std::pair{"\xFE\xFF", "UTF-16BE"}}) {
        if (text.starts_with(mark))
            return convert(text.substr(2), encoding).value_or(std::string(text));
    }
    if (isUtf8(text))
        return std::string(text);
    // Excel separates by semicolons where commas stand in numbers: in Europe.
    const auto western = separatorOf(text) == ';' ? convert(text, "WINDOWS-1252") : std::nullopt;
    return western ? *western : convert(text, "GB18030").value_or(std::string(text));
}

} // namespace rackmuster::exchange
