"""Sources that published incidents cite, with the rating and note pinned at publication."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from api.cursor import PageParameters, decode_cursor, encode_cursor, next_address
from api.parameters import read_parameters
from api.v1.documents import ProblemDocument
from tracker.publication.selectors.public import list_published_sources
from tracker.sources.choices import Reliability, SourceKind

if TYPE_CHECKING:
    from rest_framework.request import Request


class SourceOutput(serializers.Serializer[Any]):
    """A source; `reliability` null = not rated, which is not F (judged: cannot be judged)."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=SourceKind.choices)
    reliability = serializers.ChoiceField(choices=Reliability.choices, allow_null=True)
    note = serializers.CharField(allow_null=True)
    note_made_on = serializers.DateField(allow_null=True)
    incidents = serializers.ListField(child=serializers.CharField())


class SourcePage(serializers.Serializer[None]):
    """One page of sources, by id."""

    results = SourceOutput(many=True)
    cursor = serializers.CharField(allow_null=True)
    next = serializers.CharField(allow_null=True)


class SourceList(APIView):
    """The sources of what is published."""

    @extend_schema(
        operation_id="sources_list",
        parameters=[PageParameters],
        responses={200: SourcePage, (400, "application/problem+json"): ProblemDocument},
    )
    def get(self, request: Request) -> Response:
        """A page of the sources that published incidents cite."""
        asked = read_parameters(request, PageParameters)
        after = _last_id(asked["cursor"]) if "cursor" in asked else None
        sources = list_published_sources(limit=asked["limit"] + 1, after=after)
        page = sources[: asked["limit"]]
        cursor = encode_cursor(page[-1].id) if len(sources) > len(page) else None
        query = {k: v for k, v in request.query_params.dict().items() if k != "cursor"}
        return Response(
            {
                "results": SourceOutput(page, many=True).data,
                "cursor": cursor,
                "next": next_address(request.path, query, cursor),
            }
        )


def _last_id(cursor: str) -> int:
    (last_id,) = decode_cursor(cursor, int)
    if not 0 < last_id < 2**63:
        raise serializers.ValidationError({"cursor": ["Not a cursor of this list."]})
    return int(last_id)
