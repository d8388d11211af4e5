#include "core/power/BmcList.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::power;

class TestBmcList : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aListIsReadBySlot();
    void columnsComeInAnyOrderAndPasswordsWithCommas();
    void badLinesAreNamedWithoutTheirPasswords();
    void aListWithoutItsColumnsIsRefused();
};

void TestBmcList::aListIsReadBySlot() {
    const BmcList list = readBmcList("\xEF\xBB\xBFslot,address,user,password,kind\r\n"
                                     "2,10.0.0.2:8443/Node1,root,calvin,Redfish\r\n"
                                     "1,bmc-1.example,ADMIN,,ipmi\r\n");
    QVERIFY(list.errors.empty());
    QCOMPARE(list.bmcs.size(), std::size_t{2});
    QVERIFY(list.bmcs[0] == (Bmc{1, "bmc-1.example", 0, "", "ADMIN", "", BmcKind::Ipmi}));
    QVERIFY(list.bmcs[1] == (Bmc{2, "10.0.0.2", 8443, "Node1", "root", "calvin", BmcKind::Redfish}));
}

void TestBmcList::columnsComeInAnyOrderAndPasswordsWithCommas() {
    const BmcList list = readBmcList("kind;note;password;user;address;slot\n"
                                     "ipmi;left;\"a;\"\"b\";root;10.0.0.1;7\n\n");
    QVERIFY(list.errors.empty());
    QCOMPARE(list.bmcs.at(0).password, std::string("a;\"b"));
    QCOMPARE(list.bmcs.at(0).slot, 7);
    // A spreadsheet's guard against formulas is part of a password.
    QCOMPARE(readBmcList("slot,address,user,password,kind\n1,h,u,'=x,ipmi\n").bmcs.at(0).password,
             std::string("'=x"));
}

void TestBmcList::badLinesAreNamedWithoutTheirPasswords() {
    const BmcList list = readBmcList("slot,address,user,password,kind\n"
                                     "0,10.0.0.1,root,secret2,ipmi\n"
                                     "3,10.0.0.1,root,secret3,ilo\n"
                                     "4,-H,root,secret4,ipmi\n"
                                     "5,10.0.0.1:0,root,secret5,ipmi\n"
                                     "6,10.0.0.1/x,root,secret6,ipmi\n"
                                     "7,10.0.0.1/..,root,secret7,redfish\n"
                                     "8,10.0.0.1,seventeenletters_,secret8,ipmi\n"
                                     "9,10.0.0.1,root,secret9012345678901234,ipmi\n"
                                     "10,10.0.0.1,ro:ot,secret10,redfish\n"
                                     "11,10.0.0.1,root,secret11,ipmi,more\n"
                                     "12,10.0.0.1,root,secret12,ipmi\n"
                                     "12,10.0.0.2,root,secret13,ipmi\n"
                                     "14,10.0.0.2,root,\"secret14,ipmi\n");
    QCOMPARE(list.bmcs.size(), std::size_t{1});
    QCOMPARE(list.errors.size(), std::size_t{12});
    for (const Error& error : list.errors) {
        QCOMPARE(error.code, ErrorCode::BadBmcLine);
        QVERIFY2(message(error).find("secret") == std::string::npos, message(error).c_str());
    }
    QCOMPARE(list.errors.at(0).subject, std::string("2"));
    QCOMPARE(list.errors.at(10).subject, std::string("13"));
}

void TestBmcList::aListWithoutItsColumnsIsRefused() {
    QCOMPARE(readBmcList("").errors.size(), std::size_t{1});
    QCOMPARE(readBmcList("slot,address,user,kind\n1,h,u,ipmi\n").errors.size(), std::size_t{1});
    QVERIFY(readBmcList("slot,address,user,kind\n1,h,u,ipmi\n").bmcs.empty());
}

QTEST_APPLESS_MAIN(TestBmcList)
#include "tst_BmcList.moc"
