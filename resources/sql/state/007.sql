-- Version 7. What the roll call knows of the order of machines.

ALTER TABLE machines ADD COLUMN is_captured INTEGER NOT NULL DEFAULT 0 CHECK (is_captured IN (0, 1));
-- Hardware addresses, with blanks between them.
ALTER TABLE machines ADD COLUMN order_uncertain_with TEXT NOT NULL DEFAULT '';

-- Slots that the cursor passes over.
CREATE TABLE reserved_slots (
    slot INTEGER PRIMARY KEY CHECK (slot >= 1)
) STRICT;

-- The way the cursor goes.
ALTER TABLE layout ADD COLUMN direction TEXT NOT NULL DEFAULT 'bottom-up';
ALTER TABLE layout ADD COLUMN columns INTEGER NOT NULL DEFAULT 2 CHECK (columns >= 1);

-- The machine whose NIC this is, or may be.
ALTER TABLE machines ADD COLUMN owner TEXT;
ALTER TABLE machines ADD COLUMN maybe_nic_of TEXT;
