#include "core/engine/ServicePlan.h"

#include <QTest>

using namespace rackmuster;

class ServicePlanTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // R59: each report counts what was lost since the one before it
    void lostFramesAddUp() {
        engine::ServicesInfo info;
        engine::noteReport(info, net::CaptureDrops{17});
        engine::noteReport(info, net::CaptureDrops{5});
        QCOMPARE(info.captureDropped, quint64(22));
    }
};

QTEST_GUILESS_MAIN(ServicePlanTest)
#include "tst_ServicePlan.moc"
