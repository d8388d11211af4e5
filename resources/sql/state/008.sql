-- Version 8. Machines that broke, whose slots wait for others.

ALTER TABLE machines ADD COLUMN is_to_be_replaced INTEGER NOT NULL DEFAULT 0 CHECK (is_to_be_replaced IN (0, 1));
