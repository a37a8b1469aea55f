"""The verbs: the only room that changes anything."""
