"""Stage culture: studies of leadership and work culture from the framework to the follow-up, and its surveys."""
