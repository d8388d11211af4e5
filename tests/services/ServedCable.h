#pragma once

#include "tests/support/FakePxeClient.h"
#include "tests/support/NetworkNamespace.h"

#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>
#include <string>

namespace rackmuster::tests {

/// `rackmusterctl serve` at one end of a virtual cable, machines at the other. It serves the file
/// `x/files/one`.
class ServedCable {
public:
    static constexpr std::size_t fileSize = 1 << 20; ///< bytes

    /// Null with a reason in `whyNot`.
    [[nodiscard]] static std::unique_ptr<ServedCable> create(QString& whyNot);
    ~ServedCable();
    ServedCable(const ServedCable&) = delete;
    ServedCable& operator=(const ServedCable&) = delete;

    /// True once it is ready; its state directory outlives its starts.
    [[nodiscard]] bool start();
    [[nodiscard]] bool killHard();
    [[nodiscard]] bool isRunning() const { return m_process.state() == QProcess::Running; }

    /// R01's "alive": an address, the file by TFTP and by HTTP, all within a second. Else what went wrong.
    [[nodiscard]] QString whyNotAlive();

    [[nodiscard]] const NetworkNamespace& network() const { return *m_network; }
    [[nodiscard]] const std::string& file() const { return m_file; }
    /// Bytes that the program holds in memory, and its open descriptors; 0 when it does not run.
    [[nodiscard]] qint64 residentBytes() const;
    [[nodiscard]] qsizetype descriptors() const;

private:
    explicit ServedCable(std::unique_ptr<NetworkNamespace> network);
    [[nodiscard]] bool isReady() const;

    std::unique_ptr<NetworkNamespace> m_network;
    QTemporaryDir m_directory;
    std::string m_file;
    QProcess m_process;
    int m_starts = 0;
    bool m_hasAddress = false;
};

} // namespace rackmuster::tests
