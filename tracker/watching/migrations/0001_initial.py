import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Alarm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=100)),
                ('kind', models.CharField(choices=[('OLDEST_WAITING', 'work waits too long'), ('QUEUE_UNATTENDED', 'nobody works on a queue'), ('FEED_SILENT', 'a feed is silent'), ('FEED_FAILING', 'a feed fails'), ('CAPTURE_DAMAGED', 'stored evidence is damaged'), ('TIMESTAMP_FAILED', 'a time-stamp failed')], max_length=20)),
                ('sentence', models.CharField(max_length=500)),
                ('raised_at', models.DateTimeField()),
                ('cleared_at', models.DateTimeField(blank=True, null=True)),
                ('acknowledged_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='acknowledged_alarms', to=settings.AUTH_USER_MODEL)),
                ('acknowledged_at', models.DateTimeField(blank=True, null=True)),
                ('acknowledgement', models.CharField(blank=True, max_length=500)),
            ],
            options={
                'indexes': [models.Index(fields=['-raised_at', '-id'], name='alarm_latest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['OLDEST_WAITING', 'QUEUE_UNATTENDED', 'FEED_SILENT', 'FEED_FAILING', 'CAPTURE_DAMAGED', 'TIMESTAMP_FAILED'])), name='alarm_kind_valid'), models.UniqueConstraint(condition=models.Q(('cleared_at__isnull', True)), fields=('key',), name='alarm_open_once'), models.CheckConstraint(condition=models.Q(('sentence', ''), _negated=True), name='alarm_says_what'), models.CheckConstraint(condition=models.Q(models.Q(('acknowledged_at__isnull', True), ('acknowledged_by__isnull', True), ('acknowledgement', '')), models.Q(('acknowledged_at__isnull', False), ('acknowledged_by__isnull', False), models.Q(('acknowledgement', ''), _negated=True)), _connector='OR'), name='alarm_acknowledged_whole')],
            },
        ),
        migrations.CreateModel(
            name='AlarmEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='watching.alarm')),
                ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('key', models.CharField(max_length=100)),
                ('kind', models.CharField(choices=[('OLDEST_WAITING', 'work waits too long'), ('QUEUE_UNATTENDED', 'nobody works on a queue'), ('FEED_SILENT', 'a feed is silent'), ('FEED_FAILING', 'a feed fails'), ('CAPTURE_DAMAGED', 'stored evidence is damaged'), ('TIMESTAMP_FAILED', 'a time-stamp failed')], max_length=20)),
                ('sentence', models.CharField(max_length=500)),
                ('raised_at', models.DateTimeField()),
                ('cleared_at', models.DateTimeField(blank=True, null=True)),
                ('acknowledged_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('acknowledged_at', models.DateTimeField(blank=True, null=True)),
                ('acknowledgement', models.CharField(blank=True, max_length=500)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='WorkerHeartbeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, unique=True)),
                ('process_id', models.PositiveIntegerField()),
                ('queues', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=50), size=None)),
                ('started_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('tasks_done', models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='StageMinute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.CharField(choices=[('FETCH', 'fetched'), ('PARSE', 'read'), ('RELATE', 'compared'), ('EXTRACT', 'searched for claims')], max_length=10)),
                ('minute', models.DateTimeField()),
                ('done', models.PositiveIntegerField(default=0)),
                ('failed', models.PositiveIntegerField(default=0)),
                ('retried', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('stage__in', ['FETCH', 'PARSE', 'RELATE', 'EXTRACT'])), name='stage_minute_stage_valid'), models.UniqueConstraint(fields=('stage', 'minute'), name='stage_minute_once')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='alarm',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='6adb99112abf7a5fce48489ee42c65a082dd130a', operation='DELETE', pgid='pgtrigger_never_deleted_bc839', table='watching_alarm', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='alarm',
            trigger=pgtrigger.compiler.Trigger(name='cause_fixed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."raised_at" IS DISTINCT FROM (NEW."raised_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='f53735203d35ec967e304fec4fe0d319b6e793cb', operation='UPDATE', pgid='pgtrigger_cause_fixed_11b68', table='watching_alarm', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='alarm',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "watching_alarmevent" ("acknowledged_at", "acknowledged_by_id", "acknowledgement", "cleared_at", "id", "key", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "sentence") VALUES (NEW."acknowledged_at", NEW."acknowledged_by_id", NEW."acknowledgement", NEW."cleared_at", NEW."id", NEW."key", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."raised_at", NEW."sentence"); RETURN NULL;', hash='a059d28ff7635f497abceaeb44461e6cc937c402', operation='INSERT', pgid='pgtrigger_insert_insert_65943', table='watching_alarm', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='alarm',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "watching_alarmevent" ("acknowledged_at", "acknowledged_by_id", "acknowledgement", "cleared_at", "id", "key", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "sentence") VALUES (NEW."acknowledged_at", NEW."acknowledged_by_id", NEW."acknowledgement", NEW."cleared_at", NEW."id", NEW."key", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."raised_at", NEW."sentence"); RETURN NULL;', hash='ee500a3bd367efd6149d3a794a03707184ddc887', operation='UPDATE', pgid='pgtrigger_update_update_a469e', table='watching_alarm', when='AFTER')),
        ),
    ]
