"""Stage reporting: Snapshot to Document, by the outline of the rulebook. One composer for every format."""
