#include "core/boot/Catalog.h"
#include "core/net/HttpServer.h"
#include "tests/support/HttpClient.h"
#include "tests/support/LoopbackSocket.h"
#include "tests/support/ServerEventLog.h"

#include <QTest>

#include <array>
#include <random>

using namespace rackmuster;
using namespace rackmuster::net;
using tests::HttpClient;
using tests::HttpResponse;

namespace {

constexpr Ipv4Address machineAddress(127, 0, 9, 2);
constexpr auto ticket = "0123456789abcdef0123456789abcdef";
constexpr auto secret = "rootpw --iscrypted CANARY";

} // namespace

/// What strangers get out of the real catalogue by HTTP: nothing.
class HttpCatalogTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void scannersGetNoAnswerFile();
    void answerFilesGoWhole();
    void noNameLeadsOutOfTheTree();
    void listsARepository();

private:
    [[nodiscard]] HttpClient connect(Ipv4Address from) const {
        return {Ipv4Address(127, 0, 0, 1), m_port, from};
    }

    std::unique_ptr<tests::ServerEventLog> m_log;
    std::uint16_t m_port = 0;
    std::unique_ptr<HttpServer> m_server;
};

void HttpCatalogTest::init() {
    m_server.reset();
    boot::Catalog::Contents contents;
    auto image = std::make_shared<boot::ImageFiles>();
    image->id = "rocky";
    image->kernelPath = "vmlinuz";
    image->initrdPath = "initrd";
    for (const char* name : {"vmlinuz", "initrd", "Packages/a/a.rpm", "name with blank", "100%", "odd..name"})
        image->files[name] = {{nullptr, 0, 100}};
    contents.images["rocky"] = image;
    const MacAddress mac(MacAddress::Octets{0x52, 0x54, 0, 0, 0, 2});
    auto machine = std::make_shared<boot::MachineBoot>(boot::MachineBoot{.mac = mac});
    machine->disposition = boot::Disposition::Install;
    machine->imageId = "rocky";
    machine->ticket = ticket;
    machine->answerFile = std::make_shared<const std::string>(secret);
    contents.machines.insert_or_assign(mac, machine);
    contents.peers.insert_or_assign(machineAddress, mac);
    const auto catalog = std::make_shared<const boot::Catalog>(std::move(contents));
    auto listening = tests::LoopbackSocket::listening();
    m_port = listening.port;
    m_log = std::make_unique<tests::ServerEventLog>();
    HttpServer::Options options;
    options.socket = std::move(listening.socket);
    options.source = [catalog] {
        return catalog;
    };
    options.events = m_log->sink();
    auto started = HttpServer::start(std::move(options));
    QVERIFY(started.has_value());
    m_server = std::move(*started);
}

// R41 (part): the scan. What it counts and how long it lasts is told by tst_BootProgress and tst_InstallPlan.
void HttpCatalogTest::scannersGetNoAnswerFile() {
    std::mt19937_64 random(41);
    std::vector<HttpClient> strangers;
    for (std::uint8_t i = 3; i < 43; ++i)
        strangers.push_back(connect(Ipv4Address(127, 0, 9, i)));
    constexpr std::array names{"answer", "user-data", "meta-data", "vendor-data", "post", "done"};
    for (int guess = 0; guess < 10'000; ++guess) {
        // Every tenth knows the ticket: it stands in a configuration that anybody can ask for.
        std::string token = ticket;
        if (guess % 10 != 0) {
            for (char& digit : token)
                digit = "0123456789abcdef"[random() % 16];
        }
        const std::string path = "/t/" + token + '/' + names.at(random() % names.size());
        const HttpResponse response = strangers[std::size_t(guess) % strangers.size()].get(path);
        QCOMPARE(response.status, 404);
        QVERIFY(response.body.find("CANARY") == std::string::npos && response.body != "ok\n");
    }
    QVERIFY(m_log->all<FileServed>().empty());
    const HttpResponse own = connect(machineAddress).get(std::string("/t/") + ticket + "/answer");
    QCOMPARE(own.body, std::string(secret));
    QCOMPARE(own.headers.at("Cache-Control"), std::string("no-store"));
    QCOMPARE(m_log->waitFor<FileServed>().at(0).path, std::string("(secret)"));
    // Nor do paths that only look like the ticket's get it into an event.
    for (const std::string& path : {std::string("/T/") + ticket + "/answer", std::string("/x/../t/") + ticket,
                                    std::string("/http/t/") + ticket, std::string("/") + ticket})
        QCOMPARE(connect(machineAddress).get(path).status, 404);
    for (const Rejected& rejected : m_log->waitFor<Rejected>(4))
        QVERIFY2(rejected.reason.find(ticket) == std::string::npos, rejected.reason.c_str());
}

void HttpCatalogTest::answerFilesGoWhole() { // R41 (part): a part would not count as a fetch
    HttpClient client = connect(machineAddress);
    const std::string path = std::string("/t/") + ticket + "/user-data";
    const HttpResponse part = client.get(path, "Range: bytes=0-3\r\n");
    QCOMPARE(part.status, 200);
    QCOMPARE(part.body, std::string(secret));
    QVERIFY(m_log->waitFor<FileServed>().at(0).isComplete);
    QVERIFY(client.send("HEAD " + path + " HTTP/1.1\r\nHost: x\r\n\r\n"));
    QCOMPARE(client.receive(false).status, 200);
    QCOMPARE(client.get(path).body, std::string(secret));
    QCOMPARE(m_log->waitFor<FileServed>(2).size(), std::size_t(2)); // the HEAD is none
}

// R40
void HttpCatalogTest::noNameLeadsOutOfTheTree() {
    const std::vector<std::string> starts{
        "/",        "//",  "/i/rocky/", "/m/525400000002/repo/", "/m/525400000002/",
        "/x/",      "/w/", "/t/",       "/i/rocky/Packages/a/",  "/grub/",
        "http://x/"};
    const std::vector<std::string> steps{
        "../",    "..%2f", "%2e%2e/",       "%2e%2e%2f", "..\\",  "..%5c", "%252e%252e/", "%c0%ae%c0%ae/",
        "....//", "..;/",  "%uff0e%uff0e/", ".%2e/",     "%2e./", "./../", "..%00/",      "..%0d%0a/"};
    const std::vector<std::string> ends{"etc/passwd",      "etc%2fpasswd", "proc/self/mem",    "vmlinuz%00",
                                        "windows/win.ini", "..",           "etc/passwd%00.rpm"};
    int names = 0;
    HttpClient client = connect(Ipv4Address(127, 0, 9, 3));
    for (const std::string& start : starts) {
        for (const std::string& step : steps) {
            for (const std::string& end : ends) {
                for (const int depth : {1, 4}) {
                    std::string target = start;
                    for (int i = 0; i < depth; ++i)
                        target += step;
                    HttpResponse response = client.get(target + end);
                    if (response.status == 0 || response.status == 400) { // an escape that stands for nothing
                        client = connect(Ipv4Address(127, 0, 9, 3));
                        response.status = response.status == 0 ? client.get(target + end).status : 404;
                        if (response.status == 400)
                            client = connect(Ipv4Address(127, 0, 9, 3));
                    }
                    QVERIFY2(response.status == 404 || response.status == 400, (target + end).c_str());
                    ++names;
                }
            }
        }
    }
    QVERIFY(names >= 2000);
    // Decoded once, and no further.
    const auto status = [&](const char* target) {
        return connect(Ipv4Address(127, 0, 9, 3)).get(target).status;
    };
    QCOMPARE(status("/i/rocky/name%20with%20blank"), 200);
    QCOMPARE(status("/i/rocky/100%25"), 200);
    QCOMPARE(status("/i/rocky/100%2525"), 404);
    QCOMPARE(status("/i/rocky/odd..name"), 200);
    QCOMPARE(status("/%69/rocky/vmlinuz"), 200);
}

void HttpCatalogTest::listsARepository() {
    const HttpResponse page = connect(Ipv4Address(127, 0, 9, 3)).get("/i/rocky/Packages/");
    QCOMPARE(page.status, 200);
    QCOMPARE(page.headers.at("Content-Type"), std::string("text/html; charset=utf-8"));
    QVERIFY(page.body.find("<a href=\"./a/\">") != std::string::npos);
}

QTEST_GUILESS_MAIN(HttpCatalogTest)
#include "tst_HttpCatalog.moc"
