"""``{% typed_form NAME %}``: what a form carries so that its words can be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html

from tracker.web.typed import FORM_FIELD, PAGE_FIELD

if TYPE_CHECKING:
    from django.template import Context
    from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def typed_form(context: Context, name: str, page: str = "") -> SafeString:
    """Hidden fields that name the form and the page it stands on (this one unless told)."""
    page = page or context["request"].get_full_path()
    return format_html(
        '<input type="hidden" name="{}" value="{}"><input type="hidden" name="{}" value="{}">',
        FORM_FIELD,
        name,
        PAGE_FIELD,
        page,
    )
