import datetime
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Capture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('size', models.PositiveBigIntegerField()),
                ('media_type', models.CharField(max_length=100)),
                ('reference', models.CharField(max_length=500)),
                ('collected_by', models.CharField(max_length=64)),
                ('received_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='capture_sha256_valid')],
            },
        ),
        migrations.CreateModel(
            name='Retrieval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('capture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='retrievals', to='sources.capture')),
                ('url', models.CharField(max_length=2000)),
                ('final_url', models.CharField(max_length=2000)),
                ('redirects', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2000), default=list, size=None)),
                ('status', models.PositiveSmallIntegerField(null=True)),
                ('request_headers', models.JSONField(default=dict)),
                ('headers', models.JSONField(default=dict)),
                ('address', models.CharField(blank=True, max_length=64)),
                ('tool', models.CharField(blank=True, max_length=200)),
                ('seconds', models.FloatField(default=0.0)),
                ('robots_reason', models.CharField(blank=True, max_length=500)),
                ('asked_by', models.CharField(max_length=64)),
                ('retrieved_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('capture'), django.db.models.functions.text.MD5('url'), models.F('retrieved_at'), name='retrieval_once')],
            },
        ),
        migrations.CreateModel(
            name='CaptureCheck',
            fields=[
                ('capture', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='last_check', serialize=False, to='sources.capture')),
                ('checked_at', models.DateTimeField()),
                ('outcome', models.CharField(choices=[('RECEIVED', 'hashed when it came'), ('INTACT', 'intact'), ('CHANGED', 'changed'), ('MISSING', 'missing or unreadable'), ('DISPOSED', 'disposed of')], max_length=10)),
            ],
            options={
                'indexes': [models.Index(fields=['checked_at', 'capture'], name='capture_check_oldest'), models.Index(condition=models.Q(('outcome__in', ['CHANGED', 'MISSING'])), fields=['checked_at'], name='capture_check_damaged')],
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ['RECEIVED', 'INTACT', 'CHANGED', 'MISSING', 'DISPOSED'])), name='capture_check_outcome_valid')],
            },
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160)),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='party_name_unique')],
            },
        ),
        migrations.CreateModel(
            name='PartyEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='sources.party')),
                ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=160)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('OUTLET', 'outlet'), ('WIRE', 'wire agency'), ('STATE_MEDIA', 'state media'), ('MONITOR', 'monitor'), ('NGO', 'non-governmental organisation'), ('UN_BODY', 'UN body'), ('RESCUE_SERVICE', 'rescue service'), ('HOSPITAL', 'hospital'), ('BELLIGERENT', 'belligerent'), ('OFFICIAL', 'official'), ('WITNESS', 'witness'), ('OTHER', 'other')], default='OTHER', max_length=20)),
                ('party', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sources', to='sources.party')),
                ('revision', models.PositiveIntegerField(default=1)),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='source_name_unique'), models.CheckConstraint(condition=models.Q(('kind__in', ['OUTLET', 'WIRE', 'STATE_MEDIA', 'MONITOR', 'NGO', 'UN_BODY', 'RESCUE_SERVICE', 'HOSPITAL', 'BELLIGERENT', 'OFFICIAL', 'WITNESS', 'OTHER'])), name='source_kind_valid')],
            },
        ),
        migrations.CreateModel(
            name='SourceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='sources.source')),
                ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('OUTLET', 'outlet'), ('WIRE', 'wire agency'), ('STATE_MEDIA', 'state media'), ('MONITOR', 'monitor'), ('NGO', 'non-governmental organisation'), ('UN_BODY', 'UN body'), ('RESCUE_SERVICE', 'rescue service'), ('HOSPITAL', 'hospital'), ('BELLIGERENT', 'belligerent'), ('OFFICIAL', 'official'), ('WITNESS', 'witness'), ('OTHER', 'other')], default='OTHER', max_length=20)),
                ('party', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.party')),
                ('revision', models.PositiveIntegerField(default=1)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CredibilityNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='sources.source')),
                ('reliability', models.CharField(blank=True, choices=[('A', 'A · completely reliable'), ('B', 'B · usually reliable'), ('C', 'C · fairly reliable'), ('D', 'D · not usually reliable'), ('E', 'E · unreliable'), ('F', 'F · judged: cannot be judged')], max_length=1, null=True)),
                ('text', models.TextField()),
                ('audience', models.CharField(choices=[('STAFF', 'staff only'), ('PARTNERS', 'partners too')], default='STAFF', max_length=10)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='credibility_notes', to=settings.AUTH_USER_MODEL)),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['source', '-made_at', '-id'], name='note_by_source')],
                'constraints': [models.CheckConstraint(condition=models.Q(('reliability__in', ['A', 'B', 'C', 'D', 'E', 'F']), ('reliability__isnull', True), _connector='OR'), name='note_reliability_valid'), models.CheckConstraint(condition=models.Q(('audience__in', ['STAFF', 'PARTNERS'])), name='note_audience_valid'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='note_text_given', violation_error_message='A judgement needs its reason: write a note.')],
            },
        ),
        migrations.CreateModel(
            name='Story',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Article',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('capture', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='article', to='sources.capture')),
                ('outlet', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='articles', to='sources.source')),
                ('external_id', models.CharField(blank=True, max_length=200)),
                ('url', models.CharField(blank=True, max_length=2000)),
                ('title', models.CharField(blank=True, max_length=500)),
                ('text', models.TextField(blank=True)),
                ('text_sha256', models.CharField(blank=True, db_index=True, max_length=64)),
                ('language', models.CharField(blank=True, max_length=8)),
                ('material', models.CharField(choices=[('NEWS_REPORT', 'news report'), ('PRESS_RELEASE', 'press release'), ('OFFICIAL_LIST', 'list of a hospital, morgue or authority'), ('MEDICAL_RECORD', 'medical record'), ('COURT_RECORD', 'court record'), ('INTERVIEW', 'interview'), ('CALL', 'telephone call'), ('MESSAGE', 'message'), ('SOCIAL_POST', 'post on social media'), ('VIDEO', 'video, described'), ('PHOTO', 'photo, described'), ('OTHER', 'other')], default='NEWS_REPORT', max_length=20)),
                ('author', models.CharField(blank=True, max_length=300)),
                ('dateline', models.CharField(blank=True, max_length=200)),
                ('published_on', models.DateField(blank=True, null=True)),
                ('published_basis', models.CharField(blank=True, choices=[('SENDER', 'said by who sent it'), ('FEED', 'the feed'), ('STRUCTURED', "the page's structured data"), ('META', "the page's meta tags"), ('MARKUP', 'a time element of the page'), ('URL', 'the address'), ('TEXT', 'the text'), ('DOCUMENT', "the document's properties")], max_length=12)),
                ('modified_on', models.DateField(blank=True, null=True)),
                ('modified_basis', models.CharField(blank=True, choices=[('SENDER', 'said by who sent it'), ('FEED', 'the feed'), ('STRUCTURED', "the page's structured data"), ('META', "the page's meta tags"), ('MARKUP', 'a time element of the page'), ('URL', 'the address'), ('TEXT', 'the text'), ('DOCUMENT', "the document's properties")], max_length=12)),
                ('canonical_url', models.CharField(blank=True, max_length=2000)),
                ('marks', models.JSONField(blank=True, default=list)),
                ('previous', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='next_version', to='sources.article')),
                ('received_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('FETCHED', 'stored'), ('PARSED', 'read'), ('RELATED', 'compared'), ('EXTRACTED', 'ready for people'), ('FAILED', 'failed')], default='FETCHED', max_length=10)),
                ('state_since', models.DateTimeField()),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('leased_until', models.DateTimeField(blank=True, null=True)),
                ('fence', models.PositiveIntegerField(default=0)),
                ('failed_in', models.CharField(blank=True, max_length=10)),
                ('failure_reason', models.CharField(blank=True, max_length=500)),
                ('story', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='articles', to='sources.story')),
                ('origin', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='sources.article')),
                ('lineage_kind', models.CharField(blank=True, choices=[('ORIGINAL', 'original'), ('VERBATIM_COPY', 'verbatim copy'), ('EDITED_COPY', 'edited copy'), ('UPDATED_COPY', 'updated copy'), ('EXCERPT', 'excerpt'), ('TRANSLATION', 'translation'), ('PARTIAL_OVERLAP', 'shares passages with')], max_length=16)),
                ('overlap', models.FloatField(blank=True, null=True)),
                ('credit', models.CharField(blank=True, max_length=60)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state__in', ['FETCHED', 'PARSED', 'RELATED'])), fields=['state_since', 'id'], name='article_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['FETCHED', 'PARSED', 'RELATED', 'EXTRACTED', 'FAILED'])), name='article_state_valid'), models.CheckConstraint(condition=models.Q(('material__in', ['NEWS_REPORT', 'PRESS_RELEASE', 'OFFICIAL_LIST', 'MEDICAL_RECORD', 'COURT_RECORD', 'INTERVIEW', 'CALL', 'MESSAGE', 'SOCIAL_POST', 'VIDEO', 'PHOTO', 'OTHER'])), name='article_material_valid'), models.CheckConstraint(condition=models.Q(('published_basis__in', ['', 'SENDER', 'FEED', 'STRUCTURED', 'META', 'MARKUP', 'URL', 'TEXT', 'DOCUMENT'])), name='article_published_basis_valid'), models.CheckConstraint(condition=models.Q(('modified_basis__in', ['', 'SENDER', 'FEED', 'STRUCTURED', 'META', 'MARKUP', 'URL', 'TEXT', 'DOCUMENT'])), name='article_modified_basis_valid'), models.CheckConstraint(condition=models.Q(('previous', models.F('id')), _negated=True), name='article_not_its_own_version'), models.CheckConstraint(condition=models.Q(('lineage_kind__in', ['', 'ORIGINAL', 'VERBATIM_COPY', 'EDITED_COPY', 'UPDATED_COPY', 'EXCERPT', 'TRANSLATION', 'PARTIAL_OVERLAP'])), name='article_lineage_valid'), models.UniqueConstraint(condition=models.Q(models.Q(('external_id', ''), _negated=True), ('previous__isnull', True)), fields=('outlet', 'external_id'), name='article_external_id_unique', nulls_distinct=False), models.CheckConstraint(condition=models.Q(models.Q(('state', 'FAILED'), models.Q(('failure_reason', ''), _negated=True), models.Q(('failed_in', ''), _negated=True)), models.Q(models.Q(('state', 'FAILED'), _negated=True), ('failure_reason', ''), ('failed_in', '')), _connector='OR'), name='article_failure_has_reason'), models.CheckConstraint(condition=models.Q(models.Q(('origin__isnull', True), ('overlap__isnull', True)), models.Q(('origin__isnull', False), models.Q(('overlap__isnull', False), ('lineage_kind', 'TRANSLATION'), _connector='OR')), _connector='OR'), name='article_origin_has_overlap'), models.CheckConstraint(condition=models.Q(('origin', models.F('id')), _negated=True), name='article_not_its_own_origin')],
            },
        ),
        migrations.CreateModel(
            name='CustodyEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('capture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='custody', to='sources.capture')),
                ('kind', models.CharField(choices=[('ACQUIRED', 'acquired'), ('HASHED', 'hashed'), ('VIEWED', 'viewed'), ('COPIED', 'copied'), ('EXPORTED', 'exported'), ('REDACTED', 'redacted'), ('TRANSFERRED', 'transferred'), ('VERIFIED', 'verified'), ('DAMAGED', 'found damaged'), ('DISPOSED', 'disposed of')], max_length=12)),
                ('actor_kind', models.CharField(max_length=16)),
                ('actor_id', models.BigIntegerField(null=True)),
                ('actor_alias', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('reason', models.CharField(blank=True, max_length=500)),
            ],
            options={
                'indexes': [models.Index(fields=['capture', 'id'], name='custody_by_capture')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['ACQUIRED', 'HASHED', 'VIEWED', 'COPIED', 'EXPORTED', 'REDACTED', 'TRANSFERRED', 'VERIFIED', 'DAMAGED', 'DISPOSED'])), name='custody_kind_valid'), models.CheckConstraint(condition=models.Q(('actor_kind__in', ['PERSON', 'PARTNER_KEY', 'MACHINE', 'ANONYMOUS'])), name='custody_actor_kind_valid'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['COPIED', 'EXPORTED', 'REDACTED', 'TRANSFERRED', 'DAMAGED', 'DISPOSED']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='custody_reason_given')],
            },
        ),
        migrations.CreateModel(
            name='Disposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('capture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disposals', to='sources.capture')),
                ('state', models.CharField(choices=[('REQUESTED', 'requested'), ('REFUSED', 'refused'), ('APPROVED', 'approved'), ('DONE', 'done')], default='REQUESTED', max_length=10)),
                ('reason', models.CharField(max_length=500)),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disposals_requested', to=settings.AUTH_USER_MODEL)),
                ('requested_at', models.DateTimeField()),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='disposals_decided', to=settings.AUTH_USER_MODEL)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('deleted_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'APPROVED')), fields=['id'], name='disposal_approved')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['REQUESTED', 'REFUSED', 'APPROVED', 'DONE'])), name='disposal_state_valid'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='disposal_reason_given', violation_error_message='Say why the bytes must be destroyed.'), models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('requested_by')), _negated=True), _connector='OR'), name='disposal_two_people', violation_error_message='Another person must decide.'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('state', 'REQUESTED')), models.Q(models.Q(('state', 'REQUESTED'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='disposal_decision_whole'), models.CheckConstraint(condition=models.Q(models.Q(('deleted_at__isnull', False), ('state', 'DONE')), models.Q(models.Q(('state', 'DONE'), _negated=True), ('deleted_at__isnull', True)), _connector='OR'), name='disposal_done_has_time'), models.UniqueConstraint(condition=models.Q(('state', 'REFUSED'), _negated=True), fields=('capture',), name='disposal_one_per_capture')],
            },
        ),
        migrations.CreateModel(
            name='FetchRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.CharField(max_length=2000)),
                ('host', models.GeneratedField(db_persist=True, expression=models.Func(models.F('url'), models.Value('^[a-z]+://([^/?#]*)'), function='substring'), output_field=models.CharField(max_length=2000, null=True))),
                ('requested_by', models.CharField(max_length=64)),
                ('requested_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('WAITING', 'waiting'), ('STORED', 'stored'), ('FAILED', 'failed')], default='WAITING', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('leased_until', models.DateTimeField(blank=True, null=True)),
                ('fence', models.PositiveIntegerField(default=0)),
                ('failure_reason', models.CharField(blank=True, max_length=500)),
                ('not_before', models.DateTimeField(blank=True, null=True)),
                ('robots_reason', models.CharField(blank=True, max_length=500)),
                ('egress_proxy', models.CharField(blank=True, max_length=300)),
                ('recheck_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rechecks', to='sources.article')),
                ('article', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='fetch_requests', to='sources.article')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'WAITING')), fields=['host', 'requested_at', 'id'], name='fetch_request_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['WAITING', 'STORED', 'FAILED'])), name='fetch_request_state_valid'), models.UniqueConstraint(condition=models.Q(('state', 'WAITING')), fields=('url',), name='fetch_request_one_waiting'), models.CheckConstraint(condition=models.Q(models.Q(('article__isnull', False), ('state', 'STORED')), models.Q(('article__isnull', True), ('state', 'WAITING')), models.Q(('article__isnull', True), ('state', 'FAILED'), models.Q(('failure_reason', ''), _negated=True)), _connector='OR'), name='fetch_request_state_whole')],
            },
        ),
        migrations.CreateModel(
            name='IngestFailure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=500)),
                ('item_sha256', models.CharField(blank=True, max_length=64)),
                ('reason', models.CharField(max_length=500)),
                ('capture', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='failures', to='sources.capture')),
                ('first_seen_at', models.DateTimeField()),
                ('last_tried_at', models.DateTimeField()),
                ('attempts', models.PositiveIntegerField(default=1)),
                ('resolved_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('reference', 'item_sha256'), name='ingest_failure_once')],
            },
        ),
        migrations.CreateModel(
            name='Feed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('FEED', 'feed (RSS, Atom or JSON Feed)'), ('SITEMAP', 'news sitemap'), ('PAGE', 'single page, watched for change'), ('FOLDER', 'drop folder on this machine')], max_length=10)),
                ('address', models.CharField(max_length=2000)),
                ('address_key', models.CharField(max_length=2000)),
                ('title', models.CharField(max_length=200)),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='feeds', to=settings.AUTH_USER_MODEL)),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='feeds', to='sources.source')),
                ('language', models.CharField(blank=True, max_length=8)),
                ('state', models.CharField(choices=[('ACTIVE', 'active'), ('PAUSED', 'paused')], default='ACTIVE', max_length=10)),
                ('paused_because', models.CharField(blank=True, max_length=300)),
                ('shortest', models.DurationField(default=datetime.timedelta(seconds=300))),
                ('longest', models.DurationField(default=datetime.timedelta(seconds=43200))),
                ('silence_limit', models.DurationField(blank=True, null=True)),
                ('egress_proxy', models.CharField(blank=True, max_length=300)),
                ('part_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='sources.feed')),
                ('made_at', models.DateTimeField()),
                ('changed_by', models.CharField(max_length=64)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('interval', models.DurationField(default=datetime.timedelta(seconds=900))),
                ('interval_because', models.CharField(blank=True, max_length=200)),
                ('next_poll_at', models.DateTimeField()),
                ('usual_gap', models.DurationField(blank=True, null=True)),
                ('etag', models.CharField(blank=True, max_length=500)),
                ('last_modified', models.CharField(blank=True, max_length=100)),
                ('body_sha256', models.CharField(blank=True, max_length=64)),
                ('unconditional_at', models.DateTimeField(blank=True, null=True)),
                ('last_success_at', models.DateTimeField(blank=True, null=True)),
                ('last_new_at', models.DateTimeField(blank=True, null=True)),
                ('failing_since', models.DateTimeField(blank=True, null=True)),
                ('failures', models.PositiveIntegerField(default=0)),
                ('error', models.CharField(blank=True, max_length=500)),
                ('moved_to', models.CharField(blank=True, max_length=2000)),
                ('moved_seen', models.PositiveSmallIntegerField(default=0)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('leased_until', models.DateTimeField(blank=True, null=True)),
                ('fence', models.PositiveIntegerField(default=0)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'ACTIVE')), fields=['next_poll_at', 'id'], name='feed_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['FEED', 'SITEMAP', 'PAGE', 'FOLDER'])), name='feed_kind_valid'), models.CheckConstraint(condition=models.Q(('state__in', ['ACTIVE', 'PAUSED'])), name='feed_state_valid'), models.UniqueConstraint(fields=('address_key',), name='feed_followed_once', violation_error_message='This address is followed already.'), models.CheckConstraint(condition=models.Q(models.Q(('address', ''), _negated=True), models.Q(('address_key', ''), _negated=True), models.Q(('title', ''), _negated=True)), name='feed_named'), models.CheckConstraint(condition=models.Q(models.Q(('paused_because', ''), ('state', 'ACTIVE')), models.Q(('state', 'PAUSED'), models.Q(('paused_because', ''), _negated=True)), _connector='OR'), name='feed_pause_has_reason'), models.CheckConstraint(condition=models.Q(('shortest__gte', datetime.timedelta(seconds=60)), ('shortest__lte', models.F('longest')), ('longest__lte', datetime.timedelta(days=7))), name='feed_bounds_ordered', violation_error_message='Ask at most once a minute and at least once a week, and the shortest time before the longest.'), models.CheckConstraint(condition=models.Q(('interval__gte', models.F('shortest')), ('interval__lte', models.F('longest'))), name='feed_interval_in_bounds'), models.CheckConstraint(condition=models.Q(models.Q(('error', ''), ('failing_since__isnull', True), ('failures', 0)), models.Q(('failing_since__isnull', False), ('failures__gte', 1), models.Q(('error', ''), _negated=True)), _connector='OR'), name='feed_failure_in_words'), models.CheckConstraint(condition=models.Q(models.Q(('moved_seen', 0), ('moved_to', '')), models.Q(models.Q(('moved_to', ''), _negated=True), ('moved_seen__gte', 1)), _connector='OR'), name='feed_move_counted'), models.CheckConstraint(condition=models.Q(('part_of', models.F('id')), _negated=True), name='feed_not_part_of_itself')],
            },
        ),
        migrations.CreateModel(
            name='FeedSettings',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='sources.feed')),
                ('pgh_context', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('kind', models.CharField(choices=[('FEED', 'feed (RSS, Atom or JSON Feed)'), ('SITEMAP', 'news sitemap'), ('PAGE', 'single page, watched for change'), ('FOLDER', 'drop folder on this machine')], max_length=10)),
                ('address', models.CharField(max_length=2000)),
                ('title', models.CharField(max_length=200)),
                ('owner', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('source', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sources.source')),
                ('language', models.CharField(blank=True, max_length=8)),
                ('state', models.CharField(choices=[('ACTIVE', 'active'), ('PAUSED', 'paused')], default='ACTIVE', max_length=10)),
                ('paused_because', models.CharField(blank=True, max_length=300)),
                ('shortest', models.DurationField(default=datetime.timedelta(seconds=300))),
                ('longest', models.DurationField(default=datetime.timedelta(seconds=43200))),
                ('silence_limit', models.DurationField(blank=True, null=True)),
                ('egress_proxy', models.CharField(blank=True, max_length=300)),
                ('changed_by', models.CharField(max_length=64)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FeedPoll',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('feed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='polls', to='sources.feed')),
                ('at', models.DateTimeField()),
                ('outcome', models.CharField(choices=[('NEW', 'something new'), ('NOTHING_NEW', 'nothing new'), ('NOT_MODIFIED', 'not modified'), ('FAILED', 'failed')], max_length=14)),
                ('status', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('is_conditional', models.BooleanField(default=False)),
                ('items', models.PositiveIntegerField(default=0)),
                ('new', models.PositiveIntegerField(default=0)),
                ('changed', models.PositiveIntegerField(default=0)),
                ('seconds', models.FloatField(default=0.0)),
                ('warning', models.CharField(blank=True, max_length=300)),
                ('error', models.CharField(blank=True, max_length=500)),
            ],
            options={
                'indexes': [models.Index(fields=['feed', '-at', '-id'], name='feed_poll_by_feed')],
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ['NEW', 'NOTHING_NEW', 'NOT_MODIFIED', 'FAILED'])), name='feed_poll_outcome_valid'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'FAILED'), models.Q(('error', ''), _negated=True)), models.Q(models.Q(('outcome', 'FAILED'), _negated=True), ('error', '')), _connector='OR'), name='feed_poll_failure_in_words'), models.CheckConstraint(condition=models.Q(('changed__lte', models.F('items')), ('new__lte', models.F('items'))), name='feed_poll_counts_fit')],
            },
        ),
        migrations.CreateModel(
            name='FeedItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('feed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='sources.feed')),
                ('key', models.CharField(max_length=500)),
                ('address', models.CharField(blank=True, max_length=2000)),
                ('address_key', models.CharField(blank=True, max_length=2000)),
                ('title', models.CharField(blank=True, max_length=500)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('updated_at', models.DateTimeField(blank=True, null=True)),
                ('digest', models.CharField(max_length=64)),
                ('first_seen_at', models.DateTimeField()),
                ('taken_at', models.DateTimeField(blank=True, null=True)),
                ('fetch_request', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='feed_items', to='sources.fetchrequest')),
                ('article', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='feed_items', to='sources.article')),
                ('refusal', models.CharField(blank=True, max_length=500)),
                ('rechecks', models.PositiveSmallIntegerField(default=0)),
                ('recheck_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['feed', '-first_seen_at', '-id'], name='feed_item_by_feed'), models.Index(condition=models.Q(('address_key', ''), _negated=True), fields=['address_key'], name='feed_item_address'), models.Index(condition=models.Q(('recheck_at__isnull', False)), fields=['recheck_at', 'id'], name='feed_item_recheck')],
                'constraints': [models.UniqueConstraint(fields=('feed', 'key'), name='feed_item_once'), models.CheckConstraint(condition=models.Q(('taken_at__isnull', True), ('fetch_request__isnull', False), ('article__isnull', False), models.Q(('refusal', ''), _negated=True), _connector='OR'), name='feed_item_leads_somewhere'), models.CheckConstraint(condition=models.Q(models.Q(('address', ''), ('address_key', '')), models.Q(models.Q(('address', ''), _negated=True), models.Q(('address_key', ''), _negated=True)), _connector='OR'), name='feed_item_address_whole')],
            },
        ),
        migrations.CreateModel(
            name='ParagraphSighting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.BigIntegerField()),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sources.article')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('key', 'article'), name='sighting_counts_once')],
            },
        ),
        migrations.CreateModel(
            name='RecurringParagraph',
            fields=[
                ('key', models.BigIntegerField(primary_key=True, serialize=False)),
                ('host', models.CharField(max_length=253)),
                ('found_at', models.DateTimeField()),
                ('completed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('completed_at__isnull', True)), fields=['found_at'], name='recurring_to_complete')],
                'constraints': [models.CheckConstraint(condition=models.Q(('host', ''), _negated=True), name='recurring_has_host'), models.CheckConstraint(condition=models.Q(('completed_at__isnull', True), ('completed_at__gte', models.F('found_at')), _connector='OR'), name='recurring_completed_after_found')],
            },
        ),
        migrations.CreateModel(
            name='TextSignature',
            fields=[
                ('article', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='signature', serialize=False, to='sources.article')),
                ('algorithm', models.CharField(max_length=60)),
                ('bands', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ('sentences', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['bands'], name='signature_bands'), django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['sentences'], name='signature_sentences')],
            },
        ),
        migrations.CreateModel(
            name='CommonKey',
            fields=[
                ('key', models.BigIntegerField(primary_key=True, serialize=False)),
                ('since', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='LineageLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='sources.article')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='linked_from', to='sources.article')),
                ('kind', models.CharField(choices=[('ORIGINAL', 'original'), ('VERBATIM_COPY', 'verbatim copy'), ('EDITED_COPY', 'edited copy'), ('UPDATED_COPY', 'updated copy'), ('EXCERPT', 'excerpt'), ('TRANSLATION', 'translation'), ('PARTIAL_OVERLAP', 'shares passages with')], max_length=16)),
                ('overlap', models.FloatField(blank=True, null=True)),
                ('share', models.FloatField(blank=True, null=True)),
                ('reasons', models.JSONField(blank=True, default=list)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='links_made', to=settings.AUTH_USER_MODEL)),
                ('state', models.CharField(choices=[('PROPOSED', 'found by machine'), ('CONFIRMED', 'confirmed'), ('REFUSED', 'refused')], default='PROPOSED', max_length=10)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='links_decided', to=settings.AUTH_USER_MODEL)),
                ('decision_reason', models.CharField(blank=True, max_length=1000)),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.comparison.Least('article', 'other'), django.db.models.functions.comparison.Greatest('article', 'other'), name='link_pair_unique'), models.CheckConstraint(condition=models.Q(('article', models.F('other')), _negated=True), name='link_of_two_articles'), models.CheckConstraint(condition=models.Q(('kind__in', ['VERBATIM_COPY', 'EDITED_COPY', 'UPDATED_COPY', 'EXCERPT', 'TRANSLATION', 'PARTIAL_OVERLAP'])), name='link_kind_valid'), models.CheckConstraint(condition=models.Q(('state__in', ['PROPOSED', 'CONFIRMED', 'REFUSED'])), name='link_state_valid'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'PROPOSED'), ('decided_at__isnull', True), ('decided_by__isnull', True), ('decision_reason', '')), models.Q(models.Q(('state', 'PROPOSED'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='link_decided_by_a_person'), models.CheckConstraint(condition=models.Q(models.Q(models.Q(('state', 'REFUSED'), _negated=True), ('made_by__isnull', True)), models.Q(('decision_reason', ''), _negated=True), _connector='OR'), name='link_refused_or_made_with_reason'), models.CheckConstraint(condition=models.Q(models.Q(('overlap__isnull', False), ('share__isnull', False)), ('made_by__isnull', False), _connector='OR'), name='link_of_a_machine_measured')],
            },
        ),
        migrations.CreateModel(
            name='Turn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=300, unique=True)),
                ('holder', models.UUIDField(blank=True, null=True)),
                ('free_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('key__regex', '^(host|address) [^ ]+$')), name='turn_key_valid')],
            },
        ),
        migrations.CreateModel(
            name='RobotsFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.CharField(max_length=300, unique=True)),
                ('content', models.TextField(blank=True)),
                ('status', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('fetched_at', models.DateTimeField(blank=True, null=True)),
                ('unreachable_since', models.DateTimeField(blank=True, null=True)),
                ('expires_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('fetched_at__isnull', False), ('unreachable_since__isnull', False), _connector='OR'), name='robots_file_fetched_or_unreachable')],
            },
        ),
        migrations.CreateModel(
            name='Journey',
            fields=[
                ('url_sha256', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('addresses', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2000), size=None)),
                ('moved_to', models.CharField(blank=True, max_length=2000)),
                ('noted_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Suggestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='suggestions', to='accounts.organisation')),
                ('url', models.CharField(max_length=2000)),
                ('url_key', models.CharField(max_length=2000)),
                ('note', models.CharField(blank=True, max_length=1000)),
                ('sent_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('OPEN', 'open'), ('ACCEPTED', 'accepted'), ('DECLINED', 'declined')], default='OPEN', max_length=10)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('fetch_request', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='suggestions', to='sources.fetchrequest')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'OPEN')), fields=['sent_at', 'id'], name='suggestion_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['OPEN', 'ACCEPTED', 'DECLINED'])), name='suggestion_state_valid'), models.UniqueConstraint(fields=('organisation', 'url_key'), name='suggestion_once_per_partner'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('state', 'OPEN')), models.Q(('decided_at__isnull', False), ('state__in', ['ACCEPTED', 'DECLINED'])), _connector='OR'), name='suggestion_decision_matches_state'), models.CheckConstraint(condition=models.Q(models.Q(('fetch_request__isnull', False), ('state', 'ACCEPTED')), models.Q(('fetch_request__isnull', True), ('state__in', ['OPEN', 'DECLINED'])), _connector='OR'), name='suggestion_accepted_is_fetched')],
            },
        ),
        migrations.CreateModel(
            name='CaptureTimestamp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('capture', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='timestamp', to='sources.capture')),
                ('authority', models.CharField(max_length=500)),
                ('state', models.CharField(choices=[('WAITING', 'waiting'), ('STAMPED', 'stamped'), ('FAILED', 'failed')], default='WAITING', max_length=8)),
                ('asked_at', models.DateTimeField()),
                ('not_before', models.DateTimeField(blank=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('leased_until', models.DateTimeField(blank=True, null=True)),
                ('fence', models.PositiveIntegerField(default=0)),
                ('failure_reason', models.CharField(blank=True, max_length=500)),
                ('token', models.BinaryField(blank=True, null=True)),
                ('stamped_at', models.DateTimeField(blank=True, null=True)),
                ('trusted_root', models.CharField(blank=True, max_length=500)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'WAITING')), fields=['not_before', 'id'], name='timestamp_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['WAITING', 'STAMPED', 'FAILED'])), name='timestamp_state_valid'), models.CheckConstraint(condition=models.Q(models.Q(('stamped_at__isnull', False), ('state', 'STAMPED'), ('token__isnull', False)), models.Q(models.Q(('state', 'STAMPED'), _negated=True), ('stamped_at__isnull', True), ('token__isnull', True)), _connector='OR'), name='timestamp_stamped_has_token'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'FAILED'), _negated=True), models.Q(('failure_reason', ''), _negated=True), _connector='OR'), name='timestamp_failure_has_reason')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='capture',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0d2cf762c8146b2b676014551b3e202b52477abe', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4e109', table='sources_capture', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='capture',
            trigger=pgtrigger.compiler.Trigger(name='append_only_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='4018c5a616e7315ae556aca28a24c97721c6eea4', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_truncate_0d040', table='sources_capture', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='capture',
            trigger=pgtrigger.compiler.Trigger(name='hashed_on_arrival', sql=pgtrigger.compiler.UpsertTriggerSql(func="INSERT INTO sources_capturecheck (capture_id, checked_at, outcome) VALUES (NEW.id, NEW.received_at, 'RECEIVED'); RETURN NULL;", hash='f8e95eff820d6b85c7e42a4780e735132fec7215', operation='INSERT', pgid='pgtrigger_hashed_on_arrival_d0a21', table='sources_capture', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='retrieval',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4b1c987e5171f82f6db7899ac8e6e56465691658', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4967d', table='sources_retrieval', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='retrieval',
            trigger=pgtrigger.compiler.Trigger(name='append_only_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='8bcd0681df9eb721a464fab8c1ef22bb87ffaf1c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_truncate_db16a', table='sources_retrieval', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='party',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sources_partyevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='04e9ddacd37adf9c4ce8af98042fa92650dc378e', operation='INSERT', pgid='pgtrigger_insert_insert_67b89', table='sources_party', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='party',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "sources_partyevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='aabef1bc73121d5226dad71c9f516a43397c9903', operation='UPDATE', pgid='pgtrigger_update_update_1550a', table='sources_party', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sources_sourceevent" ("id", "kind", "name", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision") VALUES (NEW."id", NEW."kind", NEW."name", NEW."party_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."revision"); RETURN NULL;', hash='ea5808980a144cb3cd1d66bb51a6ad8a8de138a0', operation='INSERT', pgid='pgtrigger_insert_insert_c3ed3', table='sources_source', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='source',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "sources_sourceevent" ("id", "kind", "name", "party_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision") VALUES (NEW."id", NEW."kind", NEW."name", NEW."party_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."revision"); RETURN NULL;', hash='3fa677107bdf60ead21d3c77213d5926a29d42b7', operation='UPDATE', pgid='pgtrigger_update_update_e6185', table='sources_source', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='credibilitynote',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='263bc6ba3ebb8e85d8fb31cf8119403a1be0507b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ebc11', table='sources_credibilitynote', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='credibilitynote',
            trigger=pgtrigger.compiler.Trigger(name='append_only_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='a8ec830d97e446432c015484f8b7808c78f5330f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_truncate_ff15d', table='sources_credibilitynote', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='article',
            trigger=pgtrigger.compiler.Trigger(name='state_fsm', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{FETCHED:PARSED,PARSED:RELATED,RELATED:EXTRACTED,EXTRACTED:RELATED,FETCHED:FAILED,PARSED:FAILED,RELATED:FAILED,FAILED:FETCHED,FAILED:PARSED,FAILED:RELATED}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='b5a6c82d019a8c3d1ead6f6acd3109a174ef3f1a', operation='UPDATE', pgid='pgtrigger_state_fsm_5c953', table='sources_article', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='article',
            trigger=pgtrigger.compiler.Trigger(name='starts_fetched', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NEW.state <> 'FETCHED' THEN RAISE EXCEPTION 'pgtrigger: % must start as FETCHED', TG_TABLE_NAME; END IF; RETURN NEW;", hash='f71f06d284949dc89b8bb5954c409fb50b072f6f', operation='INSERT', pgid='pgtrigger_starts_fetched_6a5e5', table='sources_article', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='article',
            trigger=pgtrigger.compiler.Trigger(name='capture_fixed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."capture_id" IS DISTINCT FROM (NEW."capture_id") OR OLD."received_at" IS DISTINCT FROM (NEW."received_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='dc7e39e858c27338dafe7ca3b92cd165def52255', operation='UPDATE', pgid='pgtrigger_capture_fixed_278c5', table='sources_article', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='article',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='0cb9b6bddaafecc87c86223521c3c441bc21669d', operation='DELETE', pgid='pgtrigger_never_deleted_d28e1', table='sources_article', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='article',
            trigger=pgtrigger.compiler.Trigger(name='origin_not_refused', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."origin_id" IS NOT NULL)', func="IF EXISTS (SELECT FROM sources_lineagelink WHERE state = 'REFUSED' AND LEAST(article_id, other_id) = LEAST(NEW.id, NEW.origin_id) AND GREATEST(article_id, other_id) = GREATEST(NEW.id, NEW.origin_id)) THEN RAISE EXCEPTION 'pgtrigger: a refused link never returns as an origin'; END IF; RETURN NEW;", hash='78891b817af750ecfe8b9f896a036d506c8a8b22', operation='INSERT OR UPDATE', pgid='pgtrigger_origin_not_refused_a4041', table='sources_article', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='custodyevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4ec21a8d5fabc686e1d4e234fbf6376cf4e2bb6c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_36fdb', table='sources_custodyevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='custodyevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='c658e9c93231796e7ee8747e8a8f786cdd42e546', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_truncate_07349', table='sources_custodyevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='disposal',
            trigger=pgtrigger.compiler.Trigger(name='state_fsm', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{REQUESTED:REFUSED,REQUESTED:APPROVED,APPROVED:DONE}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='95543a97f89af6e998334094e7f123bade48dd62', operation='UPDATE', pgid='pgtrigger_state_fsm_6163d', table='sources_disposal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='disposal',
            trigger=pgtrigger.compiler.Trigger(name='starts_requested', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NEW.state <> 'REQUESTED' THEN RAISE EXCEPTION 'pgtrigger: % must start as REQUESTED', TG_TABLE_NAME; END IF; RETURN NEW;", hash='fb9dddf6b57a03ac83291acd870f4672b9c543d2', operation='INSERT', pgid='pgtrigger_starts_requested_cb5e0', table='sources_disposal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='disposal',
            trigger=pgtrigger.compiler.Trigger(name='request_fixed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."capture_id" IS DISTINCT FROM (NEW."capture_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."requested_by_id" IS DISTINCT FROM (NEW."requested_by_id") OR OLD."requested_at" IS DISTINCT FROM (NEW."requested_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='accf1c1b62757c3baea88414426bf011daba96ac', operation='UPDATE', pgid='pgtrigger_request_fixed_4e2f3', table='sources_disposal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='disposal',
            trigger=pgtrigger.compiler.Trigger(name='decision_fixed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.decided_by_id IS NOT NULL AND (OLD.decided_by_id, OLD.decided_at) IS DISTINCT FROM (NEW.decided_by_id, NEW.decided_at))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='5f8760736440ea4ab7cd75184333e7a28dfd3466', operation='UPDATE', pgid='pgtrigger_decision_fixed_8af01', table='sources_disposal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='disposal',
            trigger=pgtrigger.compiler.Trigger(name='end_fixed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" IN (\'DONE\', \'REFUSED\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='5b89d951f73368bb86b91175b3e1a936e3f07335', operation='UPDATE', pgid='pgtrigger_end_fixed_b75f3', table='sources_disposal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='disposal',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='f1b97391fc5c5c135cfe24acca0013de1712a6da', operation='DELETE', pgid='pgtrigger_never_deleted_fb735', table='sources_disposal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='disposal',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='b2435f80806977099dab0353bbf6b2d766e4c870', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_951b0', table='sources_disposal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='feed',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='36f7e05def23366aa65ede303ab0119db281d9de', operation='DELETE', pgid='pgtrigger_never_deleted_9e09f', table='sources_feed', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='feed',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "sources_feedsettings" ("address", "changed_by", "egress_proxy", "kind", "language", "longest", "owner_id", "paused_because", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shortest", "silence_limit", "source_id", "state", "title") VALUES (NEW."address", NEW."changed_by", NEW."egress_proxy", NEW."kind", NEW."language", NEW."longest", NEW."owner_id", NEW."paused_because", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."shortest", NEW."silence_limit", NEW."source_id", NEW."state", NEW."title"); RETURN NULL;', hash='57594affca8b996a4330daa42043066fb96821e0', operation='INSERT', pgid='pgtrigger_insert_insert_52b0b', table='sources_feed', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='feed',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."changed_by" IS DISTINCT FROM (NEW."changed_by") OR OLD."egress_proxy" IS DISTINCT FROM (NEW."egress_proxy") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."longest" IS DISTINCT FROM (NEW."longest") OR OLD."owner_id" IS DISTINCT FROM (NEW."owner_id") OR OLD."paused_because" IS DISTINCT FROM (NEW."paused_because") OR OLD."shortest" IS DISTINCT FROM (NEW."shortest") OR OLD."silence_limit" IS DISTINCT FROM (NEW."silence_limit") OR OLD."source_id" IS DISTINCT FROM (NEW."source_id") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."title" IS DISTINCT FROM (NEW."title"))', func='INSERT INTO "sources_feedsettings" ("address", "changed_by", "egress_proxy", "kind", "language", "longest", "owner_id", "paused_because", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "shortest", "silence_limit", "source_id", "state", "title") VALUES (NEW."address", NEW."changed_by", NEW."egress_proxy", NEW."kind", NEW."language", NEW."longest", NEW."owner_id", NEW."paused_because", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."shortest", NEW."silence_limit", NEW."source_id", NEW."state", NEW."title"); RETURN NULL;', hash='601dcdd67bbc2007e8ae931a7dd9be64677f6fe2', operation='UPDATE', pgid='pgtrigger_update_update_707bd', table='sources_feed', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='feedpoll',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3a53abcfdb537243d775de8296f26f59cf988182', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_80487', table='sources_feedpoll', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='feedpoll',
            trigger=pgtrigger.compiler.Trigger(name='append_only_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='1ba35500df8cd3eb439fac1dfaa68e8824118c81', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_append_only_truncate_f2ec5', table='sources_feedpoll', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recurringparagraph',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='3a8f46e9f1ccdbfed30ffbc62bd9d1dffaf272c2', operation='DELETE', pgid='pgtrigger_never_deleted_84a42', table='sources_recurringparagraph', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lineagelink',
            trigger=pgtrigger.compiler.Trigger(name='link_state_fsm', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{PROPOSED:CONFIRMED,PROPOSED:REFUSED,CONFIRMED:REFUSED,REFUSED:CONFIRMED}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='8a7822f8ad5016f76cd78f9389142b9c2b71eb74', operation='UPDATE', pgid='pgtrigger_link_state_fsm_9737e', table='sources_lineagelink', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lineagelink',
            trigger=pgtrigger.compiler.Trigger(name='link_pair_fixed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."article_id" IS DISTINCT FROM (NEW."article_id") OR OLD."other_id" IS DISTINCT FROM (NEW."other_id") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='111f6f79584f202d71232c2a868e1c3d2a283f3b', operation='UPDATE', pgid='pgtrigger_link_pair_fixed_c2816', table='sources_lineagelink', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lineagelink',
            trigger=pgtrigger.compiler.Trigger(name='link_decided_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD."state" = \'PROPOSED\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='3487cb532e6795bda4e0c85659f3dcab3782c934', operation='DELETE', pgid='pgtrigger_link_decided_stays_33a69', table='sources_lineagelink', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lineagelink',
            trigger=pgtrigger.compiler.Trigger(name='link_decided_fixed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD."state" = \'PROPOSED\'))', func="IF ROW(NEW.kind, NEW.overlap, NEW.share, NEW.reasons) IS DISTINCT FROM ROW(OLD.kind, OLD.overlap, OLD.share, OLD.reasons) THEN RAISE EXCEPTION 'pgtrigger: a decided link keeps what was decided'; END IF; RETURN NEW;", hash='a3ea05ba8ddd44815d4f3853991459cd6abc11d6', operation='UPDATE', pgid='pgtrigger_link_decided_fixed_c7e24', table='sources_lineagelink', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='suggestion',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='7d0963ebea1448b0f2c3c90e2c6cc19908c47a0b', operation='DELETE', pgid='pgtrigger_never_deleted_1a2f8', table='sources_suggestion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='capturetimestamp',
            trigger=pgtrigger.compiler.Trigger(name='state_fsm', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{WAITING:STAMPED,WAITING:FAILED,FAILED:WAITING}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='18ed9eb74b21953f9f35ecb7fd7da577c8ecf04e', operation='UPDATE', pgid='pgtrigger_state_fsm_221e6', table='sources_capturetimestamp', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='capturetimestamp',
            trigger=pgtrigger.compiler.Trigger(name='starts_waiting', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NEW.state <> 'WAITING' THEN RAISE EXCEPTION 'pgtrigger: % must start as WAITING', TG_TABLE_NAME; END IF; RETURN NEW;", hash='7b5b78c2308cc0878ec8e7de65d84ca49cc05197', operation='INSERT', pgid='pgtrigger_starts_waiting_4b1e1', table='sources_capturetimestamp', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='capturetimestamp',
            trigger=pgtrigger.compiler.Trigger(name='capture_fixed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."capture_id" IS DISTINCT FROM (NEW."capture_id") OR OLD."asked_at" IS DISTINCT FROM (NEW."asked_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='88818f8c41f66adf9ab1213d230fed852ca44191', operation='UPDATE', pgid='pgtrigger_capture_fixed_93c99', table='sources_capturetimestamp', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='capturetimestamp',
            trigger=pgtrigger.compiler.Trigger(name='stamp_fixed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" = \'STAMPED\')', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='9d1279bda43583716d0a92fd13ee995ec53cf8f5', operation='UPDATE', pgid='pgtrigger_stamp_fixed_33f65', table='sources_capturetimestamp', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='capturetimestamp',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='1886e72a86ad8255a6e2a3060e0dab839117d870', operation='DELETE', pgid='pgtrigger_never_deleted_1874a', table='sources_capturetimestamp', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='capturetimestamp',
            trigger=pgtrigger.compiler.Trigger(name='never_truncated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='4f822c932d93b8e0943bdccadde24548786aae34', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_never_truncated_71097', table='sources_capturetimestamp', when='BEFORE')),
        ),
    ]
