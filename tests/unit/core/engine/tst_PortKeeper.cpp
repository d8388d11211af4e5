#include "core/engine/PortKeeper.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace rackmuster;
using engine::PortKeeper;
using engine::PortSettings;
using engine::SwitchAccess;

namespace {

MacAddress macOf(int number) {
    return MacAddress({0x3c, 0xec, 0xef, 0, 0, static_cast<std::uint8_t>(2 * number)});
}

PortSettings settings() {
    SwitchAccess user;
    user.address = "sw1.example";
    user.port = 1161;
    user.user = {"operator", switchport::Authentication::Sha256, "authentic1", switchport::Privacy::Aes256,
                 "private123"};
    user.vlans = {20, 30};
    SwitchAccess community;
    community.address = "10.0.0.2";
    community.community = "rack";
    return {QStringLiteral("# left to right\n7 Gi1/0/9\nGi1/0/{slot}\nwhat?\n"), {user, community}, 6};
}

roster::Roster rosterWith(std::initializer_list<int> numbers) {
    roster::Roster roster;
    for (const int number : numbers)
        roster.apply(
            roster::Discovered{macOf(number), WallTime(std::chrono::minutes(number)), "bios", std::nullopt},
            WallTime(std::chrono::minutes(number)));
    return roster;
}

} // namespace

class TestPortKeeper : public QObject {
    Q_OBJECT

    QTemporaryDir m_directory;
    [[nodiscard]] storage::StateDatabase open() const {
        return std::move(
            storage::StateDatabase::open(m_directory.filePath(QStringLiteral("state.db"))).value());
    }

private Q_SLOTS:
    void keepsWhatWasTyped();
    void onlyTheOwnerReadsIt();
    void refusesASwitchThatCannotBeAsked();
    void linesThatAreNotUnderstoodAreTold();
    void knowsTheSlotOfAPort();
    void portsAreWantedUntilTheyAreKnown();
    void aRelayThatSaysNothingHidesNoPort();
};

void TestPortKeeper::keepsWhatWasTyped() {
    auto database = open();
    PortKeeper keeper(database);
    QVERIFY(keeper.load());
    QVERIFY(keeper.settings() == PortSettings());
    QVERIFY(keeper.set(settings()));
    PortKeeper again(database);
    QVERIFY(again.load());
    QVERIFY(again.settings() == settings());
}

void TestPortKeeper::onlyTheOwnerReadsIt() {
    auto database = open();
    PortKeeper keeper(database);
    QVERIFY(keeper.set(settings()));
    for (const char* const name : {"state.db", "state.db-wal"}) {
        const QFileInfo file(m_directory.filePath(QString::fromLatin1(name)));
        QVERIFY(!(file.permissions() & (QFile::ReadGroup | QFile::ReadOther)));
    }
}

void TestPortKeeper::refusesASwitchThatCannotBeAsked() {
    auto database = open();
    PortKeeper keeper(database);
    QVERIFY(keeper.set(settings()));
    PortSettings wrong = settings();
    wrong.switches[0].user.authenticationPassword = "short";
    const auto set = keeper.set(wrong);
    QVERIFY(!set);
    QVERIFY(!QString::fromStdString(message(set.error())).contains(QStringLiteral("short")));
    QVERIFY(keeper.settings() == settings());
}

void TestPortKeeper::linesThatAreNotUnderstoodAreTold() {
    const auto problems = engine::portMapProblems(settings().map);
    QCOMPARE(problems.size(), std::size_t(1));
    QCOMPARE(problems.front().subject, std::string("4"));
}

void TestPortKeeper::knowsTheSlotOfAPort() {
    auto database = open();
    PortKeeper keeper(database);
    QVERIFY(keeper.set(settings()));
    QVERIFY(!keeper.slotOf(macOf(1)));
    QCOMPARE(keeper.textOf(macOf(1)), QString());
    keeper.note(macOf(1), {{}, "Gi1/0/9"});
    keeper.note(macOf(2), {"10.0.0.2", "Gi1/0/12"});
    QCOMPARE(keeper.slotOf(macOf(1)), std::optional(7));
    QCOMPARE(keeper.slotOf(macOf(2)), std::optional(12));
    QCOMPARE(keeper.textOf(macOf(2)), QStringLiteral("Gi1/0/12 @10.0.0.2"));
    keeper.forget(macOf(2));
    QVERIFY(!keeper.slotOf(macOf(2)));
}

void TestPortKeeper::portsAreWantedUntilTheyAreKnown() {
    auto database = open();
    PortKeeper keeper(database);
    roster::Roster roster = rosterWith({1, 2});
    QVERIFY(keeper.isAnyWanted(roster));
    keeper.note(macOf(1), {"10.0.0.2", "Gi1/0/1"});
    QVERIFY(keeper.isAnyWanted(roster));
    QVERIFY(roster.apply(roster::Place{macOf(2), 9}, WallTime())); // a person said where
    QVERIFY(!keeper.isAnyWanted(roster));
}

void TestPortKeeper::aRelayThatSaysNothingHidesNoPort() {
    auto database = open();
    PortKeeper keeper(database);
    QVERIFY(keeper.set(settings()));
    const roster::Roster roster = rosterWith({1});
    keeper.noteCircuit(macOf(1), "vlan10");
    QVERIFY(keeper.isAnyWanted(roster)); // the switches may know more
    keeper.note(macOf(1), {"10.0.0.2", "Gi1/0/12"});
    QVERIFY(!keeper.isAnyWanted(roster));
    keeper.noteCircuit(macOf(1), "vlan10");
    QCOMPARE(keeper.slotOf(macOf(1)), std::optional(12));
    keeper.noteCircuit(macOf(1), "Gi1/0/9");
    QCOMPARE(keeper.slotOf(macOf(1)), std::optional(7));
}

QTEST_GUILESS_MAIN(TestPortKeeper)
#include "tst_PortKeeper.moc"
