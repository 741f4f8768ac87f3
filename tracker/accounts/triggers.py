"""Records that only a person whose role reaches a right may make, machines never."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pgtrigger

from tracker.accounts.permissions import RIGHTS

if TYPE_CHECKING:
    from tracker.accounts.permissions import Right


def by_somebody_with(right: Right, refusal: str, *, who: str = "by") -> pgtrigger.Trigger:
    """Refuse a row whose ``who`` is nobody who may; a machine has no row among the people."""
    return on_insert("by_somebody_who_may", _who_may(right, refusal, who))


def ended_by_somebody_with(right: Right, refusal: str, *, who: str) -> pgtrigger.Trigger:
    """The same for the person who ends what a row says, once ``who`` is set."""
    return pgtrigger.Trigger(
        name="ended_by_somebody_who_may",
        operation=pgtrigger.Update,
        when=pgtrigger.Before,
        condition=pgtrigger.Q(**{f"new__{who}__isnull": False}),
        func=_who_may(right, refusal, who),
    )


def on_insert(name: str, func: str) -> pgtrigger.Trigger:
    """A trigger before a row is made."""
    return pgtrigger.Trigger(
        name=name, operation=pgtrigger.Insert, when=pgtrigger.Before, func=func
    )


def _who_may(right: Right, refusal: str, who: str) -> str:
    roles = ", ".join(f"'{role.value}'" for role, rights in RIGHTS.items() if right in rights)
    return f"""
    IF NOT EXISTS (
        SELECT 1 FROM accounts_person
        WHERE id = NEW.{who}_id AND is_active AND role IN ({roles})
    ) THEN
        RAISE EXCEPTION 'pgtrigger: {refusal}';
    END IF;
    RETURN NEW;
"""  # noqa: S608  # the roles stand in the code
