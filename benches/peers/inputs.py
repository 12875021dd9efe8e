"""The games that rows.py asks about, the same on every machine."""

import itertools
import math


def numbers(seed=20260):
    """A linear congruence, in [0, 1) (Park & Miller 1988)."""
    while True:
        seed = seed * 16807 % 2147483647
        yield seed / 2147483647


def whole(count, most):
    return [1 + int(x * most) for x in itertools.islice(numbers(), count)]


def normal(count):
    """Standard normal numbers (Box & Muller 1958)."""
    pairs = itertools.islice(zip(*[numbers()] * 2), count)
    return [math.sqrt(-2 * math.log(a)) * math.cos(2 * math.pi * b) for a, b in pairs]


def values(kind, n):
    """A game's values by blocks of 2^16 coalitions, in the order of bits."""
    weights, low = whole(n, 20), min(n, 16)
    random = numbers()
    sums, tops = [0], [0]
    for w in weights[:low]:
        sums += [x + w for x in sums]
        tops += [max(x, w) for x in tops]
    for high in range(1 << (n - low)):
        above = [w for i, w in enumerate(weights[low:]) if high >> i & 1]
        base, top = sum(above), max(above, default=0)
        if kind == "uniform":
            yield [0 if s == high == 0 else int(next(random) * 1000000) for s in range(1 << low)]
        elif kind == "squared":
            yield [(base + x) ** 2 for x in sums]
        elif kind == "airport":  # what sharing one runway saves
            yield [base + x - max(top, t) for x, t in zip(sums, tops)]
        else:
            yield [int(2 * (base + x) > sum(weights)) for x in sums]


def table(path, kind, n, named=False, lines=True):
    """The game as equipoise reads it, coalitions by bits or as P1+P2, and as coopgame does."""
    low = min(n, 16)

    def names(first, many):
        own = [""]
        for i in range(many):
            own += [f"{name}+P{first + i + 1}" for name in own]
        return own

    inner, outer = (names(0, low), names(low, n - low)) if named else ([], [])
    other = open(path.replace(".csv", ".txt"), "w") if lines else None
    with open(path, "w") as file:
        file.write("coalition,value\n")
        for high, block in enumerate(values(kind, n)):
            own = list(enumerate(block))[high == 0 :]
            if named:
                text = (f"{(inner[s] + outer[high])[1:]},{v}\n" for s, v in own)
            else:
                text = (f"{(high << low) + s},{v}\n" for s, v in own)
            file.write("".join(text))
            if other:
                other.write("".join(f"{v}\n" for _, v in own))
    if other:
        other.close()


def players(path, column, of):
    with open(path, "w") as file:
        file.write(f"player,{column}\n")
        file.writelines(f"P{i + 1},{x}\n" for i, x in enumerate(of))


def nfg(path, sizes, payoffs):
    """A game by its payoffs in a profile, the first player's strategy varying fastest."""
    with open(path, "w") as file:
        names = " ".join(f'"P{i + 1}"' for i in range(len(sizes)))
        file.write(f'NFG 1 R "game" {{ {names} }} {{ {" ".join(map(str, sizes))} }}\n\n')
        for profile in itertools.product(*map(range, reversed(sizes))):
            file.write(" ".join(map(str, payoffs(profile[::-1]))) + "\n")


def coordination(profile):
    return [int(len(set(profile)) == 1)] * len(profile)


def majority(profile):
    """A player is paid if most choose as it does."""
    return [int(2 * profile.count(own) > len(profile)) for own in profile]


# Landings at Birmingham in 1968-69 by type of aircraft: what a runway for it costs a year, how
# many (Littlechild & Thompson 1977, table 1), and a landing's Shapley value (Littlechild & Owen
# 1973, table 2).
BIRMINGHAM = [
    (65899, 42, 4.86), (76725, 9555, 5.66), (95200, 288, 10.30), (97200, 303, 10.85),
    (97436, 151, 10.92), (98142, 1315, 11.13), (102496, 505, 13.40), (104849, 1128, 15.07),
    (113322, 151, 44.80), (115440, 112, 60.61), (117676, 22, 162.24),
]  # fmt: skip
