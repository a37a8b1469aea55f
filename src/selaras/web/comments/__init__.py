"""Remarks beside any record: one component that every page can show, by the record's kind and natural key."""
