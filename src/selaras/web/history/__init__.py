"""Stage history: figures of old reports, confirmed one by one, so that trends exist on the first day."""
