"""Every command, and that its report is the command line's, byte for byte."""

import subprocess
import threading
import time

import numpy as np
import pandas as pd
import pytest

import equipoise as eq


def same_as(program, result, *words):
    run = subprocess.run([program, *words, "--format", "json"], capture_output=True)
    assert run.returncode in (0, 1), run.stderr.decode()
    assert result.to_json() == run.stdout.decode()


def test_solve(program, europe):
    result = eq.solve(eq.System.from_csv(europe), decisiveness=2, lenses=["blocs", "alignment"])
    assert result.verdict.overall == "balanced"
    low, high = result.lenses["alignment"].control
    assert low < high
    assert {"id", "share"} <= set(result.states.columns)
    assert result.states.id[0] == result.system.states[0].id
    check = result.check()
    assert check and check.outcome.startswith("accepted") and check.claims
    same_as(program, result, "solve", europe, "--decisiveness", "2", "--lens", "blocs,alignment")


def test_a_report_can_be_saved_and_read_again(europe, tmp_path):
    result = eq.solve(europe, lenses=["polarity", "blocs"])
    result.to_json(tmp_path / "report.json")
    again = eq.Result.from_json(tmp_path / "report.json")
    assert again == result == eq.Result.from_json(result.to_json())
    assert again.text.startswith("\neurope-1913") or "europe-1913" in again.text
    assert "<svg" in again.plot("blocs").svg and "<svg" in again.plot("blocs")._repr_svg_()
    assert "<html" in again.to_html() and "iframe" in again._repr_html_()
    assert eq.check(tmp_path / "report.json")


def test_a_report_that_was_changed_is_refused(europe):
    result = eq.solve(europe, lenses=["polarity"])
    data = result.to_json()
    hhi = str(result.lenses.polarity.hhi)
    assert hhi in data
    check = eq.Result.from_json(data.replace(hhi, "0.9")).check()
    assert not check and check.refuted


def test_compare(program, europe):
    panel = eq.compare([europe], vary={"decisiveness": [1, 2]}, lenses=["polarity", "blocs"])
    assert isinstance(panel.frame, pd.DataFrame)
    assert list(panel.frame.decisiveness) == [1, 2]
    same_as(
        program, panel, "compare", europe, "--vary", "decisiveness=1,2", "--lens", "polarity,blocs"
    )


def test_sweep(program, europe):
    plane = eq.sweep(
        europe, x=("decisiveness", 1, 4), y=("war_cost", 0, 0.5), lenses=["polarity", "settlement"],
        resolution=4, refine=2, by="verdict",
    )
    words = "--x decisiveness=1..4 --y war-cost=0..0.5 --lens polarity,settlement --resolution 4"
    same_as(program, plane, "sweep", europe, *words.split(), "--refine", "2", "--by", "verdict")
    assert len(plane.frame) >= 25


def test_simulate(program, europe):
    film = eq.simulate(europe, runs=40, periods=20, cumulativity=1.0, dominance="1.25..1.75")
    words = "--runs 40 --periods 20 --cumulativity 1 --dominance 1.25..1.75"
    same_as(program, film, "simulate", europe, *words.split())


def test_theories(program, europe):
    assert "landscape" in list(eq.theories().theory)
    found = eq.theory("landscape", europe, propensity=-1)
    same_as(program, found, "theory", "landscape", europe, "--propensity", "-1")
    pairs = pd.DataFrame({"state1": ["GMY", "FRN"], "state2": ["AUH", "RUS"], "propensity": [2, 3]})
    assert eq.theory("landscape", europe, dyads=pairs).findings.minima
    with pytest.raises(ValueError, match="NONE|no command|none"):
        eq.theory("none", europe)


def test_games_of_arrays():
    row = np.array([[0, 7], [2, 6]])
    chicken = eq.game([row, row.T], players=["Row", "Column"], strategies=[["Dare", "Swerve"]] * 2)
    assert {tuple(found.profile) for found in chicken.pure} == {
        ("Dare", "Swerve"), ("Swerve", "Dare")
    }
    assert chicken.check()
    # Three players, sizes that differ: the array's own entry at each equilibrium.
    generator = np.random.default_rng(1)
    payoffs = [generator.integers(0, 9, (2, 3, 4)) for _ in range(3)]
    for found in eq.game(payoffs, solve=["pure"]).pure:
        place = tuple(int(s) - 1 for s in found.profile)
        assert list(found.payoffs) == [float(own[place]) for own in payoffs]


def test_games_of_pygambit():
    pygambit = pytest.importorskip("pygambit")
    game = pygambit.Game.from_arrays([[3, 0], [5, 1]], [[3, 5], [0, 1]])
    assert list(eq.game(game, solve="pure").pure[0].payoffs) == [1.0, 1.0]


def test_coalitions():
    worth = {"A": 1, "B": 2, "C": 0, ("A", "B"): 5, ("A", "C"): 2, ("B", "C"): 3, "A+B+C": 8}
    found = eq.coalition(values=worth, exact=True, solve=["shapley", "core"])
    assert found.shapley.to_dict() == {"A": "17/6", "B": "23/6", "C": "4/3"} and found.core.nonempty
    council = eq.coalition(weights={"A": 50, "B": 49, "C": 1}, quota=51, exact=True)
    assert council.shapley.to_dict() == {"A": "2/3", "B": "1/6", "C": "1/6"}
    # The Talmud's: Aumann & Maschler (1985), table I.
    estate = eq.coalition(claims={"a": 100, "b": 200, "c": 300}, estate=200, solve="nucleolus")
    assert estate.nucleolus.a == pytest.approx(50) and estate.nucleolus.c == pytest.approx(75)
    allied = eq.coalition(weights={"A": 40, "B": 30, "C": 20, "D": 10}, quota=51, exact=True,
                          solve="shapley", blocs=[("A", "B"), ("C", "D")],
                          allocation={"player": list("ABCD"), "payoff": [1, 0, 0, 0]})
    assert (allied.alliances.owen.A, allied.alliances.blocs[0].worth) == ("1/2", "1")
    assert not allied.allocation.in_core
    settlement = eq.coalition({"state": ["A", "B", "C"], "p": [3, 2, 2]}, game="settlement")
    assert settlement.check()


def test_evidence(published):
    nmc, wars = published("NMC-70-abridged.csv"), published("Inter-StateWarData_v4.0.csv")
    fit = eq.fit_decisiveness(nmc, wars=wars, majors=published("majors2016.csv"))
    assert len(fit.table("predictions")) > 50 and fit.check()
    assert "<html" in fit.to_html()


def test_other_threads_go_on(europe):
    ticks = []
    done = threading.Event()

    def tick():
        while not done.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.002)

    thread = threading.Thread(target=tick)
    thread.start()
    begun = time.perf_counter()
    eq.simulate(europe, runs=300)
    ended = time.perf_counter()
    done.set()
    thread.join()
    # They ran while it ran: the lock was not held.
    assert sum(begun < tick < ended for tick in ticks) > 5


def test_a_command_can_be_stopped(europe):
    class Enough(Exception):
        pass

    def enough(stage, done, total):
        raise Enough

    with pytest.raises(Enough):
        eq.simulate(europe, runs=1_000_000, progress=enough)


def test_ctrl_c_stops_a_command(europe):
    code = (
        "import equipoise as eq\n"
        "print('begun', flush=True)\n"
        "try:\n"
        f"    eq.simulate({europe!r}, runs=1_000_000, progress=False)\n"
        "except KeyboardInterrupt:\n"
        "    print('stopped')\n"
    )
    import signal
    import sys

    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "begun\n"
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=60)[0] == "stopped\n" and process.returncode == 0


def test_a_time_limit_leaves_open(europe):
    film = eq.simulate(europe, runs=1_000_000, time_limit=0.5)
    assert not film.decided


def test_options_are_those_of_the_command_line():
    assert eq.options("solve")["decisiveness"].endswith("[2]")
    assert "balance" in eq.options("solve")["tactics"] or "tactics" in eq.options("solve")
    with pytest.raises(TypeError, match="did you mean decisiveness"):
        eq.solve({"state": ["A"], "p": [1]}, decisivness=2)
