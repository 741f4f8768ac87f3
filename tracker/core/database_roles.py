"""What the application's own database role may do: least privilege, table by table.

The role ``tracker_app`` (web and workers) owns nothing: no DDL, no TRUNCATE, and INSERT and SELECT
only on what must never change. Without this a trigger would be no more than a request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

APP_ROLE = "tracker_app"

#: Tables that only grow, besides every history table that the triggers fill.
APPEND_ONLY = frozenset(
    {
        "audit_auditevent",
        "audit_auditseal",
        "sources_capture",
        "sources_credibilitynote",
        "sources_custodyevent",
        "sources_retrieval",
        "imports_mappedcolumn",
        "imports_sheetmapping",
        "places_recordedplace",
        "sources_sourcemerge",
        "sources_sourcemergeundo",
        "incidents_assessment",
        "incidents_contribution",
        "incidents_position",
        "incidents_reading",
        "incidents_requeststep",
        "incidents_restructuring",
        "incidents_strikeevidence",
        "incidents_undo",
        "publication_pinnedsource",
        "publication_publiccode",
        "publication_version",
        "verification_codingresolution",
        "verification_codingshare",
    }
)
#: Tables the application only reads.
READ_ONLY = frozenset({"django_migrations", "django_content_type"})


def grant_to_app_role(connection: BaseDatabaseWrapper) -> bool:
    """Give ``tracker_app`` exactly its rights; False where there is no such role.

    Must run as the owner of the tables.
    """
    history = {
        model._meta.db_table  # noqa: SLF001  # Django's documented API
        for model in apps.get_models()
        if hasattr(model, "pgh_tracked_model")
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP_ROLE])
        if cursor.fetchone() is None:
            return False
        quote = connection.ops.quote_name
        role = quote(APP_ROLE)
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
        for table in connection.introspection.table_names(cursor):
            if table in READ_ONLY:
                rights = "SELECT"
            elif table in APPEND_ONLY or table in history:
                rights = "SELECT, INSERT"
            else:
                rights = "SELECT, INSERT, UPDATE, DELETE"
            cursor.execute(f"REVOKE ALL ON {quote(table)} FROM {role}")
            cursor.execute(f"GRANT {rights} ON {quote(table)} TO {role}")
    return True
