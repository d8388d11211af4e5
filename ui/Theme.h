#pragma once

#include "ui/Tokens.h"

#include <QIcon>
#include <QObject>
#include <QPalette>

#include <cstdint>

class QApplication;

namespace rackmuster::ui {

enum class ThemeMode : std::uint8_t { System, Light, Dark };

/// "system", "light", "dark": the words of the settings file and of --theme. Unknown words mean System.
[[nodiscard]] QString toWord(ThemeMode mode);
[[nodiscard]] ThemeMode themeModeFromWord(const QString& word);

/// Which tokens hold now, and the application dressed in them.
class Theme final : public QObject {
    Q_OBJECT

public:
    /// Remembers whether the desktop's own palette is dark, then dresses `application`, which outlives this.
    explicit Theme(QApplication& application, QObject* parent = nullptr);

    [[nodiscard]] const Tokens& tokens() const { return isDark() ? darkTokens() : lightTokens(); }
    [[nodiscard]] bool isDark() const;
    [[nodiscard]] ThemeMode mode() const { return m_mode; }
    void setMode(ThemeMode mode);

    /// The line icon `name` of resources/icons: muted, accent when it is selected or on.
    [[nodiscard]] QIcon icon(const QString& name) const;
    /// The line icon `name` in one colour.
    [[nodiscard]] QIcon icon(const QString& name, const QColor& color) const;

Q_SIGNALS:
    void changed();

private:
    void apply();
    [[nodiscard]] QPalette palette() const;

    QApplication& m_application;
    bool m_isSystemDark;
    ThemeMode m_mode = ThemeMode::System;
};

} // namespace rackmuster::ui
