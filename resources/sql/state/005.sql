-- Version 5. DHCP options of the operator's own, as the plan writes them.

ALTER TABLE machines ADD COLUMN dhcp_options TEXT NOT NULL DEFAULT '';
