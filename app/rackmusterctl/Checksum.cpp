#include "app/rackmusterctl/Checksum.h"

#include "core/base/FileDescriptor.h"

namespace rackmuster::ctl {

namespace {

using Verdict = media::Verification::Verdict;

QString wordOf(Verdict verdict) {
    return verdict == Verdict::Match      ? QStringLiteral("match")
           : verdict == Verdict::Mismatch ? QStringLiteral("mismatch")
                                          : QStringLiteral("none");
}

} // namespace

Result<media::Verification> verificationOf(const QString& file) {
    const std::string path = file.toStdString();
    const auto opened = FileDescriptor::openForReading(path);
    if (!opened)
        return tl::unexpected(opened.error());
    const auto verified = media::verifyFile(*opened, media::findPublishedSums(path),
                                            [](std::uint64_t /*done*/) { return true; });
    return verified.map(
        [](const auto& verification) { return verification.value_or(media::Verification()); });
}

QJsonObject toJson(const media::Verification& verification) {
    return {{QStringLiteral("verdict"), wordOf(verification.verdict)},
            {QStringLiteral("source"), QString::fromStdString(verification.source)}};
}

QString toPlainText(const media::Verification& verification) {
    const QString source = QString::fromStdString(verification.source);
    QString out = QStringLiteral("  SHA-256 %1\n").arg(QString::fromStdString(verification.sha256));
    if (verification.verdict == Verdict::Match)
        out += QStringLiteral("  equals %1\n").arg(source);
    else if (verification.verdict == Verdict::Mismatch)
        out += QStringLiteral("  DIFFERS from %1\n").arg(source);
    return out;
}

} // namespace rackmuster::ctl
