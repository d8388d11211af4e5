#include "core/power/RedfishControl.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSslConfiguration>
#include <QUrl>

#include <utility>

namespace rackmuster::power {

namespace {

/// For all requests of an act, three at most: slow BMCs take some seconds for each.
constexpr std::chrono::seconds patience{30};
constexpr qint64 longestDocument = 1 << 20; // a system has some 10 kB

QByteArray toBody(const QJsonObject& json) {
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

} // namespace

std::string fingerprintText(const QSslCertificate& certificate) {
    return certificate.digest(QCryptographicHash::Sha256).toHex(':').toUpper().toStdString();
}

RedfishControl::RedfishControl(Bmc bmc, CertificateTrust trust)
    : m_bmc(std::move(bmc)), m_trust(std::move(trust)) {
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    m_network.setProxy(QNetworkProxy(QNetworkProxy::NoProxy)); // it is on our cable
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, this,
            [this] { finish(fail(ErrorCode::BmcSilent, m_bmc.host, "Redfish")); });
}

RedfishControl::~RedfishControl() {
    m_answer = nullptr;
    finish(PowerState::Off); // ends what is under way
}

void RedfishControl::perform(PowerAct act, Answer answer) {
    m_act = act;
    m_answer = std::move(answer);
    m_rejected.clear();
    m_patience.start();
    if (m_system.isEmpty())
        send(Verb::Get, QStringLiteral("/redfish/v1/Systems"), {}, &RedfishControl::findSystem);
    else
        send(Verb::Get, m_system, {}, &RedfishControl::act);
}

void RedfishControl::send(Verb verb, const QString& path, const QByteArray& body, Next next) {
    QUrl url;
    url.setScheme(QStringLiteral("https"));
    url.setHost(QString::fromStdString(m_bmc.host));
    if (m_bmc.port != 0)
        url.setPort(m_bmc.port);
    url.setPath(path, QUrl::TolerantMode);
    QNetworkRequest request(url);
    const std::string login = m_bmc.user + ":" + m_bmc.password;
    request.setRawHeader("Authorization", "Basic " + QByteArray::fromStdString(login).toBase64());
    request.setRawHeader("Accept", "application/json");
    request.setRawHeader("OData-Version", "4.0"); // DSP0266 6.5
    // Two machines of one address and port, one after the other, must not share what was agreed on with the
    // first.
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    // A 401 must not make Qt ask for another password.
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    if (verb != Verb::Get)
        request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    if (verb == Verb::Patch && !m_etag.isEmpty())
        request.setRawHeader("If-Match", m_etag);
    QNetworkReply* const reply = verb == Verb::Get    ? m_network.get(request)
                                 : verb == Verb::Post ? m_network.post(request, body)
                                                      : m_network.sendCustomRequest(request, "PATCH", body);
    watch(*reply, next);
}

void RedfishControl::watch(QNetworkReply& reply, Next next) {
    m_reply = &reply;
    connect(&reply, &QNetworkReply::sslErrors, this,
            [this, &reply](const QList<QSslError>& errors) { judgeCertificate(reply, errors); });
    // Not by downloadProgress, which is told ten times a second at most, and not of the last bytes.
    connect(&reply, &QNetworkReply::readyRead, this, [&reply] {
        if (reply.bytesAvailable() > longestDocument)
            reply.abort();
    });
    connect(&reply, &QNetworkReply::finished, this, [this, &reply, next] { receive(reply, next); });
}

/// Nothing was sent yet: Qt asks before it sends the request.
void RedfishControl::judgeCertificate(QNetworkReply& reply, const QList<QSslError>& errors) {
    const std::string fingerprint = fingerprintText(reply.sslConfiguration().peerCertificate());
    if (m_trust.acceptsAny || m_trust.fingerprints.contains(fingerprint))
        reply.ignoreSslErrors(errors);
    else
        m_rejected = fingerprint;
}

void RedfishControl::receive(QNetworkReply& reply, Next next) {
    reply.deleteLater();
    if (m_reply != &reply)
        return; // given up
    m_reply = nullptr;
    const QByteArray document = reply.isOpen() ? reply.read(longestDocument) : QByteArray();
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (reply.error() != QNetworkReply::NoError || status < 200 || status > 299) {
        finish(tl::unexpected(failureOf(reply, document)));
        return;
    }
    if (reply.hasRawHeader("ETag"))
        m_etag = reply.rawHeader("ETag");
    (this->*next)(document);
}

Error RedfishControl::failureOf(QNetworkReply& reply, const QByteArray& document) const {
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (!m_rejected.empty())
        return {ErrorCode::BmcUntrusted, m_bmc.host, m_rejected};
    if (status == 401 || status == 403)
        return {ErrorCode::BmcRefused, m_bmc.host, {}};
    if (reply.error() == QNetworkReply::OperationCanceledError) // by watch(): else nobody asks
        return {ErrorCode::BmcFailed, m_bmc.host, "its answer is too long"};
    if (status == 0)
        return {ErrorCode::BmcSilent, m_bmc.host, "Redfish"};
    const std::string reason = readRedfishError(document);
    return {ErrorCode::BmcFailed, m_bmc.host,
            "HTTP status " + std::to_string(status) + (reason.empty() ? "" : ", " + reason)};
}

void RedfishControl::findSystem(const QByteArray& document) {
    const auto path = readSystems(document, QString::fromStdString(m_bmc.system), m_bmc.host);
    if (!path) {
        finish(tl::unexpected(path.error()));
        return;
    }
    m_system = *path;
    send(Verb::Get, m_system, {}, &RedfishControl::act);
}

void RedfishControl::act(const QByteArray& document) {
    const auto system = readSystem(document, m_bmc.host);
    if (!system) {
        finish(tl::unexpected(system.error()));
    } else if (m_act == PowerAct::Status) {
        finish(system->state);
    } else if (m_act == PowerAct::PowerOn && system->state == PowerState::On) {
        confirm({});
    } else if (m_act == PowerAct::PowerOn && system->resetType.isEmpty()) {
        finish(fail(ErrorCode::BmcFailed, m_bmc.host, "it takes no command that switches on"));
    } else if (m_act == PowerAct::PowerOn) {
        send(Verb::Post, system->resetTarget, toBody({{QStringLiteral("ResetType"), system->resetType}}),
             &RedfishControl::confirm);
    } else if (!system->bootsFromNetwork) {
        finish(fail(ErrorCode::BmcFailed, m_bmc.host, "it cannot be told to start from the network"));
    } else {
        const QJsonObject boot{{QStringLiteral("BootSourceOverrideEnabled"), QStringLiteral("Once")},
                               {QStringLiteral("BootSourceOverrideTarget"), QStringLiteral("Pxe")}};
        send(Verb::Patch, m_system, toBody({{QStringLiteral("Boot"), boot}}), &RedfishControl::confirm);
    }
}

void RedfishControl::confirm(const QByteArray&) {
    finish(PowerState::On);
}

void RedfishControl::finish(const Result<PowerState>& result) {
    m_patience.stop();
    if (QNetworkReply* const reply = m_reply) {
        m_reply = nullptr;
        reply->abort();
    }
    if (const Answer answer = std::exchange(m_answer, nullptr))
        answer(result);
}

} // namespace rackmuster::power
