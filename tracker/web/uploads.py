"""Uploads are refused by their announced size, before a byte of them is kept."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

MOST_BYTES = 20 * 1024 * 1024
#: The other fields of the form and the multipart borders.
_AROUND = 1024 * 1024


class SizeLimit(FileUploadHandler):
    """Comes first; keeps nothing itself and passes every chunk on."""

    def handle_raw_input(
        self,
        input_data: Any,  # noqa: ARG002
        META: dict[str, Any],  # noqa: ARG002, N803
        content_length: int,
        boundary: str,  # noqa: ARG002
        encoding: str | None = None,  # noqa: ARG002
    ) -> None:
        """Raise RequestDataTooBig, which becomes the 400 page."""
        if content_length > MOST_BYTES + _AROUND:
            raise RequestDataTooBig("The upload is larger than 20 MB.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002
        """The next handler keeps it."""
        return raw_data

    def file_complete(self, file_size: int) -> None:  # noqa: ARG002
        """The next handler has the file."""
        return None  # noqa: RET501  # None = not mine
