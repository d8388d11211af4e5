#include "core/engine/SwitchForm.h"
#include "ui/Theme.h"
#include "ui/widgets/PortsDialog.h"

#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTableWidget>
#include <QTest>
#include <QTranslator>

using namespace rackmuster;
using engine::PortSettings;
using engine::SwitchAccess;
using ui::PortsDialog;

namespace {

SwitchAccess access(const engine::SwitchForm& form, const SwitchAccess& before = {}) {
    return engine::fromForm(form, before).value();
}

PortSettings settings() {
    SwitchAccess cisco;
    cisco.vlans = {20, 30};
    return {QStringLiteral("# cabled from the left\n7 Gi1/0/9\nwhat?\nGi1/0/{slot}"),
            {access({QStringLiteral("10.0.0.2"), QStringLiteral("rack-read"), {}, {}, {}}, cisco),
             access({QStringLiteral("sw2.example:1161"),
                     {},
                     QStringLiteral("operator"),
                     QStringLiteral("authentic1"),
                     QStringLiteral("private123")})},
            6};
}

} // namespace

/// With RACKMUSTER_PICTURES=DIR the pictures of the dialog stay in DIR.
class PortsDialogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_dialog = std::make_unique<PortsDialog>(settings(), m_theme, nullptr);
        m_dialog->setAttribute(Qt::WA_DeleteOnClose, false);
    }
    void cleanup() { m_dialog.reset(); }

    void whatIsNotChangedStays();
    void aLineThatIsNotUnderstoodIsMarkedAndTold();
    void aSwitchThatCannotBeAskedIsNotApplied();
    void switchesComeAndGo();
    void secretsAreNotShown();
    void isDrawnInEveryLook_data();
    void isDrawnInEveryLook();

private:
    template <typename T>
    [[nodiscard]] T* find(const char* name) const {
        return m_dialog->findChild<T*>(QLatin1String(name));
    }

    ui::Theme m_theme{*qApp};
    std::unique_ptr<PortsDialog> m_dialog;
};

void PortsDialogTest::whatIsNotChangedStays() {
    QVERIFY(m_dialog->settings() == settings()); // VLANs and uplinks, too
    QVERIFY(find<QPushButton>("formAccept")->isEnabled());
}

void PortsDialogTest::aLineThatIsNotUnderstoodIsMarkedAndTold() {
    auto* const map = find<QPlainTextEdit>("portMap");
    QCOMPARE(map->extraSelections().size(), 1);
    QCOMPARE(map->extraSelections().front().cursor.selectedText(), QStringLiteral("what?"));
    QVERIFY(find<QLabel>("portMapProblem")->text().contains(QLatin1Char('3')));
    QVERIFY(find<QPushButton>("formAccept")->isEnabled()); // the others count
    map->setPlainText(QStringLiteral("7 Gi1/0/9"));
    QVERIFY(map->extraSelections().isEmpty());
    QCOMPARE(find<QLabel>("portMapProblem")->text(), QString());
}

void PortsDialogTest::aSwitchThatCannotBeAskedIsNotApplied() {
    auto* const table = find<QTableWidget>("switchTable");
    auto* const apply = find<QPushButton>("formAccept");
    table->item(1, 3)->setText(QStringLiteral("short"));
    QVERIFY(!apply->isEnabled());
    table->item(1, 3)->setText(QStringLiteral("authentic2"));
    QVERIFY(apply->isEnabled());
    QCOMPARE(m_dialog->settings().switches[1].user.authenticationPassword, std::string("authentic2"));
    table->item(0, 0)->setText(QStringLiteral("10.0.0.2:port"));
    QVERIFY(!apply->isEnabled());
    QVERIFY(find<QLabel>("formProblem")->text().contains(QStringLiteral("10.0.0.2:port")));
}

void PortsDialogTest::switchesComeAndGo() {
    auto* const table = find<QTableWidget>("switchTable");
    table->setCurrentCell(0, 0);
    find<QPushButton>("removeSwitch")->click();
    QCOMPARE(m_dialog->settings().switches.size(), std::size_t(1));
    QVERIFY(m_dialog->settings().switches[0] == settings().switches[1]);
    find<QPushButton>("addSwitch")->click();
    QVERIFY(!find<QPushButton>("formAccept")->isEnabled()); // it has no address yet
    table->item(1, 0)->setText(QStringLiteral("10.0.0.3"));
    QVERIFY(find<QPushButton>("formAccept")->isEnabled());
    QCOMPARE(m_dialog->settings().switches[1].community, std::string("public"));
}

void PortsDialogTest::secretsAreNotShown() {
    auto* const table = find<QTableWidget>("switchTable");
    for (const int column : {1, 3, 4}) {
        auto* const delegate = qobject_cast<QStyledItemDelegate*>(table->itemDelegateForColumn(column));
        QVERIFY(delegate != nullptr);
        QVERIFY(!delegate->displayText(QStringLiteral("rack-read"), QLocale()).contains(QLatin1Char('r')));
    }
}

void PortsDialogTest::isDrawnInEveryLook_data() {
    QTest::addColumn<QString>("language");
    QTest::addColumn<bool>("isDark");
    for (const QString& language : {QStringLiteral("en"), QStringLiteral("zh_CN")}) {
        for (const bool isDark : {false, true})
            QTest::addRow("ports-%s-%s", qPrintable(language), isDark ? "dark" : "light")
                << language << isDark;
    }
}

void PortsDialogTest::isDrawnInEveryLook() {
    QFETCH(QString, language);
    QFETCH(bool, isDark);
    QTranslator translator;
    QVERIFY(translator.load(QStringLiteral(":/i18n/rackmuster_%1.qm").arg(language)));
    QVERIFY(QCoreApplication::installTranslator(&translator));
    m_theme.setMode(isDark ? ui::ThemeMode::Dark : ui::ThemeMode::Light);
    PortsDialog dialog(settings(), m_theme, nullptr);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog));
    for (const QLabel* const label : dialog.findChildren<QLabel*>()) {
        if (label->isVisible() && label->wordWrap() && !label->text().isEmpty())
            QVERIFY2(label->heightForWidth(label->width()) <= label->height(), qPrintable(label->text()));
    }
    if (const QString folder = qEnvironmentVariable("RACKMUSTER_PICTURES"); !folder.isEmpty())
        QVERIFY(dialog.grab().save(
            QStringLiteral("%1/%2.png").arg(folder, QLatin1String(QTest::currentDataTag()))));
}

QTEST_MAIN(PortsDialogTest)
#include "tst_PortsDialog.moc"
