"""Tables of a stage, until the first release folds them into the first migration."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from selaras.store.first_tables import NewTables


class Migration(NewTables):
    dependencies = [("store", "0003_proofs")]
    operations = [
        migrations.CreateModel(
            name='HistorySalt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.UUIDField(unique=True)),
                ('salt', models.CharField(max_length=64)),
            ],
            options={
                'verbose_name': 'garam riwayat',
            },
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agency', models.CharField(blank=True)),
                ('kind', models.CharField(max_length=40)),
                ('subject', models.CharField(blank=True, max_length=64)),
                ('rule', models.TextField(blank=True)),
                ('basis', models.TextField(blank=True)),
                ('decided_by', models.TextField(blank=True)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('counts', models.JSONField(default=dict)),
                ('reason', models.TextField(blank=True)),
            ],
            options={
                'verbose_name': 'penghapusan data pribadi',
                'ordering': ('-pk',),
                'indexes': [models.Index(fields=['agency', 'kind'], name='erasure_kind')],
            },
        ),
        migrations.CreateModel(
            name='SubjectRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField(blank=True)),
                ('contact', models.TextField(blank=True)),
                ('wish', models.CharField(choices=[('salinan', 'salinan'), ('perbaikan', 'perbaikan'), ('penghapusan', 'penghapusan'), ('keberatan', 'keberatan')], max_length=80)),
                ('state', models.CharField(choices=[('menunggu', 'menunggu'), ('dipenuhi', 'dipenuhi'), ('ditolak', 'ditolak')], max_length=80)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('due_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.TextField(blank=True)),
                ('answer', models.TextField(blank=True)),
                ('text', models.TextField(blank=True)),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='store.agency')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'permintaan subjek data',
                'ordering': ('-pk',),
                'indexes': [models.Index(fields=['state', 'due_at'], name='subjectrequest_due')],
            },
        ),
    ]
