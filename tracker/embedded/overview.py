"""What ``manage.py`` alone prints; read from the sources, so that it needs no packages."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
Usage: python3 manage.py COMMAND [options]        (every command has --help with an example)

Run it
  demo      try it: everything on this machine, with invented articles
  up        real use: the same, empty, data kept in .state/
  backup    write data and captures to one encrypted file
  restore   bring such a file back
  test      every check that has to be green
  benchmark print measured figures

Work with what runs"""
TAIL = "Django's own commands work too: python3 manage.py help --commands"


def overview(checkout: Path) -> str:
    """The commands of the project, one line each."""
    commands = {
        path.stem: _help_of(path)
        for pattern in ("tracker/*/management/commands/*.py", "*/management/commands/*.py")
        for path in checkout.glob(pattern)
        if not path.stem.startswith("_")
    }
    width = max((len(name) for name in commands), default=0)
    lines = [f"  {name:<{width}}  {commands[name]}".rstrip() for name in sorted(commands)]
    return "\n".join([HEAD, *lines, "", TAIL])


def _help_of(path: Path) -> str:
    """The literal ``help`` of a Django command, else the first line of its module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
            if names == ["help"] and isinstance(node.value.value, str):
                return _first_sentence(node.value.value)
    return _first_sentence(ast.get_docstring(tree) or "")


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=\.)\s|\n", text, maxsplit=1)[0].replace("``", "`")
