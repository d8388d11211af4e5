#include "ui/text/ImageWords.h"

#include "ui/Tokens.h"
#include "ui/text/PlainText.h"
#include "ui/text/Quantities.h"
#include "ui/text/Sentences.h"
#include "ui/text/Words.h"

#include <QCoreApplication>

#include <algorithm>

namespace rackmuster::ui {

using engine::ImageCheck;
using engine::ImageInfo;
using engine::ImageJob;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(ImageWords)
};

QString joined(QStringList parts) {
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" · "));
}

QString sourceWord(const QString& source) {
    if (source == QLatin1String("pasted"))
        return Text::tr("pasted sum");
    if (source == QLatin1String("implanted MD5"))
        return Text::tr("MD5 sum inside the image");
    return printable(source);
}

QString servedText(const ImageInfo& image) {
    if (image.isOwnCopy)
        return Text::tr("served from the library's copy");
    if (image.loaderSource == QLatin1String("rpm"))
        return Text::tr("loaders taken out of RPMs");
    if (image.loaderSource == QLatin1String("efiboot"))
        return Text::tr("loaders out of its EFI boot image");
    return Text::tr("served from the file");
}

QString readyText(const ImageInfo& image) {
    const QString ready = image.importSeconds > 0
                              ? Text::tr("Ready in %1").arg(secondsText(image.importSeconds))
                              : Text::tr("Ready");
    return joined({ready, servedText(image)});
}

QString checkText(const ImageCheck& check) {
    switch (check.verdict) {
    case ImageCheck::Verdict::Match:
        return Text::tr("Checksum verified (%1)").arg(sourceWord(check.source));
    case ImageCheck::Verdict::NoCompare:
        return Text::tr("SHA-256 known, nothing to compare it with");
    case ImageCheck::Verdict::None:
    case ImageCheck::Verdict::Mismatch:
        break;
    }
    return {};
}

QString repositoriesText(const QStringList& repositories) {
    QStringList names;
    for (const QString& name : repositories) {
        if (name != QLatin1String(".")) // its root says nothing
            names << printable(name);
    }
    return names.join(QStringLiteral(", "));
}

QString factsOf(const ImageInfo& image) {
    const auto entries = static_cast<int>(image.entries.size());
    const auto initrds = static_cast<int>(image.extraInitrds.size());
    return joined({checkText(image.check), repositoriesText(image.repositories),
                   entries > 0 ? Text::tr("%n own menu entry(s)", nullptr, entries) : QString(),
                   initrds > 0 ? Text::tr("%n extra initrd(s)", nullptr, initrds) : QString()});
}

int permilleOf(const ImageJob& job) {
    if (job.total == 0)
        return 0;
    const double part = static_cast<double>(job.done) / static_cast<double>(job.total);
    return static_cast<int>(std::clamp(part, 0.0, 1.0) * 1000);
}

QString jobText(const ImageJob& job) {
    const bool isCopy = job.kind == ImageJob::Kind::Copy;
    if (job.isWaiting)
        return (isCopy ? Text::tr("The copy waits at %1 %: the file is gone")
                       : Text::tr("The check waits at %1 %: the file is gone"))
            .arg(permilleOf(job) / 10);
    return joined({isCopy ? Text::tr("Copying into the library") : Text::tr("Verifying SHA-256"),
                   job.bytesPerSecond > 0 ? rateText(job.bytesPerSecond) : QString(),
                   timeLeftText(job.total - std::min(job.done, job.total), job.bytesPerSecond)});
}

QString jobAdvice(const ImageJob& job, const ImagePlace& place) {
    if (job.isWaiting)
        return place.isRemovable ? Text::tr("Plug the stick in again: it goes on by itself.")
                                 : Text::tr("Put the file back: it goes on by itself.");
    if (job.kind == ImageJob::Kind::Verify)
        return Text::tr("Machines can install from it meanwhile.");
    return place.isRemovable
               ? Text::tr("Keep the stick in until the copy is done; machines can already install.")
               : Text::tr("Keep the file where it is until the copy is done; machines can already install.");
}

QString goneAdvice(const ImagePlace& place) {
    if (place.waiting == 0)
        return place.isRemovable ? Text::tr("Plug the stick in again: it goes on by itself.")
                                 : Text::tr("Put the file back: it goes on by itself.");
    return place.isRemovable
               ? Text::tr("%n machine(s) wait for it. Plug the stick in again: it goes on by itself.",
                          nullptr, place.waiting)
               : Text::tr("%n machine(s) wait for it. Put the file back: it goes on by itself.", nullptr,
                          place.waiting);
}

/// The file is gone or is not the one that was imported.
void tellProblem(ImageStatus& status, const Error& problem, const ImagePlace& place) {
    status.isProblem = true;
    if (problem.code == ErrorCode::NoSuchFile) {
        status.line = place.isRemovable ? Text::tr("The file is gone: the stick was pulled out")
                                        : Text::tr("The file is gone");
        (place.waiting > 0 ? status.problem : status.advice) = goneAdvice(place);
        return;
    }
    status.line = problem.code == ErrorCode::FileChanged ? Text::tr("The file is not the one imported")
                                                         : Text::tr("The file cannot be served");
    status.problem = sentence(problem);
}

void tellMismatch(ImageStatus& status, const ImageCheck& check) {
    status.isProblem = true;
    status.line = Text::tr("Checksum mismatch");
    status.problem =
        Text::tr("Its bytes are not those that %1 stands for: it is damaged or another file. Download it "
                 "again before installing from it.")
            .arg(sourceWord(check.source));
}

ImageStatus readyStatus(const ImageEntry& entry, const ImagePlace& place) {
    const ImageInfo& image = entry.image;
    ImageStatus status;
    for (const Error& note : image.notes)
        status.notes << sentence(note);
    if (image.job) {
        status.permille = permilleOf(*image.job);
        status.isWorking = !image.job->isWaiting;
    }
    if (entry.problem) {
        tellProblem(status, *entry.problem, place);
        if (image.job && image.job->isWaiting)
            status.line = jobText(*image.job);
        return status;
    }
    status.facts = factsOf(image);
    if (image.check.verdict == ImageCheck::Verdict::Mismatch)
        tellMismatch(status, image.check);
    if (image.job) {
        status.isProblem = false;
        status.line = jobText(*image.job);
        status.advice = jobAdvice(*image.job, place);
    } else if (status.line.isEmpty()) {
        status.line = readyText(image);
        if (place.isRemovable && !image.isOwnCopy)
            status.advice =
                Text::tr("It lies on a removable disk: copy it into the library before that leaves.");
    }
    return status;
}

BootBadge badge(const QString& word, bool isThere, const QString& yes, const QString& no) {
    return {word, isThere ? BadgeMark::Yes : BadgeMark::None, isThere ? yes : no};
}

} // namespace

const Error* secureBootRefusal(const ImageInfo& image) {
    const auto found = std::find_if(image.notes.begin(), image.notes.end(), [](const Error& note) {
        return note.code == ErrorCode::LoaderUnsigned || note.code == ErrorCode::LoaderOwnKey ||
               note.code == ErrorCode::LoaderRevoked;
    });
    return found == image.notes.end() ? nullptr : &*found;
}

std::vector<BootBadge> bootBadges(const ImageInfo& image) {
    BootBadge secure = badge(QStringLiteral("Secure Boot"), image.hasSecureBoot,
                             Text::tr("Its boot loader is signed for Secure Boot."),
                             Text::tr("It has no signed boot loader for Secure Boot."));
    if (const Error* const refusal = secureBootRefusal(image)) {
        secure.mark = refusal->code == ErrorCode::LoaderUnsigned ? BadgeMark::Never : BadgeMark::Some;
        secure.hint = sentence(*refusal);
    }
    return {badge(QStringLiteral("BIOS"), image.hasBios, Text::tr("Boots machines with BIOS firmware."),
                  Text::tr("Cannot boot machines with BIOS firmware.")),
            badge(QStringLiteral("UEFI"), image.hasUefi, Text::tr("Boots machines with UEFI firmware."),
                  Text::tr("Cannot boot machines with UEFI firmware.")),
            secure};
}

ImageStatus statusOf(const ImageEntry& entry, const ImagePlace& place) {
    ImageStatus status;
    switch (entry.state) {
    case ImageEntry::State::Ready:
        return readyStatus(entry, place);
    case ImageEntry::State::Importing:
        status.line = Text::tr("Reading…");
        status.isWorking = true;
        break;
    case ImageEntry::State::Failed:
        status.isProblem = true;
        status.line = Text::tr("Not imported");
        status.problem = entry.problem ? sentence(*entry.problem) : QString();
        break;
    }
    return status;
}

QString imageFacts(const ImageInfo& image) {
    return joined({printable(image.arch),
                   image.family == boot::InstallerFamily::None ? QString() : answerFileWord(image.family),
                   image.size > 0 ? sizeText(image.size) : QString()});
}

QString distributionWord(const QString& name) {
    QString word;
    for (const QChar character : name) {
        if (character.isLetter())
            word += character;
        else if (!word.isEmpty())
            break;
    }
    return word;
}

std::size_t emblemOf(const QString& name) {
    // FNV-1a: the same in every run, other than qHash
    constexpr std::uint32_t prime = 16777619;
    std::uint32_t hash = 2166136261;
    for (const char byte : distributionWord(name).toLower().toUtf8())
        hash = (hash ^ static_cast<unsigned char>(byte)) * prime;
    return (hash >> 13) % emblemCount; // these bits tell the common names apart
}

} // namespace rackmuster::ui
