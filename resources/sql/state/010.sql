-- Version 10. What a plan file says of machines in columns that mean nothing here: a JSON object of texts, or nothing.

ALTER TABLE machines ADD COLUMN other_columns TEXT NOT NULL DEFAULT '';
