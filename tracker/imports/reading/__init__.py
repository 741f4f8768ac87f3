"""Bytes of a spreadsheet to rows of plain values; knows no table of ours."""
