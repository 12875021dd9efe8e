"""Reports as Python objects."""

from __future__ import annotations

import base64
import io
import json
import tempfile
from collections.abc import Mapping
from html import escape
from pathlib import Path

from . import _native


class Record(Mapping):
    """A JSON object whose keys are attributes too; pairs of numbers are tuples.

    Examples
    --------
    >>> import equipoise as eq
    >>> record = eq.Record({"control": [0.1, 0.3], "verdict": "balanced"})
    >>> record.control, record["verdict"]
    ((0.1, 0.3), 'balanced')
    """

    __slots__ = ("_data",)

    def __init__(self, data: dict) -> None:
        object.__setattr__(self, "_data", data)

    def __getitem__(self, key):
        return _wrapped(self._data[key])

    def __getattr__(self, key):
        if key.startswith("__"):
            raise AttributeError(key)
        try:
            return self[key]
        except KeyError:
            known = ", ".join(self._data)
            raise AttributeError(f"expected one of {known}, found {key}") from None

    def __setattr__(self, key, value):
        raise AttributeError("a report does not change")

    def __iter__(self):
        return iter(self._data)

    def __len__(self):
        return len(self._data)

    def __dir__(self):
        return [*super().__dir__(), *self._data]

    def __repr__(self):
        return f"Record({self._data!r})"

    def to_dict(self) -> dict:
        """The same as a dictionary."""
        return self._data

    def __reduce__(self):
        return (Record, (self._data,))


def _wrapped(value):
    if isinstance(value, dict):
        return Record(value)
    if isinstance(value, list):
        numbers = all(isinstance(x, (int, float)) and not isinstance(x, bool) for x in value)
        if len(value) == 2 and numbers:
            return tuple(value)
        return [_wrapped(part) for part in value]
    return value


def frame_of(csv: bytes):
    """A table as a pandas DataFrame; as a list of dictionaries where there is no pandas."""
    try:
        import pandas
    except ImportError:
        import csv as reader

        return list(reader.DictReader(io.StringIO(csv.decode())))
    return pandas.read_csv(io.BytesIO(csv), keep_default_na=False, na_values=[""])


class Figure:
    """A figure: SVG, shown in a notebook.

    Attributes
    ----------
    svg : str
        The figure.
    """

    def __init__(self, svg: str) -> None:
        self.svg = svg

    def _repr_svg_(self) -> str:
        return self.svg

    def save(self, path) -> None:
        """Write it to an ``.svg`` file."""
        Path(path).write_text(self.svg, encoding="utf-8")


class Check:
    """What a check of a report found.

    Attributes
    ----------
    outcome : str
        ``"accepted"``, ``"accepted in part"`` or ``"refused"``.
    claims : list of Record
        Each claim with ``claim``, ``holds``, ``violation`` and ``tolerance``.
    not_examined : list of str
        What was not examined.
    """

    def __init__(self, data: dict) -> None:
        self._data = data
        self.outcome: str = data["outcome"]
        self.claims: list[Record] = [Record(claim) for claim in data["claims"]]
        self.not_examined: list[str] = list(data["not_examined"])
        self.refuted: list[str] = [c["claim"] for c in data["claims"] if not c["holds"]]

    @property
    def accepted(self) -> bool:
        """Whether no claim is refuted."""
        return bool(self._data["accepted"])

    def __bool__(self) -> bool:
        return self.accepted

    def __repr__(self) -> str:
        return f"<Check: {self.outcome}, {len(self.claims)} claims>"


class Result:
    """A report of any kind: what it says as attributes, and its other forms.

    Every key of the JSON report is an attribute: ``result.verdict``, ``result.lenses["blocs"]``.

    Parameters
    ----------
    json : bytes
        The report, as ``--format json`` writes it.
    notes : sequence of str
        What was noted on the way.
    decided : bool
        Whether everything asked for was answered.
    """

    def __init__(self, json: bytes, notes=(), decided: bool = True) -> None:
        self._json = bytes(json)
        self._parsed: dict | None = None
        self.notes: list[str] = list(notes)
        self.decided = decided

    @property
    def data(self) -> dict:
        """The report as a dictionary."""
        if self._parsed is None:
            self._parsed = json.loads(self._json)
        return self._parsed

    def __getattr__(self, key):
        if key.startswith("_"):
            raise AttributeError(key)
        return getattr(Record(self.data), key)

    def __dir__(self):
        return [*super().__dir__(), *self.data]

    def __eq__(self, other) -> bool:
        return isinstance(other, Result) and self._json == other._json

    def __hash__(self) -> int:
        return hash(self._json)

    def __reduce__(self):
        return (Result, (self._json, self.notes, self.decided))

    @property
    def states(self):
        """The states, a row each: a pandas DataFrame where pandas is there."""
        rows = self.data["system"]["states"]
        try:
            import pandas
        except ImportError:
            return rows
        return pandas.DataFrame(rows)

    @property
    def frame(self):
        """The report's table, a row an observation: that of ``--format csv``."""
        return frame_of(self._show("--format", "csv"))

    def table(self, name: str):
        """One of the tables of an estimate or a backtest, by name, as ``--table`` takes it."""
        return frame_of(self._show("--format", "csv", "--table", name))

    @property
    def text(self) -> str:
        """The report for people."""
        return self._show().decode()

    def to_json(self, path=None) -> str | None:
        """The report as JSON: returned, or written to a file."""
        if path is None:
            return self._json.decode()
        Path(path).write_bytes(self._json)
        return None

    @classmethod
    def from_json(cls, source) -> Result:
        """A report from its JSON text or bytes, or from a file (a ``pathlib.Path``, or the name
        of one that ends in ``.json``).

        Raises
        ------
        ValueError
            If it is no report.
        """
        if isinstance(source, Path) or (isinstance(source, str) and source.endswith(".json")):
            source = Path(source).read_bytes()
        data = source.encode() if isinstance(source, str) else bytes(source)
        result = cls(data)
        try:
            schema = result.data["schema"]
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"expected a report in JSON, found {error}") from None
        if not str(schema).startswith("equipoise/"):
            raise ValueError(f"schema: expected one of equipoise, found {schema}")
        return result

    def to_html(self, path=None) -> str | None:
        """The report as one page with its figures: returned, or written to a file."""
        page = self._show("--format", "html").decode()
        if path is None:
            return page
        Path(path).write_text(page, encoding="utf-8")
        return None

    def plot(self, figure: str | None = None) -> Figure:
        """A figure of the report, as SVG.

        Parameters
        ----------
        figure : str, optional
            Which, as the command's ``--figure`` names them: of one system ``"lenses"``,
            ``"blocs"`` or ``"tactics"``.
        """
        with tempfile.TemporaryDirectory(prefix="equipoise-") as folder:
            path = Path(folder) / "figure.svg"
            more = [] if figure is None else [f"--figure={figure}"]
            self._show(f"--plot={path}", *more)
            return Figure(path.read_text(encoding="utf-8"))

    def check(self, thorough: bool = False) -> Check:
        """Have every claim of the report re-verified from what is in it, without solving.

        Parameters
        ----------
        thorough : bool
            Also repeat long enumerations.

        Examples
        --------
        >>> import equipoise as eq
        >>> bool(eq.solve({"state": ["A", "B", "C"], "power": [5, 4, 3]}).check())
        True
        """
        more = ["--thorough"] if thorough else []
        words = ["check", "-", "--format=json", *more]
        output, _, _ = _native.run(words, input=self._json)
        return Check(json.loads(output))

    def _show(self, *words: str) -> bytes:
        return _native.run(["show", "-", *words], input=self._json)[0]

    def _repr_html_(self) -> str:
        try:
            page = self.to_html()
        except ValueError:
            return f"<pre>{escape(self.text)}</pre>"
        source = base64.b64encode(page.encode()).decode()
        return (
            f'<iframe src="data:text/html;base64,{source}" '
            'style="width:100%;height:640px;border:0"></iframe>'
        )

    def __repr__(self) -> str:
        said = self.data.get("verdict")
        said = said.get("overall") if isinstance(said, dict) else said
        return f"<Result {self.data['schema']}{f': {said}' if said else ''}>"
