//! Alliances that exist, as `A+B,C+D`; who is not named stands alone.

use crate::coalition::{Coalition, Partition};
use crate::error::{Error, Result};

/// The partition of players in which these are allied. O(names).
///
/// # Errors
/// If a bloc is empty, names an unknown player, or one that is in a bloc already.
pub fn blocs(texts: &[String], players: &[String]) -> Result<Partition> {
    let n = players.len();
    if n > Coalition::MAX_PLAYERS {
        let most = format!("a game of at most {} players", Coalition::MAX_PLAYERS);
        return Err(Error::parameter("blocs", most, n));
    }
    let mut blocs = Vec::with_capacity(texts.len());
    let mut seen = Coalition::EMPTY;
    for text in texts {
        let mut bloc = Coalition::EMPTY;
        let names: Vec<&str> = text.split('+').map(str::trim).collect();
        let mut at = 0;
        while at < names.len() {
            // A name may have a + itself: the longest one counts.
            let known = (at..names.len()).rev().find_map(|end| {
                let name = names[at..=end].join("+");
                Some((players.iter().position(|player| *player == name)?, end + 1))
            });
            let name = names[at];
            let Some((i, next)) = known else {
                let expected = format!("players of the game ({})", players.join(", "));
                return Err(Error::parameter("blocs", expected, format!("{name:?} in {text:?}")));
            };
            if seen.contains(i) {
                let expected = "each player in one bloc, as in A+B,C+D";
                return Err(Error::parameter("blocs", expected, format!("{name} twice")));
            }
            (bloc, seen, at) = (bloc.with(i), seen.with(i), next);
        }
        blocs.push(bloc);
    }
    blocs.extend(seen.complement(n).members().map(Coalition::singleton));
    Partition::new(n, blocs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(texts: &[&str]) -> std::result::Result<Vec<u64>, String> {
        let players = ["A", "B", "C", "D"].map(String::from);
        let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        let found = blocs(&texts, &players).map_err(|error| error.to_string())?;
        Ok(found.blocs().iter().map(|bloc| bloc.bits()).collect())
    }

    #[test]
    fn who_is_not_named_stands_alone_and_errors_name_the_player() {
        assert_eq!(read(&["B+ D"]).unwrap(), [0b0001, 0b1010, 0b0100]);
        assert_eq!(read(&["C+D", "A+B"]).unwrap(), [0b0011, 0b1100]);
        assert_eq!(
            read(&["A+X"]).unwrap_err(),
            "blocs: expected players of the game (A, B, C, D), found \"X\" in \"A+X\""
        );
        assert!(read(&["A+B", "B+C"]).unwrap_err().ends_with("found B twice"));
        assert!(read(&["A+"]).unwrap_err().contains("found \"\" in \"A+\""));
    }
}
