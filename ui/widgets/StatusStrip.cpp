#include "ui/widgets/StatusStrip.h"

#include "ui/Theme.h"
#include "ui/text/Quantities.h"
#include "ui/text/Words.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/ServiceDot.h"
#include "ui/widgets/Sparkline.h"

#include <QHBoxLayout>

namespace rackmuster::ui {

using engine::ServiceState;

StatusStrip::StatusStrip(Workbench& workbench, const Theme& theme, QWidget* parent)
    : QFrame(parent), m_workbench(workbench), m_dhcp(new ServiceDot(theme)), m_tftp(new ServiceDot(theme)),
      m_http(new ServiceDot(theme)), m_capture(new ServiceDot(theme)), m_line(new Sparkline(theme)),
      m_rate(plainLabel({}, "muted")), m_summary(plainLabel({}, "muted")) {
    setObjectName(QStringLiteral("statusStrip"));
    setProperty("role", QStringLiteral("foot"));
    setFixedHeight(32);
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(metrics::large, 0, metrics::large, 0);
    layout->setSpacing(metrics::large + 2);
    m_dhcp->setObjectName(QStringLiteral("dhcpDot"));
    m_tftp->setObjectName(QStringLiteral("tftpDot"));
    m_http->setObjectName(QStringLiteral("httpDot"));
    m_capture->setObjectName(QStringLiteral("captureDot"));
    for (ServiceDot* const dot : {m_dhcp, m_tftp, m_http, m_capture})
        layout->addWidget(dot);
    layout->addStretch();
    layout->addWidget(m_line);
    layout->addWidget(m_rate);
    layout->addWidget(m_summary);
    connect(&workbench, &Workbench::servicesChanged, this, &StatusStrip::refresh);
    connect(&workbench.machines(), &MachineModel::changed, this, [this] { m_summary->setText(summary()); });
    connect(&m_clock, &QTimer::timeout, this, &StatusStrip::measure);
    m_bytes = workbench.services().bytesSent;
    m_sinceMeasured.start();
    m_clock.start(std::chrono::seconds(1));
    refresh();
}

void StatusStrip::refresh() {
    const engine::ServicesInfo& services = m_workbench.services();
    const auto show = [](ServiceDot& dot, const QString& name, ServiceState state, const QString& running) {
        const QString detail = state == ServiceState::Running ? running : serviceWord(state);
        dot.setContent(serviceTone(state), QStringLiteral("%1 %2").arg(name, detail));
    };
    show(*m_dhcp, QStringLiteral("DHCP"), services.dhcp, tr("%n lease(s)", nullptr, services.leases));
    show(*m_tftp, QStringLiteral("TFTP"), services.tftp, QString::number(services.tftpTransfers));
    show(*m_http, QStringLiteral("HTTP"), services.http, QString::number(services.httpTransfers));
    show(*m_capture, tr("Capture"), services.capture, tr("%1 dropped").arg(services.captureDropped));
    m_summary->setText(summary());
    m_line->setVisible(services.isRunning);
    m_rate->setVisible(services.isRunning);
}

void StatusStrip::measure() {
    const engine::ServicesInfo& services = m_workbench.services();
    const double seconds = static_cast<double>(m_sinceMeasured.restart()) / 1000.0;
    const quint64 sent =
        services.bytesSent >= m_bytes ? services.bytesSent - m_bytes : 0; // a restart counts anew
    m_bytes = services.bytesSent;
    const double rate = seconds > 0 ? static_cast<double>(sent) / seconds : 0;
    if (services.isRunning)
        m_line->append(rate);
    m_rate->setText(rateText(rate));
}

QString StatusStrip::summary() const {
    MachineModel& machines = m_workbench.machines();
    const int all = machines.count(MachineGroup::All);
    if (all == 0)
        return {};
    return tr("%1 of %2 done").arg(machines.count(MachineGroup::Done)).arg(all);
}

} // namespace rackmuster::ui
