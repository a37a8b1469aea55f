"""Tables of stage issuing: issued documents, their stages and signatures, signing keys, minutes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from selaras.store.first_tables import NewTables


class Migration(NewTables):
    dependencies = [("store", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="IssuedDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=600)),
                ("record", models.PositiveBigIntegerField(default=0)),
                ("title", models.TextField(blank=True)),
                ("year", models.PositiveSmallIntegerField()),
                ("unit", models.CharField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("code", models.CharField(max_length=16, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("menunggu tanda tangan", "menunggu tanda tangan"),
                            ("ditandatangani sebagian", "ditandatangani sebagian"),
                            ("terbit", "terbit"),
                            ("diganti versi baru", "diganti versi baru"),
                            ("ditarik", "ditarik"),
                        ],
                        max_length=80,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("note", models.TextField(blank=True)),
                ("data_sha256", models.CharField(blank=True, max_length=64)),
                ("source_sha256", models.CharField(blank=True, max_length=64)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("file", models.CharField(max_length=300)),
                ("pages", models.PositiveIntegerField(default=0)),
                ("places", models.JSONField(default=dict)),
                ("public", models.BooleanField(default=False)),
                ("issued_at", models.DateTimeField(blank=True, null=True)),
                ("made_by", models.TextField(blank=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name": "dokumen terbit",
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="IssuedSignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField()),
                ("role", models.TextField(blank=True)),
                ("position", models.CharField(blank=True)),
                ("office", models.TextField(blank=True)),
                ("holder", models.TextField(blank=True)),
                ("identity", models.CharField(blank=True, max_length=30)),
                ("required", models.BooleanField(default=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("menunggu", "menunggu"),
                            ("ditandatangani", "ditandatangani"),
                            ("ditolak", "ditolak"),
                        ],
                        max_length=80,
                    ),
                ),
                (
                    "provider",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("kunci di server", "kunci di server"),
                            ("berkas sendiri", "berkas sendiri"),
                            ("layanan jarak jauh", "layanan jarak jauh"),
                        ],
                        max_length=80,
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[("B-B", "B-B"), ("B-T", "B-T"), ("B-LT", "B-LT"), ("B-LTA", "B-LTA")],
                        max_length=80,
                    ),
                ),
                ("certificate_subject", models.TextField(blank=True)),
                ("certificate_serial", models.CharField(blank=True, max_length=80)),
                ("certificate_sha256", models.CharField(blank=True, max_length=64)),
                ("issuer", models.TextField(blank=True)),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                ("signed_by", models.TextField(blank=True)),
                ("reason", models.TextField(blank=True)),
                ("sha256_before", models.CharField(blank=True, max_length=64)),
                ("sha256_after", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "verbose_name": "tanda tangan dokumen",
                "ordering": ("document", "order"),
            },
        ),
        migrations.CreateModel(
            name="IssuedStage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "tahap dokumen terbit",
                "ordering": ("document", "number"),
            },
        ),
        migrations.CreateModel(
            name="Minutes",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("number", models.CharField(max_length=120)),
                ("title", models.TextField(blank=True)),
                ("held_on", models.DateField()),
                ("place", models.TextField(blank=True)),
                ("signers", models.JSONField(default=list)),
                ("made_by", models.TextField(blank=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("text", models.TextField(blank=True)),
            ],
            options={
                "verbose_name": "berita acara",
                "ordering": ("-held_on", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="SigningKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[("pkcs12", "pkcs12"), ("pkcs11", "pkcs11"), ("remote", "remote")], max_length=80
                    ),
                ),
                ("secret", models.TextField(blank=True)),
                ("certificate", models.TextField(blank=True)),
                ("subject", models.TextField(blank=True)),
                ("issuer", models.TextField(blank=True)),
                ("serial", models.CharField(blank=True, max_length=80)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("agency_seal", models.BooleanField(default=False)),
                ("active", models.BooleanField(default=True)),
                ("added_by", models.TextField(blank=True)),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                ("tested_at", models.DateTimeField(blank=True, null=True)),
                ("not_before", models.DateTimeField(blank=True, null=True)),
                ("not_after", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "kunci tanda tangan",
                "ordering": ("agency", "name", "pk"),
            },
        ),
        migrations.AddField(
            model_name="issueddocument",
            name="agency",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
        ),
        migrations.AddField(
            model_name="issueddocument",
            name="replaces",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="store.issueddocument",
            ),
        ),
        migrations.AddField(
            model_name="issuedsignature",
            name="document",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="signatures", to="store.issueddocument"
            ),
        ),
        migrations.AddField(
            model_name="issuedsignature",
            name="user",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="issuedstage",
            name="document",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="stages", to="store.issueddocument"
            ),
        ),
        migrations.AddField(
            model_name="minutes",
            name="agency",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.agency"),
        ),
        migrations.AddField(
            model_name="signingkey",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="signing_keys", to="store.agency"
            ),
        ),
        migrations.AddField(
            model_name="signingkey",
            name="holder",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="signing_keys",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="issueddocument",
            index=models.Index(fields=["agency", "year", "state"], name="issueddocument_state"),
        ),
        migrations.AddIndex(
            model_name="issueddocument",
            index=models.Index(fields=["sha256"], name="issueddocument_sha256"),
        ),
        migrations.AddConstraint(
            model_name="issueddocument",
            constraint=models.UniqueConstraint(
                fields=("agency", "kind", "key", "version"),
                name="issueddocument_key",
                violation_error_message="versi dokumen ini sudah ada",
            ),
        ),
        migrations.AddIndex(
            model_name="issuedsignature",
            index=models.Index(fields=["user", "state"], name="issuedsignature_user"),
        ),
        migrations.AddConstraint(
            model_name="issuedsignature",
            constraint=models.UniqueConstraint(fields=("document", "order"), name="issuedsignature_key"),
        ),
        migrations.AddIndex(
            model_name="issuedstage",
            index=models.Index(fields=["sha256"], name="issuedstage_sha256"),
        ),
        migrations.AddConstraint(
            model_name="issuedstage",
            constraint=models.UniqueConstraint(fields=("document", "number"), name="issuedstage_key"),
        ),
        migrations.AddConstraint(
            model_name="minutes",
            constraint=models.UniqueConstraint(
                fields=("agency", "number"), name="minutes_key", violation_error_message="nomor ini sudah dipakai"
            ),
        ),
        migrations.AddIndex(
            model_name="signingkey",
            index=models.Index(fields=["agency", "active"], name="signingkey_active"),
        ),
    ]
