"""The three database roles: who may do what, before the first table exists.

The superuser belongs to the supervisor alone: as superuser a client could forge an append-only
line or run programs by COPY. ``tracker_owner`` owns the database and migrates. ``tracker_app``
(web and workers) reads and writes rows; which rows of which table, the migrate command narrows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.embedded.credentials import Credentials

SUPERUSER = "tracker_superuser"
OWNER = "tracker_owner"
APPLICATION = "tracker_app"
DATABASE = "tracker"


def roles_script(credentials: Credentials, *, for_tests: bool) -> str:
    """SQL that makes the roles and the database; may run at every start."""
    owner_rights = "CREATEDB" if for_tests else "NOCREATEDB"
    return f"""
SET client_min_messages = warning;
{_role(OWNER, credentials.owner, owner_rights)}
{_role(APPLICATION, credentials.application, "NOCREATEDB")}
{database_script(DATABASE)}"""


def database_script(database: str) -> str:
    """SQL that makes a database of the owner's which the application may open."""
    return f"""
SELECT 'CREATE DATABASE {database} OWNER {OWNER}'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{database}') \\gexec
REVOKE ALL ON DATABASE {database} FROM PUBLIC;
GRANT CONNECT ON DATABASE {database} TO {APPLICATION};
"""  # noqa: S608  # names of our own


def rights_script() -> str:
    """SQL for inside a database: what the owner makes, the application may use row by row."""
    return f"""
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO {OWNER};
GRANT USAGE ON SCHEMA public TO {APPLICATION};
ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APPLICATION};
ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO {APPLICATION};
"""


def _role(name: str, password: str, rights: str) -> str:
    # the passwords are our own url-safe tokens: no quote can be in them
    return f"""
SELECT 'CREATE ROLE {name}' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{name}') \\gexec
ALTER ROLE {name} LOGIN NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS {rights}
    PASSWORD '{password}';
"""  # noqa: S608  # names and tokens of our own
