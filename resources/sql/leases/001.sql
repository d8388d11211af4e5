-- Version 1. One lease per machine and one machine per address: a later lease takes the address over.

CREATE TABLE leases (
    mac        TEXT PRIMARY KEY,
    address    TEXT NOT NULL UNIQUE ON CONFLICT REPLACE,
    expires_ms INTEGER
) STRICT;
