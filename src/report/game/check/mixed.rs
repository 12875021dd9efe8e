//! Re-examines equilibria in mixed strategies.

use dashu_ratio::RBig;

use crate::certify::{self, Claim};
use crate::finding::strategic::mixed as solved;
use crate::report::game::check::Check;
use crate::report::game::number::fraction;
use crate::report::game::*;
use crate::tolerance::Tolerances;
use crate::work::Work;

/// Bases of a best-response polytope that are visited to count the equilibria again, and if
/// asked to be thorough.
const BASES: usize = 2_000;
const MORE_BASES: usize = 200_000;

impl Check<'_> {
    pub(super) fn mixed(&mut self, mixed: &[MixedReport]) {
        let complete = mixed.iter().filter(|found| found.complete).count();
        let agree = complete == 0 || complete == mixed.len();
        self.claim(Claim::exact("mixed: all or none are said to be all", agree));
        for (number, found) in mixed.iter().enumerate() {
            let claims = self.equilibrium(Some(number + 1), found);
            self.found.claims.extend(claims);
        }
        if complete > 0 {
            self.complete(mixed);
        }
    }

    /// What is shown of a path that was left: its payoffs and regrets, large as they may be.
    pub(super) fn nearest(&mut self, found: &MixedReport) {
        let claims = self.equilibrium(None, found);
        self.found.claims.extend(claims);
    }

    /// That there is no other equilibrium.
    fn complete(&mut self, mixed: &[MixedReport]) {
        let again = match self.players.len() {
            2 => self.recount(mixed),
            _ if self.thorough => self.repeat(mixed),
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
    fn recount(&self, mixed: &[MixedReport]) -> Option<bool> {
        let most = if self.thorough { MORE_BASES } else { BASES };
        let exact: Option<Vec<[Vec<RBig>; 2]>> =
            mixed.iter().map(|found| exact_strategies(found).flatten()?.try_into().ok()).collect();
        certify::vertices::recount(self.game, &exact?, most)
    }

    /// Whether the same search finds the same again.
    fn repeat(&self, mixed: &[MixedReport]) -> Option<bool> {
        let again = crate::solve::mixed::all_equilibria(self.game, Work::default()).ok()?;
        let near = |found: &MixedReport, other: &solved::Equilibrium| {
            let mut pairs = found.profile.iter().flatten().zip(other.strategies.iter().flatten());
            pairs.all(|(a, b)| (a.value() - b).abs() <= 1e-9)
        };
        let same = again.equilibria.len() == mixed.len()
            && again.equilibria.iter().all(|one| mixed.iter().any(|found| near(found, one)));
        Some(same && again.unresolved.is_empty())
    }

    fn equilibrium(&self, number: Option<usize>, found: &MixedReport) -> Vec<Claim> {
        let exact = exact_strategies(found);
        let sizes = self.game.sizes();
        let shaped = found.profile.len() == sizes.len()
            && found.profile.iter().zip(&sizes).all(|(p, &k)| p.len() == k)
            && found.payoffs.len() == sizes.len()
            && found.regrets.len() == sizes.len();
        let name = |text: &str| named(number, text);
        if !shaped || exact.as_ref().is_some_and(Option::is_none) {
            return vec![Claim::exact(name("has a number for each strategy"), false)];
        }
        let mut claims = match exact.flatten() {
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
        strategies: Vec<Vec<RBig>>,
    ) -> Vec<Claim> {
        let name = |text: &str| named(number, text);
        let same = found.profile.len() == strategies.len()
            && found.profile.iter().zip(&strategies).all(|(p, exact)| {
                p.len() == exact.len() && p.iter().zip(exact).all(|(p, exact)| p.is(exact))
            });
        let what = name("has the exact probabilities that it shows");
        let mut claims = vec![Claim::exact(what, same)];
        let sizes = self.game.sizes();
        let ([m, _], Ok([x, y]), true) = (&sizes[..], <[Vec<RBig>; 2]>::try_from(strategies), same)
        else {
            claims.push(Claim::exact(name("is of two players"), false));
            return claims;
        };
        let mean = |player: usize| {
            let mut sum = RBig::ZERO;
            for (i, p) in x.iter().enumerate() {
                for (j, q) in y.iter().enumerate() {
                    sum += p * q * self.game.payoff(player, i + m * j);
                }
            }
            sum
        };
        let payoffs = [mean(0), mean(1)];
        let paid = found.payoffs.iter().zip(&payoffs).all(|(claimed, paid)| claimed.is(paid));
        let nought = found.regrets.iter().chain([&found.regret]).all(|r| r.is(&RBig::ZERO));
        let equilibrium = solved::ExactEquilibrium { strategies: [x, y], payoffs };
        let holds = certify::strategic::exact(self.game, &equilibrium).holds();
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
        }
        let off = |claimed: &[Num], real: &[f64]| {
            let each = claimed.iter().zip(real).enumerate();
            each.map(|(i, (a, b))| (a.value() - b).abs() / self.game.span(i))
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
