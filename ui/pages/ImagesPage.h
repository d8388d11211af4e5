#pragma once

#include "ui/Workbench.h"
#include "ui/models/ImageActs.h"

#include <QHash>
#include <QWidget>

#include <map>

class QScrollArea;

namespace rackmuster::ui {

class CardGrid;
class DropCard;
class ExtraFiles;
class ImageCard;
class Theme;

/// The library: images as cards, the place to drop more, and the extra files below. An image keeps its card
/// as long as it is shown, so that progress disturbs nobody who types, scrolls or has a menu open.
class ImagesPage final : public QWidget {
    Q_OBJECT

public:
    ImagesPage(Workbench& workbench, const Theme& theme, QWidget* parent = nullptr);

    void chooseFiles();
    [[nodiscard]] ExtraFiles& extraFiles() { return *m_extra; }

private:
    [[nodiscard]] QWidget* makeContent();
    void connectModels();
    /// The cards that there should be, in order.
    void arrange();
    [[nodiscard]] ImageCard* makeCard();
    void dropCardsWithout(const std::vector<QWidget*>& shown);
    void orderTabs();
    void refreshRows(int first, int last);
    void refreshPlaces();
    [[nodiscard]] ImagePlace placeOf(const ImageEntry& entry);
    void showCardOf(const QString& imageId);

    void perform(const ImageCard& card, ImageAct act);
    void askRemove(const engine::ImageInfo& image);
    [[nodiscard]] QString lossOf(const engine::ImageInfo& image) const;
    void askChecksum(const engine::ImageInfo& image);
    void askInitrds(const engine::ImageInfo& image);

    Workbench& m_workbench;
    const Theme& m_theme;
    QScrollArea* m_scroll;
    CardGrid* m_grid;
    DropCard* m_drop;
    ExtraFiles* m_extra;
    std::map<QString, ImageCard*> m_cards; ///< By ImageEntry::key().
    QHash<QString, bool> m_removable;      ///< By path, asked once: it touches the disk.
};

} // namespace rackmuster::ui
