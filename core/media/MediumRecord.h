#pragma once

#include "core/base/ByteReader.h"
#include "core/base/Result.h"
#include "core/media/Medium.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

// How rackmuster-reader tells the console what it found: a versioned record, little-endian. Writer and reader
// are of one build, but what the reader met may have taken it over, so decoding believes nothing.

namespace rackmuster::media {

/// Takes the record piece by piece: that of a large image need not fit into memory twice.
using RecordSink = std::function<Result<void>(Bytes)>;

/// Writes an image, or why there is none. Control characters in texts become '?'; texts above 4096 bytes and
/// lists above 4096 items, which no image has that people made, are cut. Paths and files never are. Errors:
/// those of `sink`.
[[nodiscard]] Result<void> encodeMedium(const Result<Medium>& medium, const RecordSink& sink);

/// The image again, on `file` and on `kept`, which must not change any more; `kept` may be null. Every slice
/// lies inside of its file, every path is usable (TreePath), no text holds a control character but tabs.
/// `name` as for readMedium. Errors: the one that was written; ReaderFailed; FileChanged when `file` has
/// another size than the one that was read.
[[nodiscard]] Result<Medium> decodeMedium(Bytes record, const std::string& name,
                                          std::shared_ptr<const FileDescriptor> file,
                                          std::shared_ptr<const FileDescriptor> kept);

} // namespace rackmuster::media
