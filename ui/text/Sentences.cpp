#include "ui/text/Sentences.h"

#include "ui/text/PlainText.h"

#include <QCoreApplication>

namespace rackmuster::ui {

QString sentence(const Error& error) {
    const QString text = QCoreApplication::translate("Error", sentenceTemplate(error.code));
    return printable(fillSentence(text.toStdString(), error.subject, error.detail));
}

} // namespace rackmuster::ui
