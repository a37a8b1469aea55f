"""Pages of personal data: how long it is kept, what was deleted, what people ask about their own."""
