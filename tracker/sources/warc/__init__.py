"""Web archives (WARC): read record by record, written and validated."""
