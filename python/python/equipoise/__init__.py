"""Which alliances are stable, which equilibria exist, is the system balanced?

The functions are the commands of the program ``equipoise``: the same request gives the same report,
byte for byte. Every option of a command is a keyword argument with ``_`` for ``-``; ``options``
lists them. Tables are paths of files, data frames (pandas, or whatever has ``__dataframe__`` or
Arrow's ``__arrow_c_stream__``) or mappings of columns. What cannot be used is a ``ValueError`` that
names the place. Nothing is computed in Python; other threads go on while a command runs, and
Ctrl-C stops it.

Examples
--------
>>> import equipoise as eq
>>> result = eq.solve({"state": ["A", "B", "C"], "power": [5, 4, 3]}, decisiveness=3)
>>> result.verdict.overall
'balanced'
>>> bool(result.check())
True
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path

from . import _native, _words
from ._result import Check, Figure, Record, Result, frame_of

__version__ = _native.__version__

__all__ = [
    "Check",
    "Figure",
    "Record",
    "Result",
    "System",
    "backtest",
    "check",
    "coalition",
    "compare",
    "fit_alignment",
    "fit_decisiveness",
    "game",
    "merge",
    "options",
    "simulate",
    "solve",
    "sweep",
    "theories",
    "theory",
]


class System:
    """A table of states, and how a system is chosen from it.

    Parameters
    ----------
    source : path, data frame or mapping
        A row for each state (and year).
    name : str, optional
        What reports call it; of a file its name.
    **chosen
        How to choose and measure, as the commands take it: ``year``, ``states``, ``majors``,
        ``top``, ``capability``, ``weights``, ``dyads`` and so on.

    Examples
    --------
    >>> import equipoise as eq
    >>> system = eq.System.from_frame({"state": ["A", "B"], "milex": [2, 1], "tpop": [1, 3]},
    ...                               name="two", capability="milex")
    >>> list(eq.solve(system, lenses=["polarity"]).system.states[0].items())[0]
    ('id', 'A')
    """

    def __init__(self, source, name: str | None = None, **chosen) -> None:
        self.source = source
        self.name = name or (Path(source).stem if isinstance(source, (str, os.PathLike)) else "frame")
        self.chosen = chosen

    @classmethod
    def from_csv(cls, path, **chosen) -> System:
        """The system of a file."""
        return cls(os.fspath(path), **chosen)

    @classmethod
    def from_frame(cls, frame, name: str = "frame", **chosen) -> System:
        """The system of a data frame."""
        return cls(frame, name=name, **chosen)

    def __repr__(self) -> str:
        chosen = "".join(f", {key}={value!r}" for key, value in self.chosen.items())
        return f"System({self.name!r}{chosen})"


def _progress(wanted):
    """A bar where tqdm is, unless it is not wanted."""
    if wanted is False:
        return None
    if callable(wanted):
        return wanted
    bars: dict = {}
    begun = time.monotonic()

    def show(stage: str, done: int, total: int) -> None:
        # What ends sooner is not worth a bar.
        if "none" in bars or time.monotonic() - begun < 2:
            return
        try:
            # Here, since most commands end before there is anything to show.
            from tqdm.auto import tqdm
        except ImportError:
            bars["none"] = True
            return
        bar = bars.get("bar")
        if bar is None or bars["stage"] != stage:
            if bar is not None:
                bar.close()
            bars["bar"] = bar = tqdm(total=total or None, desc=stage, leave=False)
            bars["stage"] = stage
        bar.n = done
        bar.refresh()

    def close() -> None:
        if "bar" in bars:
            bars["bar"].close()

    show.close = close  # type: ignore[attr-defined]
    return show


def _run(
    command: tuple[str, ...],
    tables,
    given: dict,
    *,
    progress=None,
    client=None,
    pieces: int | None = None,
    parts=None,
) -> Result | Path:
    """Runs a command on tables and options."""
    files = _words.Files()
    places = []
    chosen: dict = {}
    for table in tables:
        if not isinstance(table, System):
            table = System(table)
        chosen.update(table.chosen)
        places.append(files.add(table.source, table.name))
    words = [*command, *_words.of_options(command, {**chosen, **given}, files)]
    places = ["--", *places] if places else []
    return _answered(words, places, files, progress, client, pieces, parts)


def _answered(words, places, files, progress, client=None, pieces=None, parts=None):
    """The report of a command's words; the folder of its parts, where they are to be left."""
    show = _progress(progress)
    try:
        if parts is not None:
            from . import _cluster

            request = _cluster.Request(words, places, files.whole())
            return _cluster.write_parts(client, request, pieces, show, parts)
        if client is None:
            words = [*words, "--format=json", *places]
            output, notes, status = _native.run(words, files=files.given, progress=show)
        else:
            from . import _cluster

            request = _cluster.Request(words, places, files.whole())
            output, notes, status = _cluster.solve(client, request, pieces, show)
    except ValueError as error:
        raise ValueError(files.said(str(error))) from None
    finally:
        if show is not None and hasattr(show, "close"):
            show.close()
    return Result(output, [files.said(note) for note in notes], status == 0)


def solve(system, *, progress=None, **options) -> Result:
    """One system through all lenses, and the verdict.

    Parameters
    ----------
    system : System, path, data frame or mapping
        A row for each state.
    progress : callable or False, optional
        Called with stage, steps done and steps in all; by default a bar of tqdm where that is.
    **options
        Those of ``equipoise solve``: ``decisiveness``, ``dominance``, ``war_cost``, ``lenses``,
        ``leader``, ``driver``, ``dyads``, ``time_limit``, … (``eq.options("solve")``).

    Returns
    -------
    Result
        ``verdict``, ``lenses``, ``states``, ``plot``, ``check``.

    Raises
    ------
    ValueError
        If a table or an option cannot be used: with the row and the column, or the option.

    Examples
    --------
    >>> import equipoise as eq
    >>> result = eq.solve({"state": ["A", "B", "C"], "power": [5, 4, 3]}, lenses=["blocs"])
    >>> result.lenses.blocs.verdict
    'balanced'
    """
    return _run(("solve",), [system], options, progress=progress)


def compare(systems, *, client=None, pieces=None, parts=None, progress=None, **options):
    """Many systems, years, measures or settings side by side.

    Parameters
    ----------
    systems : System, path, data frame, mapping, or a list of these
        Each with a row for each state (and year).
    client : dask.distributed.Client, optional
        Solve on its workers.
    pieces : int, optional
        Into how many pieces the request is cut for the workers; the report never depends on it.
    parts : path, optional
        A new folder. Each piece leaves its own rows there as a Parquet file, by which worker ever,
        and nothing is put together, so that a request may be larger than a memory. The folder is
        returned: ``pandas.read_parquet``, polars, DuckDB and R's arrow open it as one table.
    progress : callable or False, optional
        As of :func:`solve`.
    **options
        Those of ``equipoise compare``: ``years``, ``majors``, ``vary``, ``theories``, …

    Returns
    -------
    Result
        ``frame`` has one row a case, every parameter a column. With ``parts``, their folder.

    Examples
    --------
    >>> import equipoise as eq
    >>> panel = eq.compare({"state": ["A", "B", "C"], "power": [5, 4, 3]},
    ...                    vary={"decisiveness": [1, 2, 4]}, lenses=["polarity"])
    >>> len(panel.rows)
    3
    """
    several = systems if isinstance(systems, (list, tuple)) else [systems]
    return _run(
        ("compare",), several, options,
        progress=progress, client=client, pieces=pieces, parts=parts,
    )


def sweep(system=None, *, client=None, pieces=None, parts=None, progress=None, **options):
    """Phase diagrams: where the verdict turns, over parameters or distributions.

    Parameters
    ----------
    system : System, path, data frame or mapping, optional
        Not with ``shares="triangle"`` or ``"leader"``.
    client, pieces, parts, progress
        As of :func:`compare`.
    **options
        Those of ``equipoise sweep``; ``x`` and ``y`` may be ``("decisiveness", 0.5, 4)``.

    Examples
    --------
    >>> import equipoise as eq
    >>> plane = eq.sweep(shares="triangle", lenses=["polarity"], resolution=4, refine=1)
    >>> plane.schema
    'equipoise/sweep/1'
    """
    tables = [] if system is None else [system]
    return _run(
        ("sweep",), tables, options,
        progress=progress, client=client, pieces=pieces, parts=parts,
    )


def simulate(system, *, client=None, pieces=None, progress=None, **options) -> Result:
    """The film: growth, alliances and wars again and again; the probability of hegemony.

    Parameters
    ----------
    system : System, path, data frame or mapping
        A row for each state.
    client, pieces, progress
        As of :func:`compare`.
    **options
        Those of ``equipoise simulate``; a number may be a range, ``"1.25..1.75"``.

    Examples
    --------
    >>> import equipoise as eq
    >>> film = eq.simulate({"state": ["A", "B", "C"], "power": [5, 4, 3]}, runs=20, periods=5)
    >>> film.schema
    'equipoise/simulation/1'
    """
    return _run(
        ("simulate",), [system], options, progress=progress, client=client, pieces=pieces
    )


def theory(name: str, system, *, progress=None, **options) -> Result:
    """A published theory of alliances and the balance of power.

    Parameters
    ----------
    name : str
        ``"landscape"``, ``"niou-ordeshook"``, … (:func:`theories`).
    system : System, path, data frame or mapping
        A row for each state.
    **options
        Those of ``equipoise theory NAME``.

    Examples
    --------
    >>> import equipoise as eq
    >>> eq.theory("niou-ordeshook", {"state": ["A", "B", "C"], "power": [5, 4, 3]}).theory
    'niou-ordeshook'
    """
    return _run(("theory", name), [system], options, progress=progress)


def theories():
    """The theories with their questions and sources: a table."""
    return frame_of(_native.run(["theory", "list", "--format=csv"])[0])


def game(payoffs, *, players=None, strategies=None, progress=None, **options) -> Result:
    """Any n-player game: pure, mixed and correlated equilibria, dominance.

    Parameters
    ----------
    payoffs : path (.nfg, .csv, .efg, .agg), list of arrays, or a pygambit game
        One array of payoffs a player, all of one shape: an axis for each player's strategies.
        Numbers are taken exactly; ``fractions.Fraction`` and strings as ``"1/3"`` too.
    players : list of str, optional
        Their names.
    strategies : list of list of str, optional
        Names of each player's strategies.
    **options
        Those of ``equipoise game``: ``solve``, ``objective``, ``find``, ``exact``, …

    Examples
    --------
    >>> import equipoise as eq
    >>> dilemma = eq.game([[[3, 0], [5, 1]], [[3, 5], [0, 1]]], strategies=[["C", "D"]] * 2)
    >>> dilemma.pure[0].profile
    ['D', 'D']
    """
    from . import _games

    files = _words.Files()
    if isinstance(payoffs, (str, os.PathLike)):
        place = files.add(payoffs, "game")
    else:
        place = files.give("game", ".nfg", _games.nfg(payoffs, players, strategies))
    words = ["game", *_words.of_options(("game",), options, files)]
    return _answered(words, ["--", place], files, progress)


def coalition(
    source=None,
    *,
    values: Mapping | None = None,
    weights: Mapping | None = None,
    claims: Mapping | None = None,
    costs: Mapping | None = None,
    progress=None,
    **options,
) -> Result:
    """Any cooperative game: core, least core, nucleolus, power indices.

    Parameters
    ----------
    source : System, path, data frame or mapping, optional
        A game's file or table; with ``game="settlement"`` or ``"majority"`` one of states.
    values : mapping, optional
        The worth of every coalition: ``{"A": 1, "B": 2, "A+B": 5}``, or tuples of players.
    weights : mapping, optional
        Weights of players, with ``quota``.
    claims : mapping, optional
        Claims of players, with ``estate``.
    costs : mapping, optional
        What each player needs, of an airport game.
    **options
        Those of ``equipoise coalition``: ``solve``, ``quota``, ``exact``, ``blocs`` (as
        ``[("A", "B"), ("C", "D")]``), ``links``, ``allocation``, …

    Examples
    --------
    >>> import equipoise as eq
    >>> eq.coalition(weights={"A": 50, "B": 49, "C": 1}, quota=51, solve="shapley").shapley.A
    0.6666666666666666
    """
    from . import _games

    forms = {"values": values, "weights": weights, "claims": claims, "costs": costs}
    forms = {key: form for key, form in forms.items() if form is not None}
    if len(forms) + (source is not None) != 1:
        raise ValueError(
            "coalition: expected one of a file or table, values, weights, claims or costs, "
            f"found {', '.join([*(['a source'] if source is not None else []), *forms]) or 'none'}"
        )
    if forms:
        (kind, form), = forms.items()
        source = System(_games.table(kind, form), name=kind)
    return _run(("coalition",), [source], options, progress=progress)


def fit_decisiveness(capabilities, *, progress=None, **options) -> Result:
    """How surely the stronger side won the wars that were fought.

    Parameters
    ----------
    capabilities : path or data frame
        NMC as downloaded.
    **options
        Those of ``equipoise fit decisiveness``: ``wars``, ``majors``, ``sides``, …
    """
    return _run(("fit", "decisiveness"), [capabilities], options, progress=progress)


def fit_alignment(capabilities, *, progress=None, **options) -> Result:
    """Parameters of alignment, estimated from alliances that were.

    Parameters
    ----------
    capabilities : path or data frame
        NMC as downloaded.
    **options
        Those of ``equipoise fit alignment``.
    """
    return _run(("fit", "alignment"), [capabilities], options, progress=progress)


def backtest(capabilities, *, progress=None, **options) -> Result:
    """Predictions of pacts and sides beside what happened and beside trivial rules.

    Parameters
    ----------
    capabilities : path or data frame
        NMC as downloaded.
    **options
        Those of ``equipoise backtest``.
    """
    return _run(("backtest",), [capabilities], options, progress=progress)


def check(report, thorough: bool = False) -> Check:
    """Have every claim of a report re-verified: a :class:`Result`, JSON, or the path of a file."""
    result = report if isinstance(report, Result) else Result.from_json(report)
    return result.check(thorough)


def merge(parts) -> Result:
    """The report of all parts that ``--shard k/N`` wrote: paths of files.

    The files that the command named must be where they were.
    """
    words = ["merge", *map(os.fspath, parts), "--format=json"]
    output, notes, status = _native.run(words)
    return Result(output, notes, status == 0)


def options(*command: str) -> dict[str, str]:
    """What the options of a command are: ``eq.options("solve")["decisiveness"]``.

    Examples
    --------
    >>> import equipoise as eq
    >>> "war_cost" in eq.options("solve")
    True
    """
    described = {}
    for name, (text, default, values, _, _) in _words.options(command).items():
        text += f" ({', '.join(values)})" if values else ""
        text += f" [{default}]" if default else ""
        described[name.replace("-", "_")] = text
    return described
