"""Tests in a real browser, which is closed when the last of them in a worker is through."""
