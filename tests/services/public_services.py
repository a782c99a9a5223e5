"""The public services as their source says them, so that tables about them grow by themselves."""

import ast
import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import tracker.services

FOLDER = Path(tracker.services.__file__).parent


@dataclass(frozen=True)
class Service:
    """One public function that takes a desk: where it is, what it does first, what it asks permission for."""

    module: str
    name: str
    node: ast.FunctionDef

    @property
    def label(self) -> str:
        return f"{self.module}.{self.name}"

    @property
    def function(self) -> Callable[..., Any]:
        return getattr(importlib.import_module(f"tracker.services.{self.module}"), self.name)  # type: ignore[no-any-return]

    @property
    def gates(self) -> list[ast.Call]:
        """Every call of `desk.allow`, in the order of the source."""
        calls = [n for n in ast.walk(self.node) if isinstance(n, ast.Call)]
        found = [c for c in calls if ast.unparse(c.func) == "desk.allow"]
        return sorted(found, key=lambda c: (c.lineno, c.col_offset))

    @property
    def acts(self) -> list[str]:
        return [ast.literal_eval(call.args[0]) for call in self.gates]

    @property
    def asks_where(self) -> bool:
        """Whether its first gate asks about the divisions of a record named by a parameter."""
        return bool(self.gates) and len(self.gates[0].args) > 1

    @property
    def writes(self) -> bool:
        return "desk.transaction(" in ast.unparse(self.node)

    @property
    def statements(self) -> list[str]:
        """The statements after the docstring, as text."""
        body = self.node.body[1:] if ast.get_docstring(self.node) else self.node.body
        return [ast.unparse(statement) for statement in body]

    @property
    def parameters(self) -> list[str]:
        arguments = self.node.args
        required = len(arguments.args) - len(arguments.defaults)
        positional = [a.arg for a in arguments.args[1:required]]
        pairs = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
        return positional + [a.arg for a, default in pairs if default is None]


@cache
def public_services() -> tuple[Service, ...]:
    """Return every public service, by module and name."""
    return tuple(_found())


def _found() -> Iterator[Service]:
    for path in sorted(FOLDER.glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and _takes_desk(node):
                yield Service(path.stem, node.name, node)


def _takes_desk(node: ast.FunctionDef) -> bool:
    return any(ast.unparse(a.annotation or ast.Constant("")) == "Desk" for a in node.args.args)
