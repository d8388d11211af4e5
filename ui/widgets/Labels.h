#pragma once

#include <QFrame>
#include <QLabel>
#include <QString>

class QBoxLayout;

namespace rackmuster::ui {

/// A label that shows `text` as it is, never as markup. `role` chooses its look in the style sheet.
[[nodiscard]] QLabel* plainLabel(const QString& text = {}, const char* role = "");
/// The same over several lines.
[[nodiscard]] QLabel* wrappedLabel(const QString& text = {}, const char* role = "");
/// A frame of the style sheet: "card", "bar", "problem", ...
[[nodiscard]] QFrame* frame(const char* role, QWidget* parent = nullptr);
/// Margins and spacing in one line.
void setSpacing(QBoxLayout& layout, int margin, int spacing);

} // namespace rackmuster::ui
