"""Pages of the audit trail: what was done by whom, and the history of a record."""
