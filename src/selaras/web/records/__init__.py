"""Any kind of record as a list and a form: the plain way to everything that has no page of its own."""
