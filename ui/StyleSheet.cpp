#include "ui/StyleSheet.h"

#include <array>
#include <utility>

namespace rackmuster::ui {

namespace {

// Widgets choose their look by the dynamic property "role"; @words@ are tokens.
constexpr const char* sheet = R"(
QMainWindow, QDialog { background: @background@; }
QFrame[role="bar"] { background: @surface@; border: 0; border-bottom: 1px solid @line@; }
QFrame[role="side"] { background: @surface@; border: 0; border-right: 1px solid @line@; }
QFrame[role="foot"] { background: @surface@; border: 0; border-top: 1px solid @line@; }
QFrame[role="card"] { background: @surface@; border: 1px solid @line@; border-radius: 8px; }
QFrame[role="rule"] { background: @line@; border: 0; max-height: 1px; min-height: 1px; }
QFrame[role="problem"] { background: @problemGround@; border: 0; border-radius: 6px; }
QFrame[role="problem"] QLabel { color: @problem@; font-weight: 600; }
QFrame[role="notice"] { background: @selection@; border: 1px solid @accent@; border-radius: 6px; }
QFrame[role="pill"] { background: @surface@; border: 1px solid @line@; border-radius: 14px; }
QScrollArea, QScrollArea > QWidget > QWidget[role="page"] { background: transparent; border: 0; }
QLabel { background: transparent; }
QLabel[role="brand"] { font-size: 16px; font-weight: 700; }
QLabel[role="title"] { font-size: 18px; font-weight: 700; }
QLabel[role="heading"] { font-size: 15px; font-weight: 700; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="muted"] { color: @muted@; }
QLabel[role="caption"] { color: @muted@; font-weight: 600; }
QLabel[role="fault"] { color: @problem@; }
QLabel[role="rollPrompt"], QLabel[role="rollAddress"] { color: @muted@; }
QLabel[role="rollSlot"] { color: @waiting@; font-weight: 800; }
QLabel[role="rollName"], QLabel[role="rollLast"] { font-weight: 700; }
QLabel[role="rollLast"] { font-size: 26px; }
QLabel[role="rollQuestion"] { font-size: 16px; }
QLabel[role="rollSmall"] { color: @muted@; font-size: 15px; }
QLabel[role="rollKey"] { font-size: 15px; font-weight: 700; }
QLabel[role="rollDoubt"] { color: @waiting@; font-size: 16px; font-weight: 700; }
QFrame[role="doubt"] { background: @surface@; border: 1px solid @waiting@; border-radius: 8px; }
QFrame[role="rollSide"] { background: @surface@; border: 0; border-left: 1px solid @line@; }
QLabel[role="small"] { color: @muted@; font-size: 12px; }

QMessageBox QLabel#qt_msgbox_label { font-weight: 700; }
QMessageBox QLabel#qt_msgbox_informativelabel { min-width: 400px; }

QProgressBar { background: @idleGround@; border: 0; border-radius: 3px; }
QProgressBar::chunk { background: @accent@; border-radius: 3px; }

QPushButton { background: @surface@; color: @text@; border: 1px solid @line@; border-radius: 6px;
  padding: 0 14px; min-height: 30px; font-weight: 600; }
QPushButton:hover { background: @background@; }
QPushButton:pressed { background: @selection@; }
QPushButton:focus { border: 2px solid @accent@; padding: 0 13px; min-height: 28px; }
QPushButton:disabled { color: @muted@; background: @background@; }
QPushButton[role="primary"] { background: @accent@; color: @onAccent@; border-color: @accent@; }
QPushButton[role="primary"]:hover { background: @accentHover@; border-color: @accentHover@; }
QPushButton[role="primary"]:focus { border: 2px solid @text@; }
QPushButton[role="primary"]:disabled { background: @idleGround@; color: @idle@; border-color: @line@; }
QPushButton[role="chip"] { border-radius: 14px; padding: 0 11px; min-height: 26px; font-weight: 400; }
QPushButton[role="chip"]:checked { background: @selection@; color: @accent@; border-color: @selection@; }
QPushButton[role="chip"]:focus { border: 2px solid @accent@; padding: 0 10px; min-height: 24px; }
QPushButton[role="chip"][alarm="true"] { color: @problem@; border-color: @problem@; }
QPushButton[role="chip"][alarm="true"]:checked { background: @problemGround@; }
QPushButton[role="link"] { border: 0; background: transparent; color: @accent@; padding: 0 6px; min-height: 26px; }
QPushButton[role="link"]:hover { background: @selection@; }
QPushButton[role="link"]:focus { border: 2px solid @accent@; padding: 0 4px; min-height: 22px; }
QPushButton[role="textlink"] { border: 2px solid transparent; border-radius: 4px; background: transparent; color: @accent@;
  padding: 0; min-height: 20px; }
QPushButton[role="textlink"]:hover { background: @selection@; }
QPushButton[role="textlink"]:focus { border-color: @accent@; }
QPushButton[role="textlink"]:disabled { color: @muted@; background: transparent; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 6px; }
QToolButton:hover { background: @background@; }
QToolButton:focus { border-color: @accent@; }
QToolButton::menu-indicator { image: none; }

QLineEdit, QSpinBox, QComboBox { background: @surface@; color: @text@; border: 1px solid @line@; border-radius: 6px;
  padding: 0 8px; min-height: 30px; selection-background-color: @accent@; selection-color: @onAccent@; }
QLineEdit:focus, QSpinBox:focus, QComboBox:focus { border-color: @accent@; }
QLineEdit[role="inplace"] { padding: 0 4px; min-height: 20px; border-radius: 4px; font-size: 15px; font-weight: 700; }
QLineEdit[invalid="true"] { border-color: @problem@; }
QSpinBox::up-button, QSpinBox::down-button { width: 0; border: 0; }
QComboBox::drop-down { border: 0; width: 22px; }
QComboBox::down-arrow { image: url(:/icons/@mode@/down.svg); width: 12px; height: 12px; }
QAbstractItemView QLineEdit, QAbstractItemView QComboBox { border-radius: 0; border: 2px solid @accent@;
  padding: 0 6px; min-height: 0; }
QComboBox QAbstractItemView, QMenu { background: @surface@; color: @text@; border: 1px solid @line@; }
QComboBox QAbstractItemView { selection-background-color: @selection@; selection-color: @accent@; outline: 0; }
QMenu { padding: 4px; }
QMenu::item { padding: 6px 24px 6px 24px; border-radius: 4px; }
QMenu::item:selected { background: @selection@; color: @accent@; }
QMenu::item:disabled { color: @muted@; }
QMenu::separator { height: 1px; background: @line@; margin: 4px 8px; }
QToolTip { background: @text@; color: @surface@; border: 0; padding: 4px 8px; }

QAbstractItemView { background: @surface@; border: 0; outline: 0; }
QTableView { alternate-background-color: @surface@; gridline-color: @line@; selection-background-color: @selection@;
  selection-color: @text@; }
QHeaderView { background: @surface@; border: 0; }
QHeaderView::section { background: @surface@; color: @muted@; border: 0; border-bottom: 1px solid @line@;
  padding: 0 2px 0 10px; height: 31px; font-weight: 600; }
QHeaderView::section:hover { color: @text@; }
QHeaderView::up-arrow, QHeaderView::down-arrow { width: 0; height: 0; }
QPlainTextEdit { background: @surface@; color: @text@; border: 0; selection-background-color: @accent@;
  selection-color: @onAccent@; }
QListWidget { border: 1px solid @line@; border-radius: 6px; padding: 4px; }
QListWidget:focus { border-color: @accent@; }
QListWidget::item { padding: 4px; border-radius: 4px; }
QListWidget::item:selected { background: @selection@; color: @accent@; }
QSplitter::handle { background: transparent; }
QScrollBar { background: transparent; border: 0; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: @line@; border-radius: 4px; margin: 1px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: @muted@; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
)";

QColor mix(const QColor& one, const QColor& two) {
    return QColor((one.red() * 4 + two.red()) / 5, (one.green() * 4 + two.green()) / 5,
                  (one.blue() * 4 + two.blue()) / 5);
}

} // namespace

QString styleSheet(const Tokens& tokens) {
    const Tone& problem = tokens.tone(ToneName::Problem);
    const Tone& idle = tokens.tone(ToneName::Idle);
    const bool isDark = tokens.background.lightness() < 128;
    const std::array words{
        std::pair{"@background@", tokens.background.name()},
        std::pair{"@surface@", tokens.surface.name()},
        std::pair{"@line@", tokens.line.name()},
        std::pair{"@text@", tokens.text.name()},
        std::pair{"@muted@", tokens.muted.name()},
        std::pair{"@selection@", tokens.selection.name()},
        std::pair{"@onAccent@", tokens.onAccent.name()},
        std::pair{"@accent@", tokens.accent().name()},
        std::pair{"@accentHover@", mix(tokens.accent(), tokens.text).name()},
        std::pair{"@problem@", problem.ink.name()},
        std::pair{"@problemGround@", problem.ground.name()},
        std::pair{"@waiting@", tokens.tone(ToneName::Waiting).ink.name()},
        std::pair{"@idle@", idle.ink.name()},
        std::pair{"@idleGround@", idle.ground.name()},
        std::pair{"@mode@", isDark ? QStringLiteral("dark") : QStringLiteral("light")},
    };
    QString text = QString::fromLatin1(sheet);
    for (const auto& [word, value] : words)
        text.replace(QLatin1String(word), value);
    return text;
}

} // namespace rackmuster::ui
