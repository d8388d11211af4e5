// bench_http_server PORT IMAGE [FILE...]: serves the tree of an ISO image as /i/iso/..., the image itself as
// /w/iso.iso and plain files as /i/plain/<name>, with the server, the catalogue and the pinned files of the
// program and nothing else, until it is killed.

#include "core/boot/Catalog.h"
#include "core/media/IsoImage.h"
#include "core/net/HttpServer.h"

#include <arpa/inet.h>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <netinet/in.h>
#include <sys/socket.h>

using namespace rackmuster;

namespace {

FileDescriptor listenOn(std::uint16_t port) {
    FileDescriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const int yes = 1;
    ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    const bool isListening =
        ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
        ::listen(socket.get(), SOMAXCONN) == 0;
    return isListening ? std::move(socket) : FileDescriptor();
}

std::shared_ptr<boot::ImageFiles> filesOf(const char* path) {
    auto image = media::IsoImage::open(path);
    auto whole = FileDescriptor::openForReading(path);
    if (!image || !whole)
        return nullptr;
    auto files = std::make_shared<boot::ImageFiles>();
    files->id = "iso";
    files->etagSeed = path;
    files->files = image->files();
    const std::uint64_t size = whole->size().value_or(0);
    files->whole = {std::make_shared<const FileDescriptor>(std::move(*whole)), 0, size};
    return files;
}

std::shared_ptr<boot::ImageFiles> plainFiles(int count, char** paths) {
    auto files = std::make_shared<boot::ImageFiles>();
    files->id = "plain";
    files->etagSeed = "plain";
    for (int i = 0; i < count; ++i) {
        const std::string path = paths[i];
        auto file = FileDescriptor::openForReading(path);
        if (!file)
            return nullptr;
        const std::uint64_t size = file->size().value_or(0);
        files->files[path.substr(path.rfind('/') + 1)] = {
            {std::make_shared<const FileDescriptor>(std::move(*file)), 0, size}};
    }
    return files;
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 3)
        return 2;
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);
    boot::Catalog::Contents contents;
    contents.images["iso"] = filesOf(argv[2]);
    contents.images["plain"] = plainFiles(argc - 3, argv + 3);
    if (!contents.images["iso"] || !contents.images["plain"]) {
        std::fprintf(stderr, "A file cannot be read.\n");
        return 1;
    }
    const auto catalog = std::make_shared<const boot::Catalog>(std::move(contents));
    net::HttpServer::Options options;
    options.socket = listenOn(static_cast<std::uint16_t>(std::atoi(argv[1])));
    options.source = [catalog] {
        return catalog;
    };
    options.events = [](const net::ServerEvent& /*event*/) {
    };
    const auto server = net::HttpServer::start(std::move(options));
    if (!server) {
        std::fprintf(stderr, "%s\n", message(server.error()).c_str());
        return 1;
    }
    int signal = 0;
    sigwait(&ends, &signal);
    return 0;
}
