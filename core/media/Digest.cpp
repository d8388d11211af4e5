#include "core/media/Digest.h"

#include "core/base/Hex.h"

#include <algorithm>
#include <array>
#include <openssl/evp.h>
#include <span>

namespace rackmuster::media {

namespace {

struct Algorithm {
    DigestKind kind;
    std::size_t hexDigits;
    const EVP_MD* (*make)();
    const char* name;
};

constexpr std::array algorithms{
    Algorithm{DigestKind::Md5, 32, &EVP_md5, "MD5"},
    Algorithm{DigestKind::Sha1, 40, &EVP_sha1, "SHA-1"},
    Algorithm{DigestKind::Sha256, 64, &EVP_sha256, "SHA-256"},
    Algorithm{DigestKind::Sha512, 128, &EVP_sha512, "SHA-512"},
};

const Algorithm& algorithmOf(DigestKind kind) {
    return *std::find_if(algorithms.begin(), algorithms.end(),
                         [kind](const Algorithm& algorithm) { return algorithm.kind == kind; });
}

} // namespace

std::size_t hexDigitsOf(DigestKind kind) {
    return algorithmOf(kind).hexDigits;
}

std::optional<DigestKind> digestKindOf(std::size_t hexDigits) {
    for (const Algorithm& algorithm : algorithms) {
        if (algorithm.hexDigits == hexDigits)
            return algorithm.kind;
    }
    return std::nullopt;
}

void Digest::Free::operator()(evp_md_ctx_st* context) const {
    EVP_MD_CTX_free(context);
}

Result<Digest> Digest::begin(DigestKind kind) {
    const Algorithm& algorithm = algorithmOf(kind);
    Context context(EVP_MD_CTX_new());
    if (!context || EVP_DigestInit_ex(context.get(), algorithm.make(), nullptr) != 1)
        return fail(ErrorCode::System, std::string("Computing ") + algorithm.name,
                    "this computer does not offer it");
    return Digest(std::move(context));
}

void Digest::add(Bytes bytes) {
    EVP_DigestUpdate(m_context.get(), bytes.data(), bytes.size());
}

std::string Digest::finish() {
    std::array<std::uint8_t, EVP_MAX_MD_SIZE> sum{};
    unsigned size = 0;
    EVP_DigestFinal_ex(m_context.get(), sum.data(), &size);
    return toHexText(std::span(sum).first(size));
}

} // namespace rackmuster::media
