#include "core/engine/TicketToken.h"

#include <QRandomGenerator>
#include <QString>

namespace rackmuster::engine {

std::string makeTicketToken() {
    quint32 words[4];
    QRandomGenerator::system()->fillRange(words);
    QString token;
    for (const quint32 word : words)
        token += QStringLiteral("%1").arg(word, 8, 16, QLatin1Char('0'));
    return token.toStdString();
}

} // namespace rackmuster::engine
