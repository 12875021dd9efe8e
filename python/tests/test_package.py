"""The package itself: its documentation, its stubs, what it brings along and what it imports."""

import doctest
import importlib.metadata
import inspect
import subprocess
import sys
from pathlib import Path

import equipoise as eq
from equipoise import _result


def test_the_examples_of_the_documentation():
    for module in (eq, _result):
        failed, tried = doctest.testmod(module)
        assert tried and not failed


def test_importing_it_loads_no_library():
    heavy = "{'numpy', 'pandas', 'dask', 'distributed', 'tqdm', 'pyarrow'}"
    code = f"import sys, equipoise; print(sorted({heavy} & set(sys.modules)))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "[]\n"


def test_what_is_exported_is_documented():
    for name in eq.__all__:
        assert inspect.getdoc(getattr(eq, name)), name


def test_the_package_has_a_typed_marker_and_stubs():
    folder = Path(eq.__file__).parent
    assert (folder / "py.typed").is_file() and (folder / "__init__.pyi").is_file()


def test_the_stubs_name_every_option():
    generate = Path(__file__).resolve().parents[1] / "stubs.py"
    if not generate.is_file():
        return
    fresh = subprocess.check_output([sys.executable, generate, "-"], text=True)
    assert (Path(eq.__file__).parent / "__init__.pyi").read_text() == fresh


def test_the_version_is_that_of_the_library():
    assert importlib.metadata.version("equipoise") == eq.__version__
