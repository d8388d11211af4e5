#pragma once

#include "core/engine/Snapshot.h"

#include <QString>
#include <QUndoCommand>

#include <functional>

namespace rackmuster::ui {

/// Changes how the machines of a profile boot.
class ProfileBootCommand final : public QUndoCommand {
public:
    using SetBoot = std::function<void(const engine::ProfileBoot& boot)>;

    ProfileBootCommand(const QString& profile, engine::ProfileBoot before, engine::ProfileBoot after,
                       SetBoot setBoot);

    void redo() override;
    void undo() override;

private:
    engine::ProfileBoot m_before;
    engine::ProfileBoot m_after;
    SetBoot m_setBoot;
};

} // namespace rackmuster::ui
