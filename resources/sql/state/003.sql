-- Version 3. What a machine may start besides its installation, and what is served besides the images.

ALTER TABLE machines ADD COLUMN menu_entry TEXT NOT NULL DEFAULT '';
ALTER TABLE machines ADD COLUMN ticket_menu_entry TEXT NOT NULL DEFAULT '';

CREATE TABLE folders (
    name TEXT PRIMARY KEY,
    path TEXT NOT NULL
) STRICT;

-- Files that are appended to the initrd of an image, in the order of their positions.
CREATE TABLE extra_initrds (
    image_id TEXT NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 0),
    path     TEXT NOT NULL,
    PRIMARY KEY (image_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE kernels (
    name      TEXT PRIMARY KEY,
    kernel    TEXT NOT NULL,
    arguments TEXT NOT NULL
) STRICT;

CREATE TABLE kernel_initrds (
    kernel   TEXT NOT NULL,
    position INTEGER NOT NULL CHECK (position >= 0),
    path     TEXT NOT NULL,
    PRIMARY KEY (kernel, position)
) STRICT, WITHOUT ROWID;
