#include "core/engine/ImageIdentity.h"

namespace rackmuster::engine {

Recognition recognise(const storage::StoredImage& known, const LibraryImage& found) {
    if (found.info.id.toStdString() != known.id)
        return Recognition::Different;
    if (!known.stamp)
        return Recognition::Same;
    if (found.ends != known.ends || found.stamp.size != known.stamp->size)
        return Recognition::Different;
    if (found.stamp.isUnwritten(*known.stamp))
        return Recognition::Same;
    return found.stamp.isSameFile(*known.stamp) ? Recognition::NeedsProof : Recognition::Renewed;
}

} // namespace rackmuster::engine
