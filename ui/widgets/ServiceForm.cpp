#include "ui/widgets/ServiceForm.h"

#include "ui/Tokens.h"
#include "ui/text/PlainText.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/RowDelegate.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSpinBox>

#include <array>

namespace rackmuster::ui {

namespace {

constexpr std::array<quint32, 4> leaseChoices{3600, 28800, 86400, 604800}; // seconds

QLineEdit* fixedField(const char* name, const QString& placeholder) {
    auto* const field = new QLineEdit;
    field->setObjectName(QLatin1String(name));
    field->setFont(fixedFont());
    field->setPlaceholderText(placeholder);
    field->setMinimumWidth(250);
    return field;
}

tl::unexpected<QString> refuse(const QString& sentence) {
    return tl::unexpected<QString>(sentence);
}

template <typename Value>
QString textOf(const std::optional<Value>& value) {
    return value ? QString::fromStdString(value->toString()) : QString();
}

} // namespace

ServiceForm::ServiceForm(QWidget* parent) : QWidget(parent) {
    m_mode = new QComboBox;
    m_mode->setObjectName(QStringLiteral("dhcpMode"));
    m_mode->addItem(tr("Give addresses"), static_cast<int>(boot::DhcpMode::Own));
    m_mode->addItem(tr("Beside another DHCP server"), static_cast<int>(boot::DhcpMode::Proxy));
    m_mode->addItem(tr("Only listen and collect"), static_cast<int>(boot::DhcpMode::Off));
    m_range = fixedField("dhcpRange", tr("computed from the network"));
    m_quarantine = fixedField("quarantineRange", tr("computed from the network"));
    m_lease = new QComboBox;
    m_lease->setObjectName(QStringLiteral("leaseTime"));
    for (const quint32 seconds : leaseChoices)
        m_lease->addItem(tr("%n hour(s)", nullptr, static_cast<int>(seconds / 3600)), seconds);
    m_lease->addItem(tr("without end"));
    m_gateway = fixedField("gateway", tr("none"));
    m_dns = fixedField("dns", tr("none"));
    m_port = new QSpinBox;
    m_port->setObjectName(QStringLiteral("httpPort"));
    m_port->setRange(1, 65535);
    m_logPort = new QSpinBox;
    m_logPort->setObjectName(QStringLiteral("logPort"));
    m_logPort->setRange(0, 65535);
    m_logPort->setSpecialValueText(tr("none"));
    m_checksAddresses = new QCheckBox(tr("Ask by ARP whether an address is in use"));
    m_checksAddresses->setObjectName(QStringLiteral("checksAddresses"));
    m_toleratesOthers = new QCheckBox(tr("Start although another DHCP server answers"));
    m_toleratesOthers->setObjectName(QStringLiteral("toleratesOthers"));
    m_onlyApproved = new QCheckBox(tr("Answer approved machines only"));
    m_onlyApproved->setObjectName(QStringLiteral("onlyApproved"));
    m_onlyApproved->setToolTip(
        tr("Others get no waiting screen; they try again by themselves or not at all"));
    m_asksBootServer = new QCheckBox(tr("Let firmware ask again at port 4011"));
    m_asksBootServer->setObjectName(QStringLiteral("asksBootServer"));
    m_asksBootServer->setToolTip(tr("For firmware that takes no boot file from an offer without an address"));
    auto* const grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(metrics::large);
    grid->setVerticalSpacing(metrics::medium);
    const auto add = [grid](int row, int column, const QString& title, QWidget* field) {
        QLabel* const label = plainLabel(title, "muted");
        label->setBuddy(field);
        field->setAccessibleName(title);
        grid->addWidget(label, row, 2 * column);
        grid->addWidget(field, row, 2 * column + 1);
    };
    add(0, 0, tr("DHCP"), m_mode);
    add(1, 0, tr("Range, approved"), m_range);
    add(2, 0, tr("Range, waiting"), m_quarantine);
    add(3, 0, tr("Lease time"), m_lease);
    add(0, 1, tr("Gateway"), m_gateway);
    add(1, 1, tr("DNS servers"), m_dns);
    add(2, 1, tr("HTTP port"), m_port);
    add(3, 1, tr("Log port"), m_logPort);
    grid->addWidget(m_checksAddresses, 4, 1);
    grid->addWidget(m_toleratesOthers, 4, 3);
    grid->addWidget(m_onlyApproved, 5, 1);
    grid->addWidget(m_asksBootServer, 5, 3);
    grid->setColumnMinimumWidth(2, 90);
    grid->setColumnStretch(4, 1);
    connect(m_mode, &QComboBox::currentIndexChanged, this, &ServiceForm::followMode);
    showSettings({});
}

void ServiceForm::followMode() {
    const auto mode = static_cast<boot::DhcpMode>(m_mode->currentData().toInt());
    for (QWidget* const field : std::initializer_list<QWidget*>{m_range, m_quarantine, m_lease, m_gateway,
                                                                m_dns, m_checksAddresses, m_toleratesOthers})
        field->setEnabled(mode == boot::DhcpMode::Own);
    for (QWidget* const field : std::initializer_list<QWidget*>{m_port, m_logPort, m_onlyApproved})
        field->setEnabled(mode != boot::DhcpMode::Off);
    m_asksBootServer->setEnabled(mode == boot::DhcpMode::Proxy);
}

void ServiceForm::showSettings(const engine::ServiceSettings& settings) {
    m_shown = settings;
    m_mode->setCurrentIndex(qMax(0, m_mode->findData(static_cast<int>(settings.dhcpMode))));
    m_range->setText(textOf(settings.range));
    m_quarantine->setText(textOf(settings.quarantine));
    if (settings.leaseSeconds && m_lease->findData(*settings.leaseSeconds) < 0)
        m_lease->insertItem(m_lease->count() - 1,
                            tr("%n second(s)", nullptr, static_cast<int>(*settings.leaseSeconds)),
                            *settings.leaseSeconds);
    m_lease->setCurrentIndex(settings.leaseSeconds ? m_lease->findData(*settings.leaseSeconds)
                                                   : m_lease->count() - 1);
    m_gateway->setText(textOf(settings.gateway));
    QStringList servers;
    for (const Ipv4Address address : settings.dns)
        servers << QString::fromStdString(address.toString());
    m_dns->setText(servers.join(QStringLiteral(", ")));
    m_port->setValue(settings.httpPort);
    m_logPort->setValue(settings.syslogPort);
    m_checksAddresses->setChecked(settings.checksAddresses);
    m_toleratesOthers->setChecked(settings.toleratesOtherServers);
    m_onlyApproved->setChecked(settings.answersOnlyApproved);
    m_asksBootServer->setChecked(settings.proxyStyle == boot::ProxyStyle::BootServer);
    followMode();
}

tl::expected<engine::ServiceSettings, QString> ServiceForm::settings(const QString& interface) const {
    engine::ServiceSettings settings = m_shown;
    settings.interface = interface;
    settings.dhcpMode = static_cast<boot::DhcpMode>(m_mode->currentData().toInt());
    const std::array ranges{std::pair{m_range, &engine::ServiceSettings::range},
                            std::pair{m_quarantine, &engine::ServiceSettings::quarantine}};
    for (const auto& [field, member] : ranges) {
        const QString text = field->text().trimmed();
        (settings.*member).reset();
        if (text.isEmpty())
            continue;
        const Result<Ipv4Range> range = Ipv4Range::parse(text.toStdString());
        if (!range)
            return refuse(
                tr("“%1” is not a range such as 192.168.0.100-192.168.0.199.").arg(printable(text)));
        settings.*member = *range;
    }
    settings.leaseSeconds.reset();
    if (const QVariant seconds = m_lease->currentData(); seconds.isValid())
        settings.leaseSeconds = seconds.toUInt();
    settings.dns.clear();
    static const QRegularExpression separator(QStringLiteral("[,;\\s]+"));
    for (const QString& text : m_dns->text().split(separator, Qt::SkipEmptyParts)) {
        const Result<Ipv4Address> address = Ipv4Address::parse(text.toStdString());
        if (!address)
            return refuse(tr("“%1” is not the IPv4 address of a DNS server.").arg(printable(text)));
        settings.dns.push_back(*address);
    }
    settings.gateway.reset();
    if (const QString text = m_gateway->text().trimmed(); !text.isEmpty()) {
        const Result<Ipv4Address> address = Ipv4Address::parse(text.toStdString());
        if (!address)
            return refuse(tr("“%1” is not the IPv4 address of a gateway.").arg(printable(text)));
        settings.gateway = *address;
    }
    settings.httpPort = static_cast<quint16>(m_port->value());
    settings.syslogPort = static_cast<quint16>(m_logPort->value());
    settings.checksAddresses = m_checksAddresses->isChecked();
    settings.toleratesOtherServers = m_toleratesOthers->isChecked();
    settings.answersOnlyApproved = m_onlyApproved->isChecked();
    settings.proxyStyle =
        m_asksBootServer->isChecked() ? boot::ProxyStyle::BootServer : boot::ProxyStyle::InOffer;
    return settings;
}

} // namespace rackmuster::ui
