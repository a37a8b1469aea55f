"""Registers inside: lists and records, the counter, definitions made in the browser, figures with their records."""
