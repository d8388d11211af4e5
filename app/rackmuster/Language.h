#pragma once

#include <QString>
#include <QTranslator>

namespace rackmuster::app {

/// The language of the program's strings. Installed in the application while it lives.
class Language {
public:
    Language();
    ~Language();
    Language(const Language&) = delete;
    Language& operator=(const Language&) = delete;

    /// "en" or "zh_CN"; empty: the locale's, else English.
    void set(const QString& name);

private:
    QTranslator m_program;
    QTranslator m_qt; ///< buttons of standard dialogs
};

} // namespace rackmuster::app
