#pragma once

#include "ui/models/MachineModel.h"

#include <tl/expected.hpp>
#include <vector>

namespace rackmuster::ui {

struct AssignChange {
    MacAddress mac;
    roster::Assignment before;
    roster::Assignment after;
};

struct PlaceChange {
    MacAddress mac;
    std::optional<int> before;
    std::optional<int> after;
};

/// What one edit of a cell does to the machines it was made for.
struct PlannedEdit {
    std::vector<AssignChange> assigns;
    std::vector<PlaceChange> places;

    [[nodiscard]] bool isEmpty() const { return assigns.empty() && places.empty(); }
};

/// Checks `text`, typed or chosen in `column`, for `machines` in table order. Empty text takes a typed name
/// or address back. With several machines a name is a pattern with {slot}, addresses and slots count up from
/// the first. The failure is one sentence for the operator; nothing is changed then.
[[nodiscard]] tl::expected<PlannedEdit, QString> planEdit(const MachineModel& model,
                                                          const std::vector<MacAddress>& machines,
                                                          MachineColumn column, const QString& text);

} // namespace rackmuster::ui
