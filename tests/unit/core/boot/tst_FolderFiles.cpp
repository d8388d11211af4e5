#include "core/boot/FolderFiles.h"

#include <QTest>

using namespace rackmuster::boot;

class TestFolderFiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void listsInByteOrder();
    void namesOfOthersAreOnlyText();
    void listingsAreBounded();
    void spellsPathsForUrls();
};

void TestFolderFiles::listsInByteOrder() {
    const std::string page = listingPage("drivers/", {{"b.rpm", false, 7}, {"a", true, 0}, {"B", false, 0}});
    QVERIFY(page.starts_with("<!DOCTYPE html>\n"));
    const auto at = [&](const char* text) {
        return page.find(text);
    };
    QVERIFY(at("<a href=\"./B\">B</a>  0\n") < at("<a href=\"./a/\">a/</a>\n"));
    QVERIFY(at("<a href=\"./a/\">a/</a>\n") < at("<a href=\"./b.rpm\">b.rpm</a>  7\n"));
    QVERIFY(at("b.rpm") != std::string::npos);
}

// R57
void TestFolderFiles::namesOfOthersAreOnlyText() {
    const std::string page =
        listingPage("<x>", {{"<script>alert(\"1\")</script>&amp;", false, 1}, {"javascript:x", true, 0}});
    QVERIFY(page.find("<script") == std::string::npos);
    QVERIFY(page.find("<title>&lt;x&gt;</title>") != std::string::npos);
    QVERIFY(page.find("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;amp;") != std::string::npos);
    QVERIFY(page.find("href=\"./javascript%3Ax/\"") != std::string::npos);
}

void TestFolderFiles::listingsAreBounded() {
    std::vector<FolderEntry> entries(FolderFiles::maximumNames, {"x", false, 1});
    QVERIFY(listingPage("t", entries).find("more names") == std::string::npos);
    entries.push_back({"zzz", false, 1});
    const std::string page = listingPage("t", entries);
    QVERIFY(page.find("more names") != std::string::npos);
    QVERIFY(page.find("zzz") == std::string::npos);
}

void TestFolderFiles::spellsPathsForUrls() {
    QCOMPARE(urlPath("a/b-1_2.x~"), std::string("a/b-1_2.x~"));
    QCOMPARE(urlPath("a b%?#\xE4\xB8\x80"), std::string("a%20b%25%3F%23%E4%B8%80"));
    QCOMPARE(urlPath(""), std::string());
}

QTEST_APPLESS_MAIN(TestFolderFiles)
#include "tst_FolderFiles.moc"
