#pragma once

#include "core/engine/ImageLibrary.h"
#include "core/storage/StoredImage.h"

namespace rackmuster::engine {

/// What a file is that lies where an image's file lay.
enum class Recognition {
    Same,       ///< The file that was imported; nobody wrote to it.
    Renewed,    ///< The same image as far as its ends tell, in a file that was written since: a new copy.
    NeedsProof, ///< The same file, but somebody wrote to it: only a sum of all its bytes can vouch for it.
    Different,  ///< Another image, or a damaged one.
};

/// `found` as openImage() read it. What an older version imported is recognised by its id alone.
[[nodiscard]] Recognition recognise(const storage::StoredImage& known, const LibraryImage& found);

} // namespace rackmuster::engine
