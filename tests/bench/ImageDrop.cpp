// B16: what it costs until an image that was dropped can boot machines. Prints one line of figures.
//   bench_image_drop fill IMAGE    gives every package of an image bytes that are no holes
//   bench_image_drop warm IMAGE    reads it as the library does
//   bench_image_drop cold IMAGE    the same with nothing of it in the page cache

#include "core/engine/ImageLibrary.h"
#include "core/media/IsoImage.h"

#include <QFile>
#include <QRandomGenerator>

#include <chrono>
#include <cstdio>
#include <fcntl.h>
#include <string_view>
#include <unistd.h>

using namespace rackmuster;

namespace {

/// Of this process and the children that it waited for; see proc(5).
struct Traffic {
    qint64 asked = 0;   ///< bytes that read() and its like returned, from wherever
    qint64 read = 0;    ///< bytes that the disk was asked for, read ahead included
    qint64 written = 0; ///< bytes that went towards a disk
};

Traffic trafficSoFar() {
    QFile file(QStringLiteral("/proc/self/io"));
    Traffic out;
    if (!file.open(QIODevice::ReadOnly))
        return out;
    const QList<QByteArray> lines = file.readAll().split('\n');
    for (const QByteArray& line : lines) {
        const qint64 value = line.mid(line.indexOf(':') + 1).trimmed().toLongLong();
        if (line.startsWith("rchar:"))
            out.asked = value;
        else if (line.startsWith("read_bytes:"))
            out.read = value;
        else if (line.startsWith("write_bytes:"))
            out.written = value;
    }
    return out;
}

/// Nothing of the file stays in memory; only clean pages can go, so they are written first.
bool forget(const char* path) {
    const FileDescriptor file(::open(path, O_RDONLY | O_CLOEXEC));
    return file.isOpen() && ::fdatasync(file.get()) == 0 &&
           ::posix_fadvise(file.get(), 0, 0, POSIX_FADV_DONTNEED) == 0;
}

int fill(const char* path) {
    const auto image = media::IsoImage::open(path);
    const FileDescriptor file(::open(path, O_WRONLY | O_CLOEXEC));
    if (!image || !file.isOpen())
        return 1;
    constexpr qsizetype patternSize = 64 << 20;
    QByteArray pattern(patternSize, '\0');
    QRandomGenerator(16).fillRange(reinterpret_cast<quint32*>(pattern.data()), patternSize / 4);
    for (const auto& [name, slices] : image->files()) {
        if (!name.ends_with(".rpm"))
            continue;
        for (const boot::FileSlice& slice : slices) {
            const auto from = static_cast<qsizetype>(slice.offset * 7 % (patternSize / 2));
            const auto count = std::min<std::size_t>(slice.length, patternSize / 2);
            if (::pwrite(file.get(), pattern.constData() + from, count, static_cast<off_t>(slice.offset)) !=
                static_cast<ssize_t>(count))
                return 1;
        }
    }
    return ::fdatasync(file.get()) == 0 ? 0 : 1;
}

int read(const char* path) {
    const Traffic before = trafficSoFar();
    const auto start = std::chrono::steady_clock::now();
    const auto image = engine::readImage(QFile::decodeName(path));
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    const Traffic after = trafficSoFar();
    if (!image) {
        std::fprintf(stderr, "%s\n", message(image.error()).c_str());
        return 1;
    }
    std::printf("%.3f %lld %lld %lld %zu\n", elapsed.count(),
                static_cast<long long>(after.asked - before.asked),
                static_cast<long long>(after.read - before.read),
                static_cast<long long>(after.written - before.written), image->files->files.size());
    return 0;
}

} // namespace

int main(int argc, char* argv[]) {
    const std::string_view act = argc == 3 ? argv[1] : "";
    if (act == "fill")
        return fill(argv[2]);
    if (act == "warm")
        return read(argv[2]);
    if (act == "cold")
        return forget(argv[2]) ? read(argv[2]) : 1;
    std::fputs("usage: bench_image_drop fill|warm|cold IMAGE\n", stderr);
    return 2;
}
