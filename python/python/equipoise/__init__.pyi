# Written by stubs.py from the commands' own options: run it again when they change.
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from ._result import Check as Check
from ._result import Figure as Figure
from ._result import Record as Record
from ._result import Result as Result

__version__: str
__all__: list[str]

Path = str | os.PathLike[str]
#: A path, a data frame (pandas, polars, pyarrow, …) or a mapping of columns.
Table = Any
Number = float | int | str
Words = str | float | Sequence[Any] | range | Mapping[Any, Any]
Progress = Callable[[str, int, int], object] | Literal[False] | None

class System:
    source: Table
    name: str
    chosen: dict[str, Any]
    def __init__(self, source: Table, name: str | None = None, **chosen: Any) -> None: ...
    @classmethod
    def from_csv(cls, path: Path, **chosen: Any) -> System: ...
    @classmethod
    def from_frame(cls, frame: Table, name: str = "frame", **chosen: Any) -> System: ...

def solve(
    system: System | Table,
    *,
    progress: Progress = None,
    administration: Number | Words | None = None,
    affinity_weight: Number | Words | None = None,
    alliance_cost: Number | Words | None = None,
    arms_cost: Number | Words | None = None,
    arms_growth: Number | Words | None = None,
    attrition: Number | Words | None = None,
    blocs: Words | None = None,
    bloodletting: Number | Words | None = None,
    capability: Words | None = None,
    chains: Literal["loose", "tight"] | Sequence[Literal["loose", "tight"]] | str | None = None,
    commitment_cost: Number | Words | None = None,
    conquests: Table | Sequence[Table] | None = None,
    decisiveness: Number | Words | None = None,
    distance_scale: Number | Words | None = None,
    dominance: Number | Words | None = None,
    draws: Words | None = None,
    driver: Literal["power", "threat"] | Sequence[Literal["power", "threat"]] | str | None = None,
    drop_missing: bool | None = None,
    dyads: Table | Sequence[Table] | None = None,
    explain: bool | None = None,
    forbearance: Number | Words | None = None,
    growth: Table | Sequence[Table] | None = None,
    horizon_year: Words | None = None,
    latecomer_share: Number | Words | None = None,
    latent_hostility: Number | Words | None = None,
    leader: Words | None = None,
    lens: Literal["polarity", "settlement", "blocs", "alignment", "security"] | Sequence[Literal["polarity", "settlement", "blocs", "alignment", "security"]] | str | None = None,
    lenses: Literal["polarity", "settlement", "blocs", "alignment", "security"] | Sequence[Literal["polarity", "settlement", "blocs", "alignment", "security"]] | str | None = None,
    lp: Literal["microlp", "clarabel", "highs"] | Sequence[Literal["microlp", "clarabel", "highs"]] | str | None = None,
    majors: Table | Sequence[Table] | None = None,
    max_equilibria: Number | Words | None = None,
    max_partitions: Number | Words | None = None,
    members: Table | Sequence[Table] | None = None,
    names: Table | Sequence[Table] | None = None,
    outsiders: Table | Sequence[Table] | None = None,
    parameters: Table | Sequence[Table] | None = None,
    parameters_file: Table | Sequence[Table] | None = None,
    precision: Number | Words | None = None,
    retribution: Number | Words | None = None,
    robustness: bool | None = None,
    seed: Number | Words | None = None,
    small_cost: Number | Words | None = None,
    soft_share: Words | None = None,
    states: Words | None = None,
    tactics: Words | None = None,
    target: Words | None = None,
    threads: Words | None = None,
    threat_weight: Number | Words | None = None,
    threshold: Number | Words | None = None,
    time_limit: Words | None = None,
    top: Words | None = None,
    war_cost: Number | Words | None = None,
    weights: Words | None = None,
    year: Words | None = None,
) -> Result:
    """One system through all lenses, and the verdict.

    administration: The part of each capability of a conquered state that goes to its victor
        (default 1)
    affinity_weight: Weight of affinities (default 0.5)
    alliance_cost: What balancing and bandwagoning cost, as a part of the state's own power
        (default 0)
    arms_cost: What arming costs, as a part of the state's own power (default 0.1)
    arms_growth: By how much arming raises a state's power: 0.25 by a quarter (default 0.25)
    attrition: Part of its strength that a state loses by fighting; it counts in the division
        (default 0.1)
    blocs: Also judge this partition, as A+B,C+D (who is not named stands alone): who would
        leave it or move, what it comes to; of up to 20 states
    bloodletting: Part of what is left to those who fight that each state which bleeds them
        destroys (default 0.1)
    capability: How power is measured: `cinc` (mean share over all capability columns) or a
        column
    chains: How commitments (a column of --dyads) bind: tight, and who changes sides takes all
        it is tied to along; loose, and it moves alone. Tight tells what chains change
        (Christensen & Snyder 1990) (default loose)
    commitment_cost: What it costs to commit oneself to others, as a probability of losing
        independence (default 0.05)
    conquests: States whose capabilities go to others: CSV with the columns victor, victim and
        year, applied in order up to --year
    decisiveness: How surely the stronger bloc prevails: 1 in proportion, inf always (default 2)
    distance_scale: Distance over which proximity falls to 1/e, in km (default 2000)
    dominance: How the strong dominate their own partners: 0 equal, 1 in proportion (default
        1.5)
    draws: Also the verdict over N draws from the sampling distribution of the estimates in
        --parameters: the share of draws for each
    driver: What moves states besides their own control: nothing (power), or the control of
        near, offensive, hostile states (threat) (default power)
    drop_missing: Leave out states without a usable capability, and say which
    dyads: What is known of pairs of states: CSV with columns such as distance, hostility and
        affinity, or COW's contiguity and capitals, strategic rivalries and ATOP as downloaded
    explain: Also say, at the end of the text, what its words mean
    forbearance: How far an aggressor is trusted to spare its followers [default: 1/3] (default
        0.3333333333333333)
    growth: CSV with the columns state and growth, a rate a year (0.02 for two per cent)
    horizon_year: Ask whether the leading state's window is closing by this year: whether
        waiting costs it more than war (--war-cost) would. Power then is that year's in the same
        file, or grows to it with --growth
    latecomer_share: For how much of its strength a state counts that waits and joins the victor
        (default 0.5)
    latent_hostility: Hostility that can arise between any two states (default 0.25)
    leader: The leading state; `all` takes every state with a tenth of the power in turn
    lens: Only these lenses; by default all that take a system of this size
    lp: Solver of linear programmes. Those of correlated equilibria have a simplex of their own:
        this one takes over where that gives up (default microlp)
    majors: Only the major powers of the year, from the Correlates of War list
    max_equilibria: How many pure equilibria to list at most (default 10000)
    max_partitions: How many partitions to list at most (default 100)
    members: Only members of the state system in the year, from COW's system2016.csv
    names: A list of states with their full names and codes, such as COW's states2016.csv
    outsiders: A file like the system's own, whose states join
    parameters: Parameters from a fit, as `equipoise fit … -o FILE.json` saved it; a flag that
        is given beside it wins
    precision: The precision of the logit equilibrium of the lens alignment, per utility over a
        state's share of power: 0 is uniform play, and the more the surer are states of what is
        better (default 5)
    retribution: Probability that followers of a beaten aggressor lose their independence
        (default 0.25)
    robustness: Also whether the verdict holds in other settings (decisiveness by dominance) and
        by other measures of the file; text and pages of up to 8 states say it unasked
    seed: Seed of random numbers: those of the lens security above 13 states, whose odds are
        sampled (default 1)
    small_cost: What soft balancing, bleeding and baiting cost, as a part of the state's own
        power (default 0.01)
    soft_share: Effort of soft balancing; by default the part of the state's power that
        indicators other than milex and milper make up, or 0.5 where that is not known
    states: Only these states, by identifier
    tactics: What states can do: balance, bandwagon, abstain (these are the default), pass, arm,
        soft, wait, bleed, bait; and restrain, of the leading state
    target: Whom the others face in the lens security: the most feared state, the leading one,
        or this (default threat)
    threads: Threads; by default one for each core. The answer never depends on it
    threat_weight: Weight of threats (default 0.5)
    threshold: Control above which a state dominates all others (default 0.5)
    time_limit: Stop after so many seconds, undecided if need be
    top: Only the N strongest
    war_cost: Share of all control that a war destroys; 0 switches deterrence off (default 0)
    weights: Power as a weighted mean of shares, as in `milex=2,tpop=1`
    year: The year, where the file has several (negative: BCE)
    """
def compare(
    systems: System | Table | Sequence[System | Table],
    *,
    client: Any = None,
    pieces: int | None = None,
    progress: Progress = None,
    administration: Number | Words | None = None,
    affinity_weight: Number | Words | None = None,
    alliance_cost: Number | Words | None = None,
    arms_cost: Number | Words | None = None,
    arms_growth: Number | Words | None = None,
    attrition: Number | Words | None = None,
    bloodletting: Number | Words | None = None,
    capability: Words | None = None,
    chains: Literal["loose", "tight"] | Sequence[Literal["loose", "tight"]] | str | None = None,
    commitment_cost: Number | Words | None = None,
    conquests: Table | Sequence[Table] | None = None,
    decisiveness: Number | Words | None = None,
    distance_scale: Number | Words | None = None,
    dominance: Number | Words | None = None,
    draws: Words | None = None,
    driver: Literal["power", "threat"] | Sequence[Literal["power", "threat"]] | str | None = None,
    drop_missing: bool | None = None,
    dyads: Table | Sequence[Table] | None = None,
    forbearance: Number | Words | None = None,
    latecomer_share: Number | Words | None = None,
    latent_hostility: Number | Words | None = None,
    leader: Words | None = None,
    lens: Literal["polarity", "settlement", "blocs", "alignment", "security"] | Sequence[Literal["polarity", "settlement", "blocs", "alignment", "security"]] | str | None = None,
    lenses: Literal["polarity", "settlement", "blocs", "alignment", "security"] | Sequence[Literal["polarity", "settlement", "blocs", "alignment", "security"]] | str | None = None,
    lp: Literal["microlp", "clarabel", "highs"] | Sequence[Literal["microlp", "clarabel", "highs"]] | str | None = None,
    majors: Table | Sequence[Table] | None = None,
    max_equilibria: Number | Words | None = None,
    max_partitions: Number | Words | None = None,
    members: Table | Sequence[Table] | None = None,
    names: Table | Sequence[Table] | None = None,
    outsiders: Table | Sequence[Table] | None = None,
    parameters: Table | Sequence[Table] | None = None,
    parameters_file: Table | Sequence[Table] | None = None,
    retribution: Number | Words | None = None,
    seed: Number | Words | None = None,
    small_cost: Number | Words | None = None,
    soft_share: Words | None = None,
    states: Words | None = None,
    tactics: Words | None = None,
    target: Words | None = None,
    theories: Words | None = None,
    threads: Words | None = None,
    threat_weight: Number | Words | None = None,
    threshold: Number | Words | None = None,
    time_limit: Words | None = None,
    top: Words | None = None,
    vary: Words | None = None,
    war_cost: Number | Words | None = None,
    wars: Table | Sequence[Table] | None = None,
    weights: Words | None = None,
    years: Words | None = None,
) -> Result:
    """Many systems, years, measures or settings side by side.

    administration: The part of each capability of a conquered state that goes to its victor
        (default 1)
    affinity_weight: Weight of affinities (default 0.5)
    alliance_cost: What balancing and bandwagoning cost, as a part of the state's own power
        (default 0)
    arms_cost: What arming costs, as a part of the state's own power (default 0.1)
    arms_growth: By how much arming raises a state's power: 0.25 by a quarter (default 0.25)
    attrition: Part of its strength that a state loses by fighting; it counts in the division
        (default 0.1)
    bloodletting: Part of what is left to those who fight that each state which bleeds them
        destroys (default 0.1)
    capability: How power is measured, each in turn: `cinc`, or columns
    chains: How commitments (a column of --dyads) bind: tight, and who changes sides takes all
        it is tied to along; loose, and it moves alone. Tight tells what chains change
        (Christensen & Snyder 1990) (default loose)
    commitment_cost: What it costs to commit oneself to others, as a probability of losing
        independence (default 0.05)
    conquests: States whose capabilities go to others: CSV with the columns victor, victim and
        year, applied in order up to --year
    decisiveness: How surely the stronger bloc prevails: 1 in proportion, inf always (default 2)
    distance_scale: Distance over which proximity falls to 1/e, in km (default 2000)
    dominance: How the strong dominate their own partners: 0 equal, 1 in proportion (default
        1.5)
    draws: Also the verdict over N draws from the sampling distribution of the estimates in
        --parameters: the share of draws for each
    driver: What moves states besides their own control: nothing (power), or the control of
        near, offensive, hostile states (threat) (default power)
    drop_missing: Leave out states without a usable capability, and say which
    dyads: What is known of pairs of states: CSV with columns such as distance, hostility and
        affinity, or COW's contiguity and capitals, strategic rivalries and ATOP as downloaded
    forbearance: How far an aggressor is trusted to spare its followers [default: 1/3] (default
        0.3333333333333333)
    latecomer_share: For how much of its strength a state counts that waits and joins the victor
        (default 0.5)
    latent_hostility: Hostility that can arise between any two states (default 0.25)
    leader: The leading state; `all` takes every state with a tenth of the power in turn
    lens: Only these lenses; by default all that take a system of this size
    lp: Solver of linear programmes. Those of correlated equilibria have a simplex of their own:
        this one takes over where that gives up (default microlp)
    majors: Only the major powers of the year, from the Correlates of War list
    max_equilibria: How many pure equilibria to list at most (default 10000)
    max_partitions: How many partitions to list at most (default 100)
    members: Only members of the state system in the year, from COW's system2016.csv
    names: A list of states with their full names and codes, such as COW's states2016.csv
    outsiders: A file like the system's own, whose states join
    parameters: Parameters from a fit, as `equipoise fit … -o FILE.json` saved it; a flag that
        is given beside it wins
    retribution: Probability that followers of a beaten aggressor lose their independence
        (default 0.25)
    seed: Seed of random numbers: those of the lens security above 13 states, whose odds are
        sampled (default 1)
    small_cost: What soft balancing, bleeding and baiting cost, as a part of the state's own
        power (default 0.01)
    soft_share: Effort of soft balancing; by default the part of the state's power that
        indicators other than milex and milper make up, or 0.5 where that is not known
    states: Only these states, by identifier
    tactics: What states can do: balance, bandwagon, abstain (these are the default), pass, arm,
        soft, wait, bleed, bait; and restrain, of the leading state
    target: Whom the others face in the lens security: the most feared state, the leading one,
        or this (default threat)
    theories: Also what published theories say, by name, or all of them; with their agreement
    threads: Threads; by default one for each core. The answer never depends on it
    threat_weight: Weight of threats (default 0.5)
    threshold: Control above which a state dominates all others (default 0.5)
    time_limit: Stop after so many seconds, undecided if need be
    top: Only the N strongest
    vary: A parameter and its values, each in turn: decisiveness=1..4:0.5, or war-cost=0,0.1;
        also revisionism=0..1:0.5, the same for all states; of several, all combinations
    war_cost: Share of all control that a war destroys; 0 switches deterrence off (default 0)
    wars: Wars to set the price of peace against: COW's Inter-StateWarData
    weights: Power as a weighted mean of shares, as in `milex=2,tpop=1`
    years: The years: 1816..2016, 1816..2016:10, or a list; all that a file has, if left out
    """
def sweep(
    system: System | Table | None = None,
    *,
    client: Any = None,
    pieces: int | None = None,
    progress: Progress = None,
    administration: Number | Words | None = None,
    affinity_weight: Number | Words | None = None,
    alliance_cost: Number | Words | None = None,
    arms_cost: Number | Words | None = None,
    arms_growth: Number | Words | None = None,
    attrition: Number | Words | None = None,
    bloodletting: Number | Words | None = None,
    by: Literal["verdict", "class", "leader", "stability", "security", "stopping", "drawn"] | Sequence[Literal["verdict", "class", "leader", "stability", "security", "stopping", "drawn"]] | str | None = None,
    capability: Words | None = None,
    chains: Literal["loose", "tight"] | Sequence[Literal["loose", "tight"]] | str | None = None,
    commitment_cost: Number | Words | None = None,
    conquests: Table | Sequence[Table] | None = None,
    decisiveness: Number | Words | None = None,
    distance_scale: Number | Words | None = None,
    dominance: Number | Words | None = None,
    draws: Words | None = None,
    driver: Literal["power", "threat"] | Sequence[Literal["power", "threat"]] | str | None = None,
    drop_missing: bool | None = None,
    dyads: Table | Sequence[Table] | None = None,
    forbearance: Number | Words | None = None,
    latecomer_share: Number | Words | None = None,
    latent_hostility: Number | Words | None = None,
    leader: Words | None = None,
    lens: Literal["polarity", "settlement", "blocs", "alignment", "security"] | Sequence[Literal["polarity", "settlement", "blocs", "alignment", "security"]] | str | None = None,
    lenses: Literal["polarity", "settlement", "blocs", "alignment", "security"] | Sequence[Literal["polarity", "settlement", "blocs", "alignment", "security"]] | str | None = None,
    lp: Literal["microlp", "clarabel", "highs"] | Sequence[Literal["microlp", "clarabel", "highs"]] | str | None = None,
    majors: Table | Sequence[Table] | None = None,
    members: Table | Sequence[Table] | None = None,
    names: Table | Sequence[Table] | None = None,
    outsiders: Table | Sequence[Table] | None = None,
    parameters: Table | Sequence[Table] | None = None,
    parameters_file: Table | Sequence[Table] | None = None,
    refine: Number | Words | None = None,
    resolution: Number | Words | None = None,
    retribution: Number | Words | None = None,
    seed: Number | Words | None = None,
    shares: Literal["triangle", "leader"] | Sequence[Literal["triangle", "leader"]] | str | None = None,
    small_cost: Number | Words | None = None,
    soft_share: Words | None = None,
    states: Words | None = None,
    tactics: Words | None = None,
    target: Words | None = None,
    threads: Words | None = None,
    threat_weight: Number | Words | None = None,
    threshold: Number | Words | None = None,
    time_limit: Words | None = None,
    top: Words | None = None,
    war_cost: Number | Words | None = None,
    weights: Words | None = None,
    x: Words | None = None,
    y: Words | None = None,
    year: Words | None = None,
) -> Result:
    """Phase diagrams: where the verdict turns, over parameters or distributions.

    administration: The part of each capability of a conquered state that goes to its victor
        (default 1)
    affinity_weight: Weight of affinities (default 0.5)
    alliance_cost: What balancing and bandwagoning cost, as a part of the state's own power
        (default 0)
    arms_cost: What arming costs, as a part of the state's own power (default 0.1)
    arms_growth: By how much arming raises a state's power: 0.25 by a quarter (default 0.25)
    attrition: Part of its strength that a state loses by fighting; it counts in the division
        (default 0.1)
    bloodletting: Part of what is left to those who fight that each state which bleeds them
        destroys (default 0.1)
    by: In what outcomes differ (default verdict,class,leader)
    capability: How power is measured: `cinc` (mean share over all capability columns) or a
        column
    chains: How commitments (a column of --dyads) bind: tight, and who changes sides takes all
        it is tied to along; loose, and it moves alone. Tight tells what chains change
        (Christensen & Snyder 1990) (default loose)
    commitment_cost: What it costs to commit oneself to others, as a probability of losing
        independence (default 0.05)
    conquests: States whose capabilities go to others: CSV with the columns victor, victim and
        year, applied in order up to --year
    decisiveness: How surely the stronger bloc prevails: 1 in proportion, inf always (default 2)
    distance_scale: Distance over which proximity falls to 1/e, in km (default 2000)
    dominance: How the strong dominate their own partners: 0 equal, 1 in proportion (default
        1.5)
    draws: Also the verdict over N draws from the sampling distribution of the estimates in
        --parameters: the share of draws for each
    driver: What moves states besides their own control: nothing (power), or the control of
        near, offensive, hostile states (threat) (default power)
    drop_missing: Leave out states without a usable capability, and say which
    dyads: What is known of pairs of states: CSV with columns such as distance, hostility and
        affinity, or COW's contiguity and capitals, strategic rivalries and ATOP as downloaded
    forbearance: How far an aggressor is trusted to spare its followers [default: 1/3] (default
        0.3333333333333333)
    latecomer_share: For how much of its strength a state counts that waits and joins the victor
        (default 0.5)
    latent_hostility: Hostility that can arise between any two states (default 0.25)
    leader: The leading state; `all` takes every state with a tenth of the power in turn
    lens: Only these lenses; by default all that take a system of this size
    lp: Solver of linear programmes. Those of correlated equilibria have a simplex of their own:
        this one takes over where that gives up (default microlp)
    majors: Only the major powers of the year, from the Correlates of War list
    members: Only members of the state system in the year, from COW's system2016.csv
    names: A list of states with their full names and codes, such as COW's states2016.csv
    outsiders: A file like the system's own, whose states join
    parameters: Parameters from a fit, as `equipoise fit … -o FILE.json` saved it; a flag that
        is given beside it wins
    refine: How many times a cell can be halved where outcomes differ (default 4)
    resolution: Coarse cells a side (default 16)
    retribution: Probability that followers of a beaten aggressor lose their independence
        (default 0.25)
    seed: Seed of the draws: the same seed, the same draws (default 1)
    shares: Sweep shares of power, without a file; the leader's with --states N
    small_cost: What soft balancing, bleeding and baiting cost, as a part of the state's own
        power (default 0.01)
    soft_share: Effort of soft balancing; by default the part of the state's power that
        indicators other than milex and milper make up, or 0.5 where that is not known
    states: Only these states, by identifier
    tactics: What states can do: balance, bandwagon, abstain (these are the default), pass, arm,
        soft, wait, bleed, bait; and restrain, of the leading state
    target: Whom the others face in the lens security: the most feared state, the leading one,
        or this (default threat)
    threads: Threads; by default one for each core. The answer never depends on it
    threat_weight: Weight of threats (default 0.5)
    threshold: Control above which a state dominates all others (default 0.5)
    time_limit: Stop after so many seconds, undecided if need be
    top: Only the N strongest
    war_cost: Share of all control that a war destroys; 0 switches deterrence off (default 0)
    weights: Power as a weighted mean of shares, as in `milex=2,tpop=1`
    x: A parameter and the ends of its values, across: decisiveness=0.5..4
    y: Another one, upwards: dominance=1..3
    year: The year, where the file has several (negative: BCE)
    """
def simulate(
    system: System | Table,
    *,
    client: Any = None,
    pieces: int | None = None,
    progress: Progress = None,
    administration: Number | Words | None = None,
    alliances: Literal["free", "none", "all"] | Sequence[Literal["free", "none", "all"]] | str | None = None,
    capability: Words | None = None,
    compare: Words | None = None,
    conquests: Table | Sequence[Table] | None = None,
    cumulativity: Number | Words | None = None,
    decisiveness: Number | Words | None = None,
    dominance: Number | Words | None = None,
    draws: Words | None = None,
    drop_missing: bool | None = None,
    dyads: Table | Sequence[Table] | None = None,
    floor: Number | Words | None = None,
    hold: Number | Words | None = None,
    majors: Table | Sequence[Table] | None = None,
    members: Table | Sequence[Table] | None = None,
    misperception: Number | Words | None = None,
    names: Table | Sequence[Table] | None = None,
    openness: Number | Words | None = None,
    outsiders: Table | Sequence[Table] | None = None,
    parameters: Table | Sequence[Table] | None = None,
    parameters_file: Table | Sequence[Table] | None = None,
    periods: Number | Words | None = None,
    reliability: Number | Words | None = None,
    replay: Words | None = None,
    revisionism: Number | Words | None = None,
    runs: Number | Words | None = None,
    seed: Number | Words | None = None,
    stakes: Number | Words | None = None,
    states: Words | None = None,
    steps: Number | Words | None = None,
    threads: Words | None = None,
    threshold: Number | Words | None = None,
    time_limit: Words | None = None,
    top: Words | None = None,
    volatility: Number | Words | None = None,
    war_cost: Number | Words | None = None,
    weights: Words | None = None,
    x: Words | None = None,
    y: Words | None = None,
    year: Words | None = None,
) -> Result:
    """The film: growth, alliances and wars again and again; the probability of hegemony.

    administration: The part of each capability of a conquered state that goes to its victor
        (default 1)
    alliances: Alliances: as states like, none, or all against the strongest (default free)
    capability: How power is measured: `cinc` (mean share over all capability columns) or a
        column
    compare: The same luck under other rules: alliances=none, cumulativity=1
    conquests: States whose capabilities go to others: CSV with the columns victor, victim and
        year, applied in order up to --year
    cumulativity: Share of what losers lose that winners can use (default 0.5)
    decisiveness: How surely the stronger side wins: 1 in proportion, inf always (default 2)
    dominance: How the strong dominate their own partners, and how allies divide spoils: 0
        equal, 1 in proportion (default 1.5)
    draws: Every run takes its parameters from one of N draws from the sampling distribution of
        the estimates in --parameters, so that probabilities hold the doubt of the estimate;
        also what each draw's runs say, and how much of their spread is between draws
    drop_missing: Leave out states without a usable capability, and say which
    dyads: What is known of pairs of states: CSV with columns such as distance, hostility and
        affinity, or COW's contiguity and capitals, strategic rivalries and ATOP as downloaded
    floor: A loser whose share falls below is annexed (default 0.01)
    hold: For how many periods running it must be above, to be a hegemon (default 10)
    majors: Only the major powers of the year, from the Correlates of War list
    members: Only members of the state system in the year, from COW's system2016.csv
    misperception: Standard deviation of the logarithm of perceived over true strength of others
        (default 0.2)
    names: A list of states with their full names and codes, such as COW's states2016.csv
    openness: New powers in a period, on average (default 0.02)
    outsiders: A file like the system's own, whose states join
    parameters: Parameters from a fit, as `equipoise fit … -o FILE.json` saved it; a flag that
        is given beside it wins
    periods: Periods of a run (default 100)
    reliability: Chance that an ally of the attacked fights (default 1)
    replay: Show one run, by its number from 0, period by period: who allied, who fought, who
        grew
    revisionism: What power above its share is worth to a state: 1 a power maximiser, 0 never
        attacks (default 1)
    runs: Runs (default 1000)
    seed: Seed of the random numbers: the same seed, the same runs (default 1)
    stakes: Share of a side's power that one war is about: the clock of the film (default 0.2)
    states: Only these states, by identifier
    steps: Values of each axis, both ends among them (default 5)
    threads: Threads; by default one for each core. The answer never depends on it
    threshold: Share of all power above which a state dominates all others (default 0.5)
    time_limit: Stop after so many seconds, with the runs that are made by then
    top: Only the N strongest
    volatility: Standard deviation of growth in a period (default 0.05)
    war_cost: Share of the stakes that a war between equals destroys; from 0.5 on nobody
        attacks. It is less where the enemy is weak: another rule than --war-cost of the other
        commands (default 0.25)
    weights: Power as a weighted mean of shares, as in `milex=2,tpop=1`
    x: A parameter and the ends of its values, across: cumulativity=0..1
    y: Another one, upwards: openness=0..0.1
    year: The year, where the file has several (negative: BCE)
    """
def game(
    payoffs: Path | Sequence[Any] | Any,
    *,
    players: Sequence[str] | None = None,
    strategies: Sequence[Sequence[str]] | None = None,
    progress: Progress = None,
    exact: bool | None = None,
    find: Literal["one", "some", "all"] | Sequence[Literal["one", "some", "all"]] | str | None = None,
    fit: Table | Sequence[Table] | None = None,
    lp: Literal["microlp", "clarabel", "highs"] | Sequence[Literal["microlp", "clarabel", "highs"]] | str | None = None,
    objective: Words | None = None,
    objective_file: Table | Sequence[Table] | None = None,
    precision: Number | Words | None = None,
    solve: Literal["pure", "mixed", "correlated", "coarse", "logit", "dominance", "strong", "coalition-proof"] | Sequence[Literal["pure", "mixed", "correlated", "coarse", "logit", "dominance", "strong", "coalition-proof"]] | str | None = None,
    concepts: Literal["pure", "mixed", "correlated", "coarse", "logit", "dominance", "strong", "coalition-proof"] | Sequence[Literal["pure", "mixed", "correlated", "coarse", "logit", "dominance", "strong", "coalition-proof"]] | str | None = None,
    threads: Words | None = None,
    time_limit: Words | None = None,
) -> Result:
    """Any n-player game: pure, mixed and correlated equilibria, dominance.

    exact: Exactly known numbers as fractions in strings: "5/12"
    find: How many mixed equilibria to look for; without it all of a small game's, one of a
        large one's
    fit: Instead, the precision at which observed play is likeliest: a file with the columns
        player,strategy,count
    lp: Solver of linear programmes. Those of correlated equilibria have a simplex of their own:
        this one takes over where that gives up (default microlp)
    objective: Over correlated equilibria: welfare, minimum (the worst-off player's expected
        payoff), player:NAME, sum:NAME=NUMBER,… (weighted payoffs) or profile:NAME=STRATEGY,…
        (the probability that these are played) (default welfare)
    objective_file: Over correlated equilibria: the value that a file gives to each profile
    precision: The precision of logit equilibria, per unit of payoff: 0 is uniform play, and the
        more the fewer mistakes (default 1)
    solve: What to solve for
    threads: Threads; by default one for each core. The answer never depends on it
    time_limit: Stop after so many seconds, undecided if need be
    """
def coalition(
    source: System | Table | None = None,
    *,
    values: Mapping[Any, Number] | None = None,
    weights: Mapping[str, Number] | Table = None,
    claims: Mapping[str, Number] | None = None,
    costs: Mapping[str, Number] | None = None,
    progress: Progress = None,
    administration: Number | Words | None = None,
    allocation: Table | Sequence[Table] | None = None,
    blocs: Words | None = None,
    capability: Words | None = None,
    conquests: Table | Sequence[Table] | None = None,
    decisiveness: Words | None = None,
    drop_missing: bool | None = None,
    dyads: Table | Sequence[Table] | None = None,
    estate: Words | None = None,
    exact: bool | None = None,
    game: Literal["settlement", "majority", "externalities"] | Sequence[Literal["settlement", "majority", "externalities"]] | str | None = None,
    links: Table | Sequence[Table] | None = None,
    lp: Literal["microlp", "clarabel", "highs"] | Sequence[Literal["microlp", "clarabel", "highs"]] | str | None = None,
    majors: Table | Sequence[Table] | None = None,
    max_vertices: Number | Words | None = None,
    members: Table | Sequence[Table] | None = None,
    names: Table | Sequence[Table] | None = None,
    outsiders: Table | Sequence[Table] | None = None,
    parameters: Table | Sequence[Table] | None = None,
    parameters_file: Table | Sequence[Table] | None = None,
    quota: Words | None = None,
    solve: Literal["shapley", "banzhaf", "banzhaf-normalized", "deegan-packel", "holler", "johnston", "coleman", "tau", "core", "vertices", "least-core", "nucleolus", "prenucleolus", "per-capita-nucleolus", "properties", "structure", "strict-core", "nash", "individual", "contractual"] | Sequence[Literal["shapley", "banzhaf", "banzhaf-normalized", "deegan-packel", "holler", "johnston", "coleman", "tau", "core", "vertices", "least-core", "nucleolus", "prenucleolus", "per-capita-nucleolus", "properties", "structure", "strict-core", "nash", "individual", "contractual"]] | str | None = None,
    concepts: Literal["shapley", "banzhaf", "banzhaf-normalized", "deegan-packel", "holler", "johnston", "coleman", "tau", "core", "vertices", "least-core", "nucleolus", "prenucleolus", "per-capita-nucleolus", "properties", "structure", "strict-core", "nash", "individual", "contractual"] | Sequence[Literal["shapley", "banzhaf", "banzhaf-normalized", "deegan-packel", "holler", "johnston", "coleman", "tau", "core", "vertices", "least-core", "nucleolus", "prenucleolus", "per-capita-nucleolus", "properties", "structure", "strict-core", "nash", "individual", "contractual"]] | str | None = None,
    states: Words | None = None,
    threads: Words | None = None,
    time_limit: Words | None = None,
    top: Words | None = None,
    year: Words | None = None,
) -> Result:
    """Any cooperative game: core, least core, nucleolus, power indices.

    administration: The part of each capability of a conquered state that goes to its victor
        (default 1)
    allocation: A division to look at: CSV with player,payoff. Is it in the core, the least
        core, the bargaining set; who objects to it, with what
    blocs: Alliances that exist, as A+B,C+D (who is not named stands alone): what each player is
        worth inside them by Owen, Banzhaf-Owen and Aumann-Drèze
    capability: How power is measured: `cinc` (mean share over all capability columns) or a
        column
    conquests: States whose capabilities go to others: CSV with the columns victor, victim and
        year, applied in order up to --year
    decisiveness: How surely the stronger side wins a settlement's fight: 1 in proportion, inf
        always [default: 2]
    drop_missing: Leave out states without a usable capability, and say which
    dyads: What is known of pairs of states: CSV with columns such as distance, hostility and
        affinity, or COW's contiguity and capitals, strategic rivalries and ATOP as downloaded
    estate: What there is to divide among the claims of a bankruptcy game
    exact: Numbers as exact fractions
    game: The game that a distribution of power makes
    links: Who can talk to whom: a file of pairs with a column link or commitment, as --dyads
        takes them; what each player is worth on this network by Myerson
    lp: Solver of linear programmes. Those of correlated equilibria have a simplex of their own:
        this one takes over where that gives up (default microlp)
    majors: Only the major powers of the year, from the Correlates of War list
    max_vertices: How many vertices of the core to list at most; all are counted (default 1000)
    members: Only members of the state system in the year, from COW's system2016.csv
    names: A list of states with their full names and codes, such as COW's states2016.csv
    outsiders: A file like the system's own, whose states join
    parameters: Parameters from a fit, as `equipoise fit … -o FILE.json` saved it; a flag that
        is given beside it wins
    quota: The weight that wins, one for each column of weights: 51, >50, 65% or >50%
    solve: What to compute; by default everything that takes this game
    states: Only these states, by identifier
    threads: Threads; by default one for each core. The answer never depends on it
    time_limit: Stop after so many seconds, undecided if need be
    top: Only the N strongest
    weights: Power as a weighted mean of shares, as in `milex=2,tpop=1`
    year: The year, where the file has several (negative: BCE)
    """
def fit_decisiveness(
    capabilities: Table,
    *,
    progress: Progress = None,
    capability: Words | None = None,
    form: Literal["ratio", "difference", "share"] | Sequence[Literal["ratio", "difference", "share"]] | str | None = None,
    initiator: bool | None = None,
    majors: Table | Sequence[Table] | None = None,
    sides: Literal["coalition", "originators", "bilateral"] | Sequence[Literal["coalition", "originators", "bilateral"]] | str | None = None,
    table: Literal["terms", "glance", "groups", "predictions"] | Sequence[Literal["terms", "glance", "groups", "predictions"]] | str | None = None,
    ties: Literal["drop", "rao-kupper", "davidson"] | Sequence[Literal["drop", "rao-kupper", "davidson"]] | str | None = None,
    wars: Table | Sequence[Table] | None = None,
    years: Words | None = None,
) -> Result:
    """How surely the stronger side won the wars that were fought.

    capability: Power: a column, instead of the published cinc (default cinc)
    form: How power makes odds (default ratio)
    initiator: Give the side that began the war odds of its own
    majors: Also by the major powers that fought, from the Correlates of War list
    sides: Who is counted on a side (default coalition)
    table: Which table csv, markdown and latex hold (default terms)
    ties: What becomes of draws (default drop)
    wars: The wars: COW's Inter-StateWarData as downloaded
    years: Only wars that began in these years, as 1816..1913
    """
def fit_alignment(
    capabilities: Table,
    *,
    progress: Progress = None,
    affinity_weight: Number | Words | None = None,
    alliance_cost: Number | Words | None = None,
    arms_cost: Number | Words | None = None,
    arms_growth: Number | Words | None = None,
    attrition: Number | Words | None = None,
    bloodletting: Number | Words | None = None,
    capability: Words | None = None,
    chains: Literal["loose", "tight"] | Sequence[Literal["loose", "tight"]] | str | None = None,
    commitment_cost: Number | Words | None = None,
    decisiveness: Number | Words | None = None,
    distance_scale: Number | Words | None = None,
    dominance: Number | Words | None = None,
    driver: Literal["power", "threat"] | Sequence[Literal["power", "threat"]] | str | None = None,
    dyads: Table | Sequence[Table] | None = None,
    estimate: Words | None = None,
    forbearance: Number | Words | None = None,
    latecomer_share: Number | Words | None = None,
    latent_hostility: Number | Words | None = None,
    leader: Words | None = None,
    lp: Literal["microlp", "clarabel", "highs"] | Sequence[Literal["microlp", "clarabel", "highs"]] | str | None = None,
    majors: Table | Sequence[Table] | None = None,
    pacts: Table | Sequence[Table] | None = None,
    parameters: Table | Sequence[Table] | None = None,
    parameters_file: Table | Sequence[Table] | None = None,
    precision: Number | Words | None = None,
    predict: Words | None = None,
    retribution: Number | Words | None = None,
    small_cost: Number | Words | None = None,
    soft_share: Words | None = None,
    table: Literal["terms", "glance", "profile", "predictions"] | Sequence[Literal["terms", "glance", "profile", "predictions"]] | str | None = None,
    tactics: Words | None = None,
    target: Words | None = None,
    threads: Words | None = None,
    threat_weight: Number | Words | None = None,
    threshold: Number | Words | None = None,
    time_limit: Words | None = None,
    war_cost: Number | Words | None = None,
    wars: Table | Sequence[Table] | None = None,
    years: Words | None = None,
) -> Result:
    """Parameters of alignment, estimated from alliances that were.

    affinity_weight: Weight of affinities (default 0.5)
    alliance_cost: What balancing and bandwagoning cost, as a part of the state's own power
        (default 0)
    arms_cost: What arming costs, as a part of the state's own power (default 0.1)
    arms_growth: By how much arming raises a state's power: 0.25 by a quarter (default 0.25)
    attrition: Part of its strength that a state loses by fighting; it counts in the division
        (default 0.1)
    bloodletting: Part of what is left to those who fight that each state which bleeds them
        destroys (default 0.1)
    capability: How power is measured: `cinc`, or a column (default cinc)
    chains: How commitments (a column of --dyads) bind: tight, and who changes sides takes all
        it is tied to along; loose, and it moves alone. Tight tells what chains change
        (Christensen & Snyder 1990) (default loose)
    commitment_cost: What it costs to commit oneself to others, as a probability of losing
        independence (default 0.05)
    decisiveness: How surely the stronger bloc prevails: 1 in proportion, inf always (default 2)
    distance_scale: Distance over which proximity falls to 1/e, in km (default 2000)
    dominance: How the strong dominate their own partners: 0 equal, 1 in proportion (default
        1.5)
    driver: What moves states besides their own control: nothing (power), or the control of
        near, offensive, hostile states (threat) (default power)
    dyads: Capitals and rivalries as downloaded, and contiguity for --pairs relevant
    estimate: What is estimated: some of precision, decisiveness, dominance, threat-weight and
        distance-scale; the others are kept (default precision)
    forbearance: How far an aggressor is trusted to spare its followers [default: 1/3] (default
        0.3333333333333333)
    latecomer_share: For how much of its strength a state counts that waits and joins the victor
        (default 0.5)
    latent_hostility: Hostility that can arise between any two states (default 0.25)
    leader: The leading state; `all` takes every state with a tenth of the power in turn
    lp: Solver of linear programmes. Those of correlated equilibria have a simplex of their own:
        this one takes over where that gives up (default microlp)
    majors: Major powers, from the Correlates of War list
    pacts: Pacts: ATOP's directed dyad-years as downloaded
    parameters: Parameters from a fit, as `equipoise fit … -o FILE.json` saved it; a flag that
        is given beside it wins
    precision: Precision of the logit equilibrium, or where its estimate starts (default 5)
    predict: What is predicted: pact, new-pact:YEARS or sides (default pact)
    retribution: Probability that followers of a beaten aggressor lose their independence
        (default 0.25)
    small_cost: What soft balancing, bleeding and baiting cost, as a part of the state's own
        power (default 0.01)
    soft_share: Effort of soft balancing; by default the part of the state's power that
        indicators other than milex and milper make up, or 0.5 where that is not known
    table: Which table csv, markdown and latex hold (default terms)
    tactics: What states can do: balance, bandwagon, abstain (these are the default), pass, arm,
        soft, wait, bleed, bait; and restrain, of the leading state
    target: Whom the others face in the lens security: the most feared state, the leading one,
        or this (default threat)
    threads: Threads; by default one for each core. The answer never depends on it
    threat_weight: Weight of threats (default 0.5)
    threshold: Control above which a state dominates all others (default 0.5)
    time_limit: Stop after so many seconds, undecided if need be
    war_cost: Share of all control that a war destroys; 0 switches deterrence off (default 0)
    wars: Wars, for --predict sides: COW's Inter-StateWarData as downloaded
    years: Only these years, as 1817..2016; by default all that the files cover
    """
def backtest(
    capabilities: Table,
    *,
    progress: Progress = None,
    affinity_weight: Number | Words | None = None,
    alliance_cost: Number | Words | None = None,
    arms_cost: Number | Words | None = None,
    arms_growth: Number | Words | None = None,
    attrition: Number | Words | None = None,
    bloodletting: Number | Words | None = None,
    capability: Words | None = None,
    chains: Literal["loose", "tight"] | Sequence[Literal["loose", "tight"]] | str | None = None,
    commitment_cost: Number | Words | None = None,
    decisiveness: Number | Words | None = None,
    distance_scale: Number | Words | None = None,
    dominance: Number | Words | None = None,
    driver: Literal["power", "threat"] | Sequence[Literal["power", "threat"]] | str | None = None,
    dyads: Table | Sequence[Table] | None = None,
    forbearance: Number | Words | None = None,
    latecomer_share: Number | Words | None = None,
    latent_hostility: Number | Words | None = None,
    leader: Words | None = None,
    lp: Literal["microlp", "clarabel", "highs"] | Sequence[Literal["microlp", "clarabel", "highs"]] | str | None = None,
    majors: Table | Sequence[Table] | None = None,
    of: Words | None = None,
    pacts: Table | Sequence[Table] | None = None,
    pairs: Literal["majors", "relevant"] | Sequence[Literal["majors", "relevant"]] | str | None = None,
    parameters: Table | Sequence[Table] | None = None,
    parameters_file: Table | Sequence[Table] | None = None,
    permutations: Number | Words | None = None,
    precision: Number | Words | None = None,
    predict: Words | None = None,
    retribution: Number | Words | None = None,
    seed: Number | Words | None = None,
    small_cost: Number | Words | None = None,
    soft_share: Words | None = None,
    table: Literal["scores", "eras", "terms", "glance", "predictions"] | Sequence[Literal["scores", "eras", "terms", "glance", "predictions"]] | str | None = None,
    tactics: Words | None = None,
    target: Words | None = None,
    threads: Words | None = None,
    threat_weight: Number | Words | None = None,
    threshold: Number | Words | None = None,
    time_limit: Words | None = None,
    train: Words | None = None,
    war_cost: Number | Words | None = None,
    wars: Table | Sequence[Table] | None = None,
    years: Words | None = None,
) -> Result:
    """Predictions of pacts and sides beside what happened and beside trivial rules.

    affinity_weight: Weight of affinities (default 0.5)
    alliance_cost: What balancing and bandwagoning cost, as a part of the state's own power
        (default 0)
    arms_cost: What arming costs, as a part of the state's own power (default 0.1)
    arms_growth: By how much arming raises a state's power: 0.25 by a quarter (default 0.25)
    attrition: Part of its strength that a state loses by fighting; it counts in the division
        (default 0.1)
    bloodletting: Part of what is left to those who fight that each state which bleeds them
        destroys (default 0.1)
    capability: How power is measured: `cinc`, or a column (default cinc)
    chains: How commitments (a column of --dyads) bind: tight, and who changes sides takes all
        it is tied to along; loose, and it moves alone. Tight tells what chains change
        (Christensen & Snyder 1990) (default loose)
    commitment_cost: What it costs to commit oneself to others, as a probability of losing
        independence (default 0.05)
    decisiveness: How surely the stronger bloc prevails: 1 in proportion, inf always (default 2)
    distance_scale: Distance over which proximity falls to 1/e, in km (default 2000)
    dominance: How the strong dominate their own partners: 0 equal, 1 in proportion (default
        1.5)
    driver: What moves states besides their own control: nothing (power), or the control of
        near, offensive, hostile states (threat) (default power)
    dyads: Capitals and rivalries as downloaded, and contiguity for --pairs relevant
    forbearance: How far an aggressor is trusted to spare its followers [default: 1/3] (default
        0.3333333333333333)
    latecomer_share: For how much of its strength a state counts that waits and joins the victor
        (default 0.5)
    latent_hostility: Hostility that can arise between any two states (default 0.25)
    leader: The leading state; `all` takes every state with a tenth of the power in turn
    lp: Solver of linear programmes. Those of correlated equilibria have a simplex of their own:
        this one takes over where that gives up (default microlp)
    majors: Major powers, from the Correlates of War list
    of: Of which predictor; by default of the model's with the largest area, the curves of
        several
    pacts: Pacts: ATOP's directed dyad-years as downloaded
    pairs: Of which pairs (default majors)
    parameters: Parameters from a fit, as `equipoise fit … -o FILE.json` saved it; a flag that
        is given beside it wins
    permutations: How many permutations; 0 for none (default 999)
    precision: Precision of the logit equilibrium (default 5)
    predict: What is predicted: pact, new-pact:YEARS or sides (default pact)
    retribution: Probability that followers of a beaten aggressor lose their independence
        (default 0.25)
    seed: Seed of the permutations (default 1)
    small_cost: What soft balancing, bleeding and baiting cost, as a part of the state's own
        power (default 0.01)
    soft_share: Effort of soft balancing; by default the part of the state's power that
        indicators other than milex and milper make up, or 0.5 where that is not known
    table: Which table csv, markdown and latex hold (default scores)
    tactics: What states can do: balance, bandwagon, abstain (these are the default), pass, arm,
        soft, wait, bleed, bait; and restrain, of the leading state
    target: Whom the others face in the lens security: the most feared state, the leading one,
        or this (default threat)
    threads: Threads; by default one for each core. The answer never depends on it
    threat_weight: Weight of threats (default 0.5)
    threshold: Control above which a state dominates all others (default 0.5)
    time_limit: Stop after so many seconds, undecided if need be
    train: Learn from these years and test on those after
    war_cost: Share of all control that a war destroys; 0 switches deterrence off (default 0)
    wars: Wars, for --predict sides: COW's Inter-StateWarData as downloaded
    years: Only these years, as 1817..2016; by default all that the files cover
    """
def theory(
    name: str,
    system: System | Table,
    *,
    progress: Progress = None,
    administration: Words | Table | None = None,
    alpha: Words | Table | None = None,
    capability: Words | Table | None = None,
    conquests: Words | Table | None = None,
    decisiveness: Words | Table | None = None,
    dominance: Words | Table | None = None,
    drop_missing: Words | Table | None = None,
    dyads: Words | Table | None = None,
    gamma: Words | Table | None = None,
    lp: Words | Table | None = None,
    majors: Words | Table | None = None,
    max_listed: Words | Table | None = None,
    members: Words | Table | None = None,
    names: Words | Table | None = None,
    outsiders: Words | Table | None = None,
    parameters: Words | Table | None = None,
    propensity: Words | Table | None = None,
    sides: Words | Table | None = None,
    states: Words | Table | None = None,
    threads: Words | Table | None = None,
    time_limit: Words | Table | None = None,
    top: Words | Table | None = None,
    weights: Words | Table | None = None,
    year: Words | Table | None = None,
) -> Result: ...
def theories() -> Any: ...
def check(report: Result | str | bytes | Path, thorough: bool = False) -> Check: ...
def merge(parts: Sequence[Path]) -> Result: ...
def options(*command: str) -> dict[str, str]: ...
