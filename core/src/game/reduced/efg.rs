//! Reads Gambit's extensive form.
//!
//! ```text
//! EFG 2 R "title" { "player" … } ["comment"]
//! c "name" set ["name" { "action" probability … }] outcome ["name" { payoff … }]
//! p "name" player set ["name" { "action" … }] outcome ["name" { payoff … }]
//! t "name" outcome ["name" { payoff … }]
//! ```
//!
//! A node is followed by all that is below it, the first action first. What was said of an
//! information set or an outcome once need not be said again; outcome 0 pays nothing, and what
//! nodes on a path pay adds up. Reference: Turocy et al., *Gambit*, "The extensive game (.efg) file
//! format".

use std::collections::HashMap;

use dashu_ratio::RBig;

use super::tree::{Move, Node, Tree};
use crate::error::Result;
use crate::exact::sum;
use crate::game::nfg::{Number, Token, Tokens};
use crate::game::table::StrategicTable;

const CLOSE: &str = "close the list with }";

/// Reads a game from the bytes of a `.efg` file, which `file` names in errors, as its reduced
/// strategic form. O(bytes) and what that takes.
pub(super) fn read(bytes: &[u8], file: &str) -> Result<StrategicTable> {
    Reader::new(bytes, file)?.tree()?.strategic()
}

/// The information sets of one player, or of chance: by their numbers.
#[derive(Default)]
struct Sets {
    place: HashMap<u64, usize>,
    actions: Vec<Vec<String>>,
    chances: Vec<Vec<RBig>>,
}

struct Reader<'a> {
    tokens: Tokens<'a>,
    title: String,
    comment: String,
    players: Vec<String>,
    /// Of the players, and last of chance.
    sets: Vec<Sets>,
    outcomes: HashMap<u64, Vec<RBig>>,
}

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8], file: &'a str) -> Result<Self> {
        const REMEDY: &str = "a .efg file begins with EFG 2 R \"title\" { \"player\" … }";
        let mut tokens = Tokens::new(bytes, file);
        let expected: [(&str, &[&[u8]]); 3] =
            [("EFG", &[b"EFG"]), ("version 2", &[b"2"]), ("R or D", &[b"R", b"D"])];
        for (expected, allowed) in expected {
            match tokens.next()? {
                Token::Word(word) if allowed.contains(&word) => {}
                found => return Err(tokens.unexpected(expected, found, REMEDY)),
            }
        }
        let title = match tokens.next()? {
            Token::Text(text) => tokens.name(text)?,
            found => return Err(tokens.unexpected("the title in quotation marks", found, REMEDY)),
        };
        match tokens.next()? {
            Token::Open => {}
            found => return Err(tokens.unexpected("{ before the players", found, REMEDY)),
        }
        let mut players = Vec::new();
        loop {
            match tokens.next()? {
                Token::Close => break,
                Token::Text(text) => players.push(tokens.name(text)?),
                found => return Err(tokens.unexpected("a player's name", found, CLOSE)),
            }
        }
        if players.is_empty() {
            return Err(tokens.error("a game needs at least one player", "name the players"));
        }
        let comment = match tokens.peek()? {
            Token::Text(text) => {
                tokens.next()?;
                tokens.name(text)?
            }
            _ => String::new(),
        };
        let sets = (0..=players.len()).map(|_| Sets::default()).collect();
        Ok(Self { tokens, title, comment, players, sets, outcomes: HashMap::new() })
    }

    fn tree(mut self) -> Result<Tree> {
        let mut nodes: Vec<Node> = Vec::new();
        // Nodes with children to come.
        let mut open: Vec<(usize, usize)> = Vec::new();
        loop {
            let (node, children) = self.node()?;
            let at = nodes.len();
            nodes.push(node);
            if let Some((above, left)) = open.last_mut() {
                *left -= 1;
                nodes[*above].children.push(at);
            }
            if children > 0 {
                open.push((at, children));
            }
            while open.last().is_some_and(|(_, left)| *left == 0) {
                open.pop();
            }
            if open.is_empty() {
                break;
            }
        }
        match self.tokens.next()? {
            Token::End => {}
            found => {
                let remedy = "the tree is complete: check the numbers of actions above";
                return Err(self.tokens.unexpected("the end of the file", found, remedy));
            }
        }
        let chances = self.sets.pop().map_or_else(Vec::new, |sets| sets.chances);
        let sets = self.sets.into_iter().map(|sets| sets.actions).collect();
        let Self { title, comment, players, .. } = self;
        Ok(Tree { title, comment, players, nodes, sets, chances })
    }

    /// A node, and how many are to follow directly below it.
    fn node(&mut self) -> Result<(Node, usize)> {
        const NODE: &str = "write c, p or t, for chance, a player or the end";
        let kind = match self.tokens.next()? {
            Token::Word(kind @ (b"c" | b"p" | b"t")) => kind[0],
            found => return Err(self.tokens.unexpected("a node", found, NODE)),
        };
        match self.tokens.next()? {
            Token::Text(_) => {}
            found => {
                let remedy = "give it an empty name, \"\"";
                return Err(self.tokens.unexpected(
                    "the node's name in quotation marks",
                    found,
                    remedy,
                ));
            }
        }
        let action = match kind {
            b't' => Move::End,
            b'c' => {
                let chance = self.players.len();
                Move::Chance(self.set(chance)?)
            }
            _ => {
                let most = self.players.len() as u64;
                let player = self.whole("a player's number")?;
                if player == 0 || player > most {
                    let problem =
                        format!("expected a player's number, 1 to {most}, found {player}");
                    return Err(self
                        .tokens
                        .error(problem, "number the players as they are listed"));
                }
                let player = player as usize - 1;
                Move::Choice { player, set: self.set(player)? }
            }
        };
        let children = match &action {
            Move::End => 0,
            Move::Chance(set) => self.sets[self.players.len()].chances[*set].len(),
            Move::Choice { player, set } => self.sets[*player].actions[*set].len(),
        };
        let payoffs = self.outcome()?;
        Ok((Node { action, payoffs, children: Vec::new() }, children))
    }

    fn whole(&mut self, expected: &str) -> Result<u64> {
        let token = self.tokens.next()?;
        let number = match token {
            Token::Word(word) => std::str::from_utf8(word).ok().and_then(|word| word.parse().ok()),
            _ => None,
        };
        number.ok_or_else(|| self.tokens.unexpected(expected, token, "write a whole number"))
    }

    fn number(&mut self, expected: &str) -> Result<RBig> {
        const REMEDY: &str = "write it like 3, 1/2, 0.25 or 1e-3";
        match self.tokens.next()? {
            Token::Word(word) => {
                Number::parse(word).map(|number| number.exact()).map_err(|found| {
                    let problem = format!("expected {expected}, found {found}");
                    self.tokens.error(problem, REMEDY)
                })
            }
            found => Err(self.tokens.unexpected(expected, found, REMEDY)),
        }
    }

    /// Passes over a name, if there is one.
    fn skip_name(&mut self) -> Result<()> {
        if let Token::Text(_) = self.tokens.peek()? {
            self.tokens.next()?;
        }
        Ok(())
    }

    /// The place of an information set, of a player or of chance.
    fn set(&mut self, of: usize) -> Result<usize> {
        let number = self.whole("an information set's number")?;
        self.skip_name()?;
        let said = matches!(self.tokens.peek()?, Token::Open);
        let (mut actions, mut chances) = (Vec::new(), Vec::new());
        if said {
            self.tokens.next()?;
            loop {
                match self.tokens.next()? {
                    Token::Close => break,
                    Token::Text(text) => actions.push(self.tokens.name(text)?),
                    found => {
                        return Err(self.tokens.unexpected("an action's name", found, CLOSE));
                    }
                }
                if of == self.players.len() {
                    chances.push(self.number("the action's probability")?);
                }
            }
        }
        let known = self.sets[of].place.get(&number).copied();
        match known {
            Some(at) => {
                let same = self.sets[of].actions[at].len() == actions.len();
                if said && !same {
                    let problem = format!("information set {number} had other actions above");
                    return Err(self.tokens.error(problem, "give it the same, or another number"));
                }
                Ok(at)
            }
            None if actions.is_empty() => {
                let problem = format!("information set {number} has no actions");
                let remedy = "name them in braces where it comes first";
                Err(self.tokens.error(problem, remedy))
            }
            None => {
                let sum = sum(chances.iter());
                let sound = sum == RBig::ONE && chances.iter().all(|chance| *chance >= RBig::ZERO);
                if of == self.players.len() && !sound {
                    let problem = format!("expected probabilities that sum to 1, found {sum}");
                    let remedy = "write them as fractions such as 1/3, none below 0";
                    return Err(self.tokens.error(problem, remedy));
                }
                let sets = &mut self.sets[of];
                sets.place.insert(number, sets.actions.len());
                sets.actions.push(actions);
                sets.chances.push(chances);
                Ok(sets.actions.len() - 1)
            }
        }
    }

    /// What a node pays.
    fn outcome(&mut self) -> Result<Option<Vec<RBig>>> {
        let number = self.whole("an outcome's number")?;
        self.skip_name()?;
        if let Token::Open = self.tokens.peek()? {
            self.tokens.next()?;
            let mut payoffs = Vec::with_capacity(self.players.len());
            for _ in 0..self.players.len() {
                payoffs.push(self.number("a payoff for each player")?);
            }
            match self.tokens.next()? {
                Token::Close => {}
                found => return Err(self.tokens.unexpected("} after the payoffs", found, CLOSE)),
            }
            if number > 0 && *self.outcomes.entry(number).or_insert(payoffs.clone()) != payoffs {
                let problem = format!("outcome {number} had other payoffs above");
                return Err(self.tokens.error(problem, "give it the same, or another number"));
            }
            return Ok((number > 0).then_some(payoffs));
        }
        match (number, self.outcomes.get(&number)) {
            (0, _) => Ok(None),
            (_, Some(payoffs)) => Ok(Some(payoffs.clone())),
            (_, None) => {
                let problem = format!("outcome {number} has no payoffs");
                Err(self.tokens.error(problem, "give them in braces where it comes first"))
            }
        }
    }
}
