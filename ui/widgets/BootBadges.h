#pragma once

#include "core/engine/Snapshot.h"
#include "ui/Theme.h"

#include <QWidget>

#include <vector>

namespace rackmuster::ui {

class StatePill;

/// BIOS, UEFI, Secure Boot: what can boot from an image, each by mark and word.
class BootBadges final : public QWidget {
    Q_OBJECT

public:
    explicit BootBadges(const Theme& theme, QWidget* parent = nullptr);

    void setImage(const engine::ImageInfo& image);

private:
    const Theme& m_theme;
    std::vector<StatePill*> m_pills;
};

} // namespace rackmuster::ui
