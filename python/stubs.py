"""Writes the type stubs of the package, every option of every command among them.

    python stubs.py        writes python/equipoise/__init__.pyi
    python stubs.py -      prints it
"""

import inspect
import re
import sys
import textwrap
from pathlib import Path

import equipoise as eq
from equipoise import _words

HEAD = '''# Written by stubs.py from the commands' own options: run it again when they change.
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from ._result import Check as Check
from ._result import Figure as Figure
from ._result import Record as Record
from ._result import Result as Result

__version__: str
__all__: list[str]

Path = str | os.PathLike[str]
#: A path, a data frame (pandas, polars, pyarrow, …) or a mapping of columns.
Table = Any
Number = float | int | str
Words = str | float | Sequence[Any] | range | Mapping[Any, Any]
Progress = Callable[[str, int, int], object] | Literal[False] | None

class System:
    source: Table
    name: str
    chosen: dict[str, Any]
    def __init__(self, source: Table, name: str | None = None, **chosen: Any) -> None: ...
    @classmethod
    def from_csv(cls, path: Path, **chosen: Any) -> System: ...
    @classmethod
    def from_frame(cls, frame: Table, name: str = "frame", **chosen: Any) -> System: ...
'''

COMMANDS = {
    "solve": (("solve",), "system: System | Table"),
    "compare": (("compare",), "systems: System | Table | Sequence[System | Table]"),
    "sweep": (("sweep",), "system: System | Table | None = None"),
    "simulate": (("simulate",), "system: System | Table"),
    "game": (("game",), "payoffs: Path | Sequence[Any] | Any"),
    "coalition": (("coalition",), "source: System | Table | None = None"),
    "fit_decisiveness": (("fit", "decisiveness"), "capabilities: Table"),
    "fit_alignment": (("fit", "alignment"), "capabilities: Table"),
    "backtest": (("backtest",), "capabilities: Table"),
}
OWN = {
    "compare": ["client: Any = None", "pieces: int | None = None"],
    "sweep": ["client: Any = None", "pieces: int | None = None"],
    "simulate": ["client: Any = None", "pieces: int | None = None"],
    "game": [
        "players: Sequence[str] | None = None",
        "strategies: Sequence[Sequence[str]] | None = None",
    ],
    "coalition": [
        "values: Mapping[Any, Number] | None = None",
        "weights: Mapping[str, Number] | Table = None",
        "claims: Mapping[str, Number] | None = None",
        "costs: Mapping[str, Number] | None = None",
    ],
}


def kind(option: tuple) -> str:
    """The type of an option's values."""
    _, default, values, flag, file = option
    if flag:
        return "bool"
    if file:
        return "Table | Sequence[Table]"
    if values:
        named = "Literal[" + ", ".join(f'"{value}"' for value in values) + "]"
        return f"{named} | Sequence[{named}] | str"
    return "Number | Words" if default and re.fullmatch(r"[-\d./]+", default) else "Words"


def function(name: str, command: tuple, first: str) -> str:
    """A function's stub, with what each option is."""
    taken = {own.split(":")[0] for own in OWN.get(name, [])}
    lines = [f"def {name}(", f"    {first},", "    *,"]
    lines += [f"    {own}," for own in OWN.get(name, [])]
    lines.append("    progress: Progress = None,")
    for option, facts in sorted(_words.options(command).items()):
        word = option.replace("-", "_")
        words = [word, *(alias for alias, means in _words.ALIASES.items() if means == word)]
        for word in words:
            if word not in taken:
                lines.append(f"    {word}: {kind(facts)} | None = None,")
    document = inspect.getdoc(getattr(eq, name)).split("\n\n")[0]
    lines.append(") -> Result:")
    lines.append(f'    """{document}')
    lines.append("")
    for option, (text, default, _, _, _) in sorted(_words.options(command).items()):
        said = " ".join(text.split()) + (f" (default {default})" if default else "")
        said = said.replace("\\", "\\\\")
        fill = dict(width=96, initial_indent="    ", subsequent_indent="        ")
        lines.append(textwrap.fill(f"{option.replace('-', '_')}: {said}", **fill))
    lines.append('    """')
    return "\n".join(lines)


def stubs() -> str:
    """The whole file."""
    out = [HEAD]
    for name, (command, first) in COMMANDS.items():
        if hasattr(eq, name) and known(command):
            out.append(function(name, command, first))
    options = sorted(
        {
            option.replace("-", "_")
            for name in eq.theories().theory
            for option in _words.options(("theory", name))
        }
    )
    out.append("def theory(\n    name: str,\n    system: System | Table,\n    *,")
    out[-1] += "\n    progress: Progress = None,\n"
    out[-1] += "".join(f"    {option}: Words | Table | None = None,\n" for option in options)
    out[-1] += ") -> Result: ..."
    out.append("def theories() -> Any: ...")
    out.append("def check(report: Result | str | bytes | Path, thorough: bool = False) -> Check: ...")
    out.append("def merge(parts: Sequence[Path]) -> Result: ...")
    out.append("def options(*command: str) -> dict[str, str]: ...")
    return "\n".join(out) + "\n"


def known(command: tuple) -> bool:
    """Whether this version has the command."""
    try:
        _words.options(command)
    except ValueError:
        return False
    return True


if __name__ == "__main__":
    if sys.argv[1:] == ["-"]:
        sys.stdout.write(stubs())
    else:
        place = Path(__file__).parent / "python/equipoise/__init__.pyi"
        place.write_text(stubs())
