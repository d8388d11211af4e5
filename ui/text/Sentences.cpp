#include "ui/text/Sentences.h"

#include "ui/text/PlainText.h"

#include <QCoreApplication>

namespace rackmuster::ui {

QString sentence(const Error& error) {
    const QString text = QCoreApplication::translate("Error", sentenceTemplate(error.code));
    const std::string detail =
        error.code == ErrorCode::BadPortMapLine
            ? QCoreApplication::translate("PortMap", error.detail.c_str()).toStdString()
            : error.detail;
    return printable(fillSentence(text.toStdString(), error.subject, detail));
}

} // namespace rackmuster::ui
