#pragma once

#include "core/exchange/PlanFile.h"
#include "ui/models/MachineEdit.h"

#include <QHash>

#include <array>

namespace rackmuster::ui {

/// What a plan is compared with: values, so that another thread can do it.
struct PlanBase {
    std::vector<engine::MachineRow> rows;
    roster::RackLayout layout;
    QHash<QString, QString> imageNames; ///< By id.
};

/// What would happen to a line of a plan.
enum class PlanFate : std::uint8_t { New, Changed, Unchanged, Refused };
inline constexpr std::size_t planFateCount = 4;
[[nodiscard]] QString fateWord(PlanFate fate);

struct PreviewLine {
    std::size_t line = 0; ///< From 1.
    PlanFate fate = PlanFate::Unchanged;
    QString machine; ///< MAC; empty when the line names none.
    QString text;    ///< What changes, old -> new; or one sentence why not.
};

/// Everything that importing a plan would do, before it is done.
struct PlanPreview {
    std::vector<PreviewLine> lines; ///< By number.
    std::array<int, planFateCount> counts{};
    PlannedEdit edit;     ///< Of all good lines.
    QString otherColumns; ///< Headings that mean nothing here, for a person to read; empty: none.

    [[nodiscard]] int count(PlanFate fate) const { return counts.at(static_cast<std::size_t>(fate)); }
};

[[nodiscard]] PlanPreview previewPlan(const exchange::PlanFile& file, const PlanBase& base);
/// Reads the file at `path`. The failure is one sentence.
[[nodiscard]] tl::expected<PlanPreview, QString> previewFile(const QString& path, const PlanBase& base);

} // namespace rackmuster::ui
