#include "ui/Theme.h"

#include "ui/StyleSheet.h"

#include <QApplication>
#include <QFile>
#include <QPainter>
#include <QStyle>
#include <QStyleFactory>
#include <QSvgRenderer>

#include <array>

namespace rackmuster::ui {

namespace {

constexpr std::array iconSizes{16, 20, 24, 32, 48};

QByteArray iconSource(const QString& name) {
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void addTinted(QIcon& icon, QByteArray source, const QColor& color, QIcon::Mode mode, QIcon::State state) {
    source.replace("currentColor", color.name().toLatin1());
    QSvgRenderer renderer(source);
    for (const int size : iconSizes) {
        QPixmap pixmap(size, size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        renderer.render(&painter);
        painter.end();
        icon.addPixmap(pixmap, mode, state);
    }
}

} // namespace

QString toWord(ThemeMode mode) {
    switch (mode) {
    case ThemeMode::Light:
        return QStringLiteral("light");
    case ThemeMode::Dark:
        return QStringLiteral("dark");
    case ThemeMode::System:
        break;
    }
    return QStringLiteral("system");
}

ThemeMode themeModeFromWord(const QString& word) {
    if (word == QLatin1String("light"))
        return ThemeMode::Light;
    return word == QLatin1String("dark") ? ThemeMode::Dark : ThemeMode::System;
}

Theme::Theme(QApplication& application, QObject* parent)
    : QObject(parent), m_application(application),
      m_isSystemDark(application.palette().color(QPalette::Window).lightness() < 128) {
    m_application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QFont font = m_application.font();
    font.setPixelSize(metrics::fontSize);
    m_application.setFont(font);
    apply();
}

bool Theme::isDark() const {
    return m_mode == ThemeMode::System ? m_isSystemDark : m_mode == ThemeMode::Dark;
}

void Theme::setMode(ThemeMode mode) {
    if (mode == m_mode)
        return;
    m_mode = mode;
    apply();
    Q_EMIT changed();
}

QIcon Theme::icon(const QString& name) const {
    const QByteArray source = iconSource(name);
    QIcon icon;
    addTinted(icon, source, tokens().muted, QIcon::Normal, QIcon::Off);
    addTinted(icon, source, tokens().accent(), QIcon::Normal, QIcon::On);
    addTinted(icon, source, tokens().line, QIcon::Disabled, QIcon::Off);
    return icon;
}

QIcon Theme::icon(const QString& name, const QColor& color) const {
    const QByteArray source = iconSource(name);
    QIcon icon;
    addTinted(icon, source, color, QIcon::Normal, QIcon::Off);
    addTinted(icon, source, tokens().muted, QIcon::Disabled, QIcon::Off);
    return icon;
}

void Theme::apply() {
    m_application.setPalette(palette());
    m_application.setStyleSheet(styleSheet(tokens()));
}

QPalette Theme::palette() const {
    const Tokens& t = tokens();
    QPalette palette;
    palette.setColor(QPalette::Window, t.background);
    palette.setColor(QPalette::WindowText, t.text);
    palette.setColor(QPalette::Base, t.surface);
    palette.setColor(QPalette::AlternateBase, t.background);
    palette.setColor(QPalette::Text, t.text);
    palette.setColor(QPalette::PlaceholderText, t.muted);
    palette.setColor(QPalette::Button, t.surface);
    palette.setColor(QPalette::ButtonText, t.text);
    palette.setColor(QPalette::BrightText, t.tone(ToneName::Problem).ink);
    palette.setColor(QPalette::Highlight, t.accent());
    palette.setColor(QPalette::HighlightedText, t.onAccent);
    palette.setColor(QPalette::Link, t.accent());
    palette.setColor(QPalette::ToolTipBase, t.text);
    palette.setColor(QPalette::ToolTipText, t.surface);
    palette.setColor(QPalette::Mid, t.line);
    palette.setColor(QPalette::Disabled, QPalette::Text, t.muted);
    palette.setColor(QPalette::Disabled, QPalette::WindowText, t.muted);
    palette.setColor(QPalette::Disabled, QPalette::ButtonText, t.muted);
    return palette;
}

} // namespace rackmuster::ui
