#include "core/boot/Banner.h"

#include <QTest>

#include <set>

using namespace rackmuster::boot;

class TestBanner : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void drawsSevenRowsThatFitTheConsole();
    void drawsEveryDigitDifferently();
    void fillsWithTheBlankAsked();
    void drawsNothingForOtherText();
};

void TestBanner::drawsSevenRowsThatFitTheConsole() {
    const auto lines = bannerLines("123456", ' ');
    QCOMPARE(lines.size(), std::size_t{7});
    for (const std::string& line : lines) {
        QVERIFY(!line.ends_with(' '));
        QVERIFY(line.size() < 80);
        QVERIFY(line.starts_with('|'));
    }
}

void TestBanner::drawsEveryDigitDifferently() {
    std::set<std::vector<std::string>> seen;
    for (const char* const text : {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "-"})
        QVERIFY2(seen.insert(bannerLines(text, ' ')).second, text);
}

void TestBanner::fillsWithTheBlankAsked() {
    for (const std::string& line : bannerLines("12", '.'))
        QVERIFY(line.find(' ') == std::string::npos);
}

void TestBanner::drawsNothingForOtherText() {
    QVERIFY(bannerLines("", ' ').empty());
    QVERIFY(bannerLines("A1", ' ').empty());
    QVERIFY(bannerLines("1234567", ' ').empty());
    QVERIFY(bannerLines("\xE4\xB8\x80", ' ').empty());
}

QTEST_APPLESS_MAIN(TestBanner)
#include "tst_Banner.moc"
