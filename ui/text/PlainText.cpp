#include "ui/text/PlainText.h"

namespace rackmuster::ui {

namespace {

QString escaped(QChar character) {
    switch (character.unicode()) {
    case '\n':
        return QStringLiteral("\\n");
    case '\r':
        return QStringLiteral("\\r");
    case '\t':
        return QStringLiteral("\\t");
    default:
        break;
    }
    const bool isByte = character.unicode() < 0x100;
    return (isByte ? QStringLiteral("\\x%1") : QStringLiteral("\\u%1"))
        .arg(static_cast<uint>(character.unicode()), isByte ? 2 : 4, 16, QLatin1Char('0'));
}

/// Other_Format covers the direction overrides, which could make a name read backwards.
bool mustBeEscaped(QChar character) {
    return character.category() == QChar::Other_Control || character.category() == QChar::Other_Format ||
           character.category() == QChar::Separator_Line ||
           character.category() == QChar::Separator_Paragraph;
}

} // namespace

QString printable(const QString& text) {
    QString shown;
    shown.reserve(text.size());
    for (const QChar character : text) {
        if (mustBeEscaped(character))
            shown += escaped(character);
        else
            shown += character;
    }
    return shown;
}

QString printable(std::string_view utf8) {
    return printable(QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())));
}

QString toolTipText(const QString& text) {
    return text.isEmpty() ? QString()
                          : QStringLiteral("<span>%1</span>").arg(printable(text).toHtmlEscaped());
}

} // namespace rackmuster::ui
