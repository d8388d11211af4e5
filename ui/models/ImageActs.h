#pragma once

#include "ui/models/ImageModel.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace rackmuster::ui {

/// What can be done with an image of the library.
enum class ImageAct : std::uint8_t {
    MakeDefault,
    Verify,
    Compare, ///< Verify against a pasted sum.
    CopySum,
    CopyFile, ///< Into the library.
    Cancel,
    Rename,
    ShowFile,
    CopyPath,
    ExtraInitrds,
    Remove,
    Retry,
    Dismiss,
};

/// What the window knows of an image beside what the engine tells.
struct ImagePlace {
    bool isDefault = false;
    bool isRemovable = false; ///< Its file lies on something that is likely to be pulled out.
    int waiting = 0;          ///< Machines that cannot go on without it.

    bool operator==(const ImagePlace&) const = default;
};

/// In the order of the menu.
[[nodiscard]] const std::vector<ImageAct>& allImageActs();
/// Makes sense now.
[[nodiscard]] bool isOffered(ImageAct act, const ImageEntry& entry, const ImagePlace& place);
/// Stands on the card itself, not only in its menu.
[[nodiscard]] bool isProminent(ImageAct act, const ImageEntry& entry, const ImagePlace& place);
[[nodiscard]] QString imageActText(ImageAct act);
/// "F2" or "Del"; empty when it has no key.
[[nodiscard]] QString imageActKey(ImageAct act);

} // namespace rackmuster::ui
