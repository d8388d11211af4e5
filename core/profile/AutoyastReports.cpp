#include "core/profile/Reports.h"
#include "core/profile/XmlCopy.h"

#include <set>

namespace rackmuster::profile {

namespace {

constexpr QLatin1String configurationNames("http://www.suse.com/1.0/configns");
constexpr QLatin1String root("profile");
constexpr QLatin1String scripts("profile/scripts");
constexpr QLatin1String chrootScripts("profile/scripts/chroot-scripts");

/// Adds the two reports while the profile is copied.
class ScriptWriter {
public:
    explicit ScriptWriter(const ReportUrls& urls) : m_urls(urls) {}

    std::optional<std::string> started(QXmlStreamWriter& out, const QString& path,
                                       const QXmlStreamAttributes& attributes) {
        const bool isOutermost = !path.contains(QLatin1Char('/'));
        if (isOutermost && path != root)
            return "its outermost element is not profile";
        if (isOutermost)
            m_prefix = prefixOf(attributes);
        if (path != scripts && path != chrootScripts)
            return std::nullopt;
        // AutoYaST takes the last of several.
        if (!m_seen.insert(path).second)
            return nameOf(path).toStdString() + " stands here a second time";
        if (path == chrootScripts)
            writePost(out);
        return std::nullopt;
    }

    void ending(QXmlStreamWriter& out, const QString& path) {
        if (path == chrootScripts) {
            writeDone(out);
        } else if (path == scripts && m_seen.count(chrootScripts) == 0) {
            writeList(out);
        } else if (path == root && m_seen.count(scripts) == 0) {
            out.writeStartElement(nameOf(scripts));
            writeList(out);
            out.writeEndElement();
            breakLine(out);
        }
    }

private:
    static QString nameOf(const QString& path) { return path.section(QLatin1Char('/'), -1); }

    /// What the profile calls AutoYaST's attribute names; empty when it does not.
    static QString prefixOf(const QXmlStreamAttributes& attributes) {
        for (const QXmlStreamAttribute& attribute : attributes) {
            const QStringView name = attribute.qualifiedName();
            if (attribute.value() == configurationNames && name.startsWith(QStringLiteral("xmlns:")))
                return name.mid(6).toString();
        }
        return {};
    }

    void writeType(QXmlStreamWriter& out, const QString& type) const {
        if (m_prefix.isEmpty())
            out.writeAttribute(QStringLiteral("xmlns:config"), configurationNames);
        out.writeAttribute(
            (m_prefix.isEmpty() ? QStringLiteral("config") : m_prefix) + QStringLiteral(":type"), type);
    }

    static void breakLine(QXmlStreamWriter& out) { out.writeCharacters(QStringLiteral("\n")); }

    void writeList(QXmlStreamWriter& out) const {
        breakLine(out);
        out.writeStartElement(nameOf(chrootScripts));
        writeType(out, QStringLiteral("list"));
        writePost(out);
        writeDone(out);
        out.writeEndElement();
        breakLine(out);
    }

    /// The installed system stands below /mnt; the installer's own has the network and curl.
    void writePost(QXmlStreamWriter& out) const {
        writeScript(out, QStringLiteral("post"), false, m_urls.post);
    }
    /// In the installed system, behind the boot loader.
    void writeDone(QXmlStreamWriter& out) const {
        writeScript(out, QStringLiteral("done"), true, m_urls.done);
    }

    void writeScript(QXmlStreamWriter& out, const QString& name, bool isInside, std::string_view url) const {
        breakLine(out);
        out.writeStartElement(QStringLiteral("script"));
        out.writeTextElement(QStringLiteral("filename"), QStringLiteral("rackmuster-%1.sh").arg(name));
        out.writeTextElement(QStringLiteral("interpreter"), QStringLiteral("shell"));
        out.writeStartElement(QStringLiteral("chrooted"));
        writeType(out, QStringLiteral("boolean"));
        out.writeCharacters(isInside ? QStringLiteral("true") : QStringLiteral("false"));
        out.writeEndElement();
        out.writeStartElement(QStringLiteral("source"));
        out.writeCDATA(QString::fromStdString("\n# Added by Rackmuster: tells the console how far this "
                                              "machine is. When it fails, the installation goes on.\n" +
                                              reportFunction(url) + "report >/dev/null 2>&1 || :\n"));
        out.writeEndElement();
        out.writeEndElement();
        breakLine(out);
    }

    ReportUrls m_urls;
    QString m_prefix;
    std::set<QString> m_seen; ///< paths of elements that may stand once
};

} // namespace

Result<std::string> withAutoyastReports(std::string_view text, const ReportUrls& urls) {
    ScriptWriter scriptWriter(urls);
    XmlEdits edits;
    edits.started = [&scriptWriter](QXmlStreamWriter& out, const QString& path,
                                    const QXmlStreamAttributes& attributes) {
        return scriptWriter.started(out, path, attributes);
    };
    edits.ending = [&scriptWriter](QXmlStreamWriter& out, const QString& path) {
        scriptWriter.ending(out, path);
    };
    return copyXml(text, edits);
}

} // namespace rackmuster::profile
