#include "app/rackmuster/Language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

namespace rackmuster::app {

Language::Language() = default;

Language::~Language() {
    QCoreApplication::removeTranslator(&m_program);
    QCoreApplication::removeTranslator(&m_qt);
}

void Language::set(const QString& name) {
    const bool isChinese =
        name.isEmpty() ? QLocale::system().language() == QLocale::Chinese : name == QLatin1String("zh_CN");
    const QLocale locale(isChinese ? QStringLiteral("zh_CN") : QStringLiteral("en"));
    QLocale::setDefault(locale);
    for (QTranslator* const translator : {&m_program, &m_qt})
        QCoreApplication::removeTranslator(translator);
    if (m_qt.load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
                  QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qt);
    // English too: it holds the plural forms
    if (m_program.load(QStringLiteral(":/i18n/rackmuster_%1.qm")
                           .arg(isChinese ? QStringLiteral("zh_CN") : QStringLiteral("en"))))
        QCoreApplication::installTranslator(&m_program);
}

} // namespace rackmuster::app
