"""Tables of a stage, until the first release folds them into the first migration."""

from selaras.store.first_tables import NewTables


class Migration(NewTables):
    dependencies = [("store", "0004_operation")]
    operations = []
