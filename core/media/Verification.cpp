#include "core/media/Verification.h"

#include <algorithm>

namespace rackmuster::media {

namespace {

/// Names that say the same are said once.
void addName(std::string& names, const std::string& name) {
    if ((", " + names + ", ").find(", " + name + ", ") != std::string::npos)
        return;
    names += names.empty() ? name : ", " + name;
}

} // namespace

Result<DigestRequest> requestFor(const FileDescriptor& file, const std::vector<PublishedSum>& published) {
    auto implanted = readImplantedSum(file);
    if (!implanted)
        return tl::unexpected(implanted.error());
    DigestRequest request;
    request.implanted = std::move(*implanted);
    for (const PublishedSum& sum : published)
        request.kinds.insert(sum.kind);
    return request;
}

Verification judge(const FileDigests& digests, const std::vector<PublishedSum>& published) {
    std::string equal;
    std::string different;
    for (const PublishedSum& sum : published) {
        const auto found = digests.sums.find(sum.kind);
        addName(found != digests.sums.end() && found->second == sum.hex ? equal : different, sum.source);
    }
    if (digests.isAsImplanted)
        addName(*digests.isAsImplanted ? equal : different, "implanted MD5");

    Verification out;
    out.sha256 = digests.sums.at(DigestKind::Sha256);
    out.source = different.empty() ? equal : different;
    if (!different.empty())
        out.verdict = Verification::Verdict::Mismatch;
    else if (!equal.empty())
        out.verdict = Verification::Verdict::Match;
    return out;
}

Result<std::optional<Verification>> verifyFile(const FileDescriptor& file,
                                               const std::vector<PublishedSum>& published,
                                               const DigestProgress& progress) {
    const auto request = requestFor(file, published);
    if (!request)
        return tl::unexpected(request.error());
    auto digests = digestFile(file, *request, progress);
    if (!digests)
        return tl::unexpected(digests.error());
    if (!*digests)
        return std::nullopt;
    return judge(**digests, published);
}

} // namespace rackmuster::media
