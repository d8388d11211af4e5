-- Version 4. What is known of an image's file and bytes, and how far a copy into the library is.

ALTER TABLE images ADD COLUMN own_name TEXT NOT NULL DEFAULT '';
ALTER TABLE images ADD COLUMN is_own_copy INTEGER NOT NULL DEFAULT 0 CHECK (is_own_copy IN (0, 1));
-- The file as it was imported; NULL for what an older version imported.
ALTER TABLE images ADD COLUMN size INTEGER;
ALTER TABLE images ADD COLUMN modified_ns INTEGER;
ALTER TABLE images ADD COLUMN device INTEGER;
ALTER TABLE images ADD COLUMN inode INTEGER;
ALTER TABLE images ADD COLUMN ends_sha256 TEXT NOT NULL DEFAULT '';
ALTER TABLE images ADD COLUMN verdict TEXT NOT NULL DEFAULT 'none';
ALTER TABLE images ADD COLUMN sha256 TEXT NOT NULL DEFAULT '';
ALTER TABLE images ADD COLUMN compared_with TEXT NOT NULL DEFAULT '';

CREATE TABLE copies (
    image_id    TEXT PRIMARY KEY,
    source      TEXT NOT NULL,
    size        INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL,
    device      INTEGER NOT NULL,
    inode       INTEGER NOT NULL,
    file_name   TEXT NOT NULL,
    good        INTEGER NOT NULL CHECK (good >= 0),
    is_wanted   INTEGER NOT NULL CHECK (is_wanted IN (0, 1))
) STRICT;

-- Files of ours that no image owns any more, to be removed.
CREATE TABLE discards (
    path TEXT PRIMARY KEY
) STRICT;
