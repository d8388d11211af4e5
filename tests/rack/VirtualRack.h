#pragma once

#include "tests/rack/Command.h"

#include <QString>
#include <QStringList>
#include <QTemporaryDir>

namespace rackmuster::test {

/// A network namespace with a switch and QEMU machines, by tests/support/rack/rack. Gone with the object.
class VirtualRack {
public:
    /// Kinds of machine that the script knows.
    enum class Kind { BiosIpxe, UefiIpxe, UefiSecureBoot, UefiHttp };

    VirtualRack();
    ~VirtualRack();
    VirtualRack(const VirtualRack&) = delete;
    VirtualRack& operator=(const VirtualRack&) = delete;

    /// Why the rack is not there; empty when it is.
    [[nodiscard]] const QString& problem() const { return m_problem; }
    [[nodiscard]] const QString& name() const { return m_name; }

    /// Machine `index` (1...) gets the address 52:54:00:77:00:<index>.
    [[nodiscard]] static QString macOf(int index);

    /// False when QEMU did not start; problem() says why. A machine keeps its disk and its serial log over
    /// its power.
    bool powerOn(int index, Kind kind, const QStringList& options = {});
    bool pullCord(int index);
    /// True when the machine has powered itself off within the time.
    bool waitForPowerOff(int index, int seconds);

    /// All that the machine wrote to its serial port.
    [[nodiscard]] QByteArray serialLog(int index) const;
    /// What stands on its screen goes to a PNG file.
    bool screendump(int index, const QString& path);
    [[nodiscard]] QString diskOf(int index) const;

private:
    bool act(const QStringList& arguments, int timeoutMilliseconds = 60000);
    [[nodiscard]] QString logOf(int index) const;

    QString m_name;
    QTemporaryDir m_directory;
    QString m_problem;
};

} // namespace rackmuster::test
