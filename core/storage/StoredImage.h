#pragma once

#include "core/base/FileStamp.h"

#include <cstdint>
#include <optional>
#include <string>

namespace rackmuster::storage {

/// An imported image, by reference: the file stays where it is, unless it is our own copy.
struct StoredImage {
    std::string id;
    std::string path;
    std::string name;    ///< as it describes itself
    std::string ownName; ///< what the operator called it; empty: nothing
    bool isOwnCopy = false;
    std::optional<FileStamp> stamp; ///< of the file when it was imported; nothing: an older version did
    std::string ends;               ///< digest of both its ends; empty as above
    std::string verdict = "none";   ///< of the last check: "none", "match", "mismatch", "no-compare"
    std::string sha256;             ///< 64 hex digits; empty: not computed
    std::string comparedWith;       ///< what the check compared it with

    bool operator==(const StoredImage&) const = default;
};

/// A copy of an image into the library that is not complete yet.
struct StoredCopy {
    std::string imageId;
    std::string source;     ///< path of the file that is copied
    FileStamp stamp;        ///< of the source when the copy began
    std::string fileName;   ///< what the copy will be called, without a folder
    std::uint64_t good = 0; ///< so many bytes from the start are written and on the disk
    bool isWanted = true;   ///< false: cancelled; what is there is kept for another try

    bool operator==(const StoredCopy&) const = default;
};

} // namespace rackmuster::storage
