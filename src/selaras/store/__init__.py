"""What we remember: Django tables, migrations and the loader of snapshots."""
