"""Every error as ``application/problem+json`` (RFC 9457): what happened, to what, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import set_rollback

from tracker.core.errors import DomainError, InvalidInput, NotAllowed, NotFound, StaleRevision

if TYPE_CHECKING:
    from django.http import HttpRequest

CONTENT_TYPE = "application/problem+json"
_STATUS_OF: dict[type[DomainError], int] = {
    InvalidInput: status.HTTP_400_BAD_REQUEST,
    NotAllowed: status.HTTP_403_FORBIDDEN,
    NotFound: status.HTTP_404_NOT_FOUND,
    StaleRevision: status.HTTP_409_CONFLICT,
}
_TITLES = {
    status.HTTP_400_BAD_REQUEST: "The request can't be understood",
    status.HTTP_401_UNAUTHORIZED: "A partner's key is needed",
    status.HTTP_403_FORBIDDEN: "Not allowed",
    status.HTTP_404_NOT_FOUND: "Not found",
    status.HTTP_405_METHOD_NOT_ALLOWED: "This method is not offered here",
    status.HTTP_406_NOT_ACCEPTABLE: "This format is not offered here",
    status.HTTP_409_CONFLICT: "Somebody was faster",
    status.HTTP_429_TOO_MANY_REQUESTS: "Too many requests",
    status.HTTP_500_INTERNAL_SERVER_ERROR: "Something broke here",
}


def problem_details(failure: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler; None leaves what nobody anticipated to Django's 500."""
    failure = _as_api_exception(failure)
    if not isinstance(failure, exceptions.APIException):
        return None
    set_rollback()
    headers: dict[str, str] = {}
    if getattr(failure, "auth_header", None):
        headers["WWW-Authenticate"] = failure.auth_header  # type: ignore[attr-defined]
    if getattr(failure, "wait", None):
        headers["Retry-After"] = str(int(failure.wait))  # type: ignore[attr-defined]
    problem = _problem(
        code=_code_of(failure), http_status=failure.status_code, detail=_sentence(failure.detail)
    )
    if isinstance(failure.detail, dict):
        problem["errors"] = [
            {"parameter": name, "detail": _sentence(words)}
            for name, words in failure.detail.items()
        ]
    return Response(problem, status=failure.status_code, headers=headers, content_type=CONTENT_TYPE)


def not_found(_request: HttpRequest, **_: object) -> JsonResponse:
    """The answer to every address under /api/ that is none."""
    return JsonResponse(
        _problem(
            code="not_found",
            http_status=status.HTTP_404_NOT_FOUND,
            detail="There is no such address; /api/v1/docs/ lists those there are.",
        ),
        status=status.HTTP_404_NOT_FOUND,
        content_type=CONTENT_TYPE,
    )


def server_error(_request: HttpRequest) -> JsonResponse:
    """The answer to a failure nobody anticipated; the log has the rest."""
    return JsonResponse(
        _problem(
            code="server_error",
            http_status=status.HTTP_500_INTERNAL_SERVER_ERROR,
            detail="Nothing was changed. Try again later; if it stays, tell whoever runs this.",
        ),
        status=status.HTTP_500_INTERNAL_SERVER_ERROR,
        content_type=CONTENT_TYPE,
    )


def _as_api_exception(failure: Exception) -> Exception:
    if isinstance(failure, Http404):
        return exceptions.NotFound()
    if isinstance(failure, PermissionDenied):
        return exceptions.PermissionDenied()
    if isinstance(failure, DomainError):
        translated = exceptions.APIException(str(failure), code=failure.code)
        translated.status_code = next(
            (code for kind, code in _STATUS_OF.items() if isinstance(failure, kind)),
            status.HTTP_409_CONFLICT,
        )
        return translated
    return failure


def _code_of(failure: exceptions.APIException) -> str:
    codes = failure.get_codes()
    return codes if isinstance(codes, str) else "invalid_input"


def _problem(*, code: str, http_status: int, detail: str) -> dict[str, Any]:
    return {
        "type": f"urn:harm-tracker:problem:{code}",
        "title": _TITLES.get(http_status, "The request failed"),
        "status": http_status,
        "detail": detail,
        "code": code,
    }


def _sentence(detail: Any) -> str:
    if isinstance(detail, dict):
        return " ".join(f"{name}: {_sentence(words)}" for name, words in detail.items())
    if isinstance(detail, list):
        return " ".join(_sentence(words) for words in detail)
    return str(detail)
