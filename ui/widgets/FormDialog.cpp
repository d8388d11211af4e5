#include "ui/widgets/FormDialog.h"

#include "ui/Tokens.h"
#include "ui/widgets/Labels.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace rackmuster::ui {

namespace {

constexpr int formWidth = 480;

} // namespace

FormDialog::FormDialog(const QString& title, const QString& words, const QString& accept, QWidget* parent)
    : QDialog(parent), m_fields(new QVBoxLayout), m_problem(wrappedLabel({}, "muted")) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    auto* const layout = new QVBoxLayout(this);
    setSpacing(*layout, metrics::huge, metrics::medium);
    QLabel* const heading = plainLabel(title, "heading");
    heading->setWordWrap(true);
    layout->addWidget(heading);
    QLabel* const text = wrappedLabel(words);
    text->setMinimumWidth(formWidth);
    layout->addWidget(text);
    m_fields->setSpacing(metrics::tiny);
    layout->addLayout(m_fields);
    m_problem->setObjectName(QStringLiteral("formProblem"));
    m_problem->setMinimumHeight(2 *
                                m_problem->fontMetrics().lineSpacing()); // what comes and goes moves nothing
    m_problem->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    layout->addWidget(m_problem);
    auto* const buttons = new QDialogButtonBox;
    m_accept = buttons->addButton(accept, QDialogButtonBox::AcceptRole);
    m_accept->setObjectName(QStringLiteral("formAccept"));
    m_accept->setDefault(true);
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole)->setAutoDefault(false);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void FormDialog::addField(const QString& caption, QWidget& field) {
    if (!caption.isEmpty()) {
        QLabel* const label = plainLabel(caption, "caption");
        label->setBuddy(&field);
        if (m_fields->count() > 0)
            m_fields->addSpacing(metrics::small);
        m_fields->addWidget(label);
    }
    m_fields->addWidget(&field);
}

void FormDialog::setProblem(const QString& sentence) {
    m_problem->setText(sentence);
    m_accept->setEnabled(sentence.isEmpty());
}

} // namespace rackmuster::ui
