#include "tests/ui/LibraryWindow.h"
#include "tests/unit/ui/WireSamples.h"
#include "ui/rack/SheetActs.h"

#include <QAction>
#include <QClipboard>
#include <QDir>
#include <QGuiApplication>
#include <QLibraryInfo>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QTableView>
#include <QTest>
#include <QTranslator>

#include <algorithm>

using namespace rackmuster;
using namespace rackmuster::tests;

/// Draws the library with images in six states, and the network with what is on the wire, in every language
/// and palette, without a word cut off. With RACKMUSTER_PICTURES=DIR the pictures stay in DIR.
class PicturesTest : public QObject, private LibraryWindow {
    Q_OBJECT

private Q_SLOTS:
    void drawsTheLibrary_data();
    void drawsTheLibrary();
    void drawsTheNetwork_data();
    void drawsTheNetwork();
    void drawsTheMachines_data() { addLooks("machines"); }
    void drawsTheMachines();
    void drawsATypedMachine_data() { addLooks("typed"); }
    void drawsATypedMachine();
    void drawsTheQuestionOfAPaste_data() { addLooks("paste"); }
    void drawsTheQuestionOfAPaste();
    void drawsTheRollCall_data() { addLooks("rollcall"); }
    void drawsTheRollCall();
    void drawsTheRack_data() { addLooks("rack"); }
    void drawsTheRack();
    void drawsSeveralRacks_data() { addLooks("racks"); }
    void drawsSeveralRacks();
    void callsTheRollOfSeveralRacks_data() { addLooks("rollcall-racks"); }
    void callsTheRollOfSeveralRacks();
    void cleanup() { close(); }

private:
    static void addLooks(const char* page);
    /// A rack in mixed states, the newest two machines in an order that is uncertain.
    static void bringToToday(std::vector<engine::MachineRow>& rows);
    void fillRack() const;
    void tell(const engine::MachineUpdate& update) const;
    /// Racks with a machine in every state of the table of looks, and two without a slot.
    void fillWithEveryState(const roster::RackLayout& layout = {}) const;
    [[nodiscard]] static roster::RackLayout threeRacks();
    void checkTheRollCall(const QString& next) const;
    void speak(const QString& language);
    void openInItsLook();
    void fill() const;
    [[nodiscard]] bool isAllShown() const;
    void checkThatNoWordIsCut() const;
    void keepPicture() const { keepPicture(*m_window); }
    static void keepPicture(QWidget& widget);

    QTranslator m_program;
    QTranslator m_qt;
};

void PicturesTest::speak(const QString& language) {
    QLocale::setDefault(QLocale(language));
    QCoreApplication::removeTranslator(&m_program);
    QCoreApplication::removeTranslator(&m_qt);
    if (m_qt.load(QLocale(language), QStringLiteral("qtbase"), QStringLiteral("_"),
                  QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qt);
    QVERIFY(m_program.load(QStringLiteral(":/i18n/rackmuster_%1.qm").arg(language)));
    QVERIFY(QCoreApplication::installTranslator(&m_program));
}

/// In the language, the colours and the size of the row.
void PicturesTest::openInItsLook() {
    QFETCH(QString, language);
    QFETCH(bool, isDark);
    QFETCH(QSize, size);
    speak(language);
    open();
    m_theme->setMode(isDark ? ui::ThemeMode::Dark : ui::ThemeMode::Light);
    m_window->resize(size);
}

/// As if the engine had found all this.
void PicturesTest::fill() const {
    Q_EMIT engine().imagesChanged(
        {verifiedImage(), refusedImage(), verifyingImage(), copyingImage(), goneImage(), mismatchedImage()});
    engine::ServicesInfo services;
    services.dhcp = services.tftp = services.http = services.capture = engine::ServiceState::Running;
    services.isRunning = true;
    services.interface = QStringLiteral("enp0s31f6");
    services.address = Ipv4Address(192, 168, 0, 251);
    services.prefixLength = 24;
    services.leases = 2;
    services.httpTransfers = 2;
    Q_EMIT engine().servicesChanged(services);
    Q_EMIT engine().profilesChanged({}, {}, verifiedImage().id);
    std::vector<engine::MachineRow> rows{installingRow(1, roster::Stage::Packages),
                                         installingRow(2, roster::Stage::Kernel)};
    for (engine::MachineRow& row : rows)
        row.machine.assigned.imageId = goneImage().id.toStdString();
    Q_EMIT engine().machinesChanged(updateOf(std::move(rows)));
    Q_EMIT engine().foldersChanged({{QStringLiteral("drivers"),
                                     QStringLiteral("/home/operator/drivers"),
                                     QStringLiteral("http://192.168.0.251/f/drivers/"),
                                     {}}});
}

bool PicturesTest::isAllShown() const {
    const auto count = [this](const char* name) {
        const QList<QWidget*> found = m_window->findChildren<QWidget*>(QLatin1String(name));
        return std::count_if(found.begin(), found.end(),
                             [](const QWidget* widget) { return widget->isVisible(); });
    };
    const QWidget* const content = find<QScrollArea>("imagesScroll")->widget();
    const bool isHighEnough = content->height() >= content->heightForWidth(content->width());
    return count("imageCard") == 6 && count("folderRow") == 1 && isHighEnough;
}

void PicturesTest::drawsTheLibrary_data() {
    QTest::addColumn<QString>("language");
    QTest::addColumn<bool>("isDark");
    QTest::addColumn<QSize>("size");
    for (const QString& language : {QStringLiteral("en"), QStringLiteral("zh_CN")}) {
        for (const bool isDark : {false, true})
            QTest::addRow("images-%s-%s", qPrintable(language), isDark ? "dark" : "light")
                << language << isDark << QSize(1440, 900);
    }
    QTest::newRow("images-en-light-1024x700") << QStringLiteral("en") << false << QSize(1024, 700);
    QTest::newRow("images-en-light-3840x2160") << QStringLiteral("en") << false << QSize(3840, 2160);
    QTest::newRow("images-zh_CN-light-1024x700") << QStringLiteral("zh_CN") << false << QSize(1024, 700);
}

void PicturesTest::drawsTheLibrary() {
    openInItsLook();
    fill();
    QTRY_VERIFY(isAllShown());
    checkThatNoWordIsCut();
    keepPicture();
}

void PicturesTest::drawsTheNetwork_data() {
    QTest::addColumn<QString>("language");
    QTest::addColumn<bool>("isDark");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("isHeard");
    for (const QString& language : {QStringLiteral("en"), QStringLiteral("zh_CN")}) {
        for (const bool isDark : {false, true})
            QTest::addRow("network-%s-%s", qPrintable(language), isDark ? "dark" : "light")
                << language << isDark << QSize(1440, 900) << true;
        QTest::addRow("network-%s-light-1024x700", qPrintable(language))
            << language << false << QSize(1024, 700) << true;
        QTest::addRow("network-%s-light-silent", qPrintable(language))
            << language << false << QSize(1440, 900) << false;
    }
}

void PicturesTest::drawsTheNetwork() {
    QFETCH(bool, isHeard);
    openInItsLook();
    fill();
    Q_EMIT engine().wireChanged(isHeard ? rackWire() : engine::WireInfo());
    m_window->showPage(ui::PageName::Network);
    const char* const shown = isHeard ? "neighbourTable" : "neighboursEmpty";
    QTRY_VERIFY(find<QWidget>(shown)->isVisible() && find<QWidget>("wireSentences")->isVisible());
    checkThatNoWordIsCut();
    keepPicture();
}

void PicturesTest::addLooks(const char* page) {
    QTest::addColumn<QString>("language");
    QTest::addColumn<bool>("isDark");
    QTest::addColumn<QSize>("size");
    for (const QString& language : {QStringLiteral("en"), QStringLiteral("zh_CN")}) {
        for (const bool isDark : {false, true})
            QTest::addRow("%s-%s-%s", page, qPrintable(language), isDark ? "dark" : "light")
                << language << isDark << QSize(1440, 900);
        QTest::addRow("%s-%s-light-1024x700", page, qPrintable(language))
            << language << false << QSize(1024, 700);
    }
}

/// Rows are made for the first hour of 1970, which would show as half a million hours ago.
void PicturesTest::bringToToday(std::vector<engine::MachineRow>& rows) {
    const auto now = std::chrono::floor<WallTime::duration>(WallTime::clock::now());
    const auto shift = now - WallTime(std::chrono::seconds(1200));
    for (engine::MachineRow& row : rows) {
        for (auto* const time : {&row.machine.firstSeen, &row.machine.stageSince}) {
            if (*time)
                **time += shift;
        }
        if (row.machine.ticket)
            row.machine.ticket->minted = now - std::chrono::minutes(3);
    }
}

void PicturesTest::fillRack() const {
    std::vector<engine::MachineRow> rows;
    for (int slot = 1; slot <= 12; ++slot) {
        rows.push_back(slot <= 8 ? installingRow(slot, static_cast<roster::Stage>(slot + 4))
                                 : waitingRow(slot));
        rows.back().vendor = QStringLiteral("Dell Inc.");
        rows.back().imageName = QStringLiteral("Rocky Linux 9.4");
        rows.back().profileName = QStringLiteral("minimal");
    }
    rows[10].machine.orderUncertainWith = {rows[11].machine.mac};
    rows[11].machine.orderUncertainWith = {rows[10].machine.mac};
    bringToToday(rows);
    const WallTime now = std::chrono::time_point_cast<WallTime::duration>(WallTime::clock::now());
    rows[10].machine.firstSeen = now - std::chrono::milliseconds(21'400);
    rows[11].machine.firstSeen = now - std::chrono::seconds(21);
    rows[3].isHostnamePinned = true;
    rows[3].hostname = QStringLiteral("db-01");
    rows[5].machine.problem = Error{ErrorCode::EndUnreported, {}, {}};
    engine::MachineUpdate update = updateOf(std::move(rows));
    update.cursor = 13;
    update.layout.firstAddress = Ipv4Address(10, 0, 0, 1);
    tell(update);
}

/// As if the engine did, which says the same by itself then.
void PicturesTest::tell(const engine::MachineUpdate& update) const {
    engine().submit(roster::MoveCursor{update.cursor});
    QTRY_COMPARE(m_workbench->machines().cursor(), update.cursor);
    Q_EMIT engine().machinesChanged(update);
}

void PicturesTest::drawsTheMachines() {
    openInItsLook();
    fill();
    fillRack();
    m_window->showPage(ui::PageName::Machines);
    QTRY_COMPARE(m_workbench->machines().rowCount(), 12);
    keepPicture();
}

void PicturesTest::drawsATypedMachine() {
    openInItsLook();
    fillRack();
    m_window->showPage(ui::PageName::Machines);
    QTRY_COMPARE(m_workbench->machines().rowCount(), 12);
    find<QAction>("planMachine")->trigger();
    find<QLineEdit>("machineMac")->setText(QStringLiteral("5254.0000.0003"));
    keepPicture(*find<QWidget>("machineDialog"));
}

void PicturesTest::drawsTheQuestionOfAPaste() {
    openInItsLook();
    fillRack();
    m_window->showPage(ui::PageName::Machines);
    QTRY_COMPARE(m_workbench->machines().rowCount(), 12);
    auto& table = *find<QTableView>("machineTable");
    table.selectRow(11);
    QGuiApplication::clipboard()->setText(QStringLiteral("12\n47\n48\n"));
    table.setFocus();
    QTest::keyClick(&table, Qt::Key_V, Qt::ControlModifier);
    auto* const question = find<QWidget>("extraRowsBox");
    QVERIFY(question);
    keepPicture(*question);
}

void PicturesTest::drawsTheRollCall() {
    openInItsLook();
    fillRack();
    checkTheRollCall(QStringLiteral("13"));
}

void PicturesTest::callsTheRollOfSeveralRacks() {
    openInItsLook();
    fillWithEveryState(threeRacks());
    checkTheRollCall(QStringLiteral("R3-04"));
}

void PicturesTest::checkTheRollCall(const QString& next) const {
    QFETCH(QSize, size);
    find<QPushButton>("rollCallButton")->click();
    m_window->showNormal(); // a picture of its own size
    m_window->resize(size);
    QTRY_COMPARE(find<QLabel>("rollCallSlot")->text(), next);
    QTRY_COMPARE(m_window->size(), size);
    QVERIFY(find<QWidget>("rollCallDoubt")->isVisible());
    for (const QLabel* const label : find<QWidget>("rollCall")->findChildren<QLabel*>()) {
        if (label->isVisible() && !label->wordWrap())
            QTRY_VERIFY2(label->sizeHint().width() <= label->width(), qPrintable(label->text()));
    }
    checkThatNoWordIsCut();
    keepPicture();
}

roster::RackLayout PicturesTest::threeRacks() {
    roster::RackLayout layout;
    layout.rackCount = 3;
    layout.slotCount = 14;
    layout.namePattern = "r{rack:02}-n{slot:02}";
    layout.rackAddressStep = 256;
    return layout;
}

void PicturesTest::fillWithEveryState(const roster::RackLayout& layout) const {
    using roster::Stage;
    std::vector<engine::MachineRow> rows;
    for (int slot = 1; slot <= 30; ++slot)
        rows.push_back(installingRow(slot, static_cast<Stage>(std::min(3 + slot / 2, 12))));
    for (int index = 0; index < 6; ++index) {
        rows[static_cast<std::size_t>(index)].machine.isDone = true;
        rows[static_cast<std::size_t>(index)].machine.ticket->isSpent = true;
        rows[static_cast<std::size_t>(index)].machine.stage = index == 5 ? Stage::LocalBoot : Stage::Done;
    }
    rows[7].machine.problem = Error{ErrorCode::EndUnreported, {}, {}};
    for (std::size_t index = 24; index < 30; ++index)
        rows[index] = waitingRow(static_cast<int>(index) + 1);
    rows[22].machine.ticket->isFetched = false;
    rows[22].machine.stage = Stage::Parked;
    rows[24].machine.approval = roster::Approval::Refused;
    rows[25].machine.stage = Stage::Seen;
    rows[26].machine = roster::Machine(rows[26].machine.mac);
    rows[26].machine.slot = 27; // planned
    rows[28].machine.orderUncertainWith = {rows[29].machine.mac};
    rows[29].machine.orderUncertainWith = {rows[28].machine.mac};
    rows[3].isHostnamePinned = true;
    rows[3].hostname = QStringLiteral("database-primary-01.hall-b.example.net");
    for (const int number : {61, 62}) {
        rows.push_back(waitingRow(number));
        rows.back().machine.slot.reset();
        rows.back().hostname.clear();
        rows.back().address.reset();
    }
    bringToToday(rows);
    for (engine::MachineRow& row : rows) {
        if (row.machine.slot)
            row.slotLabel = QString::fromStdString(layout.slotLabel(*row.machine.slot));
    }
    engine::MachineUpdate update = updateOf(std::move(rows));
    update.cursor = 32;
    update.reserved = {31, 40};
    update.layout = layout;
    update.layout.firstAddress = Ipv4Address(10, 0, 0, 1);
    for (const int slot : update.reserved)
        engine().submit(roster::Reserve{slot});
    tell(update);
}

void PicturesTest::drawsTheRack() {
    openInItsLook();
    fillWithEveryState();
    m_window->showPage(ui::PageName::Rack);
    QTRY_COMPARE(m_workbench->machines().rowCount(), 32);
    checkThatNoWordIsCut();
    keepPicture();
    if (const QString folder = qEnvironmentVariable("RACKMUSTER_PICTURES"); !folder.isEmpty())
        m_window->findChild<ui::SheetActs*>()->save(
            QStringLiteral("%1/sheet-%2.png").arg(folder, QLatin1String(QTest::currentDataTag())));
}

void PicturesTest::drawsSeveralRacks() {
    openInItsLook();
    fillWithEveryState(threeRacks());
    m_window->showPage(ui::PageName::Rack);
    QTRY_COMPARE(m_workbench->machines().rowCount(), 32);
    checkThatNoWordIsCut();
    keepPicture();
    m_window->showPage(ui::PageName::Machines);
    if (const QString folder = qEnvironmentVariable("RACKMUSTER_PICTURES"); !folder.isEmpty())
        QVERIFY(m_window->grab().save(
            QStringLiteral("%1/table-%2.png").arg(folder, QLatin1String(QTest::currentDataTag()))));
}

void PicturesTest::checkThatNoWordIsCut() const {
    for (const QLabel* const label : m_window->findChildren<QLabel*>()) {
        const bool isText = label->isVisible() && !label->text().isEmpty();
        if (isText && label->objectName() == QLatin1String("imageStatus"))
            QVERIFY2(label->sizeHint().width() <= label->width(), qPrintable(label->text()));
        if (isText && label->wordWrap())
            QVERIFY2(label->heightForWidth(label->width()) <= label->height(), qPrintable(label->text()));
    }
}

void PicturesTest::keepPicture(QWidget& widget) {
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest); // what was told last has its place
    const QPixmap picture = widget.grab();
    const QString folder = qEnvironmentVariable("RACKMUSTER_PICTURES");
    if (!folder.isEmpty()) {
        QVERIFY(QDir().mkpath(folder));
        QVERIFY(
            picture.save(QStringLiteral("%1/%2.png").arg(folder, QLatin1String(QTest::currentDataTag()))));
    }
}

QTEST_MAIN(PicturesTest)
#include "tst_Pictures.moc"
