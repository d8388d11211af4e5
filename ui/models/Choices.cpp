#include "ui/models/Choices.h"

#include "ui/models/ImageUse.h"
#include "ui/text/PlainText.h"

#include <QCoreApplication>

#include <algorithm>

namespace rackmuster::ui {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Choices)
};

const QChar entryMark(1); // no profile's name begins with it

Choice defaultChoice(const QString& name) {
    return {QString(), Text::tr("Default (%1)").arg(name.isEmpty() ? Text::tr("none") : printable(name))};
}

/// The titles that stand in the menus of all these machines' images, in the order of the first one's.
QStringList sharedEntries(const ImageModel& images, const MachineModel& model,
                          const std::vector<MacAddress>& machines) {
    std::optional<QStringList> shared;
    for (const MacAddress mac : machines) {
        const engine::MachineRow* const row = model.find(mac);
        const engine::ImageInfo* const image =
            row ? images.find(imageIdOf(row->machine, images.defaultId())) : nullptr;
        const QStringList titles = image ? image->entries : QStringList();
        if (!shared)
            shared = titles;
        shared->removeIf([&titles](const QString& title) { return !titles.contains(title); });
    }
    return shared.value_or(QStringList());
}

} // namespace

std::vector<Choice> imageChoices(const ImageModel& images) {
    std::vector<Choice> choices{defaultChoice(images.defaultName())};
    for (int row = 0; row < images.rowCount(); ++row) {
        const ImageEntry& entry = images.entry(row);
        if (entry.state == ImageEntry::State::Ready)
            choices.push_back({entry.image.id, printable(entry.image.name)});
    }
    return choices;
}

std::vector<Choice> startChoices(const ProfileModel& profiles, const ImageModel& images,
                                 const MachineModel& model, const std::vector<MacAddress>& machines) {
    std::vector<Choice> choices{defaultChoice(profiles.defaultName())};
    for (int row = 0; row < profiles.rowCount(); ++row)
        choices.push_back({profiles.profile(row).name, printable(profiles.profile(row).name)});
    bool isFirst = true;
    for (const QString& title : sharedEntries(images, model, machines)) {
        choices.push_back({menuEntryValue(title), Text::tr("Menu: %1").arg(printable(title)), isFirst});
        isFirst = false;
    }
    return choices;
}

QString menuEntryValue(const QString& title) {
    return entryMark + title;
}

bool isMenuEntryValue(const QString& value) {
    return value.startsWith(entryMark);
}

QString menuEntryTitle(const QString& value) {
    return isMenuEntryValue(value) ? value.mid(1) : QString();
}

QString startValueOf(const roster::Assignment& assigned) {
    return assigned.menuEntry.empty() ? QString::fromStdString(assigned.profile)
                                      : menuEntryValue(QString::fromStdString(assigned.menuEntry));
}

} // namespace rackmuster::ui
