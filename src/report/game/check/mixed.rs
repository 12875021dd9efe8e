//! Re-examines equilibria in mixed strategies.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use dashu_ratio::RBig;

use crate::certify::{self, Claim};
use crate::report::game::check::Check;
use crate::report::game::number::fraction;
use crate::report::game::*;
use crate::tolerance::Tolerances;

/// Bases of a best-response polytope that are visited to count the equilibria again, and if
/// asked to be thorough.
const BASES: usize = 2_000;
const MORE_BASES: usize = 200_000;
/// Boxes of probabilities that are looked at where there are more players.
const MORE_BOXES: usize = 400_000;

/// How equilibria are found.
const METHODS: [&str; 6] = [
    "enumeration of extreme equilibria",
    "linear programming, zero-sum",
    "Lemke-Howson",
    "support enumeration",
    "logit path",
    "comparison of payoffs",
];

/// A strategy for each player, exactly.
type Exact = Vec<Vec<RBig>>;

/// The exact strategies of the equilibria that are listed, read once: none, or none that can be
/// read; and which are the same, as the number of the first equilibrium that has it.
pub(super) struct Listed {
    exact: Vec<Option<Option<Exact>>>,
    same: Vec<Vec<usize>>,
}

impl Listed {
    pub(super) fn of(mixed: &[MixedReport]) -> Self {
        let exact: Vec<_> = mixed.iter().map(exact_strategies).collect();
        let mut first: HashMap<(usize, &[RBig]), usize> = HashMap::with_capacity(2 * mixed.len());
        let same = exact.iter().enumerate().map(|(k, found)| {
            let own = found.iter().flatten().flatten().enumerate();
            own.map(|(side, strategy)| *first.entry((side, strategy)).or_insert(k)).collect()
        });
        let same = same.collect();
        Self { exact, same }
    }

    /// The strategies of a pair, by number from 1.
    fn pair(&self, number: usize) -> Option<[usize; 2]> {
        self.same.get(number.checked_sub(1)?)?.as_slice().try_into().ok()
    }
}

impl Check<'_> {
    /// Which equilibria hang together.
    pub(super) fn components(&mut self, listed: &Listed) {
        let report = self.report;
        let count = listed.exact.len();
        for (number, component) in report.components.iter().enumerate() {
            let name = |text: &str| format!("mixed: component {} {text}", number + 1);
            let known = component.equilibria.iter().all(|k| (1..=count).contains(k));
            self.claim(Claim::exact(name("is of equilibria that are listed"), known));
            for face in &component.faces {
                let holds =
                    self.face(face).is_some_and(|f| certify::strategic::mixed::face(self.game, &f));
                let what = name("has mixtures each of which is an equilibrium");
                self.claim(Claim::exact(what, holds));
            }
            let sound = known && component.subsets.iter().all(|s| is_product(listed, component, s));
            self.claim(Claim::exact(name("has subsets that are products"), sound));
            if self.players.len() == 2 {
                match products(listed, component) {
                    Some(count) => {
                        let distinct: BTreeSet<&Vec<usize>> = component.subsets.iter().collect();
                        let all =
                            distinct.len() == component.subsets.len() && count == distinct.len();
                        self.claim(Claim::exact(name("has all its subsets, each once"), all));
                    }
                    None => {
                        self.found.skip(name("has all its subsets (they are too many to count)"))
                    }
                }
            }
        }
        let connected = connected(listed);
        let whole = report.mixed_is_complete() == Some(true) && connected.is_some();
        if self.players.len() == 2 && (whole || !report.components.is_empty()) {
            let mut claimed: Vec<Vec<usize>> =
                report.components.iter().map(|component| component.equilibria.clone()).collect();
            claimed.sort_unstable();
            let what = "mixed: the components are the equilibria that share strategies";
            self.claim(Claim::exact(what, connected == Some(claimed)));
        }
    }

    pub(super) fn mixed(&mut self, mixed: &[MixedReport], listed: &Listed) {
        let complete = self.report.mixed_is_complete() == Some(true);
        let agree = mixed.iter().all(|found| found.complete == complete);
        self.claim(Claim::exact("mixed: all or none are said to be all", agree));
        // Every finite game has an equilibrium (Nash 1951).
        let open = self.report.undecided.get("mixed").is_some();
        let some = !mixed.is_empty() || open && !complete;
        self.claim(Claim::exact("mixed: an equilibrium is listed", some));
        let once = are_distinct(mixed);
        self.claim(Claim::exact("mixed: no equilibrium is listed twice", once));
        let method = |found: &MixedReport| METHODS.contains(&found.method.as_str());
        self.claim(Claim::exact("mixed: the methods are those of this program", {
            mixed.iter().all(method)
        }));
        for (number, (found, exact)) in mixed.iter().zip(&listed.exact).enumerate() {
            let claims = self.equilibrium(Some(number + 1), found, exact);
            self.found.claims.extend(claims);
        }
        if complete {
            self.complete(mixed, listed);
        }
    }

    /// What is shown of a path that was left: its payoffs and regrets, large as they may be.
    pub(super) fn nearest(&mut self, found: &MixedReport) {
        let claims = self.equilibrium(None, found, &exact_strategies(found));
        self.found.claims.extend(claims);
    }

    /// That there is no other equilibrium.
    fn complete(&mut self, mixed: &[MixedReport], listed: &Listed) {
        let again = match self.players.len() {
            2 => self.recount(listed),
            _ if self.thorough => self.exclude(mixed),
            _ => None,
        };
        match again {
            Some(same) => {
                self.claim(Claim::exact("mixed: there is no other equilibrium", same));
            }
            None => {
                let how =
                    if self.thorough { "the search is long" } else { "--thorough repeats it" };
                let what = format!("mixed: that there is no other equilibrium ({how})");
                self.found.unexamined.push(what);
            }
        }
    }

    /// Whether all vertices of the two polytopes give the same extreme equilibria.
    fn recount(&self, listed: &Listed) -> Option<bool> {
        let most = if self.thorough { MORE_BASES } else { BASES };
        // Each strategy has a basis of its own.
        let firsts = |side: usize| {
            listed.same.iter().enumerate().filter(|(k, same)| same.get(side) == Some(k)).count()
        };
        if (0..2).any(|side| firsts(side) >= most) {
            return None;
        }
        let exact: Option<Vec<&[Vec<RBig>; 2]>> = listed
            .exact
            .iter()
            .map(|found| found.as_ref()?.as_ref()?.as_slice().try_into().ok())
            .collect();
        certify::strategic::vertices::recount(self.game, &exact?, most)
    }

    /// Whether intervals of probabilities leave no room for another equilibrium.
    fn exclude(&self, mixed: &[MixedReport]) -> Option<bool> {
        let floats = |own: &Vec<Num>| own.iter().map(Num::value).collect();
        let listed: Vec<Vec<Vec<f64>>> =
            mixed.iter().map(|found| found.profile.iter().map(floats).collect()).collect();
        let sizes = self.game.sizes();
        let shaped = |found: &Vec<Vec<f64>>| found.iter().map(Vec::len).eq(sizes.iter().copied());
        let faces: Option<Vec<Vec<Vec<usize>>>> =
            self.report.components.iter().flat_map(|c| &c.faces).map(|f| self.face(f)).collect();
        let listed = listed.iter().all(shaped).then_some(listed)?;
        certify::strategic::supports::complete(self.game, &listed, &faces?, MORE_BOXES)
    }

    /// The strategies that a face is of, by player.
    fn face(&self, face: &[Vec<String>]) -> Option<Vec<Vec<usize>>> {
        let own = |(i, own): (usize, &Vec<String>)| -> Option<Vec<usize>> {
            (i < self.players.len()).then_some(())?;
            own.iter().map(|strategy| self.strategy(i, strategy).ok()).collect()
        };
        face.iter().enumerate().map(own).collect()
    }

    fn equilibrium(
        &self,
        number: Option<usize>,
        found: &MixedReport,
        exact: &Option<Option<Exact>>,
    ) -> Vec<Claim> {
        let sizes = self.game.sizes();
        let shaped = found.profile.len() == sizes.len()
            && found.profile.iter().zip(&sizes).all(|(p, &k)| p.len() == k)
            && found.payoffs.len() == sizes.len()
            && found.regrets.len() == sizes.len();
        let name = |text: &str| named(number, text);
        if !shaped || exact.as_ref().is_some_and(Option::is_none) {
            return vec![Claim::exact(name("has a number for each strategy"), false)];
        }
        let mut claims = match exact.as_ref().and_then(Option::as_ref) {
            Some(strategies) => self.exact_equilibrium(number, found, strategies),
            None => self.float_equilibrium(number, found),
        };
        if let Some(outcomes) = &found.outcomes {
            let what = name("has the outcomes that it says");
            claims.push(Claim::exact(what, self.outcomes(found, outcomes)));
        }
        claims
    }

    fn exact_equilibrium(
        &self,
        number: Option<usize>,
        found: &MixedReport,
        strategies: &Exact,
    ) -> Vec<Claim> {
        let name = |text: &str| named(number, text);
        let same = found.profile.len() == strategies.len()
            && found.profile.iter().zip(strategies).all(|(p, exact)| {
                p.len() == exact.len() && p.iter().zip(exact).all(|(p, exact)| p.is(exact))
            });
        let what = name("has the exact probabilities that it shows");
        let mut claims = vec![Claim::exact(what, same)];
        let Some((payoffs, holds)) =
            certify::strategic::mixed::exact_payoffs(self.game, strategies)
        else {
            claims.push(Claim::exact(name("is of mixed strategies"), false));
            return claims;
        };
        let paid = found.payoffs.iter().zip(&payoffs).all(|(claimed, paid)| claimed.is(paid));
        let nought = found.regrets.iter().chain([&found.regret]).all(|r| r.is(&RBig::ZERO));
        claims.push(Claim::exact(name("has no better reply, exactly"), holds));
        claims.push(Claim::exact(name("pays what it says"), paid));
        claims.push(Claim::exact(name("has no regret"), nought));
        claims
    }

    fn float_equilibrium(&self, number: Option<usize>, found: &MixedReport) -> Vec<Claim> {
        let tolerance = Tolerances::DEFAULT.certificate;
        let strategies: Vec<Vec<f64>> =
            found.profile.iter().map(|p| p.iter().map(Num::value).collect()).collect();
        let Some(real) = certify::strategic::outcome(self.game, &strategies) else {
            return vec![Claim::exact(named(number, "is of mixed strategies"), false)];
        };
        let mut claims = Vec::new();
        if number.is_some() {
            let what = named(number, "has no better reply");
            claims.push(Claim::within(what, real.regret(self.game), tolerance));
            if let Some(distance) = certify::strategic::supports::distance(self.game, &strategies) {
                let what = named(number, "is an exact one, but for its last digits");
                claims.push(Claim::within(what, distance, Tolerances::DEFAULT.gain));
            }
        }
        let off = |claimed: &[Num], real: &[f64]| {
            let each = claimed.iter().zip(real).enumerate();
            // Both are rounded, which is no difference however small the span is beside them.
            let apart = |(a, b): (&Num, &f64)| {
                let apart = (a.value() - b).abs();
                if apart <= 4.0 * f64::EPSILON * b.abs() { 0.0 } else { apart }
            };
            each.map(|(i, pair)| apart(pair) / self.game.span(i))
                .fold(0.0, |a: f64, b| if b.is_nan() { f64::INFINITY } else { a.max(b) })
        };
        let largest = real.regrets.iter().copied().fold(0.0, f64::max);
        let worst = (0..self.players.len()).map(|i| self.game.span(i)).fold(0.0, f64::max);
        let regret = (found.regret.value() - largest).abs() / worst;
        let name = |text: &str| named(number, text);
        let payoffs = off(&found.payoffs, &real.payoffs);
        claims.push(Claim::within(name("pays what it says"), payoffs, tolerance));
        let regrets = off(&found.regrets, &real.regrets);
        claims.push(Claim::within(name("has the regrets that it says"), regrets, tolerance));
        claims.push(Claim::within(name("has the largest regret that it says"), regret, tolerance));
        claims
    }

    /// Whether the outcomes are all profiles that can come about, each as likely as the
    /// strategies make it.
    fn outcomes(&self, found: &MixedReport, outcomes: &[LikelyProfile]) -> bool {
        let used = |p: &Vec<Num>| p.iter().filter(|x| x.value() > 0.0).count();
        let mut profiles = Vec::with_capacity(outcomes.len());
        let likely = outcomes.iter().all(|outcome| {
            let Ok(index) = self.profile(&outcome.profile) else { return false };
            profiles.push(index);
            let played = self.game.profile(index).into_iter().zip(&found.profile);
            let product: f64 = played.map(|(a, p)| p[a].value()).product();
            let claimed = outcome.probability.value();
            claimed > 0.0 && (claimed - product).abs() <= Tolerances::DEFAULT.support
        });
        profiles.sort_unstable();
        profiles.dedup();
        likely
            && profiles.len() == outcomes.len()
            && outcomes.len() == found.profile.iter().map(used).product::<usize>()
    }
}

/// The groups, of more than one, of equilibria that share a strategy, directly or through
/// others: their numbers from 1. `None` if one is not exact.
fn connected(listed: &Listed) -> Option<Vec<Vec<usize>>> {
    listed.exact.iter().all(|found| matches!(found, Some(Some(_)))).then_some(())?;
    let count = listed.exact.len();
    let mut parent: Vec<usize> = (0..count).collect();
    fn root(parent: &mut [usize], mut k: usize) -> usize {
        while parent[k] != k {
            parent[k] = parent[parent[k]];
            k = parent[k];
        }
        k
    }
    for (k, same) in listed.same.iter().enumerate() {
        for &other in same {
            let (a, b) = (root(&mut parent, k), root(&mut parent, other));
            parent[a.max(b)] = a.min(b);
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for k in 0..count {
        groups.entry(root(&mut parent, k)).or_default().push(k + 1);
    }
    Some(groups.into_values().filter(|group| group.len() > 1).collect())
}

/// How many sets of equilibria of a component are all pairs of some strategies of the one and the
/// other player and in no larger such set: for every set of strategies of the player who has
/// fewer, those of the other that go with all of them, and back. `None` if those are too many.
/// O(2^strategies · equilibria).
fn products(listed: &Listed, component: &ComponentReport) -> Option<usize> {
    const MOST: usize = 12;
    let pairs: Vec<[usize; 2]> =
        component.equilibria.iter().map(|&k| listed.pair(k)).collect::<Option<_>>()?;
    let side = |side: usize| -> Vec<usize> {
        let all: BTreeSet<usize> = pairs.iter().map(|pair| pair[side]).collect();
        all.into_iter().collect()
    };
    let few = usize::from(side(1).len() < side(0).len());
    let own = side(few);
    if own.len() > MOST {
        return None;
    }
    // With which of the other player's strategies each goes.
    let goes: Vec<BTreeSet<usize>> = own
        .iter()
        .map(|strategy| {
            let with = pairs.iter().filter(|pair| pair[few] == *strategy);
            with.map(|pair| pair[1 - few]).collect()
        })
        .collect();
    let closed = (1..1usize << own.len()).filter(|set| {
        let members = (0..own.len()).filter(|k| set >> k & 1 == 1);
        let common = members.map(|k| goes[k].clone()).reduce(|a, b| &a & &b).unwrap_or_default();
        let closure = (0..own.len()).filter(|&k| common.is_subset(&goes[k]));
        !common.is_empty() && closure.fold(0, |all, k| all | 1 << k) == *set
    });
    Some(closed.count())
}

/// Whether the equilibria are all pairs of some strategies of the one and the other player, and
/// no further strategy of either goes with all of those.
fn is_product(listed: &Listed, component: &ComponentReport, subset: &[usize]) -> bool {
    let inside = |k: &usize| component.equilibria.contains(k).then(|| listed.pair(*k)).flatten();
    let Some(pairs) = subset.iter().map(inside).collect::<Option<Vec<[usize; 2]>>>() else {
        return false;
    };
    let distinct =
        |side: usize| -> BTreeSet<usize> { pairs.iter().map(|pair| pair[side]).collect() };
    let all: BTreeSet<&[usize; 2]> = pairs.iter().collect();
    let sides = [distinct(0), distinct(1)];
    if all.len() != pairs.len() || sides[0].len() * sides[1].len() != pairs.len() {
        return false;
    }
    let others: Vec<[usize; 2]> =
        component.equilibria.iter().filter_map(|&k| listed.pair(k)).collect();
    (0..2).all(|side| {
        let mut with: BTreeMap<usize, usize> = BTreeMap::new();
        for pair in others.iter().filter(|pair| !sides[side].contains(&pair[side])) {
            *with.entry(pair[side]).or_default() +=
                usize::from(sides[1 - side].contains(&pair[1 - side]));
        }
        with.values().all(|&count| count < sides[1 - side].len())
    })
}

/// Whether no two have the same probabilities as they are shown. O(equilibria · strategies).
fn are_distinct(mixed: &[MixedReport]) -> bool {
    let key = |shown: &Num| match shown {
        Num::Exact(text) => Err(text.clone()),
        // Both zeros are one number.
        Num::Float(x) => Ok((x + 0.0).to_bits()),
    };
    let mut seen = HashSet::with_capacity(mixed.len());
    mixed.iter().all(|found| {
        let own = |own: &Vec<Num>| own.iter().map(key).collect::<Vec<_>>();
        seen.insert(found.profile.iter().map(own).collect::<Vec<_>>())
    })
}

fn named(number: Option<usize>, text: &str) -> String {
    match number {
        Some(number) => format!("mixed: equilibrium {number} {text}"),
        None => format!("mixed: what is nearest so far {text}"),
    }
}

/// The exact probabilities: none, or none that can be read.
fn exact_strategies(found: &MixedReport) -> Option<Option<Vec<Vec<RBig>>>> {
    match &found.exact {
        Some(exact) => Some(fractions(exact.iter().map(|p| p.iter().map(String::as_str)))),
        None => found.profile.iter().flatten().all(|x| matches!(x, Num::Exact(_))).then(|| {
            fractions(
                found
                    .profile
                    .iter()
                    .map(|p| p.iter().map(|x| if let Num::Exact(text) = x { text } else { "" })),
            )
        }),
    }
}

fn fractions<'a, P>(lists: impl Iterator<Item = P>) -> Option<Vec<Vec<RBig>>>
where
    P: Iterator<Item = &'a str>,
{
    lists.map(|list| list.map(fraction).collect()).collect()
}
