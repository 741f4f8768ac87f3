"""Query parameters: typed, and refused where unknown, so that a typo can't return everything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rest_framework import serializers

if TYPE_CHECKING:
    from rest_framework.request import Request


def read_parameters(
    request: Request, declared: type[serializers.Serializer[Any]]
) -> dict[str, Any]:
    """The validated parameters of the request; ValidationError names each one that is wrong."""
    unknown = set(request.query_params) - set(declared().fields)
    if unknown:
        offered = ", ".join(declared().fields) or "none"
        raise serializers.ValidationError(
            {name: [f"Unknown parameter. Offered here: {offered}."] for name in sorted(unknown)}
        )
    repeated = [name for name, values in request.query_params.lists() if len(values) > 1]
    if repeated:
        raise serializers.ValidationError({name: ["Send it once."] for name in repeated})
    parameters = declared(data=request.query_params.dict())
    parameters.is_valid(raise_exception=True)
    return dict(parameters.validated_data)
