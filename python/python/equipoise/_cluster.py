"""Beyond one machine: a request in pieces, on a Dask cluster."""

from __future__ import annotations

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


def piece(request: Request, number: int, of: int) -> bytes:
    """The part that ``--shard number/of`` writes: a pure function of its arguments."""
    more = [f"--shard={number}/{of}", "--output=-"]
    if not any(word.startswith("--threads") for word in request.words):
        more.append(f"--threads={_threads()}")
    output, _, status = request.run(more)
    if status != 0:
        raise ValueError(f"piece {number}/{of}: the time was up; give it more, or cut it smaller")
    return output


def solve(client, request: Request, pieces: int | None, progress):
    """The report of a request, its pieces solved by the workers of a client."""
    from distributed import as_completed

    of = PIECES if pieces is None else int(pieces)
    if of < 1:
        raise ValueError(f"pieces: expected a number from 1, found {of}")
    # A future that can be made again, so that a worker that is lost takes no file with it.
    sent = client.submit(_itself, request, pure=False)
    futures = {
        client.submit(piece, sent, number, of, pure=False): number for number in range(1, of + 1)
    }
    parts: list[bytes] = [b""] * of
    try:
        for done, (future, part) in enumerate(as_completed(futures, with_results=True), 1):
            parts[futures[future] - 1] = part
            if progress is not None:
                progress("pieces", done, of)
    finally:
        client.cancel([*futures, sent])
    return request.run(["--format=json"], parts=parts)


def _itself(request: Request) -> Request:
    return request
