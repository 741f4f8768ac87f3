import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('incidents', '0001_initial'),
        ('sources', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PublicCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('incident', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='public_code', to='incidents.incident')),
                ('year', models.PositiveSmallIntegerField()),
                ('allocated_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='published_versions', to='incidents.incident')),
                ('number', models.PositiveIntegerField()),
                ('code', models.CharField(max_length=16)),
                ('grade', models.CharField(choices=[('CONFIRMED', 'Confirmed'), ('FAIR', 'Fair'), ('WEAK', 'Weak'), ('CONTESTED', 'Contested'), ('DISCOUNTED', 'Discounted'), ('UNASSESSED', 'Not graded')], max_length=12)),
                ('date_start', models.DateField(blank=True, null=True)),
                ('date_end', models.DateField(blank=True, null=True)),
                ('assessment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='version', to='incidents.assessment')),
                ('document', models.JSONField()),
                ('change_note', models.CharField(max_length=500)),
                ('published_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('published_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['code', '-number'], name='version_by_code'), models.Index(fields=['-published_at', '-id'], name='version_by_publication')],
                'constraints': [models.CheckConstraint(condition=models.Q(('grade__in', ['CONFIRMED', 'FAIR', 'WEAK', 'CONTESTED', 'DISCOUNTED', 'UNASSESSED'])), name='version_grade_valid'), models.CheckConstraint(condition=models.Q(models.Q(('date_end__isnull', True), ('date_start__isnull', True)), models.Q(('date_end__isnull', False), ('date_start__isnull', False)), _connector='OR'), name='version_dates_whole'), models.UniqueConstraint(fields=('incident', 'number'), name='version_number_once'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='version_from_one')],
            },
        ),
        migrations.CreateModel(
            name='PinnedSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pinned_sources', to='publication.version')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sources.source')),
                ('reliability', models.CharField(max_length=1, null=True)),
                ('note', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sources.credibilitynote')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('version', 'source'), name='pinned_source_once')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publiccode',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='51fd57c748dd7c6975c909dbfd0969f7b5c5a1d0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_cd3f6', table='publication_publiccode', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publiccode',
            trigger=pgtrigger.compiler.Trigger(name='append_only_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='d96815d90b6c146de7806acd1d7c6d83d588c89b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_truncate_b9dc7', table='publication_publiccode', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='version',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b4a842cd375341a0d69ae61d0342ff3e2bee3128', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6003e', table='publication_version', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='version',
            trigger=pgtrigger.compiler.Trigger(name='append_only_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='e002d8f4c0f209f43cf5a0c9ca95af3ccbd5dbcb', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_truncate_39aa5', table='publication_version', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pinnedsource',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6ab783c442c2d14d6d11b7dadbae35f572210a0b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_cc892', table='publication_pinnedsource', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pinnedsource',
            trigger=pgtrigger.compiler.Trigger(name='append_only_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='2d2c528aa5ccc6620829fcf4a76192e8c07aefc0', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_truncate_6d79b', table='publication_pinnedsource', when='BEFORE')),
        ),
    ]
