#include "core/media/BootMenu.h"
#include "core/media/GrubScript.h"

#include <QTest>

#include <map>

using namespace rackmuster;
using namespace rackmuster::media;

namespace {

/// A tree of these texts and of empty files.
class Tree {
public:
    Tree(std::map<std::string, std::string> texts, const std::vector<std::string>& others)
        : m_texts(std::move(texts)) {
        for (const auto& [path, text] : m_texts)
            m_files[path] = {};
        for (const std::string& path : others)
            m_files[path] = {};
    }

    [[nodiscard]] BootMenus read() const {
        const MenuTree tree(m_files, [this](const std::string& path) {
            const auto found = m_texts.find(path);
            return found == m_texts.end() ? std::string() : found->second;
        });
        return readBootMenus(tree);
    }

    /// "title|kernel|initrd,initrd|arguments", a line each.
    [[nodiscard]] std::string lines() const {
        std::string out;
        for (const boot::MenuEntry& entry : read().entries) {
            std::string initrds;
            for (const std::string& path : entry.initrdPaths)
                initrds += (initrds.empty() ? "" : ",") + path;
            out += entry.title + "|" + entry.kernelPath + "|" + initrds + "|" + entry.arguments + "\n";
        }
        return out;
    }

private:
    std::map<std::string, std::string> m_texts;
    IsoFiles m_files;
};

std::string isolinux(const std::string& menu, const std::vector<std::string>& files) {
    return Tree({{"isolinux/isolinux.cfg", menu}}, files).lines();
}

std::string grub(const std::string& menu, const std::vector<std::string>& files) {
    return Tree({{"boot/grub/grub.cfg", menu}}, files).lines();
}

const std::vector<std::string> plain{"k", "i", "i2"};

} // namespace

class TestBootMenu : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsIsolinuxEntries() {
        QCOMPARE(isolinux("default install\nprompt 0\nontimeout install\n# kernel ignored\nlabel install\n"
                          "\tmenu label ^Install now\n\tmenu default\n\tkernel vmlinuz\n"
                          "\tappend vga=788 initrd=initrd.img,/extra.img --- quiet\n"
                          "LABEL other\n  LINUX /install.amd/vmlinuz\n  INITRD ../install.amd/initrd.gz\n"
                          "label memtest\n kernel memtest\n",
                          {"isolinux/vmlinuz", "isolinux/initrd.img", "extra.img", "install.amd/vmlinuz",
                           "install.amd/initrd.gz", "isolinux/memtest"}),
                 std::string("Install now|isolinux/vmlinuz|isolinux/initrd.img,extra.img|vga=788 --- quiet\n"
                             "other|install.amd/vmlinuz|install.amd/initrd.gz|\n"
                             "memtest|isolinux/memtest||\n"));
    }

    void leavesOutWhatNobodyCanStart() {
        QCOMPARE(
            isolinux("label hidden\nmenu hide\nkernel /k\nlabel off\nkernel /k\nmenu disable\n"
                     "label disk\nlocalboot 0x80\nlabel program\nkernel reboot.c32\n"
                     "label chain\ncom32 chain.c32\nappend hd0\nlabel lost\nkernel /k\nappend initrd=/lost\n"
                     "label gone\nkernel /gone\nlabel back\nmenu exit\n",
                     {"k", "isolinux/reboot.c32", "isolinux/chain.c32"}),
            std::string());
    }

    void readsHelpTextsAsText() {
        QCOMPARE(isolinux("label a\nkernel /k\ntext help\nlabel b\nkernel /i\nendtext\nappend x\n", plain),
                 std::string("a|k||x\n"));
    }

    void aLabelWithoutAppendTakesTheCommonOne() {
        QCOMPARE(
            isolinux("append initrd=/i common\nlabel a\nkernel /k\nlabel b\nkernel /k\nappend -\n", plain),
            std::string("a|k|i|common\nb|k||\n"));
    }

    void followsIncludesOnce() {
        QCOMPARE(Tree({{"isolinux/isolinux.cfg", "include menu.cfg\nmenu begin\nmenu include /sub/deep.cfg\n"
                                                 "menu end\ninclude ../../outside\n"},
                       {"isolinux/menu.cfg", "include isolinux.cfg\ninclude menu.cfg\nlabel a\nkernel /k\n"},
                       {"sub/deep.cfg", "label b\nlinux /k\ninitrd /i\n"},
                       {"isolinux/txt.cfg", "label c\nkernel /k\nappend only=here\n"}},
                      plain)
                     .lines(),
                 std::string("a|k||\nb|k|i|\nc|k||only=here\n"));
    }

    void spellsPathsAsTheTreeDoes() {
        QCOMPARE(isolinux("label a\nkernel VMLINUZ\nappend initrd=INITRD.IMG\n",
                          {"isolinux/vmlinuz", "isolinux/initrd.img"}),
                 std::string("a|isolinux/vmlinuz|isolinux/initrd.img|\n"));
        QCOMPARE(isolinux("label a\nkernel boot/vmlinuz\n", {"boot/vmlinuz"}), // from the root
                 std::string("a|boot/vmlinuz||\n"));
        QCOMPARE(isolinux("label a\nkernel ../../etc/passwd\n", {"etc/passwd"}), std::string());
    }

    void readsGrubEntries() {
        QCOMPARE(
            grub("set timeout=30\nmenuentry 'It''s one' --class fedora --class os {\n"
                 "  linux ($root)/k initrd=/other quiet\n  initrd /i /i2\n}\n"
                 "# menuentry \"B\" {\n# linux /b\n# }\n"
                 "menuentry --hotkey=t \"Two\" --id two { linuxefi /k a\\ b LABEL=A\\x20B; initrdefi /i; }\n"
                 "menuentry 'Memory' {\n linux16 /k\n}\n",
                 plain),
            std::string("Its one|k|i,i2|quiet\nTwo|k|i|\"a b\" LABEL=A\\x20B\nMemory|k||\n"));
    }

    void fillsInWhatTheScriptSets() {
        QCOMPARE(grub("set where=/dir\nif [ x = y ]; then set cmd=linux ; else set cmd=multiboot ; fi\n"
                      "opts=\"two words\"\nmenuentry \"With ${name}title\" {\n $cmd $where/k $opts done\n"
                      " initrd $where/i\n}\n",
                      {"dir/k", "dir/i"}),
                 std::string("With title|dir/k|dir/i|\"two words\" done\n"));
    }

    void leavesOutWhatOnlyARunningGrubKnows() {
        QCOMPARE(grub("probe --set=uuid -u $root\nread answer\n"
                      "menuentry a {\n linux /k uuid=$uuid\n}\nmenuentry b {\n linux /$answer\n}\n"
                      "menuentry c {\n linux /k cpu=$grub_cpu\n}\nfor x in 1 2; do\nmenuentry \"d $x\" {\n "
                      "linux /k\n}\n"
                      "done\nmenuentry e {\n linux /k findiso=${iso_path} ok\n}\n"
                      "search --set=part --label X\nmenuentry f {\n linux ($part)/k\n}\n",
                      plain),
                 std::string("e|k||ok\nf|k||\n"));
    }

    void theFirstBranchCounts() {
        QCOMPARE(grub("menuentry a {\n if cpuid -l; then\n  linux /k 64\n  initrd /i\n else\n  linux /i2 32\n"
                      "  initrd /i2\n fi\n}\n",
                      plain),
                 std::string("a|k|i|64\n"));
    }

    void leavesOtherSystemsOut() {
        QCOMPARE(grub("menuentry a {\n chainloader /k\n}\nmenuentry b {\n multiboot2 /k\n module2 /i\n}\n"
                      "menuentry c {\n linux /gone\n}\nmenuentry d {\n linux /k\n initrd /gone\n}\n"
                      "menuentry e {\n exit\n}\n",
                      plain),
                 std::string());
    }

    void followsSourcedFiles() {
        QCOMPARE(
            Tree({{"EFI/BOOT/grub.cfg", "search --file --set=root /.disk/info\n"
                                        "set prefix=($root)/boot/grub\nsource $prefix/x86_64-efi/grub.cfg\n"},
                  {"boot/grub/x86_64-efi/grub.cfg", "configfile /boot/grub/main.cfg\n"},
                  {"boot/grub/main.cfg", "source /boot/grub/main.cfg\nmenuentry a {\n linux /k\n}\n"}},
                 plain)
                .lines(),
            std::string("a|k||\n"));
    }

    void mergesTheMenusOfBothFirmwares() {
        const std::string bios = "label a\nmenu label ^Install\nkernel /k\nappend initrd=/i vga=788\n"
                                 "label b\nmenu label Rescue\nkernel /k\nappend rescue\n";
        const std::string uefi = "menuentry '... Install' {\n linux /k\n initrd /i\n}\n"
                                 "menuentry 'Rescue mode' {\n linux /k rescue\n}\n"
                                 "menuentry 'Only here' {\n linux /k uefi\n}\n";
        QCOMPARE(
            Tree({{"isolinux/isolinux.cfg", bios}, {"boot/grub/grub.cfg", uefi}, {"EFI/BOOT/grub.cfg", uefi}},
                 plain)
                .lines(),
            std::string("Install|k|i|vga=788\nRescue|k||rescue\nOnly here|k||uefi\n"));
    }

    void tellsEntriesOfOneTitleApartByTheirSubmenu() {
        QCOMPARE(grub("menuentry 'Install' {\n linux /k\n}\nsubmenu 'Dark theme ...' {\n"
                      " menuentry 'Install' {\n  linux /k theme=dark\n }\n menuentry Other {\n  linux /k o\n "
                      "}\n}\n",
                      plain),
                 std::string("Install|k||\nDark theme ...: Install|k||theme=dark\nOther|k||o\n"));
        QCOMPARE(isolinux("label a\nmenu label Install\nkernel /k\nmenu begin ^More\nmenu title More of it\n"
                          "label b\nmenu label Install\nkernel /k\nappend b\nmenu end\n",
                          plain),
                 std::string("Install|k||\nMore of it: Install|k||b\n"));
    }

    void keepsAtMost64() {
        std::string menu;
        for (int i = 0; i < 200; ++i)
            menu += "label " + std::to_string(i) + "\nkernel /k\nappend n=" + std::to_string(i) + "\n";
        QCOMPARE(Tree({{"isolinux/isolinux.cfg", menu}}, plain).read().entries.size(), std::size_t{64});
    }

    void growsNoLargerThanItsText() {
        std::string script = "set a=xxxxxxxxxx\n";
        for (int i = 0; i < 100; ++i)
            script += "set a=$a$a\n";
        script += "menuentry a {\n linux /k $a\n}\nmenuentry b {\n linux /k\n}\n";
        QCOMPARE(grub(script, plain), std::string("b|k||\n"));
    }

    void splitsGrubScripts_data() {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QByteArray>("commands");
        QTest::newRow("words") << QByteArray("a b\nc;d") << QByteArray("[a|b][c][d]");
        QTest::newRow("quotes") << QByteArray("a 'b c' \"d $e\" f'g'") << QByteArray("[a|b c|d $e|fg]");
        QTest::newRow("escapes") << QByteArray("a\\ b \\$c \"\\\"\" d\\\ne") << QByteArray("[a b|$c|\"|de]");
        QTest::newRow("variables") << QByteArray("$a${b}c $ ${x") << QByteArray("[$a$bc|$|${x]");
        QTest::newRow("blocks") << QByteArray("a { b }\n'{' c") << QByteArray("[a{][b][}][{|c]");
        QTest::newRow("comment") << QByteArray("# a\nb#c # d") << QByteArray("[b#c]");
        QTest::newRow("translated") << QByteArray("a $\"b\"") << QByteArray("[a|b]");
        QTest::newRow("open quote") << QByteArray("a 'b") << QByteArray("[a|b]");
        QTest::newRow("nothing") << QByteArray(" \n;;\n") << QByteArray();
    }
    void splitsGrubScripts() {
        QFETCH(QByteArray, script);
        QFETCH(QByteArray, commands);
        std::string got;
        for (const GrubCommand& command : parseGrubScript(script.toStdString())) {
            std::string words;
            for (const GrubWord& word : command.words) {
                words += words.empty() ? "" : "|";
                for (const GrubPart& part : word)
                    words += (part.isVariable ? "$" : "") + part.text;
            }
            got += "[" + words + (command.opensBlock ? "{" : "") + (command.closesBlock ? "}" : "") + "]";
        }
        QCOMPARE(got, commands.toStdString());
    }

    void knowsWhatNeedsItsMedium_data() {
        QTest::addColumn<QByteArray>("kernel");
        QTest::addColumn<QByteArray>("arguments");
        QTest::addColumn<bool>("starts");
        QTest::newRow("memory test") << QByteArray("boot/memtest") << QByteArray() << true;
        QTest::newRow("installer") << QByteArray("linux") << QByteArray("vga=788 --- quiet") << true;
        QTest::newRow("live-boot") << QByteArray("live/vmlinuz") << QByteArray("boot=live") << false;
        QTest::newRow("elsewhere") << QByteArray("boot/vmlinuz") << QByteArray("boot=live toram") << false;
        QTest::newRow("casper") << QByteArray("casper/vmlinuz") << QByteArray("quiet ---") << false;
        QTest::newRow("dracut") << QByteArray("k") << QByteArray("root=live:CDLABEL=X quiet") << false;
        QTest::newRow("archiso") << QByteArray("k") << QByteArray("archisobasedir=a archisolabel=X") << false;
        QTest::newRow("Anaconda") << QByteArray("k") << QByteArray("inst.stage2=hd:LABEL=X") << false;
    }
    void knowsWhatNeedsItsMedium() {
        QFETCH(QByteArray, kernel);
        QFETCH(QByteArray, arguments);
        QFETCH(bool, starts);
        QCOMPARE(startsByNetwork({"t", kernel.toStdString(), {}, arguments.toStdString()}), starts);
    }

    void readsWhatElseAMenuTells() {
        QCOMPARE(installedTitleOf("menu label ^Install Rocky Linux 9.4\n"), std::string("Rocky Linux 9.4"));
        QCOMPARE(installedTitleOf("menu title Welcome to CentOS 6.10!\n"), std::string("CentOS 6.10"));
        QCOMPARE(installedTitleOf("menuentry 'Install Fedora 40' --class fedora {\n"),
                 std::string("Fedora 40"));
        QCOMPARE(installedTitleOf("# menu label Install A 1\nlabel install 2\nmenu label Install\n"),
                 std::string());
        QCOMPARE(argumentOf("# hostname=no\nappend boot=live hostname=kali quiet\n", "hostname"),
                 std::string("kali"));
        QCOMPARE(argumentOf("append hostnames=x", "hostname"), std::string());
    }
};

QTEST_APPLESS_MAIN(TestBootMenu)
#include "tst_BootMenu.moc"
