"""The first page of every morning: what is due, what waits for a decision, how the year stands; and the deadlines."""
