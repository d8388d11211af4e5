#pragma once

#include "core/base/MacAddress.h"
#include "core/roster/Machine.h"

#include <vector>

namespace rackmuster::roster {

/// What an apply() changed; the journal, the catalogue and the table all follow from it.
struct Changes {
    std::vector<MacAddress> added;
    std::vector<MacAddress> updated;
    std::vector<MacAddress> removed;
    bool layout = false; ///< Layout or cursor changed: every computed name and address may have.
    /// Stages newly reached by this change, in order (for events).
    struct StageStep {
        MacAddress mac;
        Stage stage;
    };
    std::vector<StageStep> steps;

    /// One machine updated.
    [[nodiscard]] static Changes of(MacAddress mac);
    [[nodiscard]] bool isEmpty() const {
        return added.empty() && updated.empty() && removed.empty() && !layout && steps.empty();
    }
    /// Adds what happened after this. Every machine then stands in one list at most: where it ended up.
    void merge(Changes&& other);
};

} // namespace rackmuster::roster
