"""Python values as the words of a command."""

from __future__ import annotations

import csv
import difflib
import io
import os
import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from . import _native

#: What Python calls some options.
ALIASES = {"lenses": "lens", "concepts": "solve", "parameters_file": "parameters"}
#: Where output goes is for the caller of Python to say.
NOT_FOR_PYTHON = {"output", "format", "plot", "figure", "width", "dpi", "no-title", "shard", "write-nfg", "nfg"}


#: The most rows of a frame that is small.
SMALL = 200
#: What is written as Python writes it.
_PLAIN_TYPES = {"int64", "float64", "bool", "object", "str"}
_PLAIN = {int, float, str, bool, type(None)}


@lru_cache(maxsize=None)
def options(command: tuple[str, ...]) -> dict[str, tuple]:
    """The options of a command by name: (help, default, values, is_flag, is_file)."""
    found = _native.options(list(command))
    return {
        name: (text, default, values, flag, file)
        for name, text, default, values, flag, positional, file in found
        if not positional and name not in NOT_FOR_PYTHON
    }


def is_table(value) -> bool:
    """Whether something is a data frame, or a mapping of columns."""
    if isinstance(value, (str, bytes, os.PathLike)):
        return False
    return (
        hasattr(value, "__dataframe__")
        or hasattr(value, "__arrow_c_stream__")
        or (hasattr(value, "to_csv") and hasattr(value, "columns"))
    )


def to_csv(table, name: str) -> tuple[bytes, list | None]:
    """A table as CSV, and the labels of its rows where it has some."""
    if isinstance(table, Mapping):
        return _of_columns(table, name), None
    if hasattr(table, "to_csv") and hasattr(table, "columns"):
        return _of_pandas(table, name)
    if hasattr(table, "write_csv"):
        _refuse_twice(list(table.columns), name)
        return table.write_csv().encode(), None
    if hasattr(table, "to_pydict") and hasattr(table, "column_names"):
        _refuse_twice(list(table.column_names), name)
        return _of_columns(table.to_pydict(), name), None
    if hasattr(table, "__dataframe__"):
        try:
            from pandas.api.interchange import from_dataframe
        except ImportError:
            raise ValueError(
                f"{name}: expected a table that pandas reads, and pandas is not installed; "
                "install it, or give a mapping of columns"
            ) from None
        return _of_pandas(from_dataframe(table), name)
    try:
        import pyarrow
    except ImportError:
        raise ValueError(
            f"{name}: expected a table that pyarrow reads, and pyarrow is not installed; "
            "install it, or give a mapping of columns"
        ) from None
    return to_csv(pyarrow.table(table), name)


def _refuse_twice(columns: list, name: str) -> None:
    if not columns:
        raise ValueError(f"{name}: expected columns, found none; give a row for each state")
    for column in columns:
        if not isinstance(column, str):
            raise ValueError(
                f"{name}: expected names of columns in words, found {column!r}; "
                "rename it, or flatten columns of several levels"
            )
    twice = sorted({column for column in columns if columns.count(column) > 1})
    if twice:
        raise ValueError(f"{name}: expected each column once, found {twice[0]!r} twice; rename one")


def _of_pandas(frame, name: str) -> tuple[bytes, list | None]:
    if getattr(frame.index, "nlevels", 1) > 1 or frame.index.name is not None:
        labels = list(frame.index)
        frame = frame.reset_index()
    else:
        labels = list(frame.index)
    columns, dtypes = list(frame.columns), [str(dtype) for dtype in frame.dtypes]
    _refuse_twice(columns, name)
    for column, dtype in zip(columns, dtypes):
        if dtype == "object":
            _refuse_objects(frame[column], column, labels, name)
    # A small frame of plain cells is written in a fifth of the time that pandas takes.
    if len(labels) <= SMALL and _PLAIN_TYPES.issuperset(dtypes):
        values = frame.to_dict("list")
        if all(type(cell) in _PLAIN for cells in values.values() for cell in cells):
            return _of_columns(values, name), labels
    return frame.to_csv(index=False).encode(), labels


def _refuse_objects(series, column: str, labels: list, name: str) -> None:
    """Refuses cells that are no single value: their text would be taken for one."""
    for row, cell in enumerate(series):
        if isinstance(cell, (list, tuple, set, dict, bytes)) or getattr(cell, "ndim", 0) > 0:
            raise ValueError(
                f"{name}: row {row} (index {labels[row]!r}): {column}: expected one value, found "
                f"a {type(cell).__name__}; put one value into each cell"
            )


def _of_columns(columns: Mapping, name: str) -> bytes:
    _refuse_twice(list(columns), name)
    values = [list(column) for column in columns.values()]
    lengths = {len(column) for column in values}
    if len(lengths) > 1:
        said = ", ".join(f"{key} {len(column)}" for key, column in zip(columns, values))
        raise ValueError(f"{name}: expected columns of one length, found {said}")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(cell) for cell in row] for row in zip(*values))
    return out.getvalue().encode()


def _cell(value) -> str:
    if value is None or value != value:
        return ""
    return number(value) if isinstance(value, float) else str(value)


def number(value) -> str:
    """A number so that it is read as the same number."""
    if isinstance(value, bool):
        raise ValueError(f"expected a number, found {value}")
    if isinstance(value, (int, str, Fraction)):
        return str(value)
    value = float(value)
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def word(value) -> str:
    """A value as the command line has it."""
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if isinstance(value, str):
        return value
    if isinstance(value, range):
        if not value:
            raise ValueError("expected a range with something in it, found an empty one")
        step = f":{value.step}" if value.step != 1 else ""
        return f"{value[0]}..{value[-1]}{step}"
    if isinstance(value, Mapping):
        return ",".join(f"{key}={word(part)}" for key, part in value.items())
    if isinstance(value, Iterable) and getattr(value, "ndim", 1) > 0:
        return ",".join(word(part) for part in value)
    return number(value)


def axis(value) -> str:
    """('decisiveness', 0.5, 4) as decisiveness=0.5..4."""
    if isinstance(value, tuple) and len(value) == 3 and isinstance(value[0], str):
        name, low, high = value
        return f"{name.replace('_', '-')}={number(low)}..{number(high)}"
    return word(value)


class Files:
    """The files of a request: those on disk by their paths, tables by names of their own."""

    def __init__(self) -> None:
        self._labels: dict[str, list | None] = {}
        #: Tables as CSV, by name.
        self.given: list[tuple[str, bytes]] = []
        #: The paths of files on disk.
        self.paths: list[str] = []

    def add(self, value, name: str) -> str:
        """The path or the name of a file with this content."""
        if isinstance(value, (str, os.PathLike)):
            path = os.fspath(value)
            self.paths.append(path)
            return path
        data, labels = (value, None) if isinstance(value, bytes) else to_csv(value, name)
        path = self.give(_plain(name), ".csv", data)
        self._labels[path] = labels
        return path

    def give(self, stem: str, ending: str, data: bytes) -> str:
        """A name for this content that no other has."""
        taken = {path for path, _ in self.given}
        again = 1
        path = f"{stem}{ending}"
        while path in taken:
            again += 1
            path = f"{stem}-{again}{ending}"
        self.given.append((path, data))
        return path

    def whole(self) -> list[tuple[str, bytes]]:
        """All files with their bytes, to be sent elsewhere."""
        on_disk = []
        for path in dict.fromkeys(self.paths):
            with open(path, "rb") as file:
                on_disk.append((path, file.read()))
        return [*self.given, *on_disk]

    def said(self, message: str) -> str:
        """A message with the rows of tables instead of the lines of files."""
        for path, labels in self._labels.items():
            stem = Path(path).stem

            def row(found: re.Match, labels=labels, stem=stem) -> str:
                line = found.group(1)
                if line is None:
                    return f"{stem}:"
                at = int(line) - 2
                if at < 0:
                    return f"{stem}: the names of columns:"
                label = f" (index {labels[at]!r})" if labels and at < len(labels) else ""
                return f"{stem}: row {at}{label}:"

            message = re.sub(re.escape(path) + r"(?::(\d+))?:", row, message)
        return message


def _plain(name: str) -> str:
    return re.sub(r"[^\w.-]+", "-", name).strip(".-") or "table"


def of_options(command: tuple[str, ...], given: Mapping, files: Files) -> list[str]:
    """The words of keyword arguments, as the command takes them."""
    known = options(command)
    words = []
    for key, value in given.items():
        name = ALIASES.get(key, key) if ALIASES.get(key, key) in known else key
        name = name.replace("_", "-")
        if name not in known:
            close = difflib.get_close_matches(name, known, 1)
            hint = f"; did you mean {close[0].replace('-', '_')}?" if close else ""
            raise TypeError(f"{' '.join(command)}() has no option {key!r}{hint}")
        if value is None or value is False:
            continue
        if known[name][3]:
            if value is not True:
                raise ValueError(f"{key}: expected True or False, found {value!r}")
            words.append(f"--{name}")
        elif name == "vary" and isinstance(value, Mapping):
            words += [f"--vary={k.replace('_', '-')}={word(v)}" for k, v in value.items()]
        elif name == "blocs" and not isinstance(value, str):
            blocs = (b if isinstance(b, str) else "+".join(map(str, b)) for b in value)
            words.append(f"--blocs={','.join(blocs)}")
        elif name in ("vary", "compare") and not isinstance(value, str):
            words += [f"--{name}={word(part)}" for part in value]
        elif known[name][4]:
            parts = value.split(",") if isinstance(value, str) else value
            if not isinstance(parts, (list, tuple)):
                parts = [parts]
            several = len(parts) > 1
            paths = [
                files.add(part, f"{name}-{k + 1}" if several else name)
                for k, part in enumerate(parts)
            ]
            words.append(f"--{name}={','.join(paths)}")
        else:
            try:
                text = axis(value) if name in ("x", "y") else word(value)
            except (TypeError, ValueError) as error:
                raise ValueError(f"{key}: {error}") from None
            words.append(f"--{name}={text}")
    return words
