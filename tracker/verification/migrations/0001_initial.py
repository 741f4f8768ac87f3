import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.comparison
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('sources', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to=settings.AUTH_USER_MODEL)),
                ('token', models.CharField(max_length=43, unique=True)),
                ('form', models.CharField(max_length=100)),
                ('fields', models.JSONField(default=dict)),
                ('saved_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('person__isnull', False)), fields=('person', 'form'), name='draft_one_per_form')],
            },
        ),
        migrations.CreateModel(
            name='ReviewTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('article', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='task', to='sources.article')),
                ('state', models.CharField(choices=[('QUEUED', 'waiting'), ('LEASED', 'being reviewed'), ('IRRELEVANT', 'irrelevant'), ('DUPLICATE', 'duplicate'), ('CODED', 'done')], default='QUEUED', max_length=12)),
                ('queued_at', models.DateTimeField()),
                ('holder', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='held_tasks', to=settings.AUTH_USER_MODEL)),
                ('held_until', models.DateTimeField(blank=True, null=True)),
                ('fence', models.PositiveIntegerField(default=0)),
                ('decided_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decided_tasks', to=settings.AUTH_USER_MODEL)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decision_reason', models.CharField(blank=True, max_length=500)),
                ('duplicate_of', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duplicate_tasks', to='sources.article')),
                ('relevance', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('extractor', models.CharField(blank=True, max_length=60)),
                ('relevance_reasons', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'QUEUED')), fields=['queued_at', 'id'], name='task_waiting'), models.Index(condition=models.Q(('state', 'LEASED')), fields=['held_until'], name='task_held'), models.Index(models.OrderBy(django.db.models.functions.comparison.Coalesce('relevance', 101), descending=True), models.F('queued_at'), models.F('id'), condition=models.Q(('state', 'QUEUED')), name='task_likeliest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['QUEUED', 'LEASED', 'IRRELEVANT', 'DUPLICATE', 'CODED'])), name='task_state_valid'), models.CheckConstraint(condition=models.Q(models.Q(('held_until__isnull', False), ('holder__isnull', False), ('state', 'LEASED')), models.Q(models.Q(('state', 'LEASED'), _negated=True), ('held_until__isnull', True), ('holder__isnull', True)), _connector='OR'), name='task_holder_matches_state'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('state__in', ['IRRELEVANT', 'DUPLICATE', 'CODED'])), models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('state__in', ['QUEUED', 'LEASED'])), _connector='OR'), name='task_decision_matches_state'), models.CheckConstraint(condition=models.Q(models.Q(('duplicate_of__isnull', False), ('state', 'DUPLICATE')), models.Q(models.Q(('state', 'DUPLICATE'), _negated=True), ('duplicate_of__isnull', True)), _connector='OR'), name='task_duplicate_names_original'), models.CheckConstraint(condition=models.Q(('relevance__isnull', True), ('relevance__lte', 100), _connector='OR'), name='task_relevance_is_per_cent')],
            },
        ),
        migrations.CreateModel(
            name='ReviewTaskEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='verification.reviewtask')),
                ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('article', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.article')),
                ('state', models.CharField(choices=[('QUEUED', 'waiting'), ('LEASED', 'being reviewed'), ('IRRELEVANT', 'irrelevant'), ('DUPLICATE', 'duplicate'), ('CODED', 'done')], default='QUEUED', max_length=12)),
                ('queued_at', models.DateTimeField()),
                ('holder', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('held_until', models.DateTimeField(blank=True, null=True)),
                ('fence', models.PositiveIntegerField(default=0)),
                ('decided_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decision_reason', models.CharField(blank=True, max_length=500)),
                ('duplicate_of', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.article')),
                ('relevance', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('extractor', models.CharField(blank=True, max_length=60)),
                ('relevance_reasons', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewtask',
            trigger=pgtrigger.compiler.Trigger(name='state_fsm', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{QUEUED:LEASED,LEASED:QUEUED,LEASED:IRRELEVANT,LEASED:DUPLICATE,LEASED:CODED,IRRELEVANT:QUEUED,DUPLICATE:QUEUED,CODED:QUEUED}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='86cbc19bcc83cbd60735533dee49bd5e9fcc10ab', operation='UPDATE', pgid='pgtrigger_state_fsm_da7a4', table='verification_reviewtask', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewtask',
            trigger=pgtrigger.compiler.Trigger(name='starts_queued', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NEW.state <> 'QUEUED' THEN RAISE EXCEPTION 'pgtrigger: % must start as QUEUED', TG_TABLE_NAME; END IF; RETURN NEW;", hash='7595edb521b7d5c99f5e74ec66ea41daa52e988a', operation='INSERT', pgid='pgtrigger_starts_queued_21bc3', table='verification_reviewtask', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewtask',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='fe8e83b45d6075e562106b33df02de35d2bb1a89', operation='DELETE', pgid='pgtrigger_never_deleted_ba7fd', table='verification_reviewtask', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewtask',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "verification_reviewtaskevent" ("article_id", "decided_at", "decided_by_id", "decision_reason", "duplicate_of_id", "extractor", "fence", "held_until", "holder_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "queued_at", "relevance", "relevance_reasons", "state") VALUES (NEW."article_id", NEW."decided_at", NEW."decided_by_id", NEW."decision_reason", NEW."duplicate_of_id", NEW."extractor", NEW."fence", NEW."held_until", NEW."holder_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."queued_at", NEW."relevance", NEW."relevance_reasons", NEW."state"); RETURN NULL;', hash='e6705f1a8e9a296e616ab2ea7f01156e7b2ac1ef', operation='INSERT', pgid='pgtrigger_insert_insert_b95b7', table='verification_reviewtask', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reviewtask',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "verification_reviewtaskevent" ("article_id", "decided_at", "decided_by_id", "decision_reason", "duplicate_of_id", "extractor", "fence", "held_until", "holder_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "queued_at", "relevance", "relevance_reasons", "state") VALUES (NEW."article_id", NEW."decided_at", NEW."decided_by_id", NEW."decision_reason", NEW."duplicate_of_id", NEW."extractor", NEW."fence", NEW."held_until", NEW."holder_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."queued_at", NEW."relevance", NEW."relevance_reasons", NEW."state"); RETURN NULL;', hash='246f29fc59b919a44bebece55be0148382752710', operation='UPDATE', pgid='pgtrigger_update_update_d2c16', table='verification_reviewtask', when='AFTER')),
        ),
    ]
