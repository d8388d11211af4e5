#pragma once

#include "ui/Workbench.h"

#include <QElapsedTimer>
#include <QFrame>
#include <QTimer>

class QLabel;

namespace rackmuster::ui {

class ServiceDot;
class Sparkline;
class Theme;

/// The foot of the window: the four services and how much flows.
class StatusStrip final : public QFrame {
    Q_OBJECT

public:
    StatusStrip(Workbench& workbench, const Theme& theme, QWidget* parent = nullptr);

private:
    void refresh();
    void measure();
    [[nodiscard]] QString summary() const;

    Workbench& m_workbench;
    ServiceDot* m_dhcp;
    ServiceDot* m_tftp;
    ServiceDot* m_http;
    ServiceDot* m_capture;
    Sparkline* m_line;
    QLabel* m_rate;
    QLabel* m_summary;
    QTimer m_clock;
    QElapsedTimer m_sinceMeasured;
    quint64 m_bytes = 0;
};

} // namespace rackmuster::ui
