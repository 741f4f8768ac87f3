"""Addresses that a partner thinks should be read."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from api.parameters import read_parameters
from api.throttling import PerDay, PerMinute, SuggestionsPerDay
from api.v1.documents import ProblemDocument
from api.v1.incidents import NoParameters
from tracker.accounts.models import PartnerKey
from tracker.core.errors import NotAllowed
from tracker.sources.choices import SuggestionState
from tracker.sources.services.addresses import LONGEST_URL
from tracker.sources.services.suggestions import LONGEST_NOTE, suggest_address

if TYPE_CHECKING:
    from rest_framework.request import Request


class SuggestionInput(serializers.Serializer[None]):
    """An address of the web, and why it should be read."""

    url = serializers.CharField(
        max_length=LONGEST_URL, help_text="Begins with http:// or https://."
    )
    note = serializers.CharField(
        max_length=LONGEST_NOTE,
        required=False,
        default="",
        allow_blank=True,
        help_text="For staff. Names of victims or witnesses do not belong here.",
    )


class SuggestionOutput(serializers.Serializer[Any]):
    """What was kept. `state` is `OPEN` until staff accept or decline it."""

    id = serializers.IntegerField()
    url = serializers.CharField()
    state = serializers.ChoiceField(choices=SuggestionState.choices)
    sent_at = serializers.DateTimeField()


class SuggestionList(APIView):
    """Where addresses are sent to."""

    throttle_classes = [PerMinute, PerDay, SuggestionsPerDay]

    @extend_schema(
        operation_id="suggestions_create",
        request=SuggestionInput,
        responses={
            200: SuggestionOutput,
            201: SuggestionOutput,
            (400, "application/problem+json"): ProblemDocument,
            (429, "application/problem+json"): ProblemDocument,
        },
    )
    def post(self, request: Request) -> Response:
        """Suggest an address. Sent twice, it is kept once: 201 the first time, 200 after."""
        read_parameters(request, NoParameters)
        sent = SuggestionInput(data=request.data)
        sent.is_valid(raise_exception=True)
        if not isinstance(request.auth, PartnerKey):
            raise NotAllowed("This needs a partner's key.")
        suggestion, is_new = suggest_address(
            url=sent.validated_data["url"],
            note=sent.validated_data["note"],
            actor=request.auth.as_actor(),
            now=timezone.now(),
        )
        status = HTTPStatus.CREATED if is_new else HTTPStatus.OK
        return Response(SuggestionOutput(suggestion).data, status=status)
