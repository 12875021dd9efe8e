"""Games as the files that the program reads."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from ._words import number


def nfg(payoffs, players, strategies) -> bytes:
    """A game in Gambit's strategic form, numbers as they are."""
    for method in ("to_nfg", "write"):
        if hasattr(payoffs, method):
            return (
                payoffs.to_nfg() if method == "to_nfg" else payoffs.write("nfg")
            ).encode()
    arrays = [_nested(array, f"payoffs[{k}]") for k, array in enumerate(payoffs)]
    shapes = [shape for shape, _ in arrays]
    n = len(arrays)
    if n == 0:
        raise ValueError("payoffs: expected an array for each player, found none")
    for k, shape in enumerate(shapes):
        if len(shape) != n:
            raise ValueError(
                f"payoffs[{k}]: expected an array of {n} axes, one for each player, found shape "
                f"{shape}"
            )
        if shape != shapes[0]:
            raise ValueError(
                f"payoffs[{k}]: expected the shape {shapes[0]} of payoffs[0], found {shape}"
            )
    shape = shapes[0]
    names = list(players) if players is not None else [f"Player {k + 1}" for k in range(n)]
    if len(names) != n:
        raise ValueError(f"players: expected {n} names, found {len(names)}")
    if strategies is None:
        strategies = [[str(s + 1) for s in range(size)] for size in shape]
    if [len(own) for own in strategies] != list(shape):
        found = [len(own) for own in strategies]
        raise ValueError(f"strategies: expected {list(shape)} names, found {found}")
    lines = ['NFG 1 R "game"', "{ " + " ".join(map(_quoted, names)) + " }", ""]
    own = " ".join("{ " + " ".join(map(_quoted, labels)) + " }" for labels in strategies)
    lines[2] = "{ " + own + " }"
    numbers = []
    size = 1
    for axis in shape:
        size *= axis
    for at in range(size):
        # The first player's strategy moves fastest.
        profile, rest = [], at
        for axis in shape:
            profile.append(rest % axis)
            rest //= axis
        for k, (_, flat) in enumerate(arrays):
            place = 0
            for axis, choice in zip(shape, profile):
                place = place * axis + choice
            numbers.append(_exact(flat[place], f"payoffs[{k}]{profile}"))
    return ("\n".join([*lines, "", " ".join(numbers)]) + "\n").encode()


def _nested(array, name: str) -> tuple[tuple[int, ...], list]:
    """The shape of nested lists or of an array, and its cells in C order."""
    if hasattr(array, "tolist"):
        array = array.tolist()
    if not isinstance(array, (list, tuple)):
        return (), [array]
    parts = [_nested(part, f"{name}[{k}]") for k, part in enumerate(array)]
    shapes = {shape for shape, _ in parts}
    if len(shapes) != 1:
        found = " and ".join(map(str, sorted(shapes))) if shapes else "nothing"
        raise ValueError(f"{name}: expected rows of one shape, found {found}")
    return (len(parts), *shapes.pop()), [cell for _, cells in parts for cell in cells]


def _exact(value, place: str) -> str:
    try:
        text = number(value)
        if isinstance(value, str):
            Fraction(value)
    except (TypeError, ValueError, ZeroDivisionError):
        raise ValueError(f"{place}: expected a number, found {value!r}") from None
    if text in ("nan", "inf", "-inf"):
        raise ValueError(f"{place}: expected a finite number, found {text}")
    return text


def _quoted(text) -> str:
    escaped = str(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def table(kind: str, given: Mapping) -> dict:
    """A game of a mapping as columns."""
    if not isinstance(given, Mapping):
        raise ValueError(f"{kind}: expected a mapping, found a {type(given).__name__}")
    cells = [_exact(value, f"{kind}[{key!r}]") for key, value in given.items()]
    if kind == "values":
        return {"coalition": [_coalition(key) for key in given], "value": cells}
    column = {"weights": "weight", "claims": "claim", "costs": "cost"}[kind]
    return {"player": [str(key) for key in given], column: cells}


def _coalition(key) -> str:
    if isinstance(key, (tuple, list, set, frozenset)):
        return "+".join(sorted(map(str, key)) if isinstance(key, (set, frozenset)) else map(str, key))
    return str(key)
