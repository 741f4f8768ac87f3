"""Records that only a person whose role reaches a right may make, machines never."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pgtrigger

from tracker.accounts.permissions import RIGHTS

if TYPE_CHECKING:
    from tracker.accounts.permissions import Right


def by_somebody_with(right: Right, refusal: str) -> pgtrigger.Trigger:
    """Refuse a row whose ``by`` is nobody who may; a machine has no row among the people at all."""
    roles = ", ".join(f"'{role.value}'" for role, rights in RIGHTS.items() if right in rights)
    return on_insert(
        "by_somebody_who_may",
        f"""
    IF NOT EXISTS (
        SELECT 1 FROM accounts_person
        WHERE id = NEW.by_id AND is_active AND role IN ({roles})
    ) THEN
        RAISE EXCEPTION 'pgtrigger: {refusal}';
    END IF;
    RETURN NEW;
""",  # noqa: S608  # the roles stand in the code
    )


def on_insert(name: str, func: str) -> pgtrigger.Trigger:
    """A trigger before a row is made."""
    return pgtrigger.Trigger(
        name=name, operation=pgtrigger.Insert, when=pgtrigger.Before, func=func
    )
