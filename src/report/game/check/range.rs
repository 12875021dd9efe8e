//! Re-examines ranges over correlated equilibria, and bounds on them.

use dashu_ratio::RBig;

use crate::certify::{self, Claim};
use crate::finding::strategic::correlated::{
    Attained, Bounds, Concept, End, Extreme, Objective, Partial, Proof, Range, Weighted,
};
use crate::game::table::Column;
use crate::report::game::build_range;
use crate::report::game::check::{Check, Read};
use crate::report::game::number::fraction;
use crate::report::game::*;
use crate::tolerance::Tolerances;

impl Check<'_> {
    pub(super) fn range(&mut self, name: &str, concept: Concept, report: &RangeReport) {
        let read = self.objective(&report.objective, report.goal.as_ref()).and_then(|objective| {
            let lowest = self.end(concept, &report.lowest, &report.min)?;
            let highest = self.end(concept, &report.highest, &report.max)?;
            Ok((objective, lowest, highest))
        });
        self.certified(name, read, |game, (objective, lowest, highest)| {
            let mut claims = Vec::new();
            for (end, what) in [(lowest, "lowest"), (highest, "highest")] {
                if end.end.exact.is_some() {
                    let what = format!("{name}: the {what} is shown as it is exactly");
                    claims.push(Claim::exact(what, end.same));
                }
            }
            let range = Range { lowest: lowest.end.clone(), highest: highest.end.clone() };
            claims.extend(certify::strategic::correlated::range(game, concept, objective, &range));
            claims
        });
        for (end, what) in [(&report.lowest, "lowest"), (&report.highest, "highest")] {
            let exact = end.is_exact();
            let least = if exact { 0.0 } else { Tolerances::DEFAULT.certificate };
            let sound = if exact { end.within == 0.0 } else { end.within >= least };
            let what = format!("{name}: the {what} says how exact it is");
            self.claim(Claim::exact(what, sound));
        }
    }

    pub(super) fn bounds(&mut self, name: &str, concept: Concept, report: &BoundsReport) {
        let read = self.objective(&report.objective, report.goal.as_ref()).and_then(|objective| {
            let mut lowest = self.partial(concept, &report.lowest)?;
            let mut highest = self.partial(concept, &report.highest)?;
            let mut values = Vec::new();
            for attained in
                [&mut lowest, &mut highest].into_iter().filter_map(|p| p.attained.as_mut())
            {
                attained.value =
                    certify::strategic::correlated::expectation(self.game, &objective, attained);
                values.push(attained.value);
            }
            Ok((objective, Bounds { lowest, highest }, values))
        });
        self.certified(name, read, |game, (objective, bounds, values)| {
            let proved = |known: &Partial| known.proofs.iter().map(|p| p.bound).collect::<Vec<_>>();
            let low = proved(&bounds.lowest).into_iter().fold(f64::INFINITY, f64::min);
            let high = proved(&bounds.highest).into_iter().fold(f64::NEG_INFINITY, f64::max);
            // An equilibrium bounds either end, and so does the other end's bound.
            let expected = [
                [low, values.iter().copied().fold(high, f64::min)],
                [values.iter().copied().fold(low, f64::max), high],
            ];
            let claimed = [report.min, report.max];
            let pairs = claimed.iter().flatten().zip(expected.iter().flatten());
            let off = pairs.map(|(a, b)| (a - b).abs() / a.abs().max(b.abs()).max(1.0));
            let off = off.fold(0.0, |a, b| if b.is_nan() { f64::INFINITY } else { b.max(a) });
            let what = format!("{name}: the range is between the bounds");
            let mut claims =
                certify::strategic::correlated::bounds(game, concept, objective, bounds);
            claims.push(Claim::within(what, off, Tolerances::DEFAULT.certificate));
            claims
        });
    }

    fn objective(&self, name: &str, goal: Option<&GoalReport>) -> Read<Objective> {
        let Some(goal) = goal else {
            return match name {
                "welfare" => Ok(Objective::Welfare),
                "minimum" => Ok(Objective::Minimum),
                other => match other.strip_prefix("player:") {
                    Some(name) => Ok(Objective::Player(self.player(name)?)),
                    None => Err(format!("there is no objective {other}")),
                },
            };
        };
        let number = |text: &String| {
            fraction(text).ok_or_else(|| format!("{text} is no fraction such as 5/12"))
        };
        let objective = match (&goal.shares, &goal.profile, &goal.values) {
            (Some(shares), None, None) => {
                let mut all = vec![RBig::ZERO; self.players.len()];
                for (player, share) in &shares.0 {
                    all[self.player(player)?] = number(share)?;
                }
                Ok(Objective::Sum(all))
            }
            (None, Some(profile), None) => {
                let strategy = |(player, strategy): &(String, String)| {
                    let player = self.player(player)?;
                    Ok((player, self.strategy(player, strategy)?))
                };
                let mut list: Vec<(usize, usize)> =
                    profile.0.iter().map(strategy).collect::<Read<_>>()?;
                // In the order of the players, whatever that of the keys.
                list.sort_unstable();
                Ok(Objective::Played(list))
            }
            (None, None, Some(values)) if values.len() == self.game.len() => {
                let mut column = Column::default();
                for value in values {
                    column.push_large(number(value)?);
                }
                Ok(Objective::Values(column.payoffs()))
            }
            _ => Err("an objective is one of shares, a profile or a value for each profile"),
        }?;
        let source = name.strip_prefix("values:").unwrap_or_default();
        let own = build_range::name(&self.players, &objective, source);
        if own == name { Ok(objective) } else { Err(format!("the objective is {own}, not {name}")) }
    }

    /// An end, and whether the numbers shown are those that are exact.
    fn end(&self, concept: Concept, report: &ExtremeReport, value: &Num) -> Read<ReadEnd> {
        let shown = Numbers::of(report, value);
        let float = self.extreme(concept, report, &shown.map(&|x: &Num| Ok(x.value()))?)?;
        let exact = match (&report.exact, report.is_exact()) {
            (Some(exact), _) => Some(Numbers::in_full(exact)),
            (None, true) => Some(shown.map(&|x: &Num| Ok(x.to_string()))?),
            (None, false) => None,
        };
        let Some(exact) = exact else {
            return Ok(ReadEnd { end: End { float, exact: None }, same: true });
        };
        let exact = exact.map(&|text: &String| {
            fraction(text).ok_or_else(|| format!("{text} is no fraction such as 5/12"))
        })?;
        let same = shown.same(&exact);
        let exact = self.extreme(concept, report, &exact)?;
        Ok(ReadEnd { end: End { float, exact: Some(exact) }, same })
    }

    /// What is known of an end; the value is what its equilibrium gives.
    fn partial(&self, concept: Concept, report: &ExtremeReport) -> Read<Partial> {
        let shown = Numbers::of(report, &Num::Float(0.0));
        let numbers = shown.map(&|x: &Num| Ok(x.value()))?;
        let Extreme { attained, proofs } = self.extreme(concept, report, &numbers)?;
        Ok(Partial { attained: Some(attained).filter(|a| !a.distribution.is_empty()), proofs })
    }

    /// The end with these numbers.
    fn extreme<T: Clone>(
        &self,
        concept: Concept,
        end: &ExtremeReport,
        numbers: &Numbers<T>,
    ) -> Read<Extreme<T>> {
        if numbers.probabilities.len() != end.distribution.len()
            || numbers.proofs.len() != end.proofs.len()
        {
            return Err("an end has not as many exact numbers as rounded ones".into());
        }
        let likely = |(l, p): (&LikelyProfile, &T)| Ok((self.profile(&l.profile)?, p.clone()));
        let incentive = |(w, weight): (&GameIncentive, &T)| {
            let player = self.player(&w.player)?;
            let to = self.strategy(player, &w.to)?;
            let from = match (&w.from, concept) {
                (Some(from), Concept::Correlated) => self.strategy(player, from)?,
                (None, Concept::Coarse) => to,
                _ => return Err("an incentive is of the other concept".to_owned()),
            };
            Ok(Weighted { player, from, to, weight: weight.clone() })
        };
        let proof = |(proof, (shares, weights, bound)): (&BoundReport, &(Vec<T>, Vec<T>, T))| {
            if weights.len() != proof.weights.len() {
                return Err("a bound has not as many exact weights as rounded ones".to_owned());
            }
            Ok(Proof {
                shares: shares.clone(),
                weights: proof.weights.iter().zip(weights).map(incentive).collect::<Read<_>>()?,
                bound: bound.clone(),
            })
        };
        let profiles = end.distribution.iter().zip(&numbers.probabilities);
        Ok(Extreme {
            attained: Attained {
                value: numbers.value.clone(),
                distribution: profiles.map(likely).collect::<Read<_>>()?,
                payoffs: numbers.payoffs.clone(),
            },
            proofs: end.proofs.iter().zip(&numbers.proofs).map(proof).collect::<Read<_>>()?,
        })
    }
}

/// An end as it was read.
struct ReadEnd {
    end: End,
    same: bool,
}

/// The numbers of an end. Of a proof: shares, weights, bound.
struct Numbers<T> {
    value: T,
    probabilities: Vec<T>,
    payoffs: Vec<T>,
    proofs: Vec<(Vec<T>, Vec<T>, T)>,
}

impl Numbers<Num> {
    /// The numbers that are shown.
    fn of(end: &ExtremeReport, value: &Num) -> Self {
        let proof = |proof: &BoundReport| {
            let weights = proof.weights.iter().map(|w| w.weight.clone()).collect();
            (proof.shares.clone(), weights, proof.bound.clone())
        };
        Self {
            value: value.clone(),
            probabilities: end.distribution.iter().map(|l| l.probability.clone()).collect(),
            payoffs: end.payoffs.clone(),
            proofs: end.proofs.iter().map(proof).collect(),
        }
    }

    /// Whether they are these numbers, rounded or exactly.
    fn same(&self, exact: &Numbers<RBig>) -> bool {
        let all = |shown: &[Num], exact: &[RBig]| {
            shown.len() == exact.len() && shown.iter().zip(exact).all(|(a, b)| a.is(b))
        };
        let proofs = self.proofs.iter().zip(&exact.proofs);
        self.value.is(&exact.value)
            && all(&self.probabilities, &exact.probabilities)
            && all(&self.payoffs, &exact.payoffs)
            && self.proofs.len() == exact.proofs.len()
            && { proofs }.all(|(a, b)| all(&a.0, &b.0) && all(&a.1, &b.1) && a.2.is(&b.2))
    }
}

impl Numbers<String> {
    fn in_full(end: &ExactEnd) -> Self {
        let proof =
            |proof: &ExactBound| (proof.shares.clone(), proof.weights.clone(), proof.bound.clone());
        Self {
            value: end.value.clone(),
            probabilities: end.probabilities.clone(),
            payoffs: end.payoffs.clone(),
            proofs: end.proofs.iter().map(proof).collect(),
        }
    }
}

impl<T> Numbers<T> {
    fn map<U>(&self, read: &impl Fn(&T) -> Read<U>) -> Read<Numbers<U>> {
        let all = |numbers: &[T]| numbers.iter().map(read).collect::<Read<Vec<U>>>();
        let proof = |(shares, weights, bound): &(Vec<T>, Vec<T>, T)| {
            Ok((all(shares)?, all(weights)?, read(bound)?))
        };
        Ok(Numbers {
            value: read(&self.value)?,
            probabilities: all(&self.probabilities)?,
            payoffs: all(&self.payoffs)?,
            proofs: self.proofs.iter().map(proof).collect::<Read<_>>()?,
        })
    }
}
