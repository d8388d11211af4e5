#pragma once

#include "core/base/Result.h"
#include "core/storage/Connection.h"
#include "core/storage/StoredImage.h"

#include <string>
#include <vector>

namespace rackmuster::storage {

/// The tables `images`, `copies` and `discards`. Errors: Database.
class ImageRepository {
public:
    /// `connection` must outlive the repository.
    explicit ImageRepository(const Connection& connection) : m_connection(connection) {}

    /// In the order in which they were first put.
    [[nodiscard]] Result<std::vector<StoredImage>> images() const;
    /// Inserts or replaces; a replaced one keeps its place.
    [[nodiscard]] Result<void> put(const StoredImage& image) const;
    /// With its copy that is not complete. An id that is not there does not matter.
    [[nodiscard]] Result<void> remove(const std::string& id) const;

    [[nodiscard]] Result<std::vector<StoredCopy>> copies() const;
    /// Inserts or replaces.
    [[nodiscard]] Result<void> putCopy(const StoredCopy& copy) const;
    [[nodiscard]] Result<void> removeCopy(const std::string& imageId) const;

    [[nodiscard]] Result<std::vector<std::string>> discards() const;
    [[nodiscard]] Result<void> putDiscard(const std::string& path) const;
    [[nodiscard]] Result<void> removeDiscard(const std::string& path) const;

private:
    const Connection& m_connection;
};

} // namespace rackmuster::storage
