#include "ui/StyleSheet.h"
#include "ui/Tokens.h"

#include <QTest>

using namespace rackmuster;
using ui::Tokens;

class TokensTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyTextMeetsWcagAa_data();
    void everyTextMeetsWcagAa();
    void contrastOfBlackOnWhiteIs21();
    void theStyleSheetLeavesNoTokenUnfilled();

private:
    static void addPairs(const QByteArray& theme, const Tokens& t);
};

void TokensTest::addPairs(const QByteArray& theme, const Tokens& t) {
    const auto add = [&theme](const QByteArray& what, const QColor& ink, const QColor& ground) {
        QTest::newRow((theme + ": " + what).constData()) << ink << ground;
    };
    for (const auto& [name, ground] : {std::pair{"background", t.background}, std::pair{"surface", t.surface},
                                       std::pair{"selection", t.selection}}) {
        add(QByteArray("text on ") + name, t.text, ground);
        add(QByteArray("muted on ") + name, t.muted, ground);
        add(QByteArray("accent on ") + name, t.accent(), ground);
    }
    add("button text on accent", t.onAccent, t.accent());
    for (std::size_t i = 0; i < ui::toneCount; ++i) {
        const QByteArray tone = "tone " + QByteArray::number(static_cast<int>(i));
        add(tone + " on its ground", t.tones[i].ink, t.tones[i].ground);
        add(tone + " on surface", t.tones[i].ink, t.surface);
    }
    for (std::size_t i = 0; i < ui::emblemCount; ++i)
        add("emblem " + QByteArray::number(static_cast<int>(i)), t.emblems[i].ink, t.emblems[i].ground);
}

void TokensTest::everyTextMeetsWcagAa_data() {
    QTest::addColumn<QColor>("ink");
    QTest::addColumn<QColor>("ground");
    addPairs("light", ui::lightTokens());
    addPairs("dark", ui::darkTokens());
}

void TokensTest::everyTextMeetsWcagAa() {
    QFETCH(QColor, ink);
    QFETCH(QColor, ground);
    const double ratio = ui::contrast(ink, ground);
    QVERIFY2(ratio >= 4.5,
             qPrintable(QStringLiteral("%1 on %2: %3").arg(ink.name(), ground.name()).arg(ratio)));
}

void TokensTest::contrastOfBlackOnWhiteIs21() {
    QVERIFY(qAbs(ui::contrast(Qt::black, Qt::white) - 21.0) < 0.01);
    QVERIFY(qAbs(ui::contrast(Qt::white, Qt::white) - 1.0) < 0.01);
}

void TokensTest::theStyleSheetLeavesNoTokenUnfilled() {
    QVERIFY(!ui::styleSheet(ui::lightTokens()).contains(QLatin1Char('@')));
    QVERIFY(!ui::styleSheet(ui::darkTokens()).contains(QLatin1Char('@')));
}

QTEST_GUILESS_MAIN(TokensTest)
#include "tst_Tokens.moc"
