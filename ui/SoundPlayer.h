#pragma once

#include "ui/models/RollCallSounds.h"

namespace rackmuster::ui {

/// Makes sounds heard.
class SoundPlayer {
public:
    virtual ~SoundPlayer() = default;
    /// Returns at once.
    virtual void play(Sound sound) = 0;
};

} // namespace rackmuster::ui
