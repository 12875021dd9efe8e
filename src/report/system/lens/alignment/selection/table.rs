//! Selection as tidy rows: quantity, subject, value.

use crate::game::Posture;
use crate::report::AlignmentReport;
use crate::report::format::Datum;
use crate::report::system::lens::Rows;

/// Adds the rows; what there is none of has no row.
pub(in crate::report::system) fn rows(found: &AlignmentReport, rows: &mut Rows<'_>) {
    let mut add = |quantity: &str, subject: &str, value: Datum| rows.add(quantity, subject, value);
    for one in found.selection.iter().flatten() {
        let actions = one.actions.0.iter().map(|(id, posture)| format!("{id}={}", posture.name()));
        let subject = actions.collect::<Vec<_>>().join(" ");
        add("selection_basin", &subject, one.basin.into());
        add("selection_strong", &subject, one.strong.into());
        if let Some(proof) = one.coalition_proof {
            add("selection_coalition_proof", &subject, proof.into());
        }
        if let Some(tipping) = one.tipping {
            add("selection_tipping", &subject, tipping.into());
        }
    }
    if let Some(logit) = &found.logit {
        let leader = &found.leader;
        let named = found.tactics.clone().unwrap_or_else(|| Posture::BASE.to_vec());
        add("logit_precision", "", logit.precision.into());
        for (id, probabilities) in &logit.probabilities.0 {
            let own = named.iter().filter(|posture| posture.is_of_leader() == (id == leader));
            for (posture, probability) in own.zip(probabilities) {
                add(&format!("logit_{}", posture.name()), id, (*probability).into());
            }
        }
        add("logit_control", leader, logit.control.into());
        let above = logit.probability_above_threshold;
        add("logit_probability_above_threshold", leader, above.into());
        for pair in &logit.pairs {
            let subject = format!("{}+{}", pair.state1, pair.state2);
            add("logit_both_balance", &subject, pair.both_balance.into());
            add("logit_same_side", &subject, pair.same_side.into());
        }
    }
}
