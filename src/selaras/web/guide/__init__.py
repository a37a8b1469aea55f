"""The style guide: every component with realistic content, shown only while developing."""
