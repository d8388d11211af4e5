#include "ui/widgets/ImageCard.h"

#include "ui/text/PlainText.h"
#include "ui/text/Quantities.h"
#include "ui/text/Sentences.h"
#include "ui/text/Words.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/StatePill.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>

namespace rackmuster::ui {

using roster::MachineState;
using State = ImageEntry::State;

namespace {

/// The first two letters on the accent's ground.
class Emblem final : public QWidget {
public:
    Emblem(const QString& text, const Theme& theme) : m_text(text.left(2)), m_theme(theme) {
        setFixedSize(44, 44);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        const Tone& tone = m_theme.tokens().tone(ToneName::Running);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(tone.ground);
        painter.drawRoundedRect(rect(), metrics::cardRadius, metrics::cardRadius);
        QFont bold = font();
        bold.setWeight(QFont::Bold);
        painter.setFont(bold);
        painter.setPen(tone.ink);
        painter.drawText(rect(), Qt::AlignCenter, m_text);
    }

private:
    QString m_text;
    const Theme& m_theme;
};

} // namespace

ImageCard::ImageCard(const ImageEntry& entry, bool isDefault, const Theme& theme, QWidget* parent)
    : QFrame(parent) {
    setProperty("role", QStringLiteral("card"));
    setObjectName(QStringLiteral("imageCard"));
    setAccessibleName(printable(entry.image.name));
    setMinimumHeight(196);
    auto* const layout = new QVBoxLayout(this);
    setSpacing(*layout, metrics::large, metrics::medium - 2);
    addHead(*layout, entry, theme);
    switch (entry.state) {
    case State::Ready:
        addReady(*layout, entry, isDefault, theme);
        break;
    case State::Importing:
        addImporting(*layout);
        break;
    case State::Failed:
        addFailed(*layout, entry);
        break;
    }
}

void ImageCard::addHead(QBoxLayout& layout, const ImageEntry& entry, const Theme& theme) {
    auto* const head = new QHBoxLayout;
    head->setSpacing(metrics::medium);
    head->addWidget(new Emblem(printable(entry.image.name), theme));
    auto* const words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(plainLabel(printable(entry.image.name), "heading"));
    QStringList facts;
    if (!entry.image.arch.isEmpty())
        facts << printable(entry.image.arch);
    if (entry.image.family != boot::InstallerFamily::None)
        facts << answerFileWord(entry.image.family);
    if (entry.image.size > 0)
        facts << sizeText(entry.image.size);
    words->addWidget(plainLabel(facts.join(QStringLiteral(" · ")), "muted"));
    head->addLayout(words, 1);
    layout.addLayout(head);
}

void ImageCard::addBadges(QBoxLayout& layout, const engine::ImageInfo& image, const Theme& theme) {
    auto* const badges = new QHBoxLayout;
    badges->setSpacing(metrics::small);
    const auto add = [&](bool isThere, const QString& text, const QString& hint) {
        auto* const badge = new StatePill(theme);
        badge->setContent({text, isThere ? ToneName::Ok : ToneName::Idle,
                           isThere ? MachineState::Done : MachineState::Refused});
        badge->setToolTip(hint);
        badges->addWidget(badge);
    };
    add(image.hasBios, QStringLiteral("BIOS"),
        image.hasBios ? tr("Boots machines with BIOS firmware.")
                      : tr("Cannot boot machines with BIOS firmware."));
    add(image.hasUefi, QStringLiteral("UEFI"),
        image.hasUefi ? tr("Boots machines with UEFI firmware.")
                      : tr("Cannot boot machines with UEFI firmware."));
    add(image.hasSecureBoot, QStringLiteral("Secure Boot"),
        image.hasSecureBoot ? tr("Its boot loader is signed for Secure Boot.")
                            : tr("Its boot loader is not signed: Secure Boot refuses it."));
    badges->addStretch();
    layout.addLayout(badges);
}

void ImageCard::addReady(QBoxLayout& layout, const ImageEntry& entry, bool isDefault, const Theme& theme) {
    const engine::ImageInfo& image = entry.image;
    addBadges(layout, image, theme);
    if (entry.problem)
        addProblem(layout, *entry.problem);
    else if (image.importSeconds > 0)
        layout.addWidget(plainLabel(
            tr("Ready in %1 · served from the file").arg(secondsText(image.importSeconds)), "muted"));
    else
        layout.addWidget(plainLabel(tr("Ready · served from the file"), "muted"));
    QLabel* const path = wrappedLabel(printable(image.path), "muted");
    path->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout.addWidget(path);
    layout.addStretch();
    auto* const acts = new QHBoxLayout;
    acts->setSpacing(metrics::small);
    if (isDefault) {
        auto* const pill = new StatePill(theme);
        pill->setObjectName(QStringLiteral("defaultPill"));
        pill->setContent({tr("Default"), ToneName::Running, MachineState::Done});
        acts->addWidget(pill);
    } else {
        auto* const choose = new QPushButton(tr("Make default"));
        choose->setProperty("role", QStringLiteral("link"));
        choose->setObjectName(QStringLiteral("makeDefault"));
        acts->addWidget(choose);
        connect(choose, &QPushButton::clicked, this, [this, id = image.id] { Q_EMIT defaultChosen(id); });
    }
    acts->addStretch();
    auto* const remove = new QPushButton(tr("Remove…"));
    remove->setProperty("role", QStringLiteral("link"));
    acts->addWidget(remove);
    connect(remove, &QPushButton::clicked, this,
            [this, id = image.id, name = image.name] { Q_EMIT removeRequested(id, name); });
    layout.addLayout(acts);
}

void ImageCard::addImporting(QBoxLayout& layout) {
    layout.addWidget(plainLabel(tr("Reading…"), "muted"));
    auto* const bar = new QProgressBar;
    bar->setRange(0, 0);
    bar->setTextVisible(false);
    bar->setFixedHeight(6);
    bar->setAccessibleName(tr("Reading…"));
    layout.addWidget(bar);
    layout.addStretch();
}

void ImageCard::addFailed(QBoxLayout& layout, const ImageEntry& entry) {
    if (entry.problem)
        addProblem(layout, *entry.problem);
    layout.addStretch();
    auto* const acts = new QHBoxLayout;
    auto* const retry = new QPushButton(tr("Try again"));
    auto* const dismiss = new QPushButton(tr("Dismiss"));
    retry->setProperty("role", QStringLiteral("link"));
    dismiss->setProperty("role", QStringLiteral("link"));
    acts->addWidget(retry);
    acts->addStretch();
    acts->addWidget(dismiss);
    connect(retry, &QPushButton::clicked, this,
            [this, path = entry.image.path] { Q_EMIT retryRequested(path); });
    connect(dismiss, &QPushButton::clicked, this,
            [this, path = entry.image.path] { Q_EMIT dismissed(path); });
    layout.addLayout(acts);
}

void ImageCard::addProblem(QBoxLayout& layout, const Error& problem) {
    QFrame* const box = frame("problem");
    auto* const inside = new QHBoxLayout(box);
    setSpacing(*inside, metrics::medium - 2, 0);
    QLabel* const text = wrappedLabel(sentence(problem));
    text->setObjectName(QStringLiteral("imageProblem"));
    inside->addWidget(text);
    layout.addWidget(box);
}

} // namespace rackmuster::ui
