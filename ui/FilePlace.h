#pragma once

#include <QString>

namespace rackmuster::ui {

/// Does the file lie on something that is likely to be pulled out, such as a USB stick? Answers for a file
/// that is gone, too, by where it was. Asks the file system: not for every repaint.
[[nodiscard]] bool isOnRemovableDisk(const QString& path);

/// Shows the file, selected, in the desktop's file manager; where there is none that can, opens its folder.
void showInFileManager(const QString& path);

} // namespace rackmuster::ui
