//! Minimises an augmented Lagrangian over unit vectors by a quasi-Newton method.
//!
//! Limited-memory BFGS (Nocedal & Wright 2006, section 7.2) along the spheres: slopes and steps
//! are kept tangent to them, and each step ends with vectors scaled to length 1.

use std::collections::VecDeque;

use ndarray::{Array2, Zip};

use super::form::Form;
use super::vectors::{Room, Vectors, normalise};
use crate::work::Work;

/// Steps that the curvature is told from.
const MEMORY: usize = 12;
/// A step must win this part of what the slope promises.
const SUFFICIENT: f64 = 1e-4;
/// Halvings of a step.
const HALVINGS: usize = 25;
/// Slopes smaller than this part of the steepest descent are not taken.
const FLAT: f64 = 1e-12;
/// Steps along which the slope rises less than this part of what it could tell nothing.
const CURVED: f64 = 1e-10;

/// A step, the change of slope along it, and one over their product.
struct Step {
    moved: Array2<f64>,
    turned: Array2<f64>,
    scale: f64,
}

/// Minimises over the vectors until the slope is shorter than `slope`, the time is up, or for so
/// many steps, and returns the value. O(n² · dimensions) a step.
pub(super) fn minimise(
    form: &Form,
    at: &mut Vectors,
    steps: usize,
    slope: f64,
    work: &Work,
) -> f64 {
    let mut room = Room::new(form.len());
    let mut here = at.vectors.clone();
    let mut down = Array2::zeros(here.dim());
    let mut value = at.measure(form, &here, &mut down, &mut room);
    tangent(&here, &mut down);
    let mut next = here.clone();
    let mut down_next = Array2::zeros(here.dim());
    let mut memory: VecDeque<Step> = VecDeque::new();
    for _ in 0..steps {
        let length = inner(&down, &down);
        if length.sqrt() < slope || work.is_over() {
            break;
        }
        let mut direction = newton(&memory, &down, length.sqrt());
        tangent(&here, &mut direction);
        let mut promise = inner(&direction, &down);
        if promise < FLAT * length {
            direction.assign(&down);
            promise = length;
            memory.clear();
        }
        let mut share = 1.0;
        let mut reached = None;
        for _ in 0..HALVINGS {
            Zip::from(&mut next)
                .and(&here)
                .and(&direction)
                .for_each(|next, here, direction| *next = here - share * direction);
            normalise(&mut next);
            let found = at.measure(form, &next, &mut down_next, &mut room);
            // Differences below what sums round are as good as none.
            if found <= value - SUFFICIENT * share * promise + FLAT * value.abs() {
                reached = Some(found);
                break;
            }
            share /= 2.0;
        }
        let Some(found) = reached else {
            if memory.is_empty() {
                break;
            }
            memory.clear();
            continue;
        };
        tangent(&next, &mut down_next);
        remember(&mut memory, &next - &here, &down_next - &down);
        std::mem::swap(&mut here, &mut next);
        std::mem::swap(&mut down, &mut down_next);
        value = found;
    }
    at.vectors = here;
    value
}

/// The slope, turned and scaled by the curvature of the last steps.
fn newton(memory: &VecDeque<Step>, down: &Array2<f64>, length: f64) -> Array2<f64> {
    let mut direction = down.clone();
    let mut parts = Vec::with_capacity(memory.len());
    for step in memory.iter().rev() {
        let part = step.scale * inner(&step.moved, &direction);
        direction.scaled_add(-part, &step.turned);
        parts.push(part);
    }
    let scale = match memory.back() {
        Some(step) => 1.0 / (step.scale * inner(&step.turned, &step.turned)),
        None => 0.5 / length.max(1.0),
    };
    direction *= scale;
    for (step, part) in memory.iter().zip(parts.into_iter().rev()) {
        let other = step.scale * inner(&step.turned, &direction);
        direction.scaled_add(part - other, &step.moved);
    }
    direction
}

/// Keeps a step along which the slope rose.
fn remember(memory: &mut VecDeque<Step>, moved: Array2<f64>, turned: Array2<f64>) {
    let product = inner(&moved, &turned);
    if product <= CURVED * (inner(&moved, &moved) * inner(&turned, &turned)).sqrt() {
        return;
    }
    if memory.len() == MEMORY {
        memory.pop_front();
    }
    memory.push_back(Step { moved, turned, scale: 1.0 / product });
}

/// Takes off what points along each vector.
fn tangent(vectors: &Array2<f64>, directions: &mut Array2<f64>) {
    for (mut direction, vector) in directions.rows_mut().into_iter().zip(vectors.rows()) {
        let along = direction.dot(&vector);
        direction.scaled_add(-along, &vector);
    }
}

/// The sum of products of entries.
fn inner(a: &Array2<f64>, b: &Array2<f64>) -> f64 {
    a.rows().into_iter().zip(b.rows()).map(|(a, b)| a.dot(&b)).sum()
}
