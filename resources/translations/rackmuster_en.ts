<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ImageWords</name>
    <message numerus="yes">
        <source>%n own menu entry(s)</source>
        <translation>
            <numerusform>%n own menu entry</numerusform>
            <numerusform>%n own menu entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n extra initrd(s)</source>
        <translation>
            <numerusform>%n extra initrd</numerusform>
            <numerusform>%n extra initrds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n machine(s) wait for it. Plug the stick in again: it goes on by itself.</source>
        <translation>
            <numerusform>%n machine waits for it. Plug the stick in again: it goes on by itself.</numerusform>
            <numerusform>%n machines wait for it. Plug the stick in again: they go on by themselves.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n machine(s) wait for it. Put the file back: it goes on by itself.</source>
        <translation>
            <numerusform>%n machine waits for it. Put the file back: it goes on by itself.</numerusform>
            <numerusform>%n machines wait for it. Put the file back: they go on by themselves.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InputChecks</name>
    <message numerus="yes">
        <source>There are %n sums in this text. Paste only the one of this image.</source>
        <translation>
            <numerusform>There is %n sum in this text. Paste only the one of this image.</numerusform>
            <numerusform>There are %n sums in this text. Paste only the one of this image.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MachineEdit</name>
    <message numerus="yes">
        <source>%n machines cannot share one name: write a pattern such as %1-{slot:02}, or a name with a number to count on from.</source>
        <translation>
            <numerusform>%n machine needs a name: write a pattern such as %1-{slot:02}, or a name with a number to count on from.</numerusform>
            <numerusform>%n machines cannot share one name: write a pattern such as %1-{slot:02}, or a name with a number to count on from.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::CellActs</name>
    <message numerus="yes">
        <source>The clipboard has %n row(s) more than the table.</source>
        <translation>
            <numerusform>The clipboard has %n row more than the table.</numerusform>
            <numerusform>The clipboard has %n rows more than the table.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add %n planned machine(s)</source>
        <translation>
            <numerusform>Add %n planned machine</numerusform>
            <numerusform>Add %n planned machines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s) cannot be changed and stay as they are.</source>
        <translation>
            <numerusform>%n cell cannot be changed and stays as it is.</numerusform>
            <numerusform>%n cells cannot be changed and stay as they are.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Grow the rack to %n slot(s)</source>
        <translation>
            <numerusform>Grow the rack to %n slot</numerusform>
            <numerusform>Grow the rack to %n slots</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::DropVeil</name>
    <message numerus="yes">
        <source>Drop %n file(s) or folder(s): images, kickstart and preseed files</source>
        <translation>
            <numerusform>Drop it here: an image, a kickstart or preseed file, or a folder</numerusform>
            <numerusform>Drop all %n here: images, kickstart and preseed files, folders</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::FileIntake</name>
    <message numerus="yes">
        <source>%n image(s) found in %1.</source>
        <translation>
            <numerusform>%n image found in %1.</numerusform>
            <numerusform>%n images found in %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) found in %1, which is too large to be searched as a whole. Drop the others themselves.</source>
        <translation>
            <numerusform>%n image found in %1, which is too large to be searched as a whole. Drop the others themselves.</numerusform>
            <numerusform>%n images found in %1, which is too large to be searched as a whole. Drop the others themselves.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::ImageCard</name>
    <message numerus="yes">
        <source>%n more note(s)</source>
        <translation>
            <numerusform>%n more note</numerusform>
            <numerusform>%n more notes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::ImagesPage</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n machine(s) cannot be installed from it any more: %1.</source>
        <translation>
            <numerusform>%n machine cannot be installed from it any more: %1.</numerusform>
            <numerusform>%n machines cannot be installed from it any more: %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::ImportDialog</name>
    <message numerus="yes">
        <source>Nothing has happened yet. %n line(s) cannot be used; importing leaves them out.</source>
        <translation>
            <numerusform>Nothing has happened yet. %n line cannot be used; importing leaves it out.</numerusform>
            <numerusform>Nothing has happened yet. %n lines cannot be used; importing leaves them out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Import %n machine(s)</source>
        <translation>
            <numerusform>Import %n machine</numerusform>
            <numerusform>Import %n machines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::MachineDrawer</name>
    <message numerus="yes">
        <source>%1 · %n request(s)</source>
        <translation>
            <numerusform>%1 · %n request</numerusform>
            <numerusform>%1 · %n requests</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::MachinesPage</name>
    <message numerus="yes">
        <source>Forget %n machine(s)?</source>
        <translation>
            <numerusform>Forget %n machine?</numerusform>
            <numerusform>Forget %n machines?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>
and %n more</source>
        <translation>
            <numerusform>
and %n more</numerusform>
            <numerusform>
and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Approve %n machine(s)</source>
        <translation>
            <numerusform>Approve %n machine</numerusform>
            <numerusform>Approve %n machines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::MainWindow</name>
    <message numerus="yes">
        <source>%n machine(s) are approved or installing. They get nothing more once this window is closed.</source>
        <translation>
            <numerusform>One machine is approved or installing. It gets nothing more once this window is closed.</numerusform>
            <numerusform>%n machines are approved or installing. They get nothing more once this window is closed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::NavButton</name>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::RollCallPage</name>
    <message numerus="yes">
        <source>Waiting for %n machines, %1</source>
        <translation>
            <numerusform>Waiting for %n machine, %1</numerusform>
            <numerusform>Waiting for %n machines, %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::ServiceForm</name>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation>
            <numerusform>%n second</numerusform>
            <numerusform>%n seconds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::StatusStrip</name>
    <message numerus="yes">
        <source>%n lease(s)</source>
        <translation>
            <numerusform>%n lease</numerusform>
            <numerusform>%n leases</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::TopBar</name>
    <message numerus="yes">
        <source>Approve %n waiting</source>
        <translation>
            <numerusform>Approve %n waiting</numerusform>
            <numerusform>Approve %n waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rackmuster::ui::Workbench</name>
    <message numerus="yes">
        <source>%1 of %n machine(s)</source>
        <translation>
            <numerusform>%1 of %n machine</numerusform>
            <numerusform>%1 of %n machines</numerusform>
        </translation>
    </message>
</context>
</TS>
