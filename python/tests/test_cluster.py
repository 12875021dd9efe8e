"""Pieces: on a cluster of processes one of which is killed, and as parts of a batch system."""

import os
import signal
import subprocess
import threading
import time

import pytest

import equipoise as eq
from equipoise import _cluster

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def cluster():
    with distributed.LocalCluster(
        n_workers=3, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        yield cluster


@pytest.fixture
def client(cluster):
    with distributed.Client(cluster) as client:
        client.wait_for_workers(3)
        yield client


def kill_one_soon(client, seconds):
    """Kills a worker's process once it is at work."""
    pids = list(client.run(os.getpid).values())
    timer = threading.Timer(seconds, os.kill, (pids[0], signal.SIGKILL))
    timer.start()
    return timer


def test_a_sweep_on_a_cluster_has_the_same_bytes(client, europe):
    request = dict(
        x=("decisiveness", 0.5, 4), y=("dominance", 1, 3), lenses=["polarity", "blocs"],
        resolution=16, refine=4,
    )
    kill_one_soon(client, 0.3)
    together = eq.sweep(europe, client=client, pieces=12, **request)
    assert together.to_json() == eq.sweep(europe, **request).to_json()


def test_a_simulation_on_a_cluster_has_the_same_bytes(client, europe):
    request = dict(runs=1000, periods=50, compare=["alliances=none"], dominance=1.5)
    kill_one_soon(client, 0.3)
    together = eq.simulate(europe, client=client, pieces=12, **request)
    assert together.to_json() == eq.simulate(europe, **request).to_json()


def test_a_comparison_on_a_cluster_has_the_same_bytes(client, europe):
    request = dict(vary={"decisiveness": [1, 2, 3], "war-cost": [0, 0.1]}, theories="all")
    together = eq.compare([europe], client=client, pieces=4, **request)
    assert together.to_json() == eq.compare([europe], **request).to_json()


def test_frames_travel(client):
    columns = {"state": ["A", "B", "C"], "power": [5, 4, 3]}
    together = eq.compare(columns, vary={"decisiveness": [1, 2]}, client=client, pieces=2)
    assert together == eq.compare(columns, vary={"decisiveness": [1, 2]})
    with pytest.raises(ValueError, match="frame: row 1.*power"):
        eq.compare({"state": ["A", "B"], "power": [1, "x"]}, client=client)


def test_parts_are_merged_by_the_program(program, europe, tmp_path):
    words = ["sweep", europe, "--x", "decisiveness=1..4", "--y", "dominance=1..3"]
    words += ["--lens", "polarity,blocs", "--resolution", "8", "--refine", "2"]
    parts = [str(tmp_path / f"part-{k}") for k in (1, 2, 3)]
    for k, part in enumerate(parts, 1):
        subprocess.run([program, *words, "--shard", f"{k}/3", "-o", part], check=True)
    one = subprocess.run([program, *words, "--format", "json"], capture_output=True, check=True)
    merged = subprocess.run([program, "merge", *parts, "--format", "json"], capture_output=True)
    assert merged.stdout == one.stdout, merged.stderr
    assert eq.merge(parts).to_json() == one.stdout.decode()
    for wrong, said in [(parts[:2], "part 3/3"), ([*parts, parts[0]], "more than once")]:
        with pytest.raises(ValueError, match=said):
            eq.merge(wrong)
    with open(parts[1], "r+b") as part:
        part.truncate(os.path.getsize(parts[1]) - 1)
    with pytest.raises(ValueError, match="cut off"):
        eq.merge(parts)


def test_a_piece_is_a_function_of_its_arguments(europe):
    with open(europe, "rb") as file:
        files = [(europe, file.read())]
    request = _cluster.Request(["simulate", "--runs=50", "--periods=10"], ["--", europe], files)
    first = _cluster.piece(request, 2, 5)
    assert first == _cluster.piece(request, 2, 5) != _cluster.piece(request, 3, 5)


def test_rows_are_left_in_parts_that_one_reader_opens(client, europe, tmp_path):
    pandas = pytest.importorskip("pandas")
    request = dict(
        x=("decisiveness", 0.5, 4), y=("dominance", 1, 3), lenses=["polarity", "blocs"],
        resolution=8, refine=2,
    )
    kill_one_soon(client, 0.2)
    folder = eq.sweep(europe, client=client, pieces=6, parts=tmp_path / "parts", **request)
    found = pandas.read_parquet(folder)
    whole = eq.sweep(europe, **request).frame
    keys = ["decisiveness", "dominance"]
    assert not found.duplicated(keys).any()
    both = whole.merge(found, on=keys, suffixes=("", "_part"))
    assert len(both) == len(found) and len(whole) - len(found) <= 4
    assert (both["verdict"] == both["verdict_part"]).all()
    assert sorted(path.name for path in folder.iterdir())[0] == "part-1.parquet"
    alone = eq.sweep(europe, pieces=6, parts=tmp_path / "alone", **request)
    same = [path.read_bytes() == (folder / path.name).read_bytes() for path in alone.iterdir()]
    assert len(same) == 6 and all(same)
    with pytest.raises(ValueError, match="parts: expected a new or an empty folder"):
        eq.sweep(europe, parts=folder, **request)
