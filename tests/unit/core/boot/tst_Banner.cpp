#include "core/boot/Banner.h"

#include <QTest>

#include <set>

using namespace rackmuster::boot;

namespace {

const std::string drawable = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-.:";

}

class TestBanner : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void drawsSevenRowsThatFitTheConsole();
    void drawsEveryLetterDifferently();
    void drawsSmallLettersAsCapitals();
    void drawsDotsAsWideAsAsked();
    void drawsNothingForOtherText();
};

void TestBanner::drawsSevenRowsThatFitTheConsole() {
    for (const auto& lines : {bannerLines("123456", 2), bannerLines("node-12345678", 1)}) {
        QCOMPARE(lines.size(), std::size_t{7});
        for (const std::string& line : lines) {
            QVERIFY(!line.ends_with(' '));
            QVERIFY(line.size() < 80);
        }
    }
    QVERIFY(bannerLines("1234567", 2).empty());
    QVERIFY(bannerLines("node-123456789", 1).empty());
}

void TestBanner::drawsEveryLetterDifferently() {
    std::set<std::vector<std::string>> seen;
    for (const char c : drawable)
        QVERIFY2(seen.insert(bannerLines(std::string(1, c), 1)).second, &c);
}

void TestBanner::drawsSmallLettersAsCapitals() {
    QCOMPARE(bannerLines("rack-a", 1), bannerLines("RACK-A", 1));
}

void TestBanner::drawsDotsAsWideAsAsked() {
    QCOMPARE(bannerLines("-", 1)[3], std::string(5, '#'));
    QCOMPARE(bannerLines("-", 2)[3], std::string(10, '#'));
}

void TestBanner::drawsNothingForOtherText() {
    QVERIFY(bannerLines("", 1).empty());
    QVERIFY(bannerLines("A 1", 1).empty());
    QVERIFY(bannerLines("\xE4\xB8\x80", 1).empty());
}

QTEST_APPLESS_MAIN(TestBanner)
#include "tst_Banner.moc"
