"""Times equipoise and other programs on the same generated games and compares their answers.

Called by game_peers.sh: game_peers.py EQUIPOISE FOLDER [--quick]. A peer runs in a process of
its own, `game_peers.py --peer NAME TASK FILE`, which prints its answer and the processor time of
the solver call alone, without starting Python, importing and reading the file. Of equipoise the
whole process is counted: reading, solving, certifying and writing JSON.
"""

import json
import os
import subprocess
import sys
import tempfile
import time

LIMIT = 120  # seconds for one run

# Task, what it is, sizes, what equipoise is asked, the peers that have it.
TASKS = [
    ("pure", "all pure Nash, 10 players x 3", [3] * 10, "pure", ["gambit", "quantecon"]),
    ("extreme", "all extreme Nash, 8 x 8", [8, 8], "mixed", ["gambit", "quantecon", "nashpy"]),
    ("extreme", "all extreme Nash, 12 x 12", [12, 12], "mixed", ["gambit", "quantecon"]),
    ("extreme", "all extreme Nash, 15 x 15", [15, 15], "mixed", ["gambit", "quantecon"]),
    ("one", "one Nash exactly, 30 x 30", [30, 30], "mixed", ["gambit"]),
    ("all", "all Nash, 3 players x 3", [3] * 3, "mixed", ["gambit"]),
    ("all", "all Nash, 4 players x 3", [3] * 4, "mixed", ["gambit"]),
    ("logit", "logit path, 6 players x 3", [3] * 6, "mixed", ["gambit"]),
    ("logit", "logit path, 8 players x 3", [3] * 8, "mixed", ["gambit"]),
    ("correlated", "welfare over correlated, 10 players x 3", [3] * 10, "correlated", []),
]
QUICK = {"all extreme Nash, 15 x 15", "logit path, 8 players x 3", "all Nash, 4 players x 3"}
NAMES = {"gambit": "Gambit (pygambit)", "quantecon": "QuantEcon.py", "nashpy": "nashpy"}


def payoffs(sizes, seed=1):
    """Whole numbers 0 to 9999 by xorshift*, as in benches/game.rs: profile by profile, the first
    player's strategy varying fastest, all players' payoffs of each."""
    mask = (1 << 64) - 1
    state = (seed * 0x9E3779B97F4A7C15 + 12345) & mask
    count = len(sizes)
    for size in sizes:
        count *= size
    numbers = []
    for _ in range(count):
        state ^= (state << 13) & mask
        state ^= state >> 7
        state ^= (state << 17) & mask
        numbers.append(((state * 0x2545F4914F6CDD1D & mask) >> 33) % 10000)
    return numbers


def write(sizes, path):
    with open(path, "w") as file:
        players = " ".join(f'"P{i + 1}"' for i in range(len(sizes)))
        strategies = " ".join(map(str, sizes))
        file.write(f'NFG 1 R "random" {{ {players} }} {{ {strategies} }}\n\n')
        file.write(" ".join(map(str, payoffs(sizes))) + "\n")


# --- the peers, each in a process of its own -------------------------------------------------


def gambit(task, path):
    import pygambit

    game = pygambit.read_nfg(path)
    solvers = {
        "pure": lambda: pygambit.nash.enumpure_solve(game),
        "extreme": lambda: pygambit.nash.enummixed_solve(game, rational=True),
        "one": lambda: pygambit.nash.lcp_solve(game, rational=True, stop_after=1),
        "all": lambda: pygambit.nash.enumpoly_solve(game),
        "logit": lambda: pygambit.nash.logit_solve(game),
        "gnm": lambda: pygambit.nash.gnm_solve(game),
    }
    begun = time.process_time()
    found = solvers[task]()
    spent = time.process_time() - begun
    # A logit path has one end.
    profiles = found.equilibria if hasattr(found, "equilibria") else [found.equilibrium]

    def probabilities(profile, player):
        if isinstance(player, str):  # by labels, from version 17 on
            return [float(profile[player][label]) for label in game.get_strategies(player)]
        return [float(profile[strategy]) for strategy in player.strategies]

    mixed = [[probabilities(profile, player) for player in game.players] for profile in profiles]
    return spent, mixed


def table(path):
    """The payoffs as an array, the first axis the first player's."""
    import numpy

    with open(path) as file:
        head, numbers = file.read().split("\n\n")
    sizes = [int(word) for word in head.split("{")[2].strip(" }\n").split()]
    flat = numpy.array(numbers.split(), dtype=float).reshape(*reversed(sizes), len(sizes))
    return flat.transpose(*reversed(range(len(sizes))), len(sizes)), sizes


def quantecon(task, path):
    import numpy
    from quantecon import game_theory

    array, sizes = table(path)
    game = game_theory.NormalFormGame(numpy.ascontiguousarray(array))
    if task == "pure":
        begun = time.process_time()
        found = game_theory.pure_nash_brute(game)
        spent = time.process_time() - begun
        unit = lambda k, a: [1.0 if b == a else 0.0 for b in range(k)]
        return spent, [[unit(k, a) for k, a in zip(sizes, profile)] for profile in found]
    # The first call compiles.
    game_theory.vertex_enumeration(game_theory.NormalFormGame(numpy.eye(2)[:, :, None].repeat(2, 2)))
    begun = time.process_time()
    found = game_theory.vertex_enumeration(game)
    spent = time.process_time() - begun
    return spent, [[list(map(float, p)) for p in profile] for profile in found]


def nashpy(task, path):
    import nashpy as nash

    array, _ = table(path)
    game = nash.Game(array[..., 0], array[..., 1])
    begun = time.process_time()
    found = list(game.vertex_enumeration())
    spent = time.process_time() - begun
    return spent, [[list(map(float, p)) for p in profile] for profile in found]


def peer(name, task, path):
    spent, mixed = {"gambit": gambit, "quantecon": quantecon, "nashpy": nashpy}[name](task, path)
    print(json.dumps({"seconds": spent, "mixed": mixed}))


# --- one run ---------------------------------------------------------------------------------


def ask_peer(name, task, path):
    """Seconds and equilibria, or why there are none."""
    command = [sys.executable, __file__, "--peer", name, task, path]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return f"over {LIMIT} s", None
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines()
        reason = lines[-1] if lines else "failed"
        missing = "ModuleNotFoundError" in reason
        return ("not installed" if missing else reason[:60]), None
    answer = json.loads(done.stdout.strip().splitlines()[-1])
    return answer["seconds"], answer["mixed"]


def ask_us(equipoise, concept, path, folder):
    """Seconds, equilibria and whether check accepts the report."""
    report = os.path.join(folder, "report.json")
    command = [equipoise, "game", path, "--solve", concept, "--format", "json", "-o", report]
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        if os.waitstatus_to_exitcode(status) != 0:
            errors.seek(0)
            return errors.read().decode().strip()[:60], None, False
    checked = subprocess.run([equipoise, "check", report], capture_output=True)
    with open(report) as file:
        found = json.load(file)
    if concept == "pure":
        sizes = {p["name"]: p["strategies"] for p in found["players"]}
        unit = lambda player, a: [1.0 if b == a else 0.0 for b in sizes[player["name"]]]
        profiles = [e["profile"] for e in found["pure"]]
        mixed = [[unit(p, a) for p, a in zip(found["players"], s)] for s in profiles]
    else:
        mixed = [e["profile"] for e in found.get("mixed", [])]
    return usage.ru_utime + usage.ru_stime, mixed, checked.returncode == 0


def agreement(ours, theirs):
    """Whether every equilibrium of one list is in the other, to 1e-4 in each probability."""
    if ours is None or theirs is None:
        return ""

    def near(one, other):
        pairs = zip(sum(one, []), sum(other, []))
        return all(abs(a - b) < 1e-4 for a, b in pairs)

    missed = sum(not any(near(e, f) for f in theirs) for e in ours)
    beyond = sum(not any(near(e, f) for f in ours) for e in theirs)
    if missed == 0 and beyond == 0:
        return f"same {len(ours)}"
    return f"{len(theirs)} found: lacks {missed} of ours, {beyond} that we lack"


def main(equipoise, folder, quick):
    rows = [("task", "program", "CPU s", "answers")]
    for number, (task, what, sizes, concept, peers) in enumerate(TASKS):
        if quick and what in QUICK:
            continue
        path = os.path.join(folder, f"game{number}.nfg")
        write(sizes, path)
        seconds, ours, accepted = ask_us(equipoise, concept, path, folder)
        shown = f"{seconds:.3f}" if isinstance(seconds, float) else seconds
        count = f"{len(ours)}, " if ours else ""
        verdict = "accepted by check" if accepted else "REFUSED by check"
        rows.append((what, "equipoise", shown, count + verdict))
        if not peers:
            rows.append(("", "", "", "none of the others has it"))
        for name in peers:
            seconds, theirs = ask_peer(name, task, path)
            shown = f"{seconds:.3f}" if isinstance(seconds, float) else "-"
            reason = seconds if isinstance(seconds, str) else agreement(ours, theirs)
            rows.append(("", NAMES[name], shown, reason))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())
    print("equipoise: the whole process with reading, certifying and writing; the others: the")
    print("solver call alone. Payoffs are random whole numbers 0 to 9999, seed 1.")


if __name__ == "__main__":
    if sys.argv[1] == "--peer":
        peer(*sys.argv[2:5])
    else:
        main(sys.argv[1], sys.argv[2], "--quick" in sys.argv[3:])
