//! Re-examines a logit equilibrium: by its definition, not by following the branch.

use crate::certify::{self, Claim};
use crate::report::game::check::Check;
use crate::report::game::*;
use crate::tolerance::Tolerances;

impl Check<'_> {
    pub(super) fn logit(&mut self, found: &LogitReport) {
        let tolerance = Tolerances::DEFAULT.certificate;
        let residual =
            certify::strategic::mixed::logit_residual(self.game, &found.profile, found.precision);
        let sound = found.precision.is_finite() && found.precision >= 0.0;
        self.claim(Claim::exact("logit: the precision is a number, 0 or more", sound));
        let what = "logit: odds are as much better as payoffs, times the precision";
        self.claim(Claim::within(what, residual, tolerance));
        if let Some(real) = certify::strategic::outcome(self.game, &found.profile) {
            let off = real.payoffs.iter().zip(&found.payoffs).enumerate();
            let off = off.map(|(i, (a, b))| match (a - b).abs() {
                // Both are rounded.
                apart if apart <= 4.0 * f64::EPSILON * b.abs() => 0.0,
                apart => apart / self.game.span(i),
            });
            let off = off.fold(0.0, |a: f64, b| if b.is_nan() { f64::INFINITY } else { a.max(b) });
            let shaped = found.payoffs.len() == real.payoffs.len();
            let off = if shaped { off } else { f64::INFINITY };
            self.claim(Claim::within("logit: pays what it says", off, tolerance));
        }
        if found.precision > 0.0 {
            let what = "logit: that it is on the branch from uniform play, its steps and turns";
            self.found.unexamined.push(what.into());
        }
        if let Some(fit) = &found.fit {
            self.fit(found, fit);
        }
    }

    fn fit(&mut self, found: &LogitReport, fit: &FitReport) {
        let shaped = fit.observed.len() == found.profile.len()
            && fit.observed.iter().zip(&found.profile).all(|(o, p)| o.len() == p.len())
            && fit.observed.iter().flatten().all(|c| c.is_finite() && *c >= 0.0);
        self.claim(Claim::exact("logit: a count for each strategy was observed", shaped));
        let pairs = fit.observed.iter().flatten().zip(found.profile.iter().flatten());
        let worth: f64 = pairs.filter(|(c, _)| **c > 0.0).map(|(c, p)| c * p.ln()).sum();
        let uniform: f64 =
            fit.observed.iter().map(|o| -o.iter().sum::<f64>() * (o.len() as f64).ln()).sum();
        let off = |claimed: f64, real: f64| (claimed - real).abs() / real.abs().max(1.0);
        let off = off(fit.log_likelihood, worth).max(off(fit.uniform, uniform));
        let off = if off.is_nan() { f64::INFINITY } else { off };
        let tolerance = Tolerances::DEFAULT.certificate;
        self.claim(Claim::within("logit: play is as likely as it says", off, tolerance));
        let better = fit.log_likelihood >= fit.uniform - tolerance * uniform.abs().max(1.0);
        self.claim(Claim::exact("logit: no less likely than if all played uniformly", better));
        let what = "logit: that no other precision on the branch is likelier";
        self.found.unexamined.push(what.into());
    }
}
