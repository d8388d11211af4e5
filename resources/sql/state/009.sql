-- Version 9. Several racks of the same size, and the steps of their addresses.

ALTER TABLE layout ADD COLUMN rack_count INTEGER NOT NULL DEFAULT 1 CHECK (rack_count BETWEEN 1 AND 999);
ALTER TABLE layout ADD COLUMN address_step INTEGER NOT NULL DEFAULT 1 CHECK (address_step BETWEEN 1 AND 65536);
ALTER TABLE layout ADD COLUMN rack_address_step INTEGER NOT NULL DEFAULT 0
    CHECK (rack_address_step BETWEEN 0 AND 16777216);
