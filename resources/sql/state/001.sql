-- Version 1. Times are milliseconds since 1970 (UTC), addresses and words are spelled as in the event stream.
-- A statement ends with a semicolon at the end of a line.

CREATE TABLE machines (
    mac              TEXT PRIMARY KEY,
    uuid             TEXT,
    firmware         TEXT NOT NULL,
    first_seen_ms    INTEGER,
    slot             INTEGER CHECK (slot >= 1),
    approval         TEXT NOT NULL,
    stage            TEXT NOT NULL,
    stage_since_ms   INTEGER,
    leased           TEXT,
    hostname         TEXT NOT NULL,
    address          TEXT,
    image_id         TEXT NOT NULL,
    profile          TEXT NOT NULL,
    kernel_arguments TEXT NOT NULL,
    boot_file        TEXT NOT NULL,
    note             TEXT NOT NULL,
    ticket_token     TEXT UNIQUE,
    ticket_minted_ms INTEGER CHECK ((ticket_minted_ms IS NULL) = (ticket_token IS NULL)),
    ticket_fetched   INTEGER NOT NULL CHECK (ticket_fetched IN (0, 1)),
    ticket_spent     INTEGER NOT NULL CHECK (ticket_spent IN (0, 1)),
    discovers        INTEGER NOT NULL CHECK (discovers >= 0),
    boots            INTEGER NOT NULL CHECK (boots >= 0),
    is_done          INTEGER NOT NULL CHECK (is_done IN (0, 1)),
    bytes_served     INTEGER NOT NULL CHECK (bytes_served >= 0),
    packages_done    INTEGER NOT NULL CHECK (packages_done >= 0),
    packages_total   INTEGER NOT NULL CHECK (packages_total >= 0),
    problem          TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE layout (
    id            INTEGER PRIMARY KEY CHECK (id = 1),
    name          TEXT NOT NULL,
    slot_count    INTEGER NOT NULL CHECK (slot_count >= 1),
    name_pattern  TEXT NOT NULL,
    first_address TEXT
) STRICT;

CREATE TABLE cursor (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    slot INTEGER NOT NULL CHECK (slot >= 1)
) STRICT;

CREATE TABLE images (
    id   TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE profiles (
    name TEXT PRIMARY KEY,
    text TEXT NOT NULL
) STRICT;

CREATE TABLE settings (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE journal (
    seq     INTEGER PRIMARY KEY,
    time_ms INTEGER NOT NULL,
    name    TEXT NOT NULL,
    mac     TEXT,
    facts   TEXT NOT NULL
) STRICT;
