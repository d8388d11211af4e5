#pragma once

#include "core/engine/ServiceSettings.h"

#include <QWidget>

#include <tl/expected.hpp>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QSpinBox;

namespace rackmuster::ui {

/// What the services are started with, but for the interface. Empty fields are computed.
class ServiceForm final : public QWidget {
    Q_OBJECT

public:
    explicit ServiceForm(QWidget* parent = nullptr);

    void showSettings(const engine::ServiceSettings& settings);
    /// The settings as typed on `interface`, or the sentence that says what is wrong.
    [[nodiscard]] tl::expected<engine::ServiceSettings, QString> settings(const QString& interface) const;

private:
    /// Only what matters in the chosen mode can be changed.
    void followMode();

    QComboBox* m_mode;
    QLineEdit* m_range;
    QLineEdit* m_quarantine;
    QComboBox* m_lease;
    QLineEdit* m_gateway;
    QLineEdit* m_dns;
    QSpinBox* m_port;
    QSpinBox* m_logPort;
    QCheckBox* m_checksAddresses;
    QCheckBox* m_toleratesOthers;
    QCheckBox* m_onlyApproved;
    QCheckBox* m_asksBootServer;
    engine::ServiceSettings m_shown; ///< With what has no field here.
};

} // namespace rackmuster::ui
