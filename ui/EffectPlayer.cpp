#include "ui/EffectPlayer.h"

#include <QAudioDevice>
#include <QFileInfo>
#include <QMediaDevices>
#include <QSoundEffect>
#include <QUrl>

namespace rackmuster::ui {

namespace {

/// PulseAudio or PipeWire. Qt complains on stderr when it looks for devices and neither runs.
bool hasSoundServer() {
    const QString directory = qEnvironmentVariable("XDG_RUNTIME_DIR");
    return !qEnvironmentVariableIsEmpty("PULSE_SERVER") ||
           (!directory.isEmpty() && QFileInfo::exists(directory + QStringLiteral("/pulse/native")));
}

} // namespace

QString soundFile(Sound sound) {
    switch (sound) {
    case Sound::Done:
        return QStringLiteral(":/sounds/done.wav");
    case Sound::NewMachine:
        return QStringLiteral(":/sounds/new-machine.wav");
    case Sound::CameBack:
        return QStringLiteral(":/sounds/came-back.wav");
    case Sound::Problem:
        return QStringLiteral(":/sounds/problem.wav");
    }
    return {};
}

EffectPlayer::EffectPlayer() = default;
EffectPlayer::~EffectPlayer() = default;

void EffectPlayer::open() {
    m_isOpen = true;
    if (!hasSoundServer() || QMediaDevices::defaultAudioOutput().isNull())
        return;
    for (std::size_t i = 0; i < soundCount; ++i) {
        m_effects.at(i) = std::make_unique<QSoundEffect>();
        m_effects.at(i)->setSource(QUrl(QStringLiteral("qrc") + soundFile(static_cast<Sound>(i))));
    }
}

void EffectPlayer::play(Sound sound) {
    if (!m_isOpen)
        open();
    if (const auto& effect = m_effects.at(static_cast<std::size_t>(sound)))
        effect->play();
}

} // namespace rackmuster::ui
