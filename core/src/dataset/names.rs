//! Finding a state by what people call it: identifier, name or numeric code.

use std::collections::HashMap;

/// From a key to the states that it may mean.
type Index = HashMap<String, Vec<usize>>;

/// What the states of a year or a system are called, the states being counted from 0.
#[derive(Debug, Default)]
pub(super) struct Names {
    ids: Vec<String>,
    by_id: Index,
    by_folded_id: Index,
    by_name: Index,
    by_code: Index,
}

impl Names {
    /// Adds the next state.
    pub(super) fn add(&mut self, id: &str, name: Option<&str>, code: Option<&str>) {
        let i = self.ids.len();
        self.ids.push(id.to_owned());
        enter(&mut self.by_id, id.to_owned(), i);
        enter(&mut self.by_folded_id, id.to_lowercase(), i);
        if let Some(name) = name {
            enter(&mut self.by_name, name.to_lowercase(), i);
        }
        if let Some(code) = code {
            enter(&mut self.by_code, code.to_owned(), i);
        }
    }

    /// The states that `text` may mean: one if it is clear, none if it is unknown. The
    /// identifier goes before the identifier in another case, then name, then code.
    pub(super) fn find(&self, text: &str) -> &[usize] {
        let folded = text.to_lowercase();
        self.by_id
            .get(text)
            .or_else(|| self.by_folded_id.get(&folded))
            .or_else(|| self.by_name.get(&folded))
            .or_else(|| self.by_code.get(text))
            .map_or(&[], Vec::as_slice)
    }

    /// What to name instead of the unknown `text`: any where there are few, else those
    /// spelt most like it.
    pub(super) fn suggestion(&self, text: &str) -> String {
        const FEW: usize = 12;
        if self.ids.len() <= FEW {
            return format!("name one of {}", self.ids.join(", "));
        }
        let folded = text.to_lowercase();
        let called = self.by_folded_id.iter().chain(&self.by_name);
        let mut near: Vec<(usize, usize)> = called
            .flat_map(|(name, states)| states.iter().map(|&i| (edits(&folded, name), i)))
            .collect();
        near.sort_unstable();
        let mut nearest: Vec<&str> = Vec::new();
        for (_, i) in near {
            if nearest.len() < 5 && !nearest.contains(&self.ids[i].as_str()) {
                nearest.push(&self.ids[i]);
            }
        }
        format!("the nearest are {}", nearest.join(", "))
    }
}

fn enter(index: &mut Index, key: String, state: usize) {
    index.entry(key).or_default().push(state);
}

/// Levenshtein's distance. O(|a|·|b|).
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, &y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_found_by_identifier_then_name_then_code() {
        let mut names = Names::default();
        names.add("UKG", Some("Britain"), Some("200"));
        names.add("ITA", Some("Italy"), Some("325"));
        names.add("AUS", Some("ita"), None);
        assert_eq!(names.find("ITA"), [1]);
        assert_eq!(names.find("ita"), [1]);
        assert_eq!(names.find("BRITAIN"), [0]);
        assert_eq!(names.find("325"), [1]);
        assert!(names.find("FRN").is_empty());
        names.add("ita", None, None);
        assert_eq!(names.find("ita"), [3]);
        assert_eq!(names.find("Ita"), [1, 3]);
    }

    #[test]
    fn the_nearest_names_are_suggested() {
        assert_eq!(edits("kitten", "sitting"), 3);
        assert_eq!(edits("", "abc"), 3);
        let mut names = Names::default();
        names.add("UKG", None, None);
        names.add("FRN", None, None);
        assert_eq!(names.suggestion("FRA"), "name one of UKG, FRN");
        (0..20).for_each(|i| names.add(&format!("state{i}"), Some("x"), None));
        assert!(names.suggestion("FRX").starts_with("the nearest are FRN"));
    }
}
