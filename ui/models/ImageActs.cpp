#include "ui/models/ImageActs.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace rackmuster::ui {

using State = ImageEntry::State;
using Verdict = engine::ImageCheck::Verdict;

namespace {

struct ActInfo {
    ImageAct act;
    const char* text;
    const char* key;
};

constexpr std::array acts{
    ActInfo{ImageAct::Retry, QT_TRANSLATE_NOOP("ImageActs", "Try again"), ""},
    ActInfo{ImageAct::Dismiss, QT_TRANSLATE_NOOP("ImageActs", "Dismiss"), ""},
    ActInfo{ImageAct::MakeDefault, QT_TRANSLATE_NOOP("ImageActs", "Make default"), ""},
    ActInfo{ImageAct::Cancel, QT_TRANSLATE_NOOP("ImageActs", "Cancel"), ""},
    ActInfo{ImageAct::Verify, QT_TRANSLATE_NOOP("ImageActs", "Verify"), ""},
    ActInfo{ImageAct::Compare, QT_TRANSLATE_NOOP("ImageActs", "Compare with a checksum…"), ""},
    ActInfo{ImageAct::CopySum, QT_TRANSLATE_NOOP("ImageActs", "Copy its SHA-256"), ""},
    ActInfo{ImageAct::CopyFile, QT_TRANSLATE_NOOP("ImageActs", "Copy into the library"), ""},
    ActInfo{ImageAct::ShowFile, QT_TRANSLATE_NOOP("ImageActs", "Show file"), ""},
    ActInfo{ImageAct::CopyPath, QT_TRANSLATE_NOOP("ImageActs", "Copy path"), ""},
    ActInfo{ImageAct::ExtraInitrds, QT_TRANSLATE_NOOP("ImageActs", "Extra initrds…"), ""},
    ActInfo{ImageAct::Rename, QT_TRANSLATE_NOOP("ImageActs", "Rename"), "F2"},
    ActInfo{ImageAct::Remove, QT_TRANSLATE_NOOP("ImageActs", "Remove…"), "Del"},
};

const ActInfo& infoOf(ImageAct act) {
    return *std::find_if(acts.begin(), acts.end(), [act](const ActInfo& info) { return info.act == act; });
}

/// For an image that is in the library.
bool isOfferedWhenReady(ImageAct act, const ImageEntry& entry, const ImagePlace& place) {
    const bool isBusy = entry.image.job.has_value();
    const bool isHere = !entry.problem.has_value();
    switch (act) {
    case ImageAct::MakeDefault:
        return !place.isDefault;
    case ImageAct::Verify:
    case ImageAct::Compare:
        return !isBusy && isHere;
    case ImageAct::CopySum:
        return !entry.image.check.sha256.isEmpty();
    case ImageAct::CopyFile:
        return !isBusy && isHere && !entry.image.isOwnCopy;
    case ImageAct::Cancel:
        return isBusy;
    case ImageAct::Rename:
    case ImageAct::ShowFile:
    case ImageAct::CopyPath:
    case ImageAct::ExtraInitrds:
    case ImageAct::Remove:
        return true;
    case ImageAct::Retry:
    case ImageAct::Dismiss:
        break;
    }
    return false;
}

} // namespace

const std::vector<ImageAct>& allImageActs() {
    static const std::vector<ImageAct> all = [] {
        std::vector<ImageAct> order;
        std::transform(acts.begin(), acts.end(), std::back_inserter(order),
                       [](const ActInfo& info) { return info.act; });
        return order;
    }();
    return all;
}

bool isOffered(ImageAct act, const ImageEntry& entry, const ImagePlace& place) {
    switch (entry.state) {
    case State::Ready:
        return isOfferedWhenReady(act, entry, place);
    case State::Failed:
        return act == ImageAct::Retry || act == ImageAct::Dismiss || act == ImageAct::ShowFile ||
               act == ImageAct::CopyPath;
    case State::Importing:
        break;
    }
    return false;
}

bool isProminent(ImageAct act, const ImageEntry& entry, const ImagePlace& place) {
    if (!isOffered(act, entry, place))
        return false;
    switch (act) {
    case ImageAct::MakeDefault:
    case ImageAct::Cancel:
    case ImageAct::Retry:
    case ImageAct::Dismiss:
        return true;
    case ImageAct::CopyFile:
        return place.isRemovable;
    case ImageAct::Verify:
        return entry.image.check.verdict == Verdict::None && !place.isRemovable;
    case ImageAct::Compare:
        return entry.image.check.verdict == Verdict::NoCompare && !place.isRemovable;
    default:
        return false;
    }
}

QString imageActText(ImageAct act) {
    return QCoreApplication::translate("ImageActs", infoOf(act).text);
}

QString imageActKey(ImageAct act) {
    return QLatin1String(infoOf(act).key);
}

} // namespace rackmuster::ui
