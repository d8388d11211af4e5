#include "core/engine/InstallPlan.h"

#include "core/boot/FolderFiles.h"
#include "core/boot/Startup.h"
#include "core/profile/AnswerFile.h"
#include "core/roster/DhcpOptions.h"

#include <algorithm>

namespace rackmuster::engine {

namespace {

std::string joined(const std::vector<Ipv4Address>& addresses) {
    std::string out;
    for (const Ipv4Address address : addresses)
        out += (out.empty() ? "" : ",") + address.toString();
    return out;
}

std::string dashed(MacAddress mac) {
    std::string out = mac.toString();
    std::replace(out.begin(), out.end(), ':', '-');
    return out;
}

// Only what has a value gets a name: a template that uses the others is refused, not filled with nothing.
profile::Variables variablesOf(const roster::Machine& machine, const LibraryImage& image,
                               const PlanInputs& inputs) {
    const boot::ServerIdentity& server = inputs.server;
    profile::Variables out{
        {"mac", machine.mac.toString()},
        {"mac_dashes", dashed(machine.mac)},
        {"server", server.address.toString()},
        {"server_url", server.httpBase()},
        {"http_port", std::to_string(server.httpPort)},
        {"netmask", server.network.mask().toString()},
        {"prefix", std::to_string(server.network.prefixLength())},
        {"repo", server.httpBase() + "/m/" + machine.mac.toHex() + "/repo"},
        {"image", image.info.name.toStdString()},
    };
    const auto add = [&out](std::string name, std::string value) {
        if (!value.empty())
            out.emplace(std::move(name), std::move(value));
    };
    add("hostname", inputs.roster.hostnameOf(machine));
    const roster::RackLayout& layout = inputs.roster.layout();
    const roster::RackPlace place = layout.placeOf(machine.slot.value_or(1));
    add("slot", machine.slot ? std::to_string(place.slot) : "");
    add("rack", machine.slot ? layout.rackName(place.rack) : "");
    const auto address = inputs.roster.addressOf(machine);
    add("ip", address ? address->toString() : machine.leased ? machine.leased->toString() : "");
    add("gateway", server.gateway ? server.gateway->toString() : "");
    add("dns", joined(server.dns));
    for (const std::string& directory : image.files->repositories) {
        if (directory != ".") // that is {{repo}}; of "addons/HighAvailability" the last part is the name
            add("repo_" + directory.substr(directory.rfind('/') + 1),
                out.at("repo") + '/' + boot::urlPath(directory));
    }
    for (const FolderInfo& folder : inputs.folders.infos(server)) {
        if (!folder.problem)
            add("folder_" + folder.name.toStdString(),
                server.httpBase() + "/x/" + folder.name.toStdString() + '/');
    }
    return out;
}

std::string nameOf(const roster::Machine& machine, const PlanInputs& inputs) {
    const std::string hostname = inputs.roster.hostnameOf(machine);
    return hostname.empty() ? machine.mac.toString() : hostname;
}

bool hasLiveTicket(const roster::Machine& machine) {
    return machine.ticket && !machine.ticket->isSpent;
}

boot::Firmware firmwareOf(const roster::Machine& machine) {
    return boot::firmwareFromWord(machine.firmware).value_or(boot::Firmware::Unknown);
}

const char* nameOf(boot::Firmware firmware) {
    switch (firmware) {
    case boot::Firmware::UefiArm64:
        return "UEFI on arm64";
    case boot::Firmware::UefiIa32:
        return "UEFI on ia32";
    case boot::Firmware::UefiX64:
        return "UEFI on x64";
    case boot::Firmware::Bios:
    case boot::Firmware::Unknown:
        break;
    }
    return "BIOS";
}

/// The machine's image, with all that anything of it needs to start.
Result<const LibraryImage*> usableImage(const roster::Machine& machine, const PlanInputs& inputs) {
    const LibraryImage* const image = imageOf(machine, inputs);
    const std::string name = nameOf(machine, inputs);
    if (image == nullptr) {
        return machine.assigned.imageId.empty()
                   ? fail(ErrorCode::NothingToInstall, name, "choose an image for it first")
                   : fail(ErrorCode::UnknownImage, machine.assigned.imageId);
    }
    if (image->files == nullptr) {
        return image->info.problem ? tl::unexpected(*image->info.problem)
                                   : fail(ErrorCode::NothingToInstall, name,
                                          "the file of " + image->info.name.toStdString() + " is gone");
    }
    if (image->initrdProblem)
        return tl::unexpected(*image->initrdProblem);
    if (const auto problem = loaderProblem(machine, inputs))
        return tl::unexpected(*problem);
    return image;
}

Result<void> checkMenuEntry(const roster::Machine& machine, const std::string& title,
                            const PlanInputs& inputs) {
    const auto image = usableImage(machine, inputs);
    if (!image)
        return tl::unexpected(image.error());
    const boot::MenuEntry* const entry = boot::findEntry(*(*image)->files, title);
    if (entry == nullptr)
        return fail(ErrorCode::UnknownMenuEntry, (*image)->info.name.toStdString(), title);
    const std::string name = nameOf(machine, inputs);
    const auto startup = boot::startupOf(*(*image)->files, *entry);
    if (!startup)
        return fail(ErrorCode::NothingToInstall, name,
                    "a file of the menu entry “" + title + "” is not in " +
                        (*image)->info.name.toStdString());
    if (startup->isEfiProgram() && firmwareOf(machine) == boot::Firmware::Bios)
        return fail(ErrorCode::NothingToInstall, name,
                    "the menu entry “" + title +
                        "” is a program for UEFI, and this machine has BIOS firmware");
    return {};
}

/// They were checked when they were typed. Later ones count more.
void addExtraOptions(std::vector<boot::ExtraOption>& options, const std::string& text) {
    for (roster::DhcpOption& added :
         roster::parseDhcpOptions(text).value_or(std::vector<roster::DhcpOption>())) {
        std::erase_if(options, [&](const boot::ExtraOption& other) { return other.code == added.code; });
        options.push_back({added.code, std::move(added.value)});
    }
}

/// What the profile says of booting, and then what the machine says itself.
void chooseBoot(boot::MachineBoot& out, const roster::Machine& machine, const ProfileInfo* profile) {
    if (profile != nullptr) {
        out.bootFileOverride = profile->boot.bootFile.toStdString();
        addExtraOptions(out.extraOptions, profile->boot.dhcpOptions.toStdString());
    }
    if (!machine.assigned.bootFile.empty())
        out.bootFileOverride = machine.assigned.bootFile;
    addExtraOptions(out.extraOptions, machine.assigned.dhcpOptions);
}

/// The plan, name and address follow the NIC that boots (R18), the ticket that which took it first.
std::shared_ptr<const boot::MachineBoot> makeNicBoot(const roster::Machine& nic, const roster::Machine& owner,
                                                     const PlanInputs& inputs,
                                                     std::optional<Error>* problem) {
    roster::Machine active = owner;
    active.mac = nic.mac;
    active.leased = nic.leased;
    if (!nic.firmware.empty())
        active.firmware = nic.firmware;
    auto out = std::make_shared<boot::MachineBoot>(*makeMachineBoot(active, inputs, problem));
    out->owner = owner.mac;
    // One address, and both NICs may ask: the machine's own has it, unless this one installs.
    const bool isTaken = owner.ticket && owner.ticket->nic;
    if (!isTaken && out->disposition != boot::Disposition::Install)
        out->address.reset();
    return out;
}

} // namespace

const LibraryImage* imageOf(const roster::Machine& machine, const PlanInputs& inputs) {
    if (hasLiveTicket(machine) && !machine.ticket->imageId.empty())
        return inputs.images.find(QString::fromStdString(machine.ticket->imageId));
    if (!machine.assigned.imageId.empty())
        return inputs.images.find(QString::fromStdString(machine.assigned.imageId));
    if (!inputs.defaultImage.isEmpty())
        return inputs.images.find(inputs.defaultImage);
    return inputs.images.onlyOne();
}

std::string menuEntryOf(const roster::Machine& machine, const PlanInputs& inputs) {
    if (hasLiveTicket(machine))
        return machine.ticket->menuEntry;
    if (!machine.assigned.menuEntry.empty())
        return machine.assigned.menuEntry;
    const LibraryImage* image = imageOf(machine, inputs);
    const bool isPlain = image != nullptr && image->files != nullptr && !image->isInstallable() &&
                         image->files->entries.size() == 1;
    return isPlain ? image->files->entries.front().title : std::string();
}

const ProfileInfo* profileOf(const roster::Machine& machine, const PlanInputs& inputs) {
    if (hasLiveTicket(machine) && !machine.ticket->profile.empty())
        return inputs.profiles.find(QString::fromStdString(machine.ticket->profile));
    if (!machine.assigned.profile.empty())
        return inputs.profiles.find(QString::fromStdString(machine.assigned.profile));
    const LibraryImage* image = imageOf(machine, inputs);
    const ProfileInfo* chosen = inputs.profiles.find(inputs.defaultProfile);
    if (image == nullptr || (chosen != nullptr && chosen->family == image->info.family))
        return chosen;
    return inputs.profiles.builtIn(image->info.family);
}

std::optional<Error> loaderProblem(const roster::Machine& machine, const PlanInputs& inputs) {
    const LibraryImage* image = imageOf(machine, inputs);
    const boot::Firmware firmware = firmwareOf(machine);
    if (image == nullptr || image->files == nullptr || !boot::isForOtherFirmware(*image->files, firmware))
        return std::nullopt;
    return Error{ErrorCode::NoLoader, image->info.name.toStdString(), nameOf(firmware)};
}

Result<std::string> renderAnswerFile(const roster::Machine& machine, const PlanInputs& inputs) {
    const auto usable = usableImage(machine, inputs);
    if (!usable)
        return tl::unexpected(usable.error());
    const LibraryImage* const image = *usable;
    const std::string name = nameOf(machine, inputs);
    if (!image->isInstallable())
        return fail(ErrorCode::NothingToInstall, name,
                    image->info.name.toStdString() + " has no installer; choose an entry of its menu");
    const ProfileInfo* chosen = profileOf(machine, inputs);
    if (chosen == nullptr)
        return fail(ErrorCode::UnknownProfile, machine.assigned.profile);
    if (chosen->family != image->info.family)
        return fail(ErrorCode::NothingToInstall, name,
                    "the profile " + chosen->name.toStdString() + " is not for " +
                        image->info.name.toStdString());
    auto rendered =
        profile::render(chosen->text.toStdString(), chosen->family, variablesOf(machine, *image, inputs));
    if (!rendered)
        return tl::unexpected(rendered.error());
    const std::string base = inputs.server.httpBase() + "/t/" + (machine.ticket ? machine.ticket->token : "");
    return profile::withReports(*rendered, chosen->family, base + "/post", base + "/done");
}

Result<void> checkInstallable(const roster::Machine& machine, const PlanInputs& inputs) {
    if (const std::string entry = menuEntryOf(machine, inputs); !entry.empty())
        return checkMenuEntry(machine, entry, inputs);
    return renderAnswerFile(machine, inputs).map([](const std::string&) {});
}

std::shared_ptr<const boot::MachineBoot>
makeMachineBoot(const roster::Machine& machine, const PlanInputs& inputs, std::optional<Error>* problem) {
    if (const roster::Machine* const owner = machine.owner ? inputs.roster.find(*machine.owner) : nullptr)
        return makeNicBoot(machine, *owner, inputs, problem);
    auto out = std::make_shared<boot::MachineBoot>(boot::MachineBoot{.mac = machine.mac});
    const LibraryImage* image = imageOf(machine, inputs);
    out->slotLabel = machine.slot ? inputs.roster.layout().slotLabel(*machine.slot) : "";
    out->hostname = inputs.roster.hostnameOf(machine);
    out->isApproved = machine.approval == roster::Approval::Approved;
    const bool isItsTicket = !machine.ticket || machine.ticket->isFor(machine.mac);
    // The fixed address is for the installed system; a machine that only waits stays in quarantine.
    const bool hasAddress = (out->isApproved || machine.isDone) && isItsTicket;
    out->address = hasAddress ? inputs.roster.addressOf(machine) : std::nullopt;
    chooseBoot(*out, machine, menuEntryOf(machine, inputs).empty() ? profileOf(machine, inputs) : nullptr);
    out->imageId = image != nullptr && image->files ? image->info.id.toStdString() : "";
    out->kernelArguments = machine.assigned.kernelArguments;
    out->ticket = machine.ticket ? machine.ticket->token : "";
    out->menuEntry = machine.ticket ? machine.ticket->menuEntry : "";
    out->firmware = firmwareOf(machine);

    if (machine.approval == roster::Approval::Refused) {
        out->disposition = boot::Disposition::Refused;
    } else if (machine.isDone) {
        out->disposition = boot::Disposition::LocalDisk;
    } else if (!isItsTicket) {
        out->parksBriefly = true; // another NIC installs: what boots here may be what it has installed
    } else if (out->isApproved && hasLiveTicket(machine) && machine.ticket->isForEntry()) {
        const auto mayStart = checkMenuEntry(machine, out->menuEntry, inputs);
        if (mayStart)
            out->disposition = boot::Disposition::Install;
        else if (problem != nullptr)
            *problem = mayStart.error();
    } else if (out->isApproved && hasLiveTicket(machine)) {
        auto answer = renderAnswerFile(machine, inputs);
        if (answer) {
            out->disposition = boot::Disposition::Install;
            if (machine.ticket->givesAnswer(inputs.now)) // else the installer goes on with what it has (R41)
                out->answerFile = std::make_shared<const std::string>(std::move(*answer));
        } else {
            // An installer that has its answer file goes on with packages, whatever became of the profile
            // since.
            if (machine.ticket->isFetched && !out->imageId.empty())
                out->disposition = boot::Disposition::Install;
            if (problem != nullptr)
                *problem = answer.error();
        }
    } else if (const roster::Machine* twin = inputs.roster.installedTwin(machine)) {
        // What may be the other card of a finished machine leads to the same disk.
        out->disposition = twin->isDone ? boot::Disposition::LocalDisk : boot::Disposition::Parked;
        out->parksBriefly = true;
    } else {
        // A machine that nobody approved and that comes a second time may be one that works already: it waits
        // a minute, then goes to its own disk. The first time the operator is standing before it, so it waits
        // on.
        out->parksBriefly = machine.boots >= 2;
    }
    return out;
}

} // namespace rackmuster::engine
