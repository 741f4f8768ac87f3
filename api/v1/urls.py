"""Addresses of version 1."""

from __future__ import annotations

from csp.constants import SELF
from csp.decorators import csp_update
from django.urls import path
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView

from api.v1.incidents import IncidentDetail, IncidentList
from api.v1.sources import SourceList
from api.v1.suggestions import SuggestionList

#: Swagger UI draws its marks from pictures inside its style sheet.
_docs = csp_update({"img-src": [SELF, "data:"]})(
    SpectacularSwaggerSplitView.as_view(url_name="api_schema")
)

urlpatterns = [
    path("incidents/", IncidentList.as_view(), name="api_incidents"),
    path("incidents/<str:code>/", IncidentDetail.as_view(), name="api_incident"),
    path("sources/", SourceList.as_view(), name="api_sources"),
    path("suggestions/", SuggestionList.as_view(), name="api_suggestions"),
    path("schema/", SpectacularJSONAPIView.as_view(), name="api_schema"),
    path("docs/", _docs, name="api_docs"),
]
