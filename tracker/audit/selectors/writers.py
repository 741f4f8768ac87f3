"""Who wrote last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.audit.models import AuditEvent

if TYPE_CHECKING:
    from django.db.models import Model

#: Where no line says who.
SOMEBODY = "Somebody"


def last_writer(target: Model, *actions: str) -> str:
    """The alias of who did one of ``actions`` to ``target`` last."""
    lines = AuditEvent.objects.filter(
        target_type=target._meta.label_lower,  # noqa: SLF001  # _meta is Django's documented API
        target_id=target.pk,
        action__in=actions,
    )
    return lines.order_by("-id").values_list("actor_alias", flat=True).first() or SOMEBODY
