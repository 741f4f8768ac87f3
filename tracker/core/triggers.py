"""Triggers that several apps use: rows that may only be added, machines that may only propose."""

from __future__ import annotations

import pgtrigger


def append_only(name: str) -> list[pgtrigger.Trigger]:
    """Refuse UPDATE, DELETE and TRUNCATE; the last is a statement-level trigger of its own."""
    return [
        pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete),
        no_truncate(f"{name}_truncate"),
    ]


def no_truncate(name: str) -> pgtrigger.Trigger:
    """Refuse TRUNCATE, which passes row triggers by."""
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Truncate,
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;",
    )


def starts_as(name: str, *, field: str, value: str) -> pgtrigger.Trigger:
    """Refuse a row created in any state but the first: the FSM trigger guards UPDATE only."""
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert,
        when=pgtrigger.Before,
        func=(
            f"IF NEW.{field} <> '{value}' THEN "
            f"RAISE EXCEPTION 'pgtrigger: % must start as {value}', TG_TABLE_NAME; END IF; "
            "RETURN NEW;"
        ),
    )


def not_in_future(name: str, *, field: str) -> pgtrigger.Trigger:
    """Refuse a day that has begun nowhere yet; it begins first fourteen hours ahead of UTC."""
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert | pgtrigger.Update,
        when=pgtrigger.Before,
        func=(
            f"IF NEW.{field} > ((now() AT TIME ZONE 'UTC') + interval '14 hours')::date THEN "
            "RAISE EXCEPTION 'pgtrigger: % has a day in the future', TG_TABLE_NAME; END IF; "
            "RETURN NEW;"
        ),
    )
