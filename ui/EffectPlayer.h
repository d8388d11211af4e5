#pragma once

#include "ui/SoundPlayer.h"

#include <array>
#include <memory>

class QSoundEffect;

namespace rackmuster::ui {

/// Plays through the desktop's sound. Where there is none it stays silent.
class EffectPlayer final : public SoundPlayer {
public:
    EffectPlayer();
    ~EffectPlayer() override;

    /// The device is opened by the first sound: whoever never holds a roll call needs none.
    void play(Sound sound) override;

private:
    void open();

    bool m_isOpen = false;
    std::array<std::unique_ptr<QSoundEffect>, soundCount> m_effects; ///< Null: silent.
};

/// Where the sound lies in the resources.
[[nodiscard]] QString soundFile(Sound sound);

} // namespace rackmuster::ui
