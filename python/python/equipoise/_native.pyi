from collections.abc import Callable

__version__: str

def run(
    words: list[str],
    files: list[tuple[str, bytes]] = ...,
    input: bytes | None = None,
    parts: list[bytes] | None = None,
    progress: Callable[[str, int, int], object] | None = None,
) -> tuple[bytes, list[str], int]: ...
def options(
    command: list[str],
) -> list[tuple[str, str, str | None, list[str], bool, bool, bool]]: ...
