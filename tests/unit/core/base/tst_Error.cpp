#include "core/base/Error.h"
#include "core/base/Result.h"

#include <QTest>

#include <cerrno>
#include <set>

using namespace rackmuster;

class TestError : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyCodeHasItsOwnSentence();
    void everyCodeHasItsOwnWord();
    void everySentenceIsOne();
    void factsAreFilledInOnceAndNotScannedAgain();
    void sentencesNameTheirFacts();
    void aSystemErrorTellsErrno();
};

void TestError::everyCodeHasItsOwnSentence() {
    const std::string none = sentenceTemplate(static_cast<ErrorCode>(255));
    std::set<std::string> seen;
    for (int code = 0; code <= static_cast<int>(ErrorCode::System); ++code) {
        const std::string sentence = sentenceTemplate(static_cast<ErrorCode>(code));
        QVERIFY2(sentence != none, qPrintable(QString::number(code)));
        QVERIFY2(seen.insert(sentence).second, sentence.c_str());
    }
}

void TestError::everyCodeHasItsOwnWord() {
    for (int code = 0; code <= static_cast<int>(ErrorCode::System); ++code) {
        const std::string_view word = toWord(static_cast<ErrorCode>(code));
        QVERIFY2(!word.empty(), qPrintable(QString::number(code)));
        QCOMPARE(errorCodeFromWord(word), std::optional(static_cast<ErrorCode>(code)));
    }
    QCOMPARE(toWord(ErrorCode::NoSuchFile), std::string_view("no-such-file"));
    QVERIFY(!errorCodeFromWord("nonsense") && !errorCodeFromWord(""));
}

void TestError::everySentenceIsOne() {
    for (int code = 0; code <= static_cast<int>(ErrorCode::System); ++code) {
        const std::string sentence = sentenceTemplate(static_cast<ErrorCode>(code));
        QVERIFY2(sentence.ends_with('.'), sentence.c_str());
        for (std::size_t mark = sentence.find('%'); mark != sentence.npos;
             mark = sentence.find('%', mark + 1))
            QVERIFY2(sentence[mark + 1] == '1' || sentence[mark + 1] == '2', sentence.c_str());
    }
}

void TestError::factsAreFilledInOnceAndNotScannedAgain() {
    QCOMPARE(fillSentence("%1 and %2", "%2", "%1"), std::string("%2 and %1"));
    QCOMPARE(fillSentence("100% of %1%", "x", ""), std::string("100% of x%"));
    QCOMPARE(fillSentence("%3 %", "x", "y"), std::string("%3 %"));
    QCOMPARE(fillSentence("%2%1", "a", "b"), std::string("ba"));
}

void TestError::sentencesNameTheirFacts() {
    const std::string text = message({ErrorCode::PortInUse, "69", "dnsmasq (pid 812)"});
    QVERIFY(text.find("69") != std::string::npos);
    QVERIFY(text.find("dnsmasq (pid 812)") != std::string::npos);
}

void TestError::aSystemErrorTellsErrno() {
    errno = EACCES;
    const Result<void> result = failSystem("Opening port 69");
    QCOMPARE(result.error().code, ErrorCode::System);
    QCOMPARE(result.error().subject, std::string("Opening port 69"));
    QCOMPARE(result.error().detail, std::string("Permission denied"));
}

QTEST_APPLESS_MAIN(TestError)
#include "tst_Error.moc"
