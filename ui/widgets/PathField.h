#pragma once

#include <QWidget>

class QLineEdit;

namespace rackmuster::ui {

/// A path that is typed or chosen.
class PathField final : public QWidget {
    Q_OBJECT

public:
    enum class Kind { File, Folder };

    /// `title` is what the chooser asks for, and the field's accessible name.
    PathField(Kind kind, const QString& title, QWidget* parent = nullptr);

    [[nodiscard]] QString path() const;
    void setPath(const QString& path);

Q_SIGNALS:
    void changed();

private:
    void choose();

    Kind m_kind;
    QString m_title;
    QLineEdit* m_line;
};

} // namespace rackmuster::ui
