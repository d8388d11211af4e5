#include "ui/text/Words.h"

#include "ui/text/PlainText.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace rackmuster::ui {

using roster::MachineState;
using roster::Stage;

namespace {

constexpr const char* context = "Words";

struct StateEntry {
    MachineState state;
    ToneName tone;
    const char* word;
};

constexpr std::array states{
    StateEntry{MachineState::Seen, ToneName::Idle, QT_TRANSLATE_NOOP("Words", "Seen")},
    StateEntry{MachineState::Reserved, ToneName::Idle, QT_TRANSLATE_NOOP("Words", "Reserved")},
    StateEntry{MachineState::Next, ToneName::Waiting, QT_TRANSLATE_NOOP("Words", "Next")},
    StateEntry{MachineState::Waiting, ToneName::Waiting, QT_TRANSLATE_NOOP("Words", "Waiting")},
    StateEntry{MachineState::Approved, ToneName::Running, QT_TRANSLATE_NOOP("Words", "Approved")},
    StateEntry{MachineState::Booting, ToneName::Running, QT_TRANSLATE_NOOP("Words", "Booting")},
    StateEntry{MachineState::Installing, ToneName::Running, QT_TRANSLATE_NOOP("Words", "Installing")},
    StateEntry{MachineState::Done, ToneName::Ok, QT_TRANSLATE_NOOP("Words", "Done")},
    StateEntry{MachineState::CameBack, ToneName::CameBack, QT_TRANSLATE_NOOP("Words", "Came back")},
    StateEntry{MachineState::Stalled, ToneName::Problem, QT_TRANSLATE_NOOP("Words", "Stalled")},
    StateEntry{MachineState::Failed, ToneName::Problem, QT_TRANSLATE_NOOP("Words", "Failed")},
    StateEntry{MachineState::Refused, ToneName::Idle, QT_TRANSLATE_NOOP("Words", "Refused")},
};

struct StageEntry {
    Stage stage;
    const char* word;
};

constexpr std::array stages{
    StageEntry{Stage::Seen, QT_TRANSLATE_NOOP("Words", "Heard")},
    StageEntry{Stage::Offered, QT_TRANSLATE_NOOP("Words", "Address offered")},
    StageEntry{Stage::Leased, QT_TRANSLATE_NOOP("Words", "Address given")},
    StageEntry{Stage::Loader, QT_TRANSLATE_NOOP("Words", "Boot loader")},
    StageEntry{Stage::Parked, QT_TRANSLATE_NOOP("Words", "Parked")},
    StageEntry{Stage::Config, QT_TRANSLATE_NOOP("Words", "Boot menu")},
    StageEntry{Stage::Kernel, QT_TRANSLATE_NOOP("Words", "Kernel")},
    StageEntry{Stage::Initrd, QT_TRANSLATE_NOOP("Words", "Initrd")},
    StageEntry{Stage::Kickstart, QT_TRANSLATE_NOOP("Words", "Answer file")},
    StageEntry{Stage::Stage2, QT_TRANSLATE_NOOP("Words", "Installer image")},
    StageEntry{Stage::Metadata, QT_TRANSLATE_NOOP("Words", "Package lists")},
    StageEntry{Stage::Packages, QT_TRANSLATE_NOOP("Words", "Packages")},
    StageEntry{Stage::Post, QT_TRANSLATE_NOOP("Words", "Last scripts")},
    StageEntry{Stage::Done, QT_TRANSLATE_NOOP("Words", "Installed")},
    StageEntry{Stage::LocalBoot, QT_TRANSLATE_NOOP("Words", "Sent to its disk")},
};

struct EventEntry {
    const char* name;
    const char* word;
};

constexpr std::array events{
    EventEntry{"ready", QT_TRANSLATE_NOOP("Words", "Services started")},
    EventEntry{"imported", QT_TRANSLATE_NOOP("Words", "Image imported")},
    EventEntry{"verified", QT_TRANSLATE_NOOP("Words", "Image verified")},
    EventEntry{"copied", QT_TRANSLATE_NOOP("Words", "Image copied")},
    EventEntry{"removed", QT_TRANSLATE_NOOP("Words", "Image removed")},
    EventEntry{"image-problem", QT_TRANSLATE_NOOP("Words", "Image has a problem")},
    EventEntry{"image-back", QT_TRANSLATE_NOOP("Words", "Image is back")},
    EventEntry{"approved", QT_TRANSLATE_NOOP("Words", "Approved")},
    EventEntry{"log", QT_TRANSLATE_NOOP("Words", "Installer log")},
    EventEntry{"stalled", QT_TRANSLATE_NOOP("Words", "Stalled")},
    EventEntry{"diagnosis", QT_TRANSLATE_NOOP("Words", "Diagnosis")},
    EventEntry{"rejected", QT_TRANSLATE_NOOP("Words", "Packet rejected")},
    EventEntry{"foreign-dhcp", QT_TRANSLATE_NOOP("Words", "Other DHCP server")},
    EventEntry{"neighbour", QT_TRANSLATE_NOOP("Words", "Also on this wire")},
    EventEntry{"switch-port", QT_TRANSLATE_NOOP("Words", "Switch port")},
    EventEntry{"spanning-tree", QT_TRANSLATE_NOOP("Words", "Spanning tree")},
    EventEntry{"paused", QT_TRANSLATE_NOOP("Words", "Answers paused")},
    EventEntry{"resumed", QT_TRANSLATE_NOOP("Words", "Answers go on")},
    EventEntry{"stopped", QT_TRANSLATE_NOOP("Words", "Services stopped")},
};

QString translated(const char* text) {
    return QCoreApplication::translate(context, text);
}

const StateEntry& entryOf(MachineState state) {
    const auto found = std::find_if(states.begin(), states.end(),
                                    [state](const StateEntry& entry) { return entry.state == state; });
    return found == states.end() ? states.front() : *found;
}

} // namespace

QString stateWord(MachineState state) {
    return translated(entryOf(state).word);
}

ToneName stateTone(MachineState state) {
    return entryOf(state).tone;
}

QString stageWord(Stage stage) {
    const auto found = std::find_if(stages.begin(), stages.end(),
                                    [stage](const StageEntry& entry) { return entry.stage == stage; });
    return found == stages.end() ? QString() : translated(found->word);
}

QString stageText(const roster::Machine& machine) {
    if (!machine.firstSeen)
        return {};
    if (machine.stage == Stage::Packages && machine.packagesTotal > 0) {
        return QCoreApplication::translate("Words", "Packages %1/%2")
            .arg(machine.packagesDone)
            .arg(machine.packagesTotal);
    }
    return stageWord(machine.stage);
}

QString firmwareWord(std::string_view word) {
    if (word == "bios")
        return QStringLiteral("BIOS");
    if (word == "uefi-x64")
        return QStringLiteral("UEFI");
    if (word == "uefi-ia32")
        return QStringLiteral("UEFI 32");
    if (word == "uefi-arm64")
        return QStringLiteral("UEFI ARM");
    if (word == "unknown")
        return QCoreApplication::translate("Words", "Unknown");
    return printable(word);
}

QString serviceWord(engine::ServiceState state) {
    switch (state) {
    case engine::ServiceState::Running:
        return QCoreApplication::translate("Words", "running");
    case engine::ServiceState::Paused:
        return QCoreApplication::translate("Words", "paused");
    case engine::ServiceState::Failed:
        return QCoreApplication::translate("Words", "failed");
    case engine::ServiceState::Stopped:
        break;
    }
    return QCoreApplication::translate("Words", "stopped");
}

ToneName serviceTone(engine::ServiceState state) {
    switch (state) {
    case engine::ServiceState::Running:
        return ToneName::Ok;
    case engine::ServiceState::Paused:
        return ToneName::Waiting;
    case engine::ServiceState::Failed:
        return ToneName::Problem;
    case engine::ServiceState::Stopped:
        break;
    }
    return ToneName::Idle;
}

QString answerFileWord(boot::InstallerFamily family) {
    switch (family) {
    case boot::InstallerFamily::RedHat:
        return QCoreApplication::translate("Words", "kickstart");
    case boot::InstallerFamily::Debian:
        return QCoreApplication::translate("Words", "preseed");
    case boot::InstallerFamily::Ubuntu:
        return QCoreApplication::translate("Words", "autoinstall");
    case boot::InstallerFamily::Suse:
        return QCoreApplication::translate("Words", "AutoYaST");
    case boot::InstallerFamily::None:
        break;
    }
    return QCoreApplication::translate("Words", "unknown kind");
}

QString eventWord(const QString& name) {
    for (const EventEntry& entry : events) {
        if (name == QLatin1String(entry.name))
            return translated(entry.word);
    }
    const std::string word = name.toStdString();
    if (const std::optional<Stage> stage = roster::stageFromWord(word))
        return stageWord(*stage);
    return printable(word);
}

} // namespace rackmuster::ui
