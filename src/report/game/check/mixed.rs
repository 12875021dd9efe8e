//! Re-examines equilibria in mixed strategies.

use std::collections::{BTreeSet, HashMap, HashSet};

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
/// Gains at profiles in boxes of probabilities that are looked at where there are more players:
/// up to a minute or so.
const MORE_GAINS: u64 = 500_000_000;

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
    pub(super) exact: Vec<Option<Option<Exact>>>,
    pub(super) same: Vec<Vec<usize>>,
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

    /// The strategies of an equilibrium that is given exactly, by its number from 1.
    pub(super) fn strategies(&self, number: usize) -> Option<&[usize]> {
        self.same.get(number.checked_sub(1)?).map(Vec::as_slice).filter(|own| !own.is_empty())
    }

    /// The same, by strategy the probabilities.
    fn exact(&self, number: usize) -> Option<&Exact> {
        self.exact.get(number.checked_sub(1)?)?.as_ref()?.as_ref()
    }

    /// The strategies of a pair, by number from 1.
    pub(super) fn pair(&self, number: usize) -> Option<[usize; 2]> {
        self.strategies(number)?.try_into().ok()
    }
}

impl Check<'_> {
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
            _ if self.thorough => self.exclude(mixed, listed),
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
    fn exclude(&self, mixed: &[MixedReport], listed: &Listed) -> Option<bool> {
        let own = |own: &Vec<Num>| own.iter().map(Num::value).collect();
        let floats: Vec<Vec<Vec<f64>>> =
            mixed.iter().map(|found| found.profile.iter().map(own).collect()).collect();
        let sizes = self.game.sizes();
        let shaped = |found: &Vec<Vec<f64>>| found.iter().map(Vec::len).eq(sizes.iter().copied());
        let floats = floats.iter().all(shaped).then_some(floats)?;
        let components = &self.report.components;
        let faces: Option<Vec<Vec<Vec<usize>>>> =
            components.iter().flat_map(|c| &c.faces).map(|f| self.face(f)).collect();
        let product = |subset: &Vec<usize>| -> Option<Vec<Vec<Vec<RBig>>>> {
            let strategy = |&k: &usize, i: usize| {
                listed.exact(k)?.get(i).filter(|p| p.len() == sizes[i]).cloned()
            };
            let own = |i| subset.iter().map(|k| strategy(k, i)).collect::<Option<BTreeSet<_>>>();
            (0..sizes.len()).map(|i| Some(own(i)?.into_iter().collect())).collect()
        };
        let products: Option<Vec<_>> =
            components.iter().flat_map(|c| &c.subsets).map(product).collect();
        let faces = faces.filter(|faces| faces.iter().all(|face| face.len() == sizes.len()));
        let listed = certify::strategic::supports::Listed {
            strategies: &floats,
            faces: &faces?,
            products: &products?,
        };
        certify::strategic::supports::complete(self.game, listed, MORE_GAINS)
    }

    /// The strategies that a face is of, by player.
    pub(super) fn face(&self, face: &[Vec<String>]) -> Option<Vec<Vec<usize>>> {
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
