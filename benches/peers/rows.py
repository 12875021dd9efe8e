"""Times whole commands of equipoise on generated input, beside another program where there is one,
and says of each answer what it was held against.

    python3 benches/peers/rows.py [--quick] [--runs N] [--only WORDS] [EQUIPOISE]

EQUIPOISE is the program, target/release/equipoise unless told. Everything happens in a temporary
folder that is removed. The other programs: `coopgame` from crates.io, Gambit's `pygambit` from
PyPI, `lrsnash` from Debian's packages lrslib and liblrs1; what cannot be had is said. A program
that is there already is named by COOPGAME, LRSNASH or PYGAMBIT (a Python that has it). Seconds are
processor seconds in user mode, of the whole command; of Gambit with the start of Python. Memory is
the most that was held at once. --quick leaves out what takes longest.
"""

import argparse
import csv
import datetime
import glob
import itertools
import json
import math
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import threading
from fractions import Fraction

import game_peers
from inputs import BIRMINGHAM, coordination, majority, nfg, normal, numbers, players, table, whole

HERE = os.path.dirname(os.path.abspath(__file__))
LIMIT = 120  # seconds for one run
COOPGAME = "0.3.1"


# --- the programs ----------------------------------------------------------------------------


class Spent:
    """A command's seconds in user mode and the most memory that it held, or why it failed."""

    def __init__(self, command, output, environment=None, fine=0):
        with open(output, "wb") as out, tempfile.TemporaryFile() as errors:
            process = subprocess.Popen(command, stdout=out, stderr=errors, env=environment)
            timer = threading.Timer(LIMIT, process.kill)
            timer.start()
            _, status, usage = os.wait4(process.pid, 0)
            timer.cancel()
            # So that nobody waits for it again.
            process.returncode = os.waitstatus_to_exitcode(status)
            errors.seek(0)
            lines = errors.read().decode().strip().splitlines()
        self.seconds, self.bytes, self.why = usage.ru_utime, usage.ru_maxrss * 1024, None
        if process.returncode == -9:
            self.why = f"over {LIMIT} s"
        elif process.returncode > fine:
            self.why = lines[-1][:70] if lines else "failed"

    def order(self):
        return self.why is not None, self.seconds


def tool(folder, name):
    """Where a program is that equipoise is held against, or None."""
    known = os.environ.get(name.upper()) or shutil.which(name)
    try:
        if known:
            return known
        if name == "coopgame":
            target = dict(os.environ, CARGO_TARGET_DIR=f"{folder}/target")
            quiet(["cargo", "install", "--quiet", "coopgame", "--version", COOPGAME, "--features",
                   "cli", "--locked", "--root", folder], target)  # fmt: skip
            return f"{folder}/bin/coopgame"
        if name == "pygambit":
            quiet([sys.executable, "-m", "venv", f"{folder}/venv"])
            quiet([f"{folder}/venv/bin/pip", "install", "--quiet", "--only-binary", ":all:", name])
            return f"{folder}/venv/bin/python"
        os.makedirs(f"{folder}/debian", exist_ok=True)
        quiet(["apt-get", "download", "lrslib", "liblrs1"], at=f"{folder}/debian")
        for package in glob.glob(f"{folder}/debian/*.deb"):
            quiet(["dpkg", "-x", package, f"{folder}/debian"])
        return glob.glob(f"{folder}/debian/usr/bin/lrsnash")[0]
    except (OSError, subprocess.SubprocessError, IndexError) as error:
        print(f"{name} cannot be had: {str(error)[:120]}", file=sys.stderr)
        return None


def quiet(command, environment=None, at=None):
    subprocess.run(command, env=environment, cwd=at, check=True, capture_output=True, timeout=1800)


# --- answers ---------------------------------------------------------------------------------


def column(path, concept):
    """The numbers of a concept in a tidy table."""
    with open(path) as file:
        found = [row["value"] for row in csv.DictReader(file) if row["concept"] == concept]
    return [float(Fraction(value)) for value in found]


def near(ours, theirs, most=1e-6):
    """Whether numbers agree, to a millionth of the largest."""
    if not ours or len(ours) != len(theirs):
        return "NOT COMPARED"
    worst = max(abs(a - b) for a, b in zip(ours, theirs))
    return "agree" if worst <= most * max(map(abs, ours)) else f"DIFFER by {worst:g}"


def accepted(equipoise, report):
    done = subprocess.run([equipoise, "check", report], capture_output=True, text=True)
    last = (done.stdout or done.stderr).strip().splitlines()[-1]
    # Accepted in part: something was not examined.
    return f"check: {last[:70]}" if last.startswith("Accepted") else f"REFUSED by check: {last}"


class Row:
    """What is asked on which input, of whom besides, and how the answers are held against each
    other; rows that are `long` are left out of a quick run."""

    ending, long, peer, more = "csv", False, None, []

    def __init__(self, what, **own):
        self.what = what
        self.__dict__.update(own)

    def ask(self, path):
        """What equipoise is told."""
        return ["coalition", path, "--solve", self.solve, *self.more]

    def judge(self, equipoise, answer, path):
        """What is known of the answer without another program."""
        return ""


class Table(Row):
    """A game given by all its values; `theirs` are the words to coopgame."""

    ending, kind, named, theirs, solve = "csv", "uniform", False, None, "shapley"

    def make(self, path):
        table(path, self.kind, self.n, self.named, self.theirs is not None)
        self.peer = "coopgame" if self.theirs else None
        if self.kind == "majority":
            players(path, "weight", whole(self.n, 20))

    def judge(self, equipoise, answer, path):
        grand, words = None, []
        if self.kind == "squared":
            weights = whole(self.n, 20)
            grand = sum(weights)
            if shapley := column(answer, "shapley"):
                words.append("Shapley w(i) w(N): " + near(shapley, [w * grand for w in weights]))
        if low := column(answer, "core lowest"):
            # Of a convex game: what each gets alone, and what it adds to all others (Shapley 1971).
            weights = whole(self.n, 20)
            worth = lambda s: (sum(s) ** 2 if self.kind == "squared" else sum(s) - max(s))
            most = [worth(weights) - worth(weights[:i] + weights[i + 1 :]) for i in range(self.n)]
            ends = low + column(answer, "core highest")
            words.append("closed form: " + near(ends, [worth([w]) for w in weights] + most))
        return "; ".join(words)

    def command(self, program, path, folder):
        return [program, self.theirs[0], path.replace(".csv", ".txt"), *self.theirs[1:]]

    def compare(self, answer, theirs):
        with open(theirs) as file:
            found = [float(Fraction(line.split()[0])) for line in file if line.strip()]
        return near(column(answer, self.solve), found)


class Voting(Row):
    """Shapley and Shubik's index by weights 1 to 100 and a majority of them."""

    ending, solve, more = "json", "shapley", ["--quota", ">50%", "--exact"]

    def make(self, path):
        players(path, "weight", whole(self.n, 100))

    def judge(self, equipoise, answer, path):
        with open(answer) as file:
            found = json.load(file)["shapley"].values()
        one = sum(Fraction(x) for x in found) == 1
        words = "sum 1 exactly" if one else "SUM IS NOT 1"
        return f"{words}; {accepted(equipoise, answer)}"


class Birmingham(Row):
    """An airport game by rule."""

    solve = "shapley,nucleolus,core"

    def make(self, path):
        players(path, "cost", [cost for cost, many, _ in BIRMINGHAM for _ in range(many)])

    def judge(self, equipoise, answer, path):
        published = [value for _, many, value in BIRMINGHAM for _ in range(many)]
        return "published values: " + near(column(answer, "shapley"), published, 5e-5)


class Strengths(Row):
    """A contest of players with log-normal strengths."""

    ending, solve, more = "json", "prenucleolus", ["--game", "settlement"]

    def make(self, path):
        players(path, "strength", [round(1000 * math.exp(x)) for x in normal(self.n)])

    def judge(self, equipoise, answer, path):
        return accepted(equipoise, answer)


class States(Row):
    """Powers that fall off by a fifth, a tenth more or less, through all lenses."""

    ending, long = "json", True

    def make(self, path):
        with open(path, "w") as file:
            file.write("state,power\n")
            for i, x in enumerate(itertools.islice(numbers(), self.n)):
                file.write(f"S{i:02},{round(1000 * 0.8**i * (0.9 + 0.2 * x), 3)}\n")

    def ask(self, path):
        return ["solve", path, "--capability", "power"]

    def judge(self, equipoise, answer, path):
        return accepted(equipoise, answer)


class Strategic(Row):
    """A game in strategic form."""

    ending, find, task = "json", [], None

    def make(self, path):
        if self.payoffs:
            nfg(path, self.sizes, self.payoffs)
        else:
            game_peers.write(self.sizes, path)

    def ask(self, path):
        return ["game", path, "--solve", "mixed", *self.find]

    def judge(self, equipoise, answer, path):
        with open(answer) as file:
            report = json.load(file)
        many, components = len(report["mixed"]), len(report.get("components", []))
        all_ = "all" if report.get("mixed_complete") else "not said to be all"
        parts = f", {components} components" if components else ""
        return f"{many} ({all_}{parts}); {accepted(equipoise, answer)}"

    def command(self, program, path, folder):
        if self.peer == "pygambit":
            script = os.path.join(HERE, "game_peers.py")
            return [program, script, "--peer", "gambit", self.task, path]
        m, n = self.sizes
        with open(f"{folder}/game.lrs", "w") as file:
            file.write(f"{m} {n}\n")
            for player in range(2):
                for i in range(m):
                    file.write(" ".join(str(self.payoffs((i, j))[player]) for j in range(n)) + "\n")
        return [program, f"{folder}/game.lrs"]

    def compare(self, answer, theirs):
        with open(answer) as file:
            ours = [found["profile"] for found in json.load(file)["mixed"]]
        with open(theirs) as file:
            text = file.read()
        if self.peer == "pygambit":
            found = json.loads(text.strip().splitlines()[-1])
            mixed = [[[float(Fraction(x)) for x in own] for own in one] for one in ours]
            agreement = game_peers.agreement(mixed, found["mixed"])
            return f"{agreement}, its solver alone {found['seconds']:.2f} s"
        # A group of lines: strategies of the second player, then the first's that goes with them.
        found, seconds = set(), []
        for line in text.splitlines():
            number, *own = line.split() or [""]
            own = tuple(own[:-1])
            if number == "2":
                seconds.append(own)
            elif number == "1":
                found.update((own, second) for second in seconds)
                seconds = []
        same = {(tuple(x), tuple(y)) for x, y in ours} == found
        return f"same {len(found)}, exactly" if same else f"DIFFER: {len(found)} found"


def rows():
    pre = {"solve": "prenucleolus"}
    yield Table("Shapley of 2^20 values, named players", n=20, named=True, theirs=["shapley"])
    yield Table("Shapley, 2^20 values by number", n=20, theirs=["shapley"])
    for kind in ["squared", "airport"]:
        words = {"squared": "convex, w(S)^2", "airport": "airport"}[kind]
        yield Table(f"core with ranges, {words}, n = 20", kind=kind, n=20, solve="core")
    for n in [20, 22]:
        yield Table(f"nucleolus, convex, w(S)^2, n = {n}", kind="squared", n=n, long=n > 20,
                    solve="nucleolus", theirs=["nucleolus"])  # fmt: skip
    for n in [8, 10]:
        yield Table(f"prenucleolus, exact, uniform, n = {n}", n=n, more=["--exact"], **pre,
                    theirs=["nucleolus", "--pre", "--exact"])  # fmt: skip
    sizes = {"uniform": [12, 15, 18, 20], "squared": [12, 16], "majority": [12, 16, 20]}
    for kind, n in [(kind, n) for kind in sizes for n in sizes[kind]]:
        more = ["--quota", ">50%"] if kind == "majority" else []
        yield Table(f"prenucleolus, {kind}, n = {n}", kind=kind, n=n, more=more, long=n > 16,
                    theirs=["nucleolus", "--pre"], **pre)  # fmt: skip
    yield Table("Shapley, nucleolus and core, w(S)^2, n = 24", kind="squared", n=24, long=True,
                solve="shapley,nucleolus,core")  # fmt: skip
    for n in [300, 500, 1000]:
        yield Voting(f"Shapley-Shubik, weights 1 to 100, n = {n}", n=n, long=n > 300)
    yield Birmingham("airport of Birmingham, 13,572 landings")
    yield Strengths("prenucleolus, log-normal strengths, n = 32", n=32)
    yield Strategic("all equilibria, coordination 13 x 13", sizes=[13, 13], payoffs=coordination,
                    find=["--exact"], peer="lrsnash")  # fmt: skip
    for n in range(5, 9):
        yield Strategic(f"one equilibrium, {n} players x 3", sizes=[3] * n, payoffs=None,
                        find=["--find", "one"], peer="pygambit", task="gnm", long=n == 8)  # fmt: skip
    yield Strategic("degenerate: coordination 3 x 3 x 3", sizes=[3] * 3, payoffs=coordination)
    yield Strategic("degenerate: majority, 5 players x 3", sizes=[3] * 5, payoffs=majority)
    yield States("solve, 16 states, all lenses", n=16)


def ask(equipoise, row, folder, tools, runs):
    """A line of the table, and whether all is well with it."""
    path = f"{folder}/game.{'nfg' if isinstance(row, Strategic) else 'csv'}"
    row.make(path)
    answer, theirs = f"{folder}/answer.{row.ending}", f"{folder}/theirs"
    command = [equipoise, *row.ask(path), "--quiet", "--format", row.ending, "-o", answer]
    if row.peer and row.peer not in tools:
        tools[row.peer] = tool(folder, row.peer)
    program = tools.get(row.peer)
    libraries = f"{folder}/debian/usr/lib"
    libraries = f"{libraries}:{libraries}/{platform.machine()}-linux-gnu"
    environment = dict(os.environ, LD_LIBRARY_PATH=libraries)
    ours, others = [], []
    for _ in range(runs):
        # 1: answered, with something that is left open.
        ours.append(Spent(command, f"{folder}/said", fine=1))
        if program:
            others.append(Spent(row.command(program, path, folder), theirs, environment))
        if max(spent.seconds for spent in ours + others) > 20:
            break
    best = min(ours, key=Spent.order)
    other = min(others, key=Spent.order, default=None)
    said = [best.why or row.judge(equipoise, answer, path)]
    if other and not best.why:
        said.append(f"{row.peer}: {other.why or row.compare(answer, theirs)}")
    elif row.peer and not program:
        said.append(f"{row.peer} is missing")
    words = "; ".join(word for word in said if word)
    beside = f"{other.seconds:.2f} {row.peer}" if other and not other.why else "-"
    line = f"{row.what:46} {best.seconds:9.2f} {best.bytes / 1e6:6.0f}  {beside:>15}  {words}"
    wrong = any(word in words for word in ["DIFFER", "REFUSED", "NOT"])
    return line, best.why is None and not wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("equipoise", nargs="?", default=f"{HERE}/../../target/release/equipoise")
    parser.add_argument("--quick", action="store_true", help="leave out what takes longest")
    parser.add_argument("--runs", type=int, default=3, help="of each command; the least counts")
    parser.add_argument("--only", default="", help="rows with this in their name")
    asked = parser.parse_args()
    equipoise = os.path.abspath(asked.equipoise)
    version = subprocess.run([equipoise, "--version"], capture_output=True, text=True, check=True)
    machine = f"{os.cpu_count()} cores, {platform.machine()}, {datetime.date.today()}"
    print(f"{version.stdout.strip()}, {machine}")
    least = f"user seconds, least of {asked.runs}"
    print(f"{least:46} {'equipoise':>9} {'MB':>6}  {'other':>15}  answers")
    well, tools = True, {}
    with tempfile.TemporaryDirectory() as folder:
        for row in rows():
            if (asked.quick and row.long) or asked.only not in row.what:
                continue
            line, good = ask(equipoise, row, folder, tools, asked.runs)
            print(line, flush=True)
            well &= good
    sys.exit(0 if well else 1)


if __name__ == "__main__":
    main()
