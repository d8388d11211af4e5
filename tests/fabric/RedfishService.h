#pragma once

#include <QByteArray>
#include <QHash>
#include <QSslServer>
#include <QStringList>

#include <functional>

class QSslSocket;

namespace rackmuster::tests {

/// A Redfish service over HTTPS with one system, after the public schemas (DSP0266; ComputerSystemCollection,
/// ComputerSystem), on a loopback port of its own. It checks the login "root" / "calvin" and an ETag.
class RedfishService {
public:
    RedfishService();
    [[nodiscard]] bool start();
    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    /// SHA-256 of its self-signed certificate.
    [[nodiscard]] static QByteArray fingerprint();

    bool isOn = false;
    QByteArray bootTarget = "None";
    QByteArray bootEnabled = "Disabled";
    QByteArray allowedResets = R"(["ForceOff","On"])";
    QByteArray redirectTo;     ///< every answer sends there when set
    bool sendsForEver = false; ///< a document without an end
    bool isMute = false;
    std::function<void()> whenOn; ///< Called when it is switched on.
    QStringList requests;         ///< "POST /redfish/... body"

private:
    struct Answer {
        int status = 200;
        QByteArray body;
    };
    void serve(QSslSocket& socket);
    [[nodiscard]] Answer answer(const QByteArray& verb, const QByteArray& path, const QByteArray& head,
                                const QByteArray& body);
    [[nodiscard]] Answer change(const QByteArray& verb, const QByteArray& path, const QByteArray& head,
                                const QByteArray& body);

    QSslServer m_server;
    QHash<QSslSocket*, QByteArray> m_received;
};

} // namespace rackmuster::tests
