"""A whole nation on paper: statistics behind the signs, what a sign is, and report books. Values and pure functions."""
