#pragma once

#include "ui/models/ImageModel.h"
#include "ui/models/MachineModel.h"
#include "ui/models/ProfileModel.h"

#include <QString>

#include <vector>

namespace rackmuster::ui {

/// One line of a list to choose from.
struct Choice {
    QString value; ///< Empty: the default.
    QString text;
    bool startsGroup = false; ///< A rule separates it from what stands above.

    bool operator==(const Choice&) const = default;
};

/// The images of the library.
[[nodiscard]] std::vector<Choice> imageChoices(const ImageModel& images);
/// What `machines` can be started with: the profiles, and behind them the entries that the images of all
/// these machines have in their own menus.
[[nodiscard]] std::vector<Choice> startChoices(const ProfileModel& profiles, const ImageModel& images,
                                               const MachineModel& model,
                                               const std::vector<MacAddress>& machines);

/// The value that stands for an entry of the image's own menu in a list of profiles.
[[nodiscard]] QString menuEntryValue(const QString& title);
[[nodiscard]] bool isMenuEntryValue(const QString& value);
[[nodiscard]] QString menuEntryTitle(const QString& value);
/// What a machine is started with, as such a value.
[[nodiscard]] QString startValueOf(const roster::Assignment& assigned);

} // namespace rackmuster::ui
