#pragma once

#include "ui/SoundPlayer.h"
#include "ui/Workbench.h"
#include "ui/models/ButtonPresses.h"
#include "ui/models/RollCall.h"
#include "ui/models/RollCallSounds.h"

#include <QTimer>
#include <QWidget>

#include <memory>

class QBoxLayout;
class QFrame;
class QLabel;
class QPushButton;

namespace rackmuster::ui {

class DirectionButton;
class RackView;
class Theme;

/// The roll call, to be read from two metres away while both hands are at the rack: which machine to power on
/// now, which one came last, and whether their order is certain. Every act is one key, and what happens is
/// heard.
class RollCallPage final : public QWidget {
    Q_OBJECT

public:
    RollCallPage(Workbench& workbench, const Theme& theme, QWidget* parent = nullptr);

    /// Switches its sounds on or off, as they were when it was last closed.
    void setSounds(bool areOn);
    /// In place of the desktop's sound.
    void setPlayer(std::unique_ptr<SoundPlayer> player) { m_player = std::move(player); }

Q_SIGNALS:
    void left();
    void soundsChosen(bool areOn);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    [[nodiscard]] QBoxLayout* makeHead();
    [[nodiscard]] QBoxLayout* makeCards();
    [[nodiscard]] QBoxLayout* makeKeys();
    [[nodiscard]] QWidget* makeRack(const Theme& theme);
    void refresh();
    void refreshWait();
    void showLast();
    void showDoubt();
    /// Machines that came since the last look belong to the presses that wait.
    void matchPresses();

    void press();
    void skip();
    void swap();
    void confirm();
    void approveAll();
    void takeBack();
    void chooseSounds(bool areOn);

    Workbench& m_workbench;
    RollCall m_call;
    ButtonPresses m_presses;
    std::optional<std::chrono::milliseconds> m_lastTaken; ///< From the button to the newest machine.
    RollCallSounds m_sounds;
    std::unique_ptr<SoundPlayer> m_player;
    bool m_areSoundsOn = true;
    int m_known = -1; ///< Machines heard at the last look; -1 before it.
    QLabel* m_prompt;
    QLabel* m_slot;
    QLabel* m_name;
    QLabel* m_address;
    QFrame* m_last;
    QLabel* m_lastWhen;
    QLabel* m_lastName;
    QLabel* m_lastMac;
    QLabel* m_lastFacts;
    QFrame* m_doubt;
    QLabel* m_doubtTitle;
    QPushButton* m_confirm;
    QPushButton* m_swap;
    QFrame* m_side;
    QLabel* m_rackName;
    QLabel* m_count;
    RackView* m_rack;
    QPushButton* m_soundButton;
    DirectionButton* m_direction;
    QTimer m_clock;
};

} // namespace rackmuster::ui
