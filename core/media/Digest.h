#pragma once

#include "core/base/ByteReader.h"
#include "core/base/Result.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct evp_md_ctx_st; // libcrypto's

namespace rackmuster::media {

/// The sums that publishers of images use.
enum class DigestKind : std::uint8_t { Md5, Sha1, Sha256, Sha512 };

/// 32, 40, 64 or 128.
[[nodiscard]] std::size_t hexDigitsOf(DigestKind kind);
/// Which sum has that many hex digits; nothing for another length.
[[nodiscard]] std::optional<DigestKind> digestKindOf(std::size_t hexDigits);

/// One sum in the making, by libcrypto, which uses what the processor offers.
class Digest {
public:
    /// Error: System, when libcrypto does not offer it (MD5 in a locked-down computer).
    [[nodiscard]] static Result<Digest> begin(DigestKind kind);

    void add(Bytes bytes);
    /// Lower-case hex digits of what was added. The digest is used up.
    [[nodiscard]] std::string finish();

private:
    struct Free {
        void operator()(evp_md_ctx_st* context) const;
    };
    using Context = std::unique_ptr<evp_md_ctx_st, Free>;
    explicit Digest(Context context) : m_context(std::move(context)) {}

    Context m_context;
};

} // namespace rackmuster::media
