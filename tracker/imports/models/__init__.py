"""Tables of the app."""

from tracker.imports.models.batch import ImportedRow, SheetImport
from tracker.imports.models.mapping import MappedColumn, SheetMapping

__all__ = ["ImportedRow", "MappedColumn", "SheetImport", "SheetMapping"]
