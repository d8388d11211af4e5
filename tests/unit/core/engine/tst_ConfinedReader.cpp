#include "core/engine/ConfinedReader.h"
#include "core/engine/HelperPath.h"
#include "core/engine/ImageLibrary.h"
#include "core/media/MediaInspector.h"
#include "tests/support/Sanitizer.h"
#include "tests/support/TestIso.h"
#include "tests/unit/core/engine/HostileIso.h"
#include "tests/unit/core/engine/ReaderProcess.h"
#include "tests/unit/core/media/IsoFixture.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <fcntl.h>
#include <future>
#include <map>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace rackmuster;
using namespace std::chrono_literals;
using engine::ConfinedReader;
using engine::ReaderLimits;
using tests::IsoFixture;

namespace {

using Reading = std::future<Result<media::Medium>>;

ConfinedReader readerWith(const ReaderLimits& limits) {
    return ConfinedReader(engine::findReader().toStdString(), limits);
}

Reading readAside(const QString& path, const ReaderLimits& limits = {}, std::stop_token stop = {}) {
    return std::async(std::launch::async, [path, limits, stop] {
        return readerWith(limits).read(path.toStdString(), true, stop);
    });
}

Result<media::Medium> readHere(const QString& path, bool hasHostBiosLoader) {
    const std::string file = path.toStdString();
    auto open = FileDescriptor::openForReading(file);
    if (!open)
        return tl::unexpected(open.error());
    return media::readMedium(std::make_shared<const FileDescriptor>(std::move(*open)), file,
                             hasHostBiosLoader);
}

bool hasNoChild() {
    return ::waitpid(-1, nullptr, WNOHANG) < 0 && errno == ECHILD;
}

qsizetype openDescriptors() {
    return QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::Files | QDir::System).size();
}

/// The bytes that a file of the image has, wherever they lie.
std::string bytesOf(const std::vector<boot::FileSlice>& slices) {
    std::string out;
    for (const boot::FileSlice& slice : slices) {
        std::vector<std::uint8_t> bytes(slice.length);
        if (!slice.file->readExactly(slice.offset, bytes))
            return "unreadable";
        out.append(bytes.begin(), bytes.end());
    }
    return out;
}

std::map<std::string, std::string>
contentsOf(const std::unordered_map<std::string, std::vector<boot::FileSlice>>& files) {
    std::map<std::string, std::string> out;
    for (const auto& [path, slices] : files)
        out.emplace(path, std::to_string(slices.size()) + bytesOf(slices));
    return out;
}

/// What a failure is, in words that a test can compare.
QString told(const Result<media::Medium>& medium) {
    return medium ? QStringLiteral("an image") : QString::fromStdString(message(medium.error()));
}

double milliseconds(const QElapsedTimer& timer) {
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

double milliseconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
}

/// Of this process and of those that it reaped.
double processorTime() {
    rusage own{};
    rusage others{};
    if (::getrusage(RUSAGE_SELF, &own) != 0 || ::getrusage(RUSAGE_CHILDREN, &others) != 0)
        qFatal("no resource usage");
    return milliseconds(own.ru_utime) + milliseconds(own.ru_stime) + milliseconds(others.ru_utime) +
           milliseconds(others.ru_stime);
}

struct Cost {
    double wall = 1e9;
    double processor = 1e9;
};

/// The least of some rounds: the rest is what others do on this machine.
template <typename Act>
Cost costOf(const Act& act) {
    constexpr int rounds = 9;
    Cost best;
    for (int i = 0; i < rounds; ++i) {
        QElapsedTimer timer;
        timer.start();
        const double before = processorTime();
        act();
        best.processor = std::min(best.processor, processorTime() - before);
        best.wall = std::min(best.wall, milliseconds(timer));
    }
    return best;
}

} // namespace

/// Design rule A3 and the limits of R43 and R45, with the real reader.
class TestConfinedReader : public QObject {
    Q_OBJECT

    QTemporaryDir m_directory;
    QString m_crowded; ///< takes a second or so
    QString m_redHat;

private Q_SLOTS:
    void initTestCase();
    void cleanup() { QVERIFY(hasNoChild()); }

    void findsWhatReadingHereFinds_data();
    void findsWhatReadingHereFinds();
    void libraryImageIsTheSame();
    void keptBytesNeverChangeAgain();
    void whatIsNoImageIsSaidAsBefore();
    void onlyFilesAndDisksAreOpened();
    void aDiskIsReadLikeAFile();

    void whileItReadsItHasNothingButTheImage();
    void tooMuchMemoryIsASentence();
    void tooMuchProcessorTimeIsASentence();
    void tooMuchTimeIsASentence();
    void aCrashIsASentence();
    void anEscapeIsASentence();
    void isEndedOnDemand();
    void aReaderThatIsMissingOrStrangeIsASentence();
    void leavesNothingBehind();
    void aHalfMillionFilesFit();
    void costsLittle();
};

void TestConfinedReader::initTestCase() {
    QVERIFY2(QFile::exists(engine::findReader()), qPrintable(engine::findReader()));
    m_crowded = tests::makeCrowdedIso(m_directory.path(), 300'000);
    m_redHat = tests::makeRedHatIso(m_directory.path());
}

void TestConfinedReader::findsWhatReadingHereFinds_data() {
    QTest::addColumn<QString>("tool");
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("Rock Ridge") << QStringLiteral("xorriso") << QStringList{QStringLiteral("-R")};
    QTest::newRow("Joliet") << QStringLiteral("genisoimage") << QStringList{QStringLiteral("-J")};
    QTest::newRow("plain") << QStringLiteral("genisoimage") << QStringList{};
    QTest::newRow("UDF bridge") << QStringLiteral("genisoimage")
                                << QStringList{QStringLiteral("-udf"), QStringLiteral("-R")};
}

void TestConfinedReader::findsWhatReadingHereFinds() {
    QFETCH(QString, tool);
    QFETCH(QStringList, arguments);
    if (!IsoFixture::hasTool(tool))
        QSKIP("the tool that makes this image is not installed");
    IsoFixture fixture;
    fixture.add(QStringLiteral(".treeinfo"),
                "[general]\nfamily = Test Linux\nversion = 9.4\narch = x86_64\n"
                "[images-x86_64]\nkernel = images/vmlinuz\ninitrd = images/initrd.img\n");
    fixture.add(QStringLiteral("images/vmlinuz"), QByteArray(5000, 'k'));
    fixture.add(QStringLiteral("images/initrd.img"), QByteArray(3000, 'i'));
    fixture.add(QStringLiteral("empty"), {});
    fixture.add(QStringLiteral("Packages/shim-x64-15-1.x86_64.rpm"), QByteArray(5000, 'x'));
    const QString path = fixture.build(arguments, tool);
    QVERIFY(!path.isEmpty());
    for (const bool hasHostBiosLoader : {true, false}) {
        const auto here = readHere(path, hasHostBiosLoader);
        const auto there = ConfinedReader().read(path.toStdString(), hasHostBiosLoader);
        QVERIFY(here);
        QVERIFY2(there, qPrintable(told(there)));
        QCOMPARE(there->image.skipped(), here->image.skipped());
        QCOMPARE(there->image.volumeId(), here->image.volumeId());
        QCOMPARE(there->image.size(), here->image.size());
        QVERIFY(!here->image.files().empty());
        QCOMPARE(contentsOf(there->image.files()), contentsOf(here->image.files()));
        QCOMPARE(there->report.file, here->report.file);
        QCOMPARE(there->report.kernelPath, here->report.kernelPath);
        QVERIFY(there->report.distribution == here->report.distribution);
        QCOMPARE(there->report.loaders.size(), here->report.loaders.size());
        QVERIFY(there->report.notes == here->report.notes);
    }
}

void TestConfinedReader::libraryImageIsTheSame() {
    if (m_redHat.isEmpty())
        QSKIP("xorriso is not installed");
    const bool hasBiosLoader = media::hostLoaderFiles().contains("pxelinux.0");
    const auto medium = readHere(m_redHat, hasBiosLoader);
    QVERIFY(medium);
    const auto here = engine::toLibraryImage(*medium, m_redHat);
    const auto there = engine::readImage(m_redHat);
    QVERIFY(here && there);
    QCOMPARE(there->info.id, here->info.id);
    QCOMPARE(there->info.name, here->info.name);
    QCOMPARE(there->info.size, here->info.size);
    QCOMPARE(there->info.hasBios, here->info.hasBios);
    QCOMPARE(there->info.hasUefi, here->info.hasUefi);
    QCOMPARE(there->info.hasSecureBoot, here->info.hasSecureBoot);
    QVERIFY(there->info.importSeconds > 0);
    QCOMPARE(there->files->etagSeed, here->files->etagSeed);
    QCOMPARE(there->files->kernelPath, here->files->kernelPath);
    QCOMPARE(there->files->repositories, here->files->repositories);
    QCOMPARE(there->files->uefiLoaders.size(), here->files->uefiLoaders.size());
    QCOMPARE(contentsOf(there->files->files), contentsOf(here->files->files));
    QCOMPARE(contentsOf(there->files->biosLoader), contentsOf(here->files->biosLoader));
}

// What packages keep compressed is unpacked by the reader, and sent by the servers.
void TestConfinedReader::keptBytesNeverChangeAgain() {
    if (!IsoFixture::hasTool(QStringLiteral("rpmbuild")) || !IsoFixture::hasTool(QStringLiteral("xorriso")))
        QSKIP("rpm or xorriso is not installed");
    const QTemporaryDir directory;
    const QString tree = directory.filePath(QStringLiteral("tree"));
    QVERIFY(QDir().mkpath(tree + QStringLiteral("/boot/efi/EFI/centos")));
    const QByteArray shim = QByteArray(100'000, 's');
    QFile file(tree + QStringLiteral("/boot/efi/EFI/centos/shimx64.efi"));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(shim) == shim.size());
    file.close();
    QFile spec(directory.filePath(QStringLiteral("shim.spec")));
    QVERIFY(spec.open(QIODevice::WriteOnly));
    spec.write(QStringLiteral("Name: shim-x64\nVersion: 15\nRelease: 1\nSummary: Test\nLicense: MIT\n"
                              "%global debug_package %{nil}\n%define __os_install_post %{nil}\n"
                              "AutoReqProv: no\n%description\nTest\n%install\ncp -a %1/. %{buildroot}/\n"
                              "%files\n/boot/efi/EFI/centos/shimx64.efi\n")
                   .arg(tree)
                   .toUtf8());
    spec.close();
    for (const char* const payload : {"w9.gzdio", "w6.xzdio", "w19.zstdio", "w9.bzdio"}) {
        QProcess rpmbuild;
        rpmbuild.setProcessChannelMode(QProcess::MergedChannels);
        rpmbuild.start(QStringLiteral("rpmbuild"),
                       {QStringLiteral("-bb"), QStringLiteral("--define"),
                        QStringLiteral("_topdir ") + directory.filePath(QStringLiteral("rpm")),
                        QStringLiteral("--define"),
                        QStringLiteral("_binary_payload ") + QString::fromLatin1(payload),
                        QStringLiteral("--target"), QStringLiteral("x86_64"), spec.fileName()});
        QVERIFY2(rpmbuild.waitForFinished(60000) && rpmbuild.exitCode() == 0, rpmbuild.readAll().constData());
        IsoFixture fixture;
        const QString name = QStringLiteral("shim-x64-15-1.x86_64.rpm");
        QVERIFY(QDir().mkpath(fixture.treePath() + QStringLiteral("/Packages")));
        QVERIFY(QFile::copy(directory.filePath(QStringLiteral("rpm/RPMS/x86_64/") + name),
                            fixture.treePath() + QStringLiteral("/Packages/") + name));
        const auto medium = ConfinedReader().read(fixture.build().toStdString(), true);
        QVERIFY2(medium, qPrintable(told(medium)));
        const auto found = medium->image.files().find("[rpm]/EFI/BOOT/BOOTX64.EFI");
        QVERIFY2(found != medium->image.files().end(), payload);
        QCOMPARE(QByteArray::fromStdString(bytesOf(found->second)), shim);
        const int kept = found->second.front().file->get();
        QVERIFY(kept != medium->image.file()->get());
        QCOMPARE(::pwrite(kept, "x", 1, 0), ssize_t{-1});
        QCOMPARE(errno, EPERM);
        QCOMPARE(::ftruncate(kept, 0), -1);
    }
}

void TestConfinedReader::whatIsNoImageIsSaidAsBefore() {
    QFile no(m_directory.filePath(QStringLiteral("no.iso")));
    QVERIFY(no.open(QIODevice::WriteOnly) && no.write(QByteArray(100'000, 'x')) == 100'000);
    no.close();
    const auto medium = ConfinedReader().read(no.fileName().toStdString(), true);
    QCOMPARE(medium.error(), (Error{ErrorCode::NotAnIso, no.fileName().toStdString(), ""}));
    const auto nothing = ConfinedReader().read("/nonexistent.iso", true);
    QCOMPARE(nothing.error().code, ErrorCode::NoSuchFile);
}

// A FIFO that somebody dropped on the window would keep an open() waiting for ever.
void TestConfinedReader::onlyFilesAndDisksAreOpened() {
    const std::string fifo = m_directory.filePath(QStringLiteral("fifo.iso")).toStdString();
    QCOMPARE(::mkfifo(fifo.c_str(), 0600), 0);
    for (const std::string& path : {fifo, std::string("/dev/zero"), m_directory.path().toStdString()}) {
        const auto medium = ConfinedReader().read(path, true);
        QCOMPARE(medium.error(), (Error{ErrorCode::NoSuchFile, path, "it is not a file"}));
    }
}

// A USB stick or a DVD dropped as what it is.
void TestConfinedReader::aDiskIsReadLikeAFile() {
    if (m_redHat.isEmpty() || ::geteuid() != 0)
        QSKIP("a loop device needs root, and the image xorriso");
    QProcess losetup;
    losetup.start(QStringLiteral("losetup"), {QStringLiteral("--read-only"), QStringLiteral("--show"),
                                              QStringLiteral("--find"), m_redHat});
    if (!losetup.waitForFinished() || losetup.exitCode() != 0)
        QSKIP("this machine has no loop device");
    const QString disk = QString::fromUtf8(losetup.readAllStandardOutput()).trimmed();
    const auto medium = ConfinedReader().read(disk.toStdString(), true);
    QCOMPARE(QProcess::execute(QStringLiteral("losetup"), {QStringLiteral("--detach"), disk}), 0);
    QVERIFY2(medium, qPrintable(told(medium)));
    QCOMPARE(medium->image.size(), static_cast<std::uint64_t>(QFile(m_redHat).size()));
    QVERIFY(medium->report.isInstallable());
}

void TestConfinedReader::whileItReadsItHasNothingButTheImage() {
    const FileDescriptor secret(::open("/etc/passwd", O_RDONLY)); // inherited by every exec
    Reading reading = readAside(m_crowded);
    const tests::ReaderProcess reader = tests::waitForReader();
    QVERIFY(reader.isFound());
    QCOMPARE(::kill(reader.pid, SIGSTOP), 0);
    QCOMPARE(reader.statusOf("NoNewPrivs"), QByteArray("1"));
    QCOMPARE(reader.statusOf("Seccomp"), QByteArray("2"));
    QCOMPARE(reader.statusOf("Threads"), QByteArray("1"));
    const QString own = QStringLiteral("/proc/%1/").arg(reader.pid);
    struct stat owner {};
    QCOMPARE(::stat(qPrintable(own + QStringLiteral("mem")), &owner), 0);
    QCOMPARE(owner.st_uid, uid_t{0}); // PR_SET_DUMPABLE 0
    QStringList names;
    if (::geteuid() == 0) {
        for (const QString& number : QDir(own + QStringLiteral("fd")).entryList(QDir::Files | QDir::System))
            names.append(number + QLatin1Char(' ') +
                         QFile::symLinkTarget(own + QStringLiteral("fd/") + number));
        QFile environment(own + QStringLiteral("environ"));
        QVERIFY(environment.open(QIODevice::ReadOnly));
        QCOMPARE(environment.readAll(), QByteArray());
        QFile limits(own + QStringLiteral("limits"));
        QVERIFY(limits.open(QIODevice::ReadOnly));
        const QByteArray all = limits.readAll().simplified();
        QVERIFY2(all.contains("Max cpu time 60 61 seconds"), all.constData());
        QVERIFY2(tests::isSanitized || all.contains("Max address space 536870912 536870912 bytes"),
                 all.constData());
        QVERIFY2(all.contains("Max core file size 0 0 bytes"), all.constData());
    }
    QCOMPARE(::kill(reader.pid, SIGCONT), 0);
    QVERIFY(reading.get());
    if (names.isEmpty())
        QSKIP("only root may list another process's descriptors");
    QCOMPARE(names.size(), 4);
    QCOMPARE(names.at(0), QStringLiteral("0 ") + m_crowded);
    QVERIFY(names.at(1).startsWith(QLatin1String("1 /memfd:rackmuster-answer")));
    QCOMPARE(names.at(2), QStringLiteral("2 /dev/null"));
    QVERIFY(names.at(3).startsWith(QLatin1String("3 /memfd:rackmuster-image")));
}

void TestConfinedReader::tooMuchMemoryIsASentence() {
    if (tests::isSanitized)
        QSKIP("AddressSanitizer needs its own address space");
    const auto medium = readerWith({.addressSpace = 80U << 20U}).read(m_crowded.toStdString(), true);
    QCOMPARE(medium.error(), (Error{ErrorCode::ReadingTooLarge, m_crowded.toStdString(), "80 MiB"}));
}

// That the limit ends it by this signal is shown by unit/app/reader/Confinement: no image that we know of
// takes a second any more.
void TestConfinedReader::tooMuchProcessorTimeIsASentence() {
    Reading reading = readAside(m_crowded);
    const tests::ReaderProcess reader = tests::waitForReader();
    QVERIFY(reader.isFound());
    QCOMPARE(::kill(reader.pid, SIGXCPU), 0);
    QCOMPARE(reading.get().error(), (Error{ErrorCode::ReadingTooSlow, m_crowded.toStdString(), "60 s"}));
}

void TestConfinedReader::tooMuchTimeIsASentence() {
    const auto medium = readerWith({.wallTime = 50ms}).read(m_crowded.toStdString(), true);
    QVERIFY(!medium);
    QCOMPARE(medium.error(), (Error{ErrorCode::ReadingTooSlow, m_crowded.toStdString(), "1 s"}));
}

void TestConfinedReader::aCrashIsASentence() {
    Reading reading = readAside(m_crowded);
    const tests::ReaderProcess reader = tests::waitForReader();
    QVERIFY(reader.isFound());
    QCOMPARE(::kill(reader.pid, SIGSEGV), 0);
    QCOMPARE(reading.get().error(),
             (Error{ErrorCode::ReaderFailed, m_crowded.toStdString(), "signal 11, Segmentation fault"}));
}

// That an escape ends it by this signal is shown by unit/app/reader/Confinement.
void TestConfinedReader::anEscapeIsASentence() {
    Reading reading = readAside(m_crowded);
    const tests::ReaderProcess reader = tests::waitForReader();
    QVERIFY(reader.isFound());
    QCOMPARE(::kill(reader.pid, SIGSYS), 0);
    QCOMPARE(reading.get().error().code, ErrorCode::ReaderEscaped);
}

void TestConfinedReader::isEndedOnDemand() {
    std::stop_source leaving;
    Reading reading = readAside(m_crowded, {}, leaving.get_token());
    const tests::ReaderProcess reader = tests::waitForReader();
    QVERIFY(reader.isFound());
    QCOMPARE(::kill(reader.pid, SIGSTOP), 0); // by itself it would never end
    leaving.request_stop();
    QCOMPARE(reading.get().error().code, ErrorCode::ReadingCancelled);
    // Also when it was wanted before the reading began:
    QCOMPARE(readAside(m_crowded, {}, leaving.get_token()).get().error().code, ErrorCode::ReadingCancelled);
}

void TestConfinedReader::aReaderThatIsMissingOrStrangeIsASentence() {
    const auto error = [this](const std::string& program) {
        return ConfinedReader(program).read(m_crowded.toStdString(), true).error();
    };
    const Error missing = error("/nonexistent/rackmuster-reader");
    QCOMPARE(missing.code, ErrorCode::ReaderUnusable);
    QCOMPARE(missing.subject, std::string("/nonexistent/rackmuster-reader"));
    QCOMPARE(error("/etc/passwd").code, ErrorCode::ReaderUnusable);
    QCOMPARE(error("/bin/true").code, ErrorCode::ReaderFailed); // it says nothing
    QCOMPARE(error("/bin/false").detail, std::string("exit code 1"));
    QCOMPARE(error("/bin/echo").code, ErrorCode::ReaderUnusable); // it says something else
}

void TestConfinedReader::leavesNothingBehind() {
    const qsizetype before = openDescriptors();
    for (int i = 0; i < 20; ++i)
        (void)ConfinedReader().read(i % 2 == 0 ? "/proc/self/exe" : m_redHat.toStdString(), true);
    QCOMPARE(openDescriptors(), before);
}

// R43: within 512 MiB and 60 s.
void TestConfinedReader::aHalfMillionFilesFit() {
    const QTemporaryDir directory;
    const QString path = tests::makeCrowdedIso(directory.path(), 500'000);
    QElapsedTimer timer;
    timer.start();
    const auto medium = ConfinedReader().read(path.toStdString(), true);
    qInfo("half a million files: %.0f ms", milliseconds(timer));
    QVERIFY2(medium, qPrintable(told(medium)));
    QCOMPARE(medium->image.files().size(), std::size_t{500'000});
}

void TestConfinedReader::costsLittle() {
    if (!IsoFixture::hasTool(QStringLiteral("xorriso")))
        QSKIP("xorriso is not installed");
    IsoFixture fixture;
    for (int i = 0; i < 8000; ++i) // empty files cost the tool little and the reader as much as others
        fixture.add(QStringLiteral("Packages/%1/package-%2-1.el9.x86_64.rpm").arg(i % 26).arg(i), {});
    const QString path = fixture.build();
    QVERIFY(!path.isEmpty());
    const Cost here = costOf([&path] { QVERIFY(readHere(path, true)); });
    const Cost there = costOf([&path] { QVERIFY(ConfinedReader().read(path.toStdString(), true)); });
    qInfo("8,000 files: %.1f ms in this process, %.1f ms confined; of processor time %.1f and %.1f",
          here.wall, there.wall, here.processor, there.processor);
    QVERIFY(there.processor - here.processor < 50); // wall time says more of what else runs here
}

QTEST_GUILESS_MAIN(TestConfinedReader)
#include "tst_ConfinedReader.moc"
