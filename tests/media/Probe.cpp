// Reads images or packages in a process of its own, so that a test can say what that took, and prints one
// JSON object a file. Ends with status 2 when what was read breaks a promise.

#include "core/media/MediaInspector.h"
#include "core/media/RpmArchive.h"
#include "core/media/RpmLoaders.h"
#include "core/media/TreePath.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cstdio>
#include <string>
#include <sys/resource.h>
#include <unistd.h>
#include <unordered_map>
#include <vector>

using namespace rackmuster;

namespace {

constexpr std::size_t longestPath = 4096;
constexpr std::ptrdiff_t deepest = 66; // R43, and the directory that we add for a boot image

/// Every part of the path is a name, and none leads upwards.
bool isHarmless(std::string_view path) {
    if (path.empty() || path.size() > longestPath || std::count(path.begin(), path.end(), '/') > deepest)
        return false;
    while (!path.empty()) {
        const std::size_t slash = std::min(path.find('/'), path.size());
        if (!media::isUsableName(path.substr(0, slash)))
            return false;
        path.remove_prefix(std::min(slash + 1, path.size()));
    }
    return true;
}

bool lieInside(const std::vector<boot::FileSlice>& slices) {
    return !slices.empty() && std::all_of(slices.begin(), slices.end(), [](const boot::FileSlice& slice) {
        const std::uint64_t size = slice.file->size().value_or(0);
        return slice.offset <= size && slice.length <= size - slice.offset;
    });
}

QString text(const std::string& utf8) {
    return QString::fromStdString(utf8);
}

/// Of this program alone; getrusage() counts what its parent was before exec too.
qint64 peakKibibytes() {
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray all = status.readAll();
    const qsizetype at = all.indexOf("VmHWM:");
    return at < 0 ? 0 : all.mid(at + 6, 20).trimmed().split(' ').front().toLongLong();
}

qint64 cpuMilliseconds() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto milliseconds = [](const timeval& time) {
        return static_cast<qint64>(time.tv_sec) * 1000 + time.tv_usec / 1000;
    };
    return milliseconds(used.ru_utime) + milliseconds(used.ru_stime);
}

/// What a table of 400,000 files costs to make and to walk through, here and now: reading is that, and waits
/// for memory as this does.
QJsonObject measuredWork() {
    const qint64 begin = cpuMilliseconds();
    constexpr int count = 400'000;
    qint64 walked = 0;
    {
        std::unordered_map<std::string, std::vector<qint64>> files;
        for (qint64 i = 0; i < count; ++i)
            files.try_emplace(std::to_string(i * 7919), std::vector<qint64>(3, 1));
        for (int walk = 0; walk < 5; ++walk) {
            for (const auto& [name, slices] : files)
                walked += slices.front();
        }
    }
    return {{QStringLiteral("walked"), walked},
            {QStringLiteral("cpuMilliseconds"), cpuMilliseconds() - begin}};
}

QJsonObject costSoFar() {
    return {{QStringLiteral("cpuMilliseconds"), cpuMilliseconds()},
            {QStringLiteral("peakKibibytes"), peakKibibytes()}};
}

QJsonObject readImage(const char* path, bool& isGood, QJsonObject& cost) {
    const auto image = media::IsoImage::open(path);
    if (image)
        (void)media::inspect(*image, path, true);
    cost = costSoFar(); // without what follows
    if (!image)
        return {{QStringLiteral("error"), text(message(image.error()))}};
    QJsonArray skipped;
    for (const std::string& fact : image->skipped())
        skipped.append(text(fact));
    QJsonArray names; // of a few
    for (const auto& [name, slices] : image->files()) {
        isGood = isGood && isHarmless(name) && lieInside(slices);
        if (names.size() < 50)
            names.append(text(name));
    }
    return {{QStringLiteral("files"), static_cast<qint64>(image->files().size())},
            {QStringLiteral("names"), names},
            {QStringLiteral("skipped"), skipped}};
}

QJsonObject readPackage(const char* path, bool& isGood, QJsonObject& cost) {
    constexpr std::uint64_t limit = 16U << 20U;
    auto file = FileDescriptor::openForReading(path);
    const auto size = file ? file->size() : Result<std::uint64_t>();
    if (!size)
        return {{QStringLiteral("error"), QStringLiteral("no file")}};
    const auto members =
        media::readRpm({{std::make_shared<const FileDescriptor>(std::move(*file)), 0, *size}},
                       [](std::string_view name) { return name.ends_with(".efi"); });
    cost = costSoFar();
    if (!members)
        return {{QStringLiteral("error"), text(message(members.error()))}};
    QJsonArray names;
    for (const media::RpmMember& member : *members) {
        isGood = isGood && member.path.ends_with(".efi") && member.bytes.size() <= limit;
        names.append(text(member.path));
    }
    return {{QStringLiteral("files"), static_cast<qint64>(members->size())},
            {QStringLiteral("names"), names}};
}

void print(const QJsonObject& object) {
    std::puts(QJsonDocument(object).toJson(QJsonDocument::Compact).constData());
}

} // namespace

int main(int argc, char* argv[]) {
    if (argc == 2 && std::string_view(argv[1]) == "--yardstick") {
        print(measuredWork());
        return 0;
    }
    bool isGood = argc == 3;
    if (!isGood)
        return 1;
    const bool isPackage = std::string_view(argv[1]) == "--package";
    QJsonObject cost;
    QJsonObject out = isPackage ? readPackage(argv[2], isGood, cost) : readImage(argv[2], isGood, cost);
    out.insert(QStringLiteral("cost"), cost);
    print(out);
    return isGood ? 0 : 2;
}
