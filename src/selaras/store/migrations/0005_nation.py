"""Tables of stage nation, until the first release folds them into the first migration."""

from django.db import migrations, models

from selaras.store.first_tables import NewTables


def _choices(*names: str) -> list[tuple[str, str]]:
    return [(name, name) for name in names]


class Migration(NewTables):
    dependencies = [("store", "0004_operation")]
    operations = [
        migrations.CreateModel(
            name="ReportBook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=80, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("agencies", models.JSONField(blank=True, default=list)),
                ("kinds", models.JSONField(default=list)),
                ("formats", models.JSONField(default=list)),
                (
                    "origin",
                    models.CharField(choices=_choices("data terbit", "data beku", "data berjalan"), max_length=80),
                ),
                (
                    "rhythm",
                    models.CharField(choices=_choices("sekali", "bulanan", "triwulanan", "tahunan"), max_length=80),
                ),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "span",
                    models.CharField(choices=_choices("tahun", "semester", "triwulan", "bulan"), max_length=80),
                ),
                ("index", models.PositiveSmallIntegerField(default=1)),
                ("active", models.BooleanField(default=True)),
                ("asked", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=_choices("belum pernah", "berjalan", "lengkap", "ada yang gagal"), max_length=80
                    ),
                ),
                ("last_period", models.CharField(blank=True, max_length=80)),
                ("last_at", models.DateTimeField(blank=True, null=True)),
                ("last_summary", models.JSONField(blank=True, default=dict)),
                ("folder", models.CharField(blank=True, max_length=400)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("changed_by", models.CharField(blank=True, max_length=200)),
            ],
            options={"verbose_name": "buku laporan", "ordering": ("code",)},
        ),
    ]
