#pragma once

#include "ui/Theme.h"
#include "ui/models/ImageModel.h"

#include <QFrame>

class QBoxLayout;

namespace rackmuster::ui {

/// One image: what it is, what can boot it, and whether it is the default.
class ImageCard final : public QFrame {
    Q_OBJECT

public:
    ImageCard(const ImageEntry& entry, bool isDefault, const Theme& theme, QWidget* parent = nullptr);

Q_SIGNALS:
    void defaultChosen(const QString& imageId);
    void removeRequested(const QString& imageId, const QString& name);
    void dismissed(const QString& path);
    void retryRequested(const QString& path);

private:
    void addHead(QBoxLayout& layout, const ImageEntry& entry, const Theme& theme);
    void addBadges(QBoxLayout& layout, const engine::ImageInfo& image, const Theme& theme);
    void addReady(QBoxLayout& layout, const ImageEntry& entry, bool isDefault, const Theme& theme);
    void addImporting(QBoxLayout& layout);
    void addFailed(QBoxLayout& layout, const ImageEntry& entry);
    void addProblem(QBoxLayout& layout, const Error& problem);
};

} // namespace rackmuster::ui
