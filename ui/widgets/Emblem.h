#pragma once

#include "ui/Theme.h"

#include <QWidget>

namespace rackmuster::ui {

/// The first two letters of a distribution on a tint of its own.
class Emblem final : public QWidget {
    Q_OBJECT

public:
    explicit Emblem(const Theme& theme, QWidget* parent = nullptr);

    /// The image's name.
    void setName(const QString& name);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& m_theme;
    QString m_letters;
    std::size_t m_tint = 0;
};

} // namespace rackmuster::ui
