"""Beyond one machine: a request in pieces, on a Dask cluster."""

from __future__ import annotations

import os
from pathlib import Path

from . import _native

#: Into how many pieces a request is cut unless told otherwise, however many workers there are.
PIECES = 32


class Request:
    """The words of a command with the files that they name, to be sent elsewhere."""

    def __init__(self, words: list[str], places: list[str], files: list[tuple[str, bytes]]) -> None:
        self.words = words
        self.places = places
        self.files = files

    def run(self, more: list[str], parts: list[bytes] | None = None):
        """Runs the command with further options."""
        words = [*self.words, *more, *self.places]
        return _native.run(words, files=self.files, parts=parts)


def _threads() -> int:
    try:
        from distributed import get_worker

        return max(1, get_worker().state.nthreads)
    except (ImportError, ValueError):
        return 1


def _more(request: Request, number: int, of: int, output: str) -> list[str]:
    more = [f"--shard={number}/{of}", f"--output={output}"]
    if not any(word.startswith("--threads") for word in request.words):
        more.append(f"--threads={_threads()}")
    return more


def piece(request: Request, number: int, of: int) -> bytes:
    """The part that ``--shard number/of`` writes: a pure function of its arguments."""
    output, _, status = request.run(_more(request, number, of, "-"))
    if status != 0:
        raise ValueError(f"piece {number}/{of}: the time was up; give it more, or cut it smaller")
    return output


def rows(request: Request, number: int, of: int, folder: str) -> bytes:
    """Writes the rows of a piece as a Parquet file; the last of several that do it wins whole."""
    place = os.path.join(folder, f"part-{number:0{len(str(of))}}.parquet")
    _, _, status = request.run(_more(request, number, of, place))
    if status != 0 and not os.path.exists(place):
        raise ValueError(f"piece {number}/{of}: the time was up; give it more, or cut it smaller")
    return b""


def write_parts(client, request: Request, pieces: int | None, progress, folder) -> Path:
    """Leaves the rows of each piece in a folder, as Parquet; nothing is put together."""
    folder = Path(folder).absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ValueError(f"parts: expected a new or an empty folder, found {folder}")
    folder.mkdir(parents=True, exist_ok=True)
    if client is None:
        of = _number(pieces)
        for number in range(1, of + 1):
            rows(request, number, of, str(folder))
            if progress is not None:
                progress("pieces", number, of)
    else:
        _all(client, rows, request, pieces, progress, str(folder))
    return folder


def solve(client, request: Request, pieces: int | None, progress):
    """The report of a request, its pieces solved by the workers of a client."""
    return request.run(["--format=json"], parts=_all(client, piece, request, pieces, progress))


def _number(pieces: int | None) -> int:
    of = PIECES if pieces is None else int(pieces)
    if of < 1:
        raise ValueError(f"pieces: expected a number from 1, found {of}")
    return of


def _all(client, one, request: Request, pieces: int | None, progress, *more) -> list[bytes]:
    """What `one` gives for each piece of a request, on the workers of a client."""
    from distributed import as_completed

    of = _number(pieces)
    # A future that can be made again, so that a worker that is lost takes no file with it.
    sent = client.submit(_itself, request, pure=False)
    futures = {
        client.submit(one, sent, number, of, *more, pure=False): number
        for number in range(1, of + 1)
    }
    parts: list[bytes] = [b""] * of
    try:
        for done, (future, part) in enumerate(as_completed(futures, with_results=True), 1):
            parts[futures[future] - 1] = part
            if progress is not None:
                progress("pieces", done, of)
    finally:
        client.cancel([*futures, sent])
    return parts


def _itself(request: Request) -> Request:
    return request
