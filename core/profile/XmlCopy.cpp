#include "core/profile/XmlCopy.h"

#include "core/profile/Template.h"

#include <QStringList>
#include <QXmlStreamReader>

#include <algorithm>

namespace rackmuster::profile {

namespace {

/// XML 1.0, section 2.2. QXmlStreamReader lets some of the others pass inside of names.
bool isXmlCharacter(QChar character) {
    const char16_t code = character.unicode();
    return code == u'\t' || code == u'\n' || code == u'\r' || (code >= 0x20 && code < 0xFFFE);
}

/// The line of the first character that no XML may hold; none when there is none.
std::optional<std::size_t> lineOfForbidden(const QString& text) {
    const auto found = std::find_if_not(text.begin(), text.end(), isXmlCharacter);
    if (found == text.end())
        return std::nullopt;
    return 1 + static_cast<std::size_t>(std::count(text.begin(), found, QLatin1Char('\n')));
}

class XmlCopy {
public:
    XmlCopy(const QString& text, const XmlEdits& edits) : m_reader(text), m_writer(&m_out), m_edits(edits) {
        m_reader.setNamespaceProcessing(false); // every prefix stays as it is written
        m_reader.setEntityExpansionLimit(0);
    }

    Result<std::string> run() {
        while (!m_reader.atEnd() && m_problem.empty()) {
            m_reader.readNext();
            copyToken();
        }
        const auto line = static_cast<std::size_t>(m_reader.lineNumber());
        if (!m_problem.empty())
            return malformed(m_problem, line);
        if (m_reader.hasError()) {
            QString reason = m_reader.errorString();
            while (reason.endsWith(QLatin1Char('.')))
                reason.chop(1); // it stands inside a sentence
            return malformed(reason.toStdString(), line);
        }
        return m_out.toStdString() + "\n";
    }

private:
    void copyToken() {
        switch (m_reader.tokenType()) {
        case QXmlStreamReader::StartDocument:
            m_writer.writeStartDocument();
            m_writer.writeCharacters(QStringLiteral("\n"));
            break;
        case QXmlStreamReader::DTD:
            copyDoctype();
            break;
        case QXmlStreamReader::StartElement:
            start();
            break;
        case QXmlStreamReader::EndElement:
            if (m_edits.ending)
                m_edits.ending(m_writer, path());
            m_writer.writeEndElement();
            m_path.removeLast();
            break;
        case QXmlStreamReader::Characters:
            if (m_path.isEmpty()) // blanks outside of the root
                break;
            if (m_reader.isCDATA())
                m_writer.writeCDATA(replaced(m_reader.text()));
            else
                m_writer.writeCharacters(replaced(m_reader.text()));
            break;
        case QXmlStreamReader::Comment:
            copyComment();
            break;
        case QXmlStreamReader::ProcessingInstruction:
            m_writer.writeProcessingInstruction(m_reader.processingInstructionTarget().toString(),
                                                m_reader.processingInstructionData().toString());
            break;
        case QXmlStreamReader::EntityReference:
            m_problem = "the entity " + m_reader.name().toString().toStdString() + " is not known";
            break;
        case QXmlStreamReader::EndDocument:
        case QXmlStreamReader::NoToken:
        case QXmlStreamReader::Invalid:
            break;
        }
    }

    void copyDoctype() {
        // QXmlStreamReader takes one anywhere, but does not read back what is written of it.
        if (m_hasDoctype || !m_path.isEmpty()) {
            m_problem = "a DOCTYPE stands where none may";
            return;
        }
        m_hasDoctype = true;
        if (!m_reader.entityDeclarations().isEmpty()) {
            m_problem = "it declares entities, which are not expanded here";
            return;
        }
        m_writer.writeDTD(m_reader.text().trimmed().toString()); // it brings the blanks before it
        m_writer.writeCharacters(QStringLiteral("\n"));
    }

    void start() {
        m_path << m_reader.qualifiedName().toString();
        m_writer.writeStartElement(m_path.last());
        const QXmlStreamAttributes attributes = m_reader.attributes();
        for (const QXmlStreamAttribute& attribute : attributes)
            m_writer.writeAttribute(attribute.qualifiedName().toString(), replaced(attribute.value()));
        if (!m_edits.started)
            return;
        if (auto problem = m_edits.started(m_writer, path(), attributes))
            m_problem = std::move(*problem);
    }

    /// A value must not end the comment it is in.
    void copyComment() {
        QString text = replaced(m_reader.text());
        while (text.contains(QStringLiteral("--")))
            text.replace(QStringLiteral("--"), QStringLiteral("- -"));
        if (text.endsWith(QLatin1Char('-')))
            text += QLatin1Char(' ');
        m_writer.writeComment(text);
        if (m_path.isEmpty())
            m_writer.writeCharacters(QStringLiteral("\n"));
    }

    [[nodiscard]] QString path() const { return m_path.join(QLatin1Char('/')); }

    [[nodiscard]] QString replaced(QStringView text) const {
        return m_edits.replaced ? m_edits.replaced(text.toString()) : text.toString();
    }

    QXmlStreamReader m_reader;
    QString m_out;
    QXmlStreamWriter m_writer;
    const XmlEdits& m_edits;
    QStringList m_path; ///< of open elements
    bool m_hasDoctype = false;
    std::string m_problem;
};

} // namespace

Result<std::string> copyXml(std::string_view text, const XmlEdits& edits) {
    const QString unicode = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    if (const auto line = lineOfForbidden(unicode))
        return malformed("it holds a control character", *line);
    return XmlCopy(unicode, edits).run();
}

Result<std::string> renderAutoyast(std::string_view text, const Variables& variables) {
    const auto marked = MarkedTemplate::create(text, variables);
    if (!marked)
        return tl::unexpected(marked.error());
    XmlEdits edits;
    edits.replaced = [&marked](const QString& part) {
        return QString::fromStdString(marked->filled(part.toStdString()));
    };
    auto out = copyXml(marked->text(), edits);
    if (out && marked->hasVariable(*out))
        return malformed("a variable stands outside of text and attributes", 0);
    return out;
}

} // namespace rackmuster::profile
