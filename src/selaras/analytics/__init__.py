"""A whole nation at once: roll-ups over published snapshots."""
