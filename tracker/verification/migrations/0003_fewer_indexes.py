"""History is read by its object alone, and tasks by no person: the indexes on such keys go.

The migrations before make none any more; what installations from before have is dropped here.
"""

from django.db import migrations

_DROP = """
    DO $$
    DECLARE found record;
    BEGIN
        FOR found IN
            SELECT index.indexrelid::regclass AS name
            FROM pg_index AS index
            JOIN pg_attribute AS col
                ON col.attrelid = index.indrelid AND col.attnum = index.indkey[0]
            WHERE index.indnatts = 1 AND NOT index.indisunique AND (
                col.attname <> 'pgh_obj_id' AND EXISTS (
                    SELECT 1 FROM pg_attribute AS label
                    WHERE label.attrelid = index.indrelid AND label.attname = 'pgh_label'
                )
                OR index.indrelid = 'verification_reviewtask'::regclass AND col.attname IN
                    ('holder_id', 'decided_by_id', 'duplicate_of_id', 'aside_by_id')
            )
        LOOP
            EXECUTE format('DROP INDEX %s', found.name);
        END LOOP;
    END
    $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("imports", "0002_rows_of_one_incident"),
        ("incidents", "0002_merges_requests_places_totals"),
        ("places", "0002_merges"),
        ("publication", "0001_initial"),
        ("restricted", "0001_initial"),
        ("sources", "0002_merges_and_rows_of_tables"),
        ("verification", "0002_second_coding_comments_filters"),
        ("watching", "0002_overdue_replies"),
    ]

    operations = [migrations.RunSQL(_DROP, migrations.RunSQL.noop)]
