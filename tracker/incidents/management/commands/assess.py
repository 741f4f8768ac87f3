"""``manage.py assess``: the published rules on scenarios given as JSON, without a database."""

from __future__ import annotations

import json

from tracker.core.management.json_lines import JsonLinesCommand
from tracker.incidents.rules.assessment import assess
from tracker.incidents.rules.reading import as_json, read_scenario


class Command(JsonLinesCommand):
    """One line on standard output per readable scenario; exit status 1 where a line was not."""

    help = (
        "Compute ranges, exclusions, grade, strike status, positions and reviewer tasks for "
        "scenarios given as JSON lines. Needs no database and runs the rules of the product. "
        "Example: python3 manage.py assess scenarios.jsonl > answers.jsonl"
    )
    what = "a scenario"
    file_help = "a JSONL file, one scenario a line"

    def answer(self, line: bytes) -> str:
        """Ranges and all for one scenario."""
        data = json.loads(line.decode("utf-8"))
        answer = as_json(assess(read_scenario(data)))
        return json.dumps({"id": data["id"], **answer}, ensure_ascii=False)
