//! Re-examines the minima: each by the definition, all of them from a table of all energies.

use std::collections::BTreeSet;

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;
use ndarray::Array2;

use super::find::{TURNS, listed};
use super::{Finding, Minimum};
use crate::dataset::Relation;
use crate::exact::parse_exact;
use crate::theory::outcome::rounds;
use crate::theory::problem::integers;
use crate::theory::{Examination, Problem, Read};

/// The most states of which all energies are laid out, and with `--thorough`.
const LAID_OUT: [usize; 2] = [14, 20];

pub(super) fn examine(finding: &Finding, problem: &Problem, thorough: bool) -> Examination {
    let mut found = Examination::default();
    match problem.required(Relation::Propensity) {
        Ok(propensity) => {
            let mut check = Check { finding, problem, propensity, found: &mut found };
            if let Err(problem) = check.run(thorough) {
                found.claim(format!("minima: {problem}"), false);
            }
        }
        Err(error) => found.claim(format!("minima: {error}"), false),
    }
    found
}

struct Check<'a> {
    finding: &'a Finding,
    problem: &'a Problem,
    propensity: &'a Array2<RBig>,
    found: &'a mut Examination,
}

impl Check<'_> {
    fn run(&mut self, thorough: bool) -> Read<()> {
        let mut sides = Vec::new();
        for (number, minimum) in self.finding.minima.iter().enumerate() {
            sides.push(self.minimum(number + 1, minimum)?);
        }
        let first = sides.first().ok_or("there is none")?.clone();
        let energies: Vec<RBig> = sides.iter().map(|side| self.energy(side)).collect();
        let rising = energies.windows(2).all(|pair| pair[0] <= pair[1]);
        self.found.claim("minima: the lowest first", rising);
        let ties = energies.iter().filter(|energy| **energy == energies[0]).count();
        self.found
            .claim("minima: how many are the lowest", ties == self.finding.global.min(sides.len()));
        let distinct: BTreeSet<Vec<usize>> = sides.iter().map(|side| canonical(side)).collect();
        self.found.claim("minima: none is listed twice", distinct.len() == sides.len());
        let total = self.finding.minima_total;
        let expected = total.min(listed(self.problem.settings.listed, self.finding.global));
        self.found.claim("minima: all, or as many as asked for", sides.len() == expected);
        self.reference(&sides)?;
        self.sensitivity(&first, &energies[0])?;
        let n = self.problem.len();
        let laid_out = n <= LAID_OUT[usize::from(thorough)];
        if self.finding.complete && self.problem.settings.sides == 2 && laid_out {
            self.table(&distinct)?;
        } else if self.finding.complete {
            self.found.skip(
                "minima: that there are no others, basins, and that no smaller change turns the \
                 minimum (--thorough, up to 20 states)",
            );
        }
        Ok(())
    }

    /// The energy by the definition, `Σ_i s_i Σ_j s_j p_ij d_ij`.
    fn energy(&self, side: &[usize]) -> RBig {
        let s = self.problem.resources();
        let mut energy = RBig::ZERO;
        for ((i, j), p) in self.propensity.indexed_iter() {
            if side[i] != side[j] {
                energy += &s[i] * &s[j] * p;
            }
        }
        energy
    }

    /// Where each state stands, if the groups hold every state.
    fn side(&self, groups: &[Vec<String>]) -> Read<Vec<usize>> {
        let groups = self.problem.groups(groups)?;
        let mut side = vec![usize::MAX; self.problem.len()];
        for (s, group) in groups.iter().enumerate() {
            group.iter().for_each(|&i| side[i] = s);
        }
        match side.contains(&usize::MAX) {
            false if groups.len() <= self.problem.settings.sides => Ok(side),
            false => Err("there are more sides than there may be".into()),
            true => Err("a state stands on no side".into()),
        }
    }

    fn minimum(&mut self, number: usize, minimum: &Minimum) -> Read<Vec<usize>> {
        let side = self.side(&minimum.sides)?;
        let energy = self.energy(&side);
        let same = parse_exact(&minimum.exact).as_ref() == Some(&energy)
            && rounds(minimum.energy, &energy);
        self.found.claim(format!("minima: the energy of minimum {number}"), same);
        let s = self.problem.resources();
        let mut least: Option<RBig> = None;
        for k in 0..side.len() {
            let pull = |to: usize| {
                let there = (0..side.len()).filter(|&j| j != k && side[j] == to);
                there.fold(RBig::ZERO, |sum, j| sum + &s[j] * &self.propensity[[k, j]])
            };
            for to in (0..self.problem.settings.sides).filter(|&to| to != side[k]) {
                let change = pull(side[k]) - pull(to);
                if least.as_ref().is_none_or(|least| change < *least) {
                    least = Some(change);
                }
            }
        }
        let least = least.unwrap_or(RBig::ZERO);
        let what = format!("minima: no move of a state lowers the energy of minimum {number}");
        self.found.claim(what, least >= RBig::ZERO);
        let strict = minimum.strict == (least > RBig::ZERO);
        self.found.claim(format!("minima: strict or weak, minimum {number}"), strict);
        Ok(side)
    }

    fn reference(&mut self, sides: &[Vec<usize>]) -> Read<()> {
        let states = self.problem.system().states();
        let labels: BTreeSet<&str> = states.iter().filter_map(|s| s.reference.as_deref()).collect();
        let two = labels.len() == 2 && self.problem.settings.sides == 2;
        let Some(reference) = &self.finding.reference else {
            self.found.claim("reference: there is none of two sides", !two);
            return Ok(());
        };
        let known = states.iter().filter(|state| state.reference.is_some()).count();
        let named: BTreeSet<&str> = reference.labels.iter().map(String::as_str).collect();
        let same = two && named == labels && reference.states == known;
        self.found.claim("reference: its two sides and its states", same);
        let mut sound = true;
        for (minimum, side) in self.finding.minima.iter().zip(sides) {
            let names = minimum.misplaced.as_ref().ok_or("who is misplaced is not said")?;
            let misplaced = self.problem.states(names)?;
            // With the misplaced turned round, side and label say the same of every state.
            let mut told = [BTreeSet::new(), BTreeSet::new()];
            for (i, (state, own)) in states.iter().zip(side).enumerate() {
                let there = (*own != side[0]) ^ misplaced.contains(&i);
                told[usize::from(there)].extend(state.reference.as_deref());
            }
            let labelled = misplaced.iter().all(|&i| states[i].reference.is_some());
            let p = p_value(known, misplaced.len());
            sound &= labelled
                && told.iter().all(|labels| labels.len() == 1)
                && told[0] != told[1]
                && 2 * misplaced.len() <= known
                && minimum.p_value.is_some_and(|claimed| rounds(claimed, &p));
        }
        self.found.claim("reference: who is misplaced, and how likely by chance", sound);
        Ok(())
    }

    fn sensitivity(&mut self, lowest: &[usize], energy: &RBig) -> Read<()> {
        let mut sound = true;
        let mut last = RBig::ZERO;
        let s = self.problem.resources();
        for turn in &self.finding.sensitivity {
            let (i, j) = (self.problem.state(&turn.pair[0])?, self.problem.state(&turn.pair[1])?);
            let side = self.side(&turn.sides)?;
            let apart = lowest[i] != lowest[j];
            let change = parse_exact(&turn.exact).ok_or("a change is no number")?;
            let bridged = RBig::from(2) * &s[i] * &s[j] * &change;
            // Apart now: the change raises this energy; together now: it lowers the other.
            let gap = self.energy(&side) - energy;
            let meets = if apart { bridged == gap } else { -bridged == gap };
            let size = if change < RBig::ZERO { -change.clone() } else { change.clone() };
            sound &= meets
                && i != j
                && apart != (side[i] != side[j])
                && gap >= RBig::ZERO
                && size >= last
                && rounds(turn.change, &change);
            last = size;
        }
        self.found.claim("sensitivity: each change makes the two energies equal", sound);
        Ok(())
    }

    /// All minima and basins from the energies of all configurations of two sides.
    fn table(&mut self, listed: &BTreeSet<Vec<usize>>) -> Read<()> {
        let n = self.problem.len();
        let energies = self.energies()?;
        let all = energies.len() - 1;
        // State n − 1 stands on side 0; its move is the move of all others.
        let after = |bits: usize, k: usize| if k + 1 == n { !bits & all } else { bits ^ 1 << k };
        let stays = |bits: &usize| (0..n).all(|k| energies[after(*bits, k)] >= energies[*bits]);
        let minima: Vec<usize> = (0..=all).filter(stays).collect();
        let complete = minima.len() == self.finding.minima_total && self.finding.complete;
        self.found.claim("minima: how many there are, of all configurations", complete);
        let as_side = |bits: usize| {
            let side: Vec<usize> = (0..n).map(|i| bits >> i & 1).collect();
            canonical(&side)
        };
        let lowest = energies.iter().min();
        let is_lowest = |bits: &&usize| Some(&energies[**bits]) == lowest;
        let lowest = minima.iter().filter(is_lowest).count() == self.finding.global;
        self.found.claim("minima: how many are the lowest, of all configurations", lowest);
        let mut rest = minima.iter().filter(is_lowest);
        let missed = listed.len() >= self.finding.global
            && rest.any(|&bits| !listed.contains(&as_side(bits)));
        self.found.claim("minima: none is as low as the lowest and not listed", !missed);
        let (sizes, shared) = self.basins(&energies, &minima, after);
        let mut agree = self.finding.basin_ties == Some(shared);
        for minimum in &self.finding.minima {
            let side = canonical(&self.side(&minimum.sides)?);
            let at = minima.iter().position(|&bits| as_side(bits) == side);
            agree &= at.is_some_and(|at| minimum.basin == Some(sizes[at]));
        }
        self.found.claim("minima: the basins, by following every steepest descent", agree);
        self.turns(&energies)
    }

    /// That no smaller change of a propensity turns the minimum than those listed.
    fn turns(&mut self, energies: &[IBig]) -> Read<()> {
        let n = self.problem.len();
        let lowest = self.side(&self.finding.minima[0].sides)?;
        let s = self.problem.resources();
        let least = energies.iter().min().ok_or("there is no energy")?;
        let mut sizes = Vec::new();
        for (i, j) in (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j))) {
            let other =
                |bits: &usize| ((bits >> i ^ bits >> j) & 1 == 1) != (lowest[i] != lowest[j]);
            let rival = (0..energies.len()).filter(other).map(|bits| &energies[bits]).min();
            if let Some(rival) = rival {
                // In the same unit for all pairs, whatever it is.
                sizes.push(RBig::from(rival - least) / (&s[i] * &s[j]));
            }
        }
        sizes.sort_unstable();
        let mut same = self.finding.sensitivity.len() == sizes.len().min(TURNS);
        let mut scale: Option<RBig> = None;
        for (turn, size) in self.finding.sensitivity.iter().zip(&sizes) {
            let change = parse_exact(&turn.exact).ok_or("a change is no number")?;
            let change = if change < RBig::ZERO { -change } else { change };
            if size.is_zero() {
                same &= change.is_zero();
                continue;
            }
            let ratio = change / size;
            same &= scale.get_or_insert_with(|| ratio.clone()) == &ratio;
        }
        self.found.claim("sensitivity: no smaller change does, of all configurations", same);
        Ok(())
    }

    /// The energies of all configurations in a common unit, over 2.
    fn energies(&self) -> Read<Vec<IBig>> {
        let n = self.problem.len();
        let s = self.problem.resources();
        let weight = |((i, j), p): ((usize, usize), &RBig)| &s[i] * &s[j] * p;
        let weights: Vec<RBig> = self.propensity.indexed_iter().map(weight).collect();
        let weights = integers(&weights).map_err(|error| error.to_string())?;
        let mut energies = vec![IBig::ZERO];
        for bits in 1..1usize << (n - 1) {
            let k = bits.trailing_zeros() as usize;
            let rest = bits & (bits - 1);
            // State k goes from side 0, where all but `rest` are, to side 1.
            let mut energy = energies[rest].clone();
            for j in (0..n).filter(|&j| j != k) {
                if rest >> j & 1 == 1 {
                    energy -= &weights[k * n + j];
                } else {
                    energy += &weights[k * n + j];
                }
            }
            energies.push(energy);
        }
        Ok(energies)
    }

    /// How many configurations end in each minimum, and how many in several: in the order of
    /// their energies, so that where a descent goes on is known.
    fn basins(
        &self,
        energies: &[IBig],
        minima: &[usize],
        after: impl Fn(usize, usize) -> usize,
    ) -> (Vec<u64>, u64) {
        let n = self.problem.len();
        let mut order: Vec<usize> = (0..energies.len()).collect();
        order.sort_by_key(|&bits| &energies[bits]);
        let mut ends: Vec<Option<usize>> = vec![None; energies.len()];
        for (id, &bits) in minima.iter().enumerate() {
            ends[bits] = Some(id);
        }
        let mut sizes = vec![0; minima.len()];
        let mut shared = 0;
        for &bits in &order {
            let next = (0..n).map(|k| after(bits, k)).min_by_key(|&next| &energies[next]);
            if let Some(next) = next.filter(|&next| energies[next] < energies[bits]) {
                let tied = (0..n).map(|k| after(bits, k));
                let mut tied = tied.filter(|&other| energies[other] == energies[next]);
                let first = ends[next];
                ends[bits] = first.filter(|_| tied.all(|other| ends[other] == first));
            }
            match ends[bits] {
                Some(id) => sizes[id] += 1,
                None => shared += 1,
            }
        }
        (sizes, shared)
    }
}

/// Sides numbered in the order in which they appear.
fn canonical(side: &[usize]) -> Vec<usize> {
    let mut seen: Vec<usize> = Vec::new();
    let mut numbers = Vec::with_capacity(side.len());
    for s in side {
        let known = seen.iter().position(|other| other == s);
        numbers.push(known.unwrap_or(seen.len()));
        if known.is_none() {
            seen.push(*s);
        }
    }
    numbers
}

/// The share of the splits of `m` states that misplace at most `d`, from Pascal's triangle.
fn p_value(m: usize, d: usize) -> RBig {
    let mut row = vec![UBig::ONE];
    for _ in 0..m {
        let inner = row.windows(2).map(|pair| &pair[0] + &pair[1]);
        row = [UBig::ONE].into_iter().chain(inner).chain([UBig::ONE]).collect();
    }
    // Of a split and its mirror image the one that misplaces fewer counts.
    let near = |k: usize| k.min(m - k) <= d;
    let sum = (0..=m).filter(|&k| near(k)).fold(UBig::ZERO, |sum, k| sum + &row[k]);
    RBig::from_parts(IBig::from(sum), UBig::ONE << m)
}
