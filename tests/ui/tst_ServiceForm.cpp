#include "ui/widgets/ServiceForm.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QTest>

using namespace rackmuster;
using ui::ServiceForm;

namespace {

engine::ServiceSettings unusual() {
    engine::ServiceSettings settings;
    settings.interface = QStringLiteral("rack0");
    settings.range = *Ipv4Range::parse("192.168.0.100-192.168.0.199");
    settings.leaseSeconds = 1234;
    settings.gateway = Ipv4Address(192, 168, 0, 1);
    settings.dns = {Ipv4Address(192, 168, 0, 2), Ipv4Address(192, 168, 0, 3)};
    settings.httpPort = 8080;
    settings.syslogPort = 0;
    settings.checksAddresses = false;
    settings.toleratesOtherServers = true;
    settings.proxyStyle = boot::ProxyStyle::BootServer;
    settings.answersOnlyApproved = true;
    settings.isAuthoritative = true;
    return settings;
}

} // namespace

class ServiceFormTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsWhatItWasShown();
    void emptyFieldsAreComputed();
    void offersOnlyWhatMattersInAMode();
    void saysWhatIsNoAddress();
};

void ServiceFormTest::keepsWhatItWasShown() {
    ServiceForm form;
    for (const boot::DhcpMode mode : {boot::DhcpMode::Own, boot::DhcpMode::Proxy, boot::DhcpMode::Off}) {
        engine::ServiceSettings settings = unusual();
        settings.dhcpMode = mode;
        form.showSettings(settings);
        const auto typed = form.settings(settings.interface);
        QVERIFY(typed);
        QCOMPARE(*typed, settings);
    }
}

void ServiceFormTest::emptyFieldsAreComputed() {
    ServiceForm form;
    form.showSettings(unusual());
    for (const char* const name : {"dhcpRange", "quarantineRange", "gateway", "dns"})
        form.findChild<QLineEdit*>(QLatin1String(name))->clear();
    const auto typed = form.settings(QStringLiteral("rack0"));
    QVERIFY(typed && !typed->range && !typed->quarantine && !typed->gateway && typed->dns.empty());
}

void ServiceFormTest::offersOnlyWhatMattersInAMode() {
    ServiceForm form;
    const auto* const range = form.findChild<QLineEdit*>(QStringLiteral("dhcpRange"));
    const auto* const asks = form.findChild<QCheckBox*>(QStringLiteral("asksBootServer"));
    const auto* const only = form.findChild<QCheckBox*>(QStringLiteral("onlyApproved"));
    auto* const mode = form.findChild<QComboBox*>(QStringLiteral("dhcpMode"));
    const auto choose = [mode](boot::DhcpMode to) {
        mode->setCurrentIndex(mode->findData(static_cast<int>(to)));
    };
    choose(boot::DhcpMode::Own);
    QVERIFY(range->isEnabled() && !asks->isEnabled() && only->isEnabled());
    choose(boot::DhcpMode::Proxy);
    QVERIFY(!range->isEnabled() && asks->isEnabled() && only->isEnabled());
    choose(boot::DhcpMode::Off);
    QVERIFY(!range->isEnabled() && !asks->isEnabled() && !only->isEnabled());
}

void ServiceFormTest::saysWhatIsNoAddress() {
    ServiceForm form;
    form.findChild<QLineEdit*>(QStringLiteral("gateway"))->setText(QStringLiteral("192.168.0.256"));
    const auto typed = form.settings(QStringLiteral("rack0"));
    QVERIFY(!typed && typed.error().contains(QStringLiteral("192.168.0.256")));
}

QTEST_MAIN(ServiceFormTest)
#include "tst_ServiceForm.moc"
