#pragma once

#include "core/boot/Catalog.h"
#include "core/engine/Snapshot.h"
#include "core/roster/Machine.h"
#include "ui/Tokens.h"

#include <QString>

#include <string_view>

/// The words of the window, each once. English sources; the reader's language comes out.
namespace rackmuster::ui {

[[nodiscard]] QString stateWord(roster::MachineState state);
/// The colour that goes with the state's mark and word.
[[nodiscard]] ToneName stateTone(roster::MachineState state);
[[nodiscard]] QString stageWord(roster::Stage stage);
/// The stage with its numbers: "Packages 412/1180".
[[nodiscard]] QString stageText(const roster::Machine& machine);
/// `word` is boot::toWord(Firmware); empty stays empty, an unknown word is shown as it is.
[[nodiscard]] QString firmwareWord(std::string_view word);
[[nodiscard]] QString serviceWord(engine::ServiceState state);
[[nodiscard]] ToneName serviceTone(engine::ServiceState state);
/// "kickstart", "preseed", "autoinstall", "AutoYaST".
[[nodiscard]] QString answerFileWord(boot::InstallerFamily family);
/// For a name of EngineEvent; an unknown name is shown as it is.
[[nodiscard]] QString eventWord(const QString& name);

} // namespace rackmuster::ui
