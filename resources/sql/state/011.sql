-- Version 11. Of a machine with several NICs, the one that takes up the ticket.

ALTER TABLE machines ADD COLUMN ticket_nic TEXT;
