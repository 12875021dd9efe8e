//! That a game is what its rule makes of the shares of power.

use dashu_ratio::RBig;

use super::Examiner;
use crate::certify::Claim;
use crate::certify::cooperative::settlement_table::{is_contest, is_majority, is_settlement};
use crate::exact::sum;
use crate::game::cooperative::Game;
use crate::report::coalition::OriginRule;

impl Examiner<'_> {
    pub(super) fn origin(&mut self) {
        const WHAT: &str = "origin";
        let Some(origin) = &self.report.origin else { return };
        let Some(shares) = self.read(WHAT, self.reader.payoffs(&origin.shares)) else { return };
        let total = sum(shares.iter());
        let positive = shares.iter().all(|share| *share > RBig::ZERO);
        self.exact("origin: the shares are above zero and sum to 1", {
            positive && total == RBig::ONE
        });
        match (&origin.rule, self.game) {
            (OriginRule::Majority, Game::Weighted(game)) => {
                let holds = positive && is_majority(game, &shares);
                self.exact("origin: a coalition wins iff it holds more than half", holds);
            }
            (OriginRule::Settlement { decisiveness, decimals }, Game::Contest(game)) => {
                let holds = positive
                    && is_contest(game, &shares)
                    && game.decimals() == *decimals
                    && game.decisiveness() == decisiveness.decisiveness();
                self.exact("origin: the strengths are in proportion to the shares", holds);
            }
            (OriginRule::Settlement { decisiveness, decimals }, Game::Table(table)) => {
                let m = decisiveness.decisiveness();
                self.found.claims.push(if positive {
                    is_settlement(table, &shares, m, *decimals)
                } else {
                    Claim::exact("origin: shares of power are above zero", false)
                });
            }
            _ => self.exact("origin: the game is of the kind that the rule makes", false),
        }
    }
}
