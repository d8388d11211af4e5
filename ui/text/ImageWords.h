#pragma once

#include "ui/models/ImageActs.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <vector>

/// What the card of an image says. Every text is safe to show as plain text.
namespace rackmuster::ui {

/// The sign before a badge's word.
enum class BadgeMark : std::uint8_t {
    Yes,
    Some, ///< Not on every machine.
    None, ///< It has nothing for that.
    Never ///< What it has is refused.
};

/// What can boot from it.
struct BootBadge {
    QString word;
    BadgeMark mark = BadgeMark::None;
    QString hint; ///< A whole sentence.
};

/// How an image is doing.
struct ImageStatus {
    QString line;                ///< Its state in a few words.
    bool isProblem = false;      ///< The line tells of one.
    std::optional<int> permille; ///< Of a job; nothing: no job.
    bool isWorking = false;      ///< Something runs whose progress is not known, or is in `permille`.
    QString problem;             ///< What is wrong and what to do; empty: nothing.
    QString advice;              ///< What to know meanwhile; empty: nothing.
    QString facts;               ///< "Checksum verified · BaseOS, AppStream"
    QStringList notes;           ///< Sentences, the most important first.
};

/// BIOS, UEFI, Secure Boot.
[[nodiscard]] std::vector<BootBadge> bootBadges(const engine::ImageInfo& image);
/// The note that says which machines refuse its loader under Secure Boot; null: nothing is said against it.
[[nodiscard]] const Error* secureBootRefusal(const engine::ImageInfo& image);
[[nodiscard]] ImageStatus statusOf(const ImageEntry& entry, const ImagePlace& place);
/// "x86_64 · kickstart · 10.2 GB"
[[nodiscard]] QString imageFacts(const engine::ImageInfo& image);
/// The first word of a name without what is no letter: "Rocky".
[[nodiscard]] QString distributionWord(const QString& name);
/// Which tint of Tokens::emblems goes with a name: the same one for every release of a distribution.
[[nodiscard]] std::size_t emblemOf(const QString& name);

} // namespace rackmuster::ui
