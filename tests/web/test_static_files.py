"""What is collected: our own files and what a page of ours asks for, packed once."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from django.core.management import call_command
from whitenoise.compress import Compressor

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import Settings


def test_files_that_no_page_asks_for_are_not_collected(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    said = StringIO()

    call_command("collectstatic", dry_run=True, interactive=False, verbosity=1, stdout=said)

    words = said.getvalue()
    assert "tracker/web/static/tracker.css" in words
    assert "swagger-ui-dist/swagger-ui-bundle.js" in words
    assert "redoc" not in words
    assert "rest_framework" not in words


def test_files_are_packed_once_and_maps_never(settings: Settings) -> None:
    packer = Compressor(extensions=settings.WHITENOISE_SKIP_COMPRESS_EXTENSIONS, quiet=True)

    assert settings.WHITENOISE_KEEP_ONLY_HASHED_FILES
    assert packer.should_compress("tracker.css")
    assert not packer.should_compress("swagger-ui-bundle.js.map")
    assert not packer.should_compress("font.woff2")
