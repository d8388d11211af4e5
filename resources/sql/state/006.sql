-- Version 6. How often the answer file was handed over under a ticket.

ALTER TABLE machines ADD COLUMN ticket_fetches INTEGER NOT NULL DEFAULT 0 CHECK (ticket_fetches >= 0);
UPDATE machines SET ticket_fetches = ticket_fetched;
