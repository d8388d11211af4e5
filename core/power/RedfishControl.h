#pragma once

#include "core/power/PowerControl.h"
#include "core/power/RedfishDocuments.h"

#include <QNetworkAccessManager>
#include <QPointer>
#include <QSslCertificate>
#include <QSslError>
#include <QTimer>

class QNetworkReply;

namespace rackmuster::power {

/// SHA-256 of a certificate as people compare it: "AB:CD:...".
[[nodiscard]] std::string fingerprintText(const QSslCertificate& certificate);

/// A Redfish service (DMTF DSP0266) over HTTPS with basic authentication, which is sent only when the
/// certificate is good. It follows no redirect.
class RedfishControl final : public PowerControl {
    Q_OBJECT

public:
    RedfishControl(Bmc bmc, CertificateTrust trust);
    ~RedfishControl() override;
    RedfishControl(const RedfishControl&) = delete;
    RedfishControl& operator=(const RedfishControl&) = delete;

    void perform(PowerAct act, Answer answer) override;

private:
    enum class Verb : std::uint8_t { Get, Post, Patch };
    using Next = void (RedfishControl::*)(const QByteArray& document);

    void send(Verb verb, const QString& path, const QByteArray& body, Next next);
    void watch(QNetworkReply& reply, Next next);
    void judgeCertificate(QNetworkReply& reply, const QList<QSslError>& errors);
    void receive(QNetworkReply& reply, Next next);
    [[nodiscard]] Error failureOf(QNetworkReply& reply, const QByteArray& document) const;
    void findSystem(const QByteArray& document);
    void act(const QByteArray& document);
    void confirm(const QByteArray& document);
    void finish(const Result<PowerState>& result);

    Bmc m_bmc;
    CertificateTrust m_trust;
    PowerAct m_act = PowerAct::Status;
    Answer m_answer;
    QString m_system;
    QByteArray m_etag;      ///< of the system: some services change nothing without
    std::string m_rejected; ///< the fingerprint that was not good
    QNetworkAccessManager m_network;
    QPointer<QNetworkReply> m_reply;
    QTimer m_patience;
};

} // namespace rackmuster::power
