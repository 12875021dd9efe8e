//! A cell cut into pieces of one value each, and the lines between them.
//!
//! Of two neighbouring corners that differ the border is drawn through the middle between them;
//! in a cell with two such sides it is the line from one middle to the other, in a cell with
//! more the lines from each to the cell's centre (three values meet there, or two twice). It is
//! marching squares (Lorensen & Cline 1987 in three dimensions) without a case table. All places
//! are whole numbers of sixths of a smallest cell, so that pieces beside each other have exactly
//! the same corners.

use super::lattice::Place;

/// A place in sixths of a smallest cell: six times a [`Place`], or between two.
pub type Sixths = [u32; 2];

/// Sixths in one.
pub const SIXTHS: u32 = 6;

/// A part of a cell, and the value of a corner of it; `None` outside of the model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The value.
    pub value: Option<u16>,
    /// Its corners, counterclockwise.
    pub outline: Vec<Sixths>,
}

/// A line between two pieces of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// The values on both sides.
    pub between: [Option<u16>; 2],
    /// Its ends.
    pub ends: [Sixths; 2],
}

/// Cuts a cell with these corners, counterclockwise, and their values.
pub fn cut(corners: &[Place], values: &[Option<u16>]) -> (Vec<Piece>, Vec<Segment>) {
    let n = corners.len();
    let corner = |i: usize| corners[i % n].map(|c| c * SIXTHS);
    let value = |i: usize| values[i % n];
    let middle = |i: usize| [0, 1].map(|c| (corner(i)[c] + corner(i + 1)[c]) / 2);
    let changes: Vec<usize> = (0..n).filter(|&i| value(i) != value(i + 1)).collect();
    if changes.is_empty() {
        return (
            vec![Piece { value: value(0), outline: (0..n).map(corner).collect() }],
            Vec::new(),
        );
    }
    let sum = |c: usize| corners.iter().map(|corner| corner[c]).sum::<u32>();
    let center = [0, 1].map(|c| sum(c) * SIXTHS / n as u32);
    let through = changes.len() > 2;
    let mut pieces = Vec::with_capacity(changes.len());
    let mut segments = Vec::with_capacity(changes.len());
    for (k, &from) in changes.iter().enumerate() {
        let to = changes.get(k + 1).copied().unwrap_or(changes[0] + n);
        let mut outline = vec![middle(from)];
        outline.extend((from + 1..=to).map(corner));
        outline.push(middle(to));
        outline.extend(through.then_some(center));
        pieces.push(Piece { value: value(to), outline });
        let end = if through { center } else { middle(to) };
        if through || k == 0 {
            let between = [value(from), value(from + 1)];
            segments.push(Segment { between, ends: [middle(from), end] });
        }
    }
    (pieces, segments)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn twice_the_area(outline: &[Sixths]) -> i64 {
        let next = outline.iter().cycle().skip(1);
        let cross = |(a, b): (&Sixths, &Sixths)| {
            i64::from(a[0]) * i64::from(b[1]) - i64::from(b[0]) * i64::from(a[1])
        };
        outline.iter().zip(next).map(cross).sum()
    }

    #[test]
    fn pieces_make_up_their_cell() {
        let square: &[Place] = &[[3, 2], [4, 2], [4, 3], [3, 3]];
        let triangle: &[Place] = &[[4, 2], [4, 3], [3, 3]];
        for (corners, area) in [(square, 72), (triangle, 36)] {
            for code in 0..4usize.pow(corners.len() as u32) {
                let digit = |i: u32| (code / 4usize.pow(i) % 4) as u16;
                let values: Vec<Option<u16>> =
                    (0..corners.len() as u32).map(|i| digit(i).checked_sub(1)).collect();
                let (pieces, segments) = cut(corners, &values);
                let areas: Vec<i64> = pieces.iter().map(|p| twice_the_area(&p.outline)).collect();
                assert_eq!(areas.iter().sum::<i64>(), area, "{values:?}");
                assert!(areas.iter().all(|area| *area > 0));
                for segment in &segments {
                    assert_ne!(segment.between[0], segment.between[1]);
                }
                assert_eq!(segments.is_empty(), pieces.len() == 1);
            }
        }
    }
}
