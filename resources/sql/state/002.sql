-- Version 2. A ticket says what it was given for, so that another default does not change an approved machine.

ALTER TABLE machines ADD COLUMN ticket_image TEXT NOT NULL DEFAULT '';
ALTER TABLE machines ADD COLUMN ticket_profile TEXT NOT NULL DEFAULT '';
