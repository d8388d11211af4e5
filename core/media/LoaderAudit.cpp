#include "core/media/LoaderAudit.h"

#include "core/media/EfiBootImage.h"
#include "core/media/PeImage.h"
#include "core/media/RpmLoaders.h"
#include "core/media/TreeText.h"

#include <algorithm>
#include <array>
#include <map>

namespace rackmuster::media {

namespace {

constexpr std::uint64_t readLimit = 16U << 20U; // bytes; a shim has about one million, a grub four

struct UefiName {
    std::string_view firmware;
    std::string_view suffix; // bootx64.efi, grubx64.efi, bootnetx64.efi
};
constexpr std::array<UefiName, 3> uefiNames{
    {{"uefi-x64", "x64.efi"}, {"uefi-ia32", "ia32.efi"}, {"uefi-arm64", "aa64.efi"}}};

/// Lower-cased path -> path as the tree spells it, of EFI programs only.
using EfiPrograms = std::map<std::string, std::string>;

EfiPrograms efiProgramsOf(const IsoImage& image) {
    EfiPrograms out;
    for (const auto& [path, slices] : image.files()) {
        if (std::string lower = lowerCase(path); lower.ends_with(".efi"))
            out.emplace(std::move(lower), path);
    }
    return out;
}

std::string withSlash(const std::string& path) {
    return path.substr(0, path.rfind('/') + 1); // npos + 1 is 0: the root
}

/// The program called `name`, wherever it is; of several the one with the shortest path. Null when there is
/// none.
const std::string* findAnywhere(const EfiPrograms& programs, const std::string& name) {
    const std::string* best = nullptr;
    for (const auto& [lower, path] : programs) {
        if (lower.substr(lower.rfind('/') + 1) == name && (best == nullptr || path.size() < best->size()))
            best = &path;
    }
    return best;
}

std::string utf16(std::string_view ascii) {
    std::string out;
    for (const char c : ascii)
        out.append({c, '\0'});
    return out;
}

/// "shim" as a word of its own: grub, too, speaks of its "shim_lock".
bool namesShim(std::string_view bytes) {
    for (std::size_t at = bytes.find("shim"); at != std::string_view::npos; at = bytes.find("shim", at + 4)) {
        if (!bytes.substr(at + 4).starts_with("_lock"))
            return true;
    }
    return false;
}

bool isByMicrosoft(const Signer& signer) {
    constexpr std::array<std::string_view, 2> authorities{"Microsoft Corporation UEFI CA 2011",
                                                          "Microsoft UEFI CA 2023"};
    return std::find(authorities.begin(), authorities.end(), signer.issuer) != authorities.end();
}

/// "grub,3 < grub,4 (2024-04-09)", for the first revocation that meets the shim or its grub.
std::optional<std::string> revocationIn(const LoaderFacts& shim, const LoaderFacts& grub) {
    std::vector<SbatComponent> components = shim.components;
    components.insert(components.end(), grub.components.begin(), grub.components.end());
    // One without generations is older than the first.
    if (shim.isShim && shim.components.empty())
        components.push_back({"shim", 0});
    if (grub.isGrub && grub.components.empty())
        components.push_back({"grub", 0});
    const auto revocation = revocationOf(components);
    if (!revocation)
        return std::nullopt;
    const auto own = std::find_if(components.begin(), components.end(), [&](const SbatComponent& one) {
        return one.name == revocation->lowest.name;
    });
    return own->toString() + " < " + revocation->lowest.toString() + " (" + std::string(revocation->date) +
           ")";
}

std::optional<Error> objectionTo(const Loader& loader, const LoaderFacts& first, const LoaderFacts& grub) {
    if (loader.grubPath.empty() && !first.isGrub) // a shim alone starts nothing
        return Error{ErrorCode::NoGrub, {}, loader.path};
    if (first.signers.empty())
        return Error{ErrorCode::LoaderUnsigned, {}, loader.path};
    if (std::none_of(first.signers.begin(), first.signers.end(), &isByMicrosoft))
        return Error{ErrorCode::LoaderOwnKey, {}, first.signers.front().issuer};
    if (auto revocation = revocationIn(first, grub))
        return Error{ErrorCode::LoaderRevoked, {}, std::move(*revocation)};
    return std::nullopt;
}

LoaderFacts factsOf(const IsoImage& image, const std::string& path) {
    const auto bytes = path.empty() ? Result<std::string>() : image.readStart(path, readLimit);
    return bytes ? auditLoader(asBytes(*bytes)) : LoaderFacts();
}

AuditedLoader makeLoader(const IsoImage& image, const EfiPrograms& programs, const UefiName& name,
                         const std::string& path) {
    const char* const source = path.starts_with(efiBootDirectory) ? "efiboot"
                               : path.starts_with(rpmDirectory)   ? "rpm"
                                                                  : "image";
    Loader out{.firmware = std::string(name.firmware), .path = path, .source = source};
    // SUSE's shim starts grub.efi, every other one the grub of its architecture.
    for (const std::string& grubName : {"grub" + std::string(name.suffix), std::string("grub.efi")}) {
        const auto beside = programs.find(lowerCase(withSlash(path)) + grubName);
        if (beside != programs.end() && out.grubPath.empty())
            out.grubPath = beside->second;
    }
    const LoaderFacts first = factsOf(image, path);
    const LoaderFacts grub = first.isGrub ? first : factsOf(image, out.grubPath);
    out.signer = first.signers.empty() ? std::string() : first.signers.front().name;
    out.sbat = first.generationOf("shim");
    out.grubSbat = grub.generationOf("grub");
    if (first.isGrub || !out.grubPath.empty())
        out.linuxCommand = grub.hasLinuxefi ? "linuxefi" : "linux";
    out.isSecureBoot = first.isShim && !first.signers.empty() && !out.grubPath.empty();
    return {out, objectionTo(out, first, grub)};
}

} // namespace

std::vector<AuditedLoader> findUefiLoaders(const IsoImage& image) {
    const EfiPrograms programs = efiProgramsOf(image);
    std::vector<AuditedLoader> out;
    for (const UefiName& name : uefiNames) {
        const std::string* path = findAnywhere(programs, "bootnet" + std::string(name.suffix));
        for (const std::string_view root : {std::string_view(), efiBootDirectory, rpmDirectory}) {
            const auto usual = programs.find(std::string(root) + "efi/boot/boot" + std::string(name.suffix));
            if (path == nullptr && usual != programs.end())
                path = &usual->second;
        }
        if (path != nullptr)
            out.push_back(makeLoader(image, programs, name, *path));
    }
    return out;
}

std::string LoaderFacts::generationOf(std::string_view name) const {
    const auto found = std::find_if(components.begin(), components.end(),
                                    [name](const SbatComponent& one) { return one.name == name; });
    return found == components.end() ? std::string() : found->toString();
}

LoaderFacts auditLoader(Bytes program) {
    LoaderFacts out;
    const auto pe = parsePe(program);
    const std::string_view bytes = asText(program);
    if (pe) {
        if (const PeSection* const sbat = pe->section(".sbat"))
            out.components = parseSbat(asText(sbat->bytes));
        for (const Bytes signature : pe->signatures) {
            for (Signer& signer : signersOf(signature))
                out.signers.push_back(std::move(signer));
        }
    }
    out.isGrub = !out.generationOf("grub").empty() || (pe && pe->section("mods") != nullptr);
    out.isShim = !out.isGrub && (!out.generationOf("shim").empty() || namesShim(bytes) ||
                                 bytes.find(utf16("shim")) != std::string_view::npos ||
                                 bytes.find(utf16("\\grub")) != std::string_view::npos);
    out.hasLinuxefi = bytes.find(std::string_view("\0linuxefi\0", 10)) != std::string_view::npos;
    return out;
}

} // namespace rackmuster::media
