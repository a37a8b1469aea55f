"""Tables of stage proofs: signed heads of the trail, verifications of files, roots that are trusted."""

import django.db.models.deletion
from django.db import migrations, models

from selaras.store.first_tables import NewTables


class Migration(NewTables):
    dependencies = [("store", "0002_issuing")]
    operations = [
        migrations.CreateModel(
            name="AuditAnchor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveBigIntegerField(unique=True)),
                ("last_id", models.PositiveBigIntegerField()),
                ("records", models.PositiveBigIntegerField()),
                ("head", models.CharField(max_length=64)),
                ("previous", models.CharField(blank=True, max_length=64)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.TextField(blank=True)),
                ("kind", models.CharField(choices=[("ed25519", "ed25519"), ("cms", "cms")], max_length=80)),
                ("signature", models.BinaryField()),
                ("certificate", models.TextField(blank=True)),
            ],
            options={
                "verbose_name": "jangkar jejak audit",
                "ordering": ("number",),
            },
        ),
        migrations.CreateModel(
            name="Verification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("name", models.CharField(max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("menunggu", "menunggu"),
                            ("diperiksa", "diperiksa"),
                            ("selesai", "selesai"),
                            ("gagal", "gagal"),
                        ],
                        max_length=80,
                    ),
                ),
                ("result", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("ready_at", models.DateTimeField(blank=True, null=True)),
                ("expires_at", models.DateTimeField()),
                ("asked_by", models.CharField(blank=True, max_length=150)),
            ],
            options={
                "verbose_name": "pemeriksaan berkas",
                "ordering": ("pk",),
                "indexes": [
                    models.Index(fields=["state", "id"], name="verification_state"),
                    models.Index(fields=["expires_at"], name="verification_expires"),
                ],
            },
        ),
        migrations.CreateModel(
            name="TrustRoot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("pem", models.TextField(blank=True)),
                ("sha256", models.CharField(max_length=64)),
                ("not_after", models.DateTimeField()),
                ("source", models.TextField(blank=True)),
                ("added_by", models.TextField(blank=True)),
                ("added_at", models.DateTimeField()),
                ("removed_by", models.TextField(blank=True)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="store.agency",
                    ),
                ),
            ],
            options={
                "verbose_name": "akar tepercaya",
                "ordering": ("name", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at__isnull", True)),
                        fields=("sha256",),
                        name="trustroot_key",
                        violation_error_message="akar ini sudah dipercaya",
                    )
                ],
            },
        ),
    ]
