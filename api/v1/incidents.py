"""Published incidents: the version in force, as partners may read it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from api.cursor import PageParameters, decode_cursor, encode_cursor, next_address
from api.parameters import read_parameters
from api.v1.documents import IncidentDocument, MovedDocument, ProblemDocument
from tracker.incidents.choices import Grade
from tracker.publication.selectors.public import (
    MovedCode,
    PublishedFilter,
    get_published,
    list_published,
)

if TYPE_CHECKING:
    from rest_framework.request import Request

LARGEST_ID = 2**63 - 1


class IncidentParameters(PageParameters):
    """How the list may be narrowed."""

    grade = serializers.ChoiceField(choices=Grade.choices, required=False)
    date_from = serializers.DateField(
        required=False, help_text="Incidents that ended on this day or later."
    )
    date_to = serializers.DateField(
        required=False, help_text="Incidents that began on this day or earlier."
    )
    updated_since = serializers.DateTimeField(
        required=False, help_text="Versions published at this time or later."
    )


class IncidentPage(serializers.Serializer[None]):
    """One page of incidents, latest publication first."""

    results = IncidentDocument(many=True)
    cursor = serializers.CharField(allow_null=True)
    next = serializers.CharField(allow_null=True)


class IncidentList(APIView):
    """All published incidents."""

    @extend_schema(
        operation_id="incidents_list",
        parameters=[IncidentParameters],
        responses={200: IncidentPage, (400, "application/problem+json"): ProblemDocument},
    )
    def get(self, request: Request) -> Response:
        """A page of published incidents, latest publication first."""
        asked = read_parameters(request, IncidentParameters)
        after = _position(asked["cursor"]) if "cursor" in asked else None
        versions = list_published(
            limit=asked["limit"] + 1,
            after=after,
            narrowed=PublishedFilter(
                grade=asked.get("grade"),
                date_from=asked.get("date_from"),
                date_to=asked.get("date_to"),
                updated_since=asked.get("updated_since"),
            ),
        )
        page = versions[: asked["limit"]]
        cursor = None
        if len(versions) > len(page):
            cursor = encode_cursor(page[-1].published_at.isoformat(), page[-1].pk)
        query = {k: v for k, v in request.query_params.dict().items() if k != "cursor"}
        return Response(
            {
                "results": [version.document for version in page],
                "cursor": cursor,
                "next": next_address(request.path, query, cursor),
            }
        )


class IncidentDetail(APIView):
    """One published incident."""

    @extend_schema(
        operation_id="incidents_retrieve",
        responses={
            200: IncidentDocument,
            308: OpenApiResponse(
                MovedDocument,
                description="Merged into another incident, whose address is in Location.",
            ),
            (404, "application/problem+json"): OpenApiResponse(ProblemDocument),
        },
    )
    def get(self, request: Request, code: str) -> Response:
        """The version in force of the incident with this public code.

        The code of one that was merged into another leads on to that (308). Ask for the old code
        again from time to time: where a merge is undone, it answers for itself again.
        """
        read_parameters(request, NoParameters)
        try:
            version = get_published(code)
        except MovedCode as moved:
            return _lead_on(code, moved.merged_into)
        return Response(version.document, headers={"ETag": f'"{version.code}-{version.number}"'})


def _lead_on(code: str, merged_into: str) -> Response:
    """No cache may keep it for longer than the merge lasts."""
    return Response(
        {"code": code, "merged_into": merged_into},
        status=status.HTTP_308_PERMANENT_REDIRECT,
        headers={
            "Location": reverse("api_incident", args=[merged_into]),
            "Cache-Control": "no-cache",
        },
    )


class NoParameters(serializers.Serializer[None]):
    """An address that takes no parameters."""


def _position(cursor: str) -> tuple[datetime, int]:
    at, last_id = decode_cursor(cursor, str, int)
    try:
        moment: Any = datetime.fromisoformat(at)
    except ValueError as failure:
        raise serializers.ValidationError({"cursor": ["Not a cursor of this list."]}) from failure
    if moment.tzinfo is None or not 0 < last_id <= LARGEST_ID:
        raise serializers.ValidationError({"cursor": ["Not a cursor of this list."]})
    return moment, last_id
