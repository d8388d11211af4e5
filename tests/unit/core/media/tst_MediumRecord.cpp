#include "core/media/MediumRecord.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <random>
#include <sys/mman.h>
#include <unistd.h>

using namespace rackmuster;
using namespace rackmuster::media;

namespace {

using File = std::shared_ptr<const FileDescriptor>;

constexpr std::uint64_t imageSize = 1U << 20U;
constexpr std::uint64_t keptSize = 1U << 12U;

File makeFile(std::uint64_t size) {
    FileDescriptor made(::memfd_create("test", MFD_CLOEXEC));
    if (!made.isOpen() || ::ftruncate(made.get(), static_cast<off_t>(size)) != 0)
        qFatal("no memfd");
    return std::make_shared<const FileDescriptor>(std::move(made));
}

const File image = makeFile(imageSize);
const File kept = makeFile(keptSize);

std::vector<std::uint8_t> encoded(const Result<Medium>& medium) {
    std::vector<std::uint8_t> out;
    const auto written = encodeMedium(medium, [&out](Bytes bytes) -> Result<void> {
        out.insert(out.end(), bytes.begin(), bytes.end());
        return {};
    });
    return written ? out : std::vector<std::uint8_t>();
}

Result<Medium> decoded(Bytes record) {
    return decodeMedium(record, "image.iso", image, kept);
}

/// Everything that a medium holds, in one order.
QString told(const Medium& medium) {
    QString out;
    QTextStream to(&out);
    const auto tell = [&to](const std::string& text) {
        to << QByteArray::fromStdString(text).toPercentEncoding() << '|';
    };
    const auto tellAll = [&](const std::vector<std::string>& texts) {
        for (const std::string& text : texts)
            tell(text);
        to << '\n';
    };
    const MediaReport& report = medium.report;
    const Distribution& distribution = report.distribution;
    to << report.size << ' ' << static_cast<int>(distribution.family) << '\n';
    tellAll({report.file, report.volumeId, distribution.name, distribution.version, distribution.arch,
             distribution.suite, report.kernelPath, report.initrdPath});
    for (const Loader& loader : report.loaders) {
        tellAll({loader.firmware, loader.path, loader.grubPath, loader.source, loader.sbat, loader.signer,
                 loader.grubSbat, loader.linuxCommand, loader.isSecureBoot ? "shim" : ""});
    }
    tellAll(report.repositories);
    for (const boot::MenuEntry& entry : report.entries) {
        tellAll({entry.title, entry.kernelPath, entry.arguments});
        tellAll(entry.initrdPaths);
    }
    for (const Error& note : report.notes)
        tellAll({std::to_string(static_cast<int>(note.code)), note.subject, note.detail});
    to << medium.image.size() << medium.image.isUdfUnread() << '\n';
    tell(medium.image.volumeId());
    tellAll(medium.image.skipped());
    const std::map<std::string, std::vector<boot::FileSlice>> sorted(medium.image.files().begin(),
                                                                     medium.image.files().end());
    for (const auto& [path, slices] : sorted) {
        tell(path);
        for (const boot::FileSlice& slice : slices)
            to << (slice.file == image ? 'i' : 'k') << slice.offset << '+' << slice.length << ' ';
        to << '\n';
    }
    return out;
}

/// Media as no image would make them, but all that a record may hold.
class RandomMedium {
public:
    explicit RandomMedium(unsigned seed) : m_random(seed) {}

    Medium make() {
        IsoImage::Contents contents;
        contents.file = image;
        contents.size = imageSize;
        contents.volumeId = text();
        contents.isUdfUnread = number(1) == 1;
        contents.skipped = texts();
        for (std::size_t i = number(40); i > 0; --i)
            contents.files.insert_or_assign(path(), slices());
        MediaReport report;
        report.file = "image.iso";
        report.volumeId = text();
        report.size = imageSize;
        report.distribution = {static_cast<boot::InstallerFamily>(number(4)), text(), text(), text(), text()};
        if (!contents.files.empty()) {
            report.kernelPath = contents.files.begin()->first;
            report.initrdPath = contents.files.begin()->first;
        }
        for (std::size_t i = number(4); i > 0; --i) {
            report.loaders.push_back({text(), path(), number(1) == 1 ? path() : "", text(), number(1) == 1,
                                      text(), text(), text(), text()});
            report.entries.push_back({text(), path(), {path(), path()}, text()});
            report.repositories.push_back(number(2) == 0 ? "." : path());
            report.notes.push_back({static_cast<ErrorCode>(number(20)), text(), text()});
        }
        return {IsoImage(std::move(contents)), std::move(report)};
    }

private:
    std::size_t number(std::size_t most) {
        return std::uniform_int_distribution<std::size_t>(0, most)(m_random);
    }
    std::string text() {
        std::string out(number(12), ' ');
        for (char& c : out) {
            do
                c = static_cast<char>(number(255));
            while ((static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F);
        }
        return out;
    }
    std::string path() {
        std::string out;
        for (std::size_t i = 1 + number(3); i > 0; --i) {
            std::string part = "p" + text();
            std::replace(part.begin(), part.end(), '/', '_');
            std::replace(part.begin(), part.end(), '\t', '_');
            out += (out.empty() ? "" : "/") + part;
        }
        return out;
    }
    std::vector<std::string> texts() {
        std::vector<std::string> out(number(5));
        std::generate(out.begin(), out.end(), [this] { return text(); });
        return out;
    }
    std::vector<boot::FileSlice> slices() {
        std::vector<boot::FileSlice> out(1 + number(3));
        for (boot::FileSlice& slice : out) {
            const bool isKept = number(3) == 0;
            const std::uint64_t size = isKept ? keptSize : imageSize;
            slice.file = isKept ? kept : image;
            slice.offset = number(size);
            slice.length = number(size - slice.offset);
        }
        return out;
    }

    std::mt19937 m_random;
};

/// A medium with one file, to be spoilt.
Medium plain() {
    Medium medium{IsoImage(IsoImage::Contents{
                      image, "VOLUME", imageSize, false, {{"a/kernel", {{image, 2048, 100}}}}, {}}),
                  {}};
    medium.report.kernelPath = medium.report.initrdPath = "a/kernel";
    medium.report.loaders.push_back({.firmware = "bios", .path = "pxelinux.0", .source = "host"});
    medium.report.repositories.emplace_back(".");
    return medium;
}

Medium withFile(const std::string& path, std::vector<boot::FileSlice> slices) {
    Medium medium = plain();
    IsoImage::Contents contents{image, "VOLUME", imageSize, false, medium.image.files(), {}};
    contents.files.emplace(path, std::move(slices));
    medium.image = IsoImage(std::move(contents));
    return medium;
}

} // namespace

class TestMediumRecord : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everythingArrivesAsItWas() {
        for (unsigned seed = 1; seed <= 500; ++seed) {
            const Medium medium = RandomMedium(seed).make();
            const auto record = encoded(medium);
            const auto again = decoded(record);
            QVERIFY2(again, qPrintable(QString::number(seed)));
            QCOMPARE(told(*again), told(medium));
        }
    }

    void whyThereIsNoneArrivesToo() {
        const Error why{ErrorCode::TruncatedIso, "image.iso", "it has 3 bytes and its file system needs 4"};
        const auto again = decoded(encoded(tl::unexpected(why)));
        QVERIFY(!again);
        QCOMPARE(again.error(), why);
    }

    void noPrefixOfARecordIsOne() {
        const auto record = encoded(RandomMedium(7).make());
        for (std::size_t size = 0; size < record.size(); ++size)
            QCOMPARE(decoded(Bytes(record).first(size)).error().code, ErrorCode::ReaderFailed);
        auto longer = record;
        longer.push_back(0);
        QCOMPARE(decoded(longer).error().code, ErrorCode::ReaderFailed);
    }

    // What a reader may say that an image has taken over.
    void whatNoImageHoldsIsRefused_data() {
        QTest::addColumn<QByteArray>("record");
        const auto row = [](const char* name, const Medium& medium) {
            const auto record = encoded(medium);
            QTest::newRow(name) << QByteArray(reinterpret_cast<const char*>(record.data()),
                                              static_cast<qsizetype>(record.size()));
        };
        row("slice beyond the image", withFile("x", {{image, imageSize, 1}}));
        row("slice that wraps around", withFile("x", {{image, 10, UINT64_MAX - 5}}));
        row("slice beyond what is kept", withFile("x", {{kept, 0, keptSize + 1}}));
        row("no slice", withFile("x", {}));
        row("no path", withFile("", {{image, 0, 0}}));
        row("absolute path", withFile("/etc/passwd", {{image, 0, 0}}));
        row("path upwards", withFile("a/../b", {{image, 0, 0}}));
        row("doubled slash", withFile("a//b", {{image, 0, 0}}));
        row("path with a line end", withFile("a\nb", {{image, 0, 0}}));
        row("long path", withFile(std::string(4097, 'x'), {{image, 0, 0}}));
        Medium medium = plain();
        medium.report.kernelPath = "b/kernel";
        row("kernel that is not there", medium);
        medium = plain();
        medium.report.repositories.emplace_back("../../etc");
        row("repository outside", medium);
        medium = plain();
        medium.report.loaders.front().path = "../pxelinux.0";
        row("loader outside", medium);
        medium = plain();
        medium.report.distribution.family = static_cast<boot::InstallerFamily>(77);
        row("unknown family", medium);
        medium = plain();
        medium.report.notes.push_back({static_cast<ErrorCode>(200), "", ""});
        row("unknown error", medium);
    }
    void whatNoImageHoldsIsRefused() {
        QFETCH(QByteArray, record);
        QVERIFY(decoded(encoded(plain())));
        const auto medium = decoded(asBytes({record.constData(), static_cast<std::size_t>(record.size())}));
        QVERIFY(!medium);
        QCOMPARE(medium.error().code, ErrorCode::ReaderFailed);
        QCOMPARE(medium.error().subject, std::string("image.iso"));
    }

    // A line end in an argument would be a line of a loader's configuration.
    void textsCarryNoControlCharacters() {
        Medium medium = plain();
        medium.report.entries.push_back({"a\x1B[2Jb", "a/kernel", {}, "quiet\tsplash\nkernel evil"});
        const auto again = decoded(encoded(medium));
        QVERIFY(again);
        QCOMPARE(again->report.entries.front().title, std::string("a?[2Jb"));
        QCOMPARE(again->report.entries.front().arguments, std::string("quiet\tsplash?kernel evil"));
        // One that was put into the record in spite of that:
        auto record = encoded(medium);
        *std::find(record.begin(), record.end(), std::uint8_t{'?'}) = '\n';
        QCOMPARE(decoded(record).error().code, ErrorCode::ReaderFailed);
    }

    void longTextsAreCutBetweenCharacters() {
        Medium medium = plain();
        medium.report.distribution.name = std::string(4095, 'x') + "中";
        const auto again = decoded(encoded(medium));
        QVERIFY(again);
        QCOMPARE(again->report.distribution.name, std::string(4095, 'x'));
    }

    void aFileOfAnotherSizeHasChanged() {
        const auto medium = decodeMedium(encoded(plain()), "image.iso", makeFile(imageSize + 1), kept);
        QVERIFY(!medium);
        QCOMPARE(medium.error().code, ErrorCode::FileChanged);
    }

    void aRecordOfAnotherVersionSaysSo() {
        auto record = encoded(plain());
        record[4] = 99;
        QCOMPARE(decoded(record).error().code, ErrorCode::ReaderUnusable);
    }

    void withoutKeptBytesNoSliceIsOfThem() {
        const auto record = encoded(withFile("x", {{kept, 0, 0}}));
        QVERIFY(decodeMedium(record, "image.iso", image, kept));
        QVERIFY(!decodeMedium(record, "image.iso", image, nullptr));
    }

    void flippedBitsNeverPointOutside() {
        std::mt19937 random(1);
        for (int round = 0; round < 2000; ++round) {
            auto record = encoded(RandomMedium(static_cast<unsigned>(round % 20)).make());
            for (int i = 0; i < 3; ++i)
                record[random() % record.size()] ^= static_cast<std::uint8_t>(1U << (random() % 8));
            const auto medium = decoded(record);
            if (!medium)
                continue;
            for (const auto& [path, slices] : medium->image.files()) {
                for (const boot::FileSlice& slice : slices)
                    QVERIFY(slice.offset + slice.length <= (slice.file == image ? imageSize : keptSize));
            }
        }
    }

    void theFailureOfTheSinkEndsTheRecord() {
        int calls = 0;
        const auto written = encodeMedium(plain(), [&calls](Bytes) -> Result<void> {
            ++calls;
            return fail(ErrorCode::System, "Writing", "the disk is full");
        });
        QVERIFY(!written);
        QCOMPARE(written.error().detail, std::string("the disk is full"));
        QCOMPARE(calls, 1);
    }
};

QTEST_APPLESS_MAIN(TestMediumRecord)
#include "tst_MediumRecord.moc"
