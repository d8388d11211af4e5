#pragma once

#include "ui/Theme.h"
#include "ui/widgets/SideBar.h"

#include <QCommandLineParser>
#include <QSize>
#include <QString>
#include <QStringList>

#include <optional>
#include <tl/expected.hpp>

namespace rackmuster::app {

/// What the command line asks for.
struct ProgramOptions {
    QString stateDirectory;
    QString interface; ///< Empty: as last time.
    bool startsAtOnce = false;
    QStringList images; ///< Absolute paths.
    QString events;     ///< As `rackmusterctl serve --events`; empty: none.
    QString language;   ///< "en" or "zh_CN"; empty: remembered, else the locale's.
    std::optional<ui::ThemeMode> theme;
    std::optional<ui::PageName> page;
    QString screenshot; ///< PNG to write; empty: none.
    std::optional<QSize> size;
    bool allowsRoot = false;
};

/// Fills `parser` with the options and their descriptions in the present language.
void addOptions(QCommandLineParser& parser);
/// Reads a parsed command line; the failure is one sentence.
[[nodiscard]] tl::expected<ProgramOptions, QString> readOptions(const QCommandLineParser& parser);

} // namespace rackmuster::app
