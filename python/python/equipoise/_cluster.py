"""Beyond one machine: a request in pieces, on a Dask cluster."""

from __future__ import annotations

import os
import shutil
import tempfile

from . import _native

#: Into how many pieces a request is cut unless told otherwise, however many workers there are.
PIECES = 32


class Shipped:
    """The words of a command and the files that they name, to be sent elsewhere."""

    def __init__(self, words: list[str], inputs: list[str]) -> None:
        self.words = words
        self.files: dict[str, bytes] = {}
        for path in dict.fromkeys(inputs):
            with open(path, "rb") as file:
                self.files[path] = file.read()

    def run(self, more: list[str], parts: list[bytes] | None = None):
        """Runs the command with further words where the files are laid out again."""
        folder = tempfile.mkdtemp(prefix="equipoise-")
        try:
            places = {}
            for k, (path, data) in enumerate(self.files.items()):
                os.mkdir(os.path.join(folder, str(k)))
                places[path] = os.path.join(folder, str(k), os.path.basename(path))
                with open(places[path], "wb") as file:
                    file.write(data)
            words = [_moved(word, places) for word in self.words]
            try:
                return _native.run([*words, *more], parts=parts)
            except ValueError as error:
                message = str(error)
                for path, place in places.items():
                    message = message.replace(place, path)
                raise ValueError(message) from None
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _moved(word: str, places: dict[str, str]) -> str:
    option, equals, value = word.partition("=") if word.startswith("--") else ("", "", word)
    return option + equals + ",".join(places.get(part, part) for part in value.split(","))


def _threads() -> int:
    try:
        from distributed import get_worker

        return max(1, get_worker().state.nthreads)
    except (ImportError, ValueError):
        return 1


def piece(shipped: Shipped, number: int, of: int) -> bytes:
    """The part that ``--shard number/of`` writes: a pure function of its arguments."""
    more = [f"--shard={number}/{of}", "--output=-"]
    if not any(word.startswith("--threads") for word in shipped.words):
        more.append(f"--threads={_threads()}")
    output, _, status = shipped.run(more)
    if status != 0:
        raise ValueError(f"piece {number}/{of}: the time was up; give it more, or cut it smaller")
    return output


def solve(client, words: list[str], inputs: list[str], pieces: int | None, progress):
    """The report of a command, its pieces solved by the workers of a client."""
    from distributed import as_completed

    of = PIECES if pieces is None else int(pieces)
    if of < 1:
        raise ValueError(f"pieces: expected a number from 1, found {of}")
    shipped = Shipped(words, inputs)
    # A future of its own, so that a worker that is lost takes no file with it.
    sent = client.submit(lambda whole: whole, shipped, pure=False)
    futures = {
        client.submit(piece, sent, number, of, pure=False): number for number in range(1, of + 1)
    }
    parts: list[bytes] = [b""] * of
    try:
        for done, (future, part) in enumerate(as_completed(futures, with_results=True), 1):
            parts[futures[future] - 1] = part
            future.release()
            if progress is not None:
                progress("pieces", done, of)
    except BaseException:
        client.cancel(list(futures))
        raise
    return shipped.run(["--format=json"], parts=parts)
