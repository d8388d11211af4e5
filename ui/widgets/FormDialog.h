#pragma once

#include <QDialog>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace rackmuster::ui {

/// A question in a window of its own: heading, words, fields, the sentence that says what is still wrong, and
/// two buttons. The button that accepts works once nothing is wrong.
class FormDialog : public QDialog {
    Q_OBJECT

public:
    /// `accept` is the accepting button's word, a verb.
    FormDialog(const QString& title, const QString& words, const QString& accept, QWidget* parent);

protected:
    /// Adds `field` under its caption; an empty caption adds none.
    void addField(const QString& caption, QWidget& field);
    /// Called by who derives whenever a field changes; empty: nothing is wrong.
    void setProblem(const QString& sentence);

private:
    QVBoxLayout* m_fields;
    QLabel* m_problem;
    QPushButton* m_accept;
};

} // namespace rackmuster::ui
