"""Addresses of the second coding."""

from __future__ import annotations

from django.urls import path

from tracker.web.staff import agreement, second_coding

urlpatterns = [
    path("second/", second_coding.second_codings, name="second_codings"),
    path("second/agreement/", agreement.agreement, name="agreement"),
    path("second/<int:pk>/", second_coding.second_coding, name="second_coding"),
    path("second/<int:pk>/take/", second_coding.second_take, name="second_take"),
    path("second/<int:pk>/code/", second_coding.second_code, name="second_code"),
    path("second/<int:pk>/free/", agreement.agreement_give_back, name="agreement_give_back"),
    path("second/<int:pk>/compare/", agreement.second_compare, name="second_compare"),
]
