#include "app/rackmusterctl/Command.h"
#include "app/rackmusterctl/StateAccess.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTextStream>
#include <QTimer>

#include <algorithm>
#include <unistd.h>
#include <vector>

namespace rackmuster::ctl {

namespace {

constexpr int pollInterval = 100; // milliseconds

QString field(const QJsonObject& image, const char* name) {
    return image.value(QLatin1String(name)).toVariant().toString();
}

QString inGigabytes(double bytes) {
    return QString::number(bytes / 1e9, 'f', 2) + QStringLiteral(" GB");
}

/// "Rocky Linux 9.4: copy 42 %, 210.0 MB/s, 0:31 left".
QString progressOf(const QJsonObject& image) {
    const QJsonObject job = image.value(QLatin1String("job")).toObject();
    const double done = job.value(QLatin1String("done")).toDouble();
    const double total = std::max(job.value(QLatin1String("total")).toDouble(), 1.0);
    const double speed = job.value(QLatin1String("bytesPerSecond")).toDouble();
    QString text = QStringLiteral("%1: %2 %3 %")
                       .arg(field(image, "name"), field(job, "kind"))
                       .arg(int(100 * done / total));
    if (job.value(QLatin1String("waiting")).toBool())
        return text + QStringLiteral(", waits for its file");
    if (speed > 0) {
        const int left = static_cast<int>((total - done) / speed);
        text += QStringLiteral(", %1 MB/s, %2:%3 left")
                    .arg(speed / 1e6, 0, 'f', 1)
                    .arg(left / 60)
                    .arg(left % 60, 2, 10, QLatin1Char('0'));
    }
    return text;
}

QString toTable(const QJsonArray& images) {
    QString out;
    for (const QJsonValue value : images) {
        const QJsonObject image = value.toObject();
        out += QStringLiteral("%1 %2 %3 %4\n    %5\n")
                   .arg(field(image, "id"), -16)
                   .arg(inGigabytes(image.value(QLatin1String("size")).toDouble()), 9)
                   .arg(field(image, "verdict"), -10)
                   .arg(field(image, "name"), field(image, "file"));
        if (image.contains(QLatin1String("job")))
            out += QStringLiteral("    %1\n").arg(progressOf(image));
        if (image.contains(QLatin1String("problem")))
            out += QStringLiteral("    %1\n").arg(field(image, "problem"));
    }
    return out;
}

/// The images of an import, from the files to the end of the work on them.
class ImportRun {
public:
    ImportRun(StateAccess& state, bool copies, bool verifies)
        : m_state(state), m_copies(copies), m_verifies(verifies) {}

    void importAll(const QStringList& files);
    /// Until no work is left on the images. Runs the event loop.
    void waitForWork();
    [[nodiscard]] int status() const { return m_status; }
    [[nodiscard]] QJsonArray images();

private:
    void beginWork(const QString& id);
    void judge();
    void showProgress(const QJsonArray& all);

    StateAccess& m_state;
    bool m_copies;
    bool m_verifies;
    std::vector<QString> m_ids;
    int m_status = Done;
    bool m_isTerminal = ::isatty(STDERR_FILENO) != 0;
};

void ImportRun::importAll(const QStringList& files) {
    for (const QString& file : files) {
        const QJsonObject answer =
            m_state.ask({{QStringLiteral("act"), QStringLiteral("import")},
                         {QStringLiteral("path"), QFileInfo(file).absoluteFilePath()}});
        if (report(answer) != Done) {
            m_status = AnswerIsNo;
            continue;
        }
        m_ids.push_back(answer.value(QLatin1String("image")).toString());
        beginWork(m_ids.back());
    }
}

/// A copy is verified while it is made.
void ImportRun::beginWork(const QString& id) {
    const QJsonArray found = images();
    const bool isOurs = std::any_of(found.begin(), found.end(), [&](const QJsonValue& image) {
        return field(image.toObject(), "id") == id &&
               image.toObject().value(QLatin1String("ownCopy")).toBool();
    });
    const bool copies = m_copies && !isOurs;
    if (!copies && !m_verifies)
        return;
    const QJsonObject answer =
        m_state.ask({{QStringLiteral("act"), copies ? QStringLiteral("copy") : QStringLiteral("verify")},
                     {QStringLiteral("image"), id}});
    m_status = std::max(m_status, report(answer));
}

QJsonArray ImportRun::images() {
    QJsonArray out;
    const QJsonArray all = m_state.ask({{QStringLiteral("act"), QStringLiteral("images")}})
                               .value(QLatin1String("images"))
                               .toArray();
    for (const QJsonValue image : all) {
        if (std::find(m_ids.begin(), m_ids.end(), field(image.toObject(), "id")) != m_ids.end())
            out.append(image);
    }
    return out;
}

void ImportRun::waitForWork() {
    QTimer poll;
    QObject::connect(&poll, &QTimer::timeout, &poll, [this] {
        const QJsonArray all = images();
        showProgress(all);
        if (std::none_of(all.begin(), all.end(), [](const QJsonValue& image) {
                return image.toObject().contains(QLatin1String("job"));
            }))
            QCoreApplication::quit();
    });
    if (m_copies || m_verifies) {
        poll.start(pollInterval);
        QCoreApplication::exec();
    }
    judge();
}

void ImportRun::showProgress(const QJsonArray& all) {
    if (!m_isTerminal)
        return;
    QStringList lines;
    for (const QJsonValue image : all) {
        if (image.toObject().contains(QLatin1String("job")))
            lines << progressOf(image.toObject());
    }
    QTextStream(stderr) << QStringLiteral("\r\033[K") << lines.join(QStringLiteral("; ")) << Qt::flush;
}

void ImportRun::judge() {
    for (const QJsonValue value : images()) {
        const QJsonObject image = value.toObject();
        const bool isCopied = !m_copies || image.value(QLatin1String("ownCopy")).toBool();
        if (!isCopied)
            complain(QStringLiteral("%1 was not copied.").arg(field(image, "name")));
        if (image.contains(QLatin1String("problem")))
            complain(field(image, "problem"));
        if (!isCopied || image.contains(QLatin1String("problem")))
            m_status = AnswerIsNo;
    }
}

void printImages(const QJsonArray& images, bool asJson) {
    if (asJson)
        print(QString::fromUtf8(QJsonDocument(QJsonObject{{QStringLiteral("images"), images}}).toJson()));
    else
        print(toTable(images));
}

} // namespace

int importImages(const QStringList& arguments) {
    QCommandLineParser parser;
    const QCommandLineOption copy(QStringLiteral("copy"),
                                  QStringLiteral("Copy the images into the state directory."));
    const QCommandLineOption verify(
        QStringLiteral("verify"),
        QStringLiteral("Read the images whole and compare them with checksum files beside them."));
    parser.addOptions({stateOption(), jsonOption(), copy, verify});
    parser.addPositionalArgument(QStringLiteral("ISO"), QStringLiteral("Image files."),
                                 QStringLiteral("ISO..."));
    if (const auto status = parse(parser, "import", arguments))
        return *status;
    if (parser.positionalArguments().isEmpty()) {
        complain(QStringLiteral("Name at least one ISO file."));
        return WrongUsage;
    }
    StateAccess state(stateDirectory(parser.value(QStringLiteral("state"))), StateAccess::Missing::IsMade);
    ImportRun run(state, parser.isSet(copy), parser.isSet(verify));
    run.importAll(parser.positionalArguments());
    run.waitForWork();
    printImages(run.images(), parser.isSet(QStringLiteral("json")));
    return run.status();
}

int images(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.addOptions({stateOption(), jsonOption()});
    if (const auto status = parse(parser, "images", arguments))
        return *status;
    StateAccess state(stateDirectory(parser.value(QStringLiteral("state"))));
    const QJsonObject answer = state.ask({{QStringLiteral("act"), QStringLiteral("images")}});
    if (const int status = report(answer); status != Done)
        return status;
    printImages(answer.value(QLatin1String("images")).toArray(), parser.isSet(QStringLiteral("json")));
    return Done;
}

} // namespace rackmuster::ctl
