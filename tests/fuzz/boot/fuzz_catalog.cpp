#include "core/base/ByteReader.h"
#include "core/boot/Catalog.h"
#include "tests/fuzz/support/Require.h"
#include "tests/unit/core/boot/BootFixture.h"

using namespace rackmuster;
using namespace rackmuster::boot;
using fuzz::require;

namespace {

constexpr std::uint8_t approved = 2; // to install
constexpr std::uint8_t rescued = 5;  // for a menu entry

/// Machine 1 parked, 2 approved, 3 finished, 4 refused, 5 approved for a menu entry, each with a peer
/// address.
Catalog makeCatalog() {
    Catalog::Contents contents = tests::rack();
    const std::array dispositions{Disposition::Parked, Disposition::Install, Disposition::LocalDisk,
                                  Disposition::Refused};
    for (std::uint8_t i = 1; i <= dispositions.size(); ++i) {
        MachineBoot machine = tests::approvedMachine(i);
        machine.disposition = dispositions[i - 1U];
        machine.parksBriefly = true;
        machine.ticket = i == approved ? tests::ticket : std::string(32, static_cast<char>('0' + i));
        tests::add(contents, machine);
        contents.peers.emplace(tests::host(static_cast<std::uint8_t>(200 + i)), tests::mac(i));
    }
    tests::add(contents, tests::approvedFor(rescued, "Rescue a system"));
    contents.peers.emplace(tests::host(205), tests::mac(rescued));
    contents.folders.emplace("drivers", std::make_shared<tests::OneFileFolder>());
    ImageFiles image = tests::rockyImage();
    image.whole = {nullptr, 0, 700};
    image.extraInitrds = {{FileSlice{nullptr, 0, 100}, "x"}};
    tests::add(contents, image);
    return Catalog(std::move(contents));
}

/// `asked` is the path as it came, `path` its canonical spelling.
void check(const BootFile& file, std::string_view asked, std::string_view path) {
    const bool isRescued = file.machine == tests::mac(rescued);
    const bool isApproved = file.machine == tests::mac(approved) || isRescued;
    const bool isForAnybody = path.starts_with("i/") || path.starts_with("w/") || path.starts_with("x/");
    require(file.machine != tests::mac(4) || isForAnybody);
    require(!file.spendsTicket || (isRescued && file.role == FileRole::Initrd));
    require(!isRescued || (file.role != FileRole::AnswerFile && file.role != FileRole::DoneReport));
    require(file.mediaType.empty() || asked.ends_with('/') || asked.ends_with('\\')); // a listing
    if (file.role == FileRole::Kernel || file.role == FileRole::Initrd ||
        file.role == FileRole::InstallConfig || file.role == FileRole::AnswerFile)
        require(isApproved);
    if (!isApproved)
        require(!tests::hasKernelLine(tests::textOf(file))); // R42
    require(file.isSecret == (file.role == FileRole::AnswerFile || file.role == FileRole::PostReport ||
                              file.role == FileRole::DoneReport));
    require(file.size() > 0);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Catalog catalog = makeCatalog();
    const std::string_view path = asText(Bytes(data, size));
    const auto canonical = canonicalPath(path);
    if (canonical) {
        require(canonicalPath(*canonical) == canonical);
        require(canonical->find("//") == std::string::npos && !canonical->starts_with('/') &&
                !canonical->ends_with('/'));
        require(("/" + *canonical + "/").find("/../") == std::string::npos);
    }
    for (const unsigned peer : {0U, 201U, 202U, 203U, 204U, 205U}) {
        const auto file = catalog.find(path, tests::host(static_cast<std::uint8_t>(peer)));
        require(!file || canonical.has_value());
        if (!file)
            continue;
        check(*file, path, *canonical);
        const bool isAtItsAddress =
            peer > 200 && file->machine == tests::mac(static_cast<std::uint8_t>(peer - 200));
        require(file->needsItsCard == (file->isSecret && !isAtItsAddress)); // R41
    }
    return 0;
}
