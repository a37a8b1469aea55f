"""What SAKIP means: values and pure functions; no clock, no files, no settings."""
