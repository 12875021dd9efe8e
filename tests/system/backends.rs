//! One body of tests for every LP backend of the build.

use equipoise::lp::{Backend, Comparison::*, LinearProgram, Outcome};

const INF: f64 = f64::INFINITY;

/// Runs `test` on every backend, saying which one failed.
fn each(test: impl Fn(Backend, &dyn Fn(&LinearProgram) -> Outcome)) {
    for &backend in Backend::ALL {
        println!("backend {}", backend.name());
        test(backend, &|program| backend.solve(program));
    }
}

fn objective(outcome: Outcome) -> f64 {
    match outcome {
        Outcome::Optimal(solution) => solution.objective,
        other => panic!("expected an optimum, found {other:?}"),
    }
}

fn assert_near(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-7 * (1.0 + expected.abs()), "{found} ≠ {expected}");
}

/// `min costs·x`, `x ≥ 0`, with dense rows.
fn dense(costs: &[f64], rows: &[(&[f64], equipoise::lp::Comparison, f64)]) -> LinearProgram {
    let mut program = LinearProgram::new();
    let x: Vec<_> = costs.iter().map(|&c| program.non_negative(c)).collect();
    for (coefficients, comparison, bound) in rows {
        program.row(x.iter().copied().zip(coefficients.iter().copied()), *comparison, *bound);
    }
    program
}

#[test]
fn feasible() {
    // Dantzig's example: max 3x + 5y, x ≤ 4, 2y ≤ 12, 3x + 2y ≤ 18 has its vertex at (2, 6).
    let program = dense(
        &[-3.0, -5.0],
        &[(&[1.0, 0.0], AtMost, 4.0), (&[0.0, 2.0], AtMost, 12.0), (&[3.0, 2.0], AtMost, 18.0)],
    );
    each(|_, solve| match solve(&program) {
        Outcome::Optimal(solution) => {
            assert_near(solution.objective, -36.0);
            assert_near(solution.values[0], 2.0);
            assert_near(solution.values[1], 6.0);
        }
        other => panic!("{other:?}"),
    });
}

#[test]
fn infeasible() {
    let rows = dense(&[1.0, 1.0], &[(&[1.0, 1.0], AtMost, 1.0), (&[1.0, 1.0], AtLeast, 2.0)]);
    let equalities = dense(&[0.0, 0.0], &[(&[1.0, 1.0], Equal, -1.0)]);
    let mut bounds = LinearProgram::new();
    let x = bounds.variable(1.0, 2.0, 1.0);
    bounds.row([(x, 1.0)], AtMost, 5.0);
    // Also where the objective would fall without bound if there were a solution.
    let both = dense(&[-1.0, 0.0], &[(&[0.0, 1.0], AtMost, -1.0), (&[1.0, 1.0], AtLeast, 1.0)]);
    each(|_, solve| {
        for program in [&rows, &equalities, &bounds, &both] {
            assert_eq!(solve(program), Outcome::Infeasible);
        }
    });
}

#[test]
fn unbounded() {
    let ray = dense(&[-1.0, 0.0], &[(&[1.0, -1.0], AtMost, 1.0)]);
    let mut free = LinearProgram::new();
    let (x, y) = (free.free(1.0), free.free(0.0));
    free.row([(x, 1.0), (y, 1.0)], Equal, 1.0);
    each(|_, solve| {
        for program in [&ray, &free] {
            assert_eq!(solve(program), Outcome::Unbounded);
        }
    });
}

#[test]
fn ill_conditioned() {
    // Two nearly parallel rows, and coefficients over eight orders of magnitude.
    let parallel = dense(
        &[-1.0, -1.0],
        &[(&[1.0, 1.0], AtMost, 2.0), (&[1.0, 1.0 + 1e-6], AtMost, 2.0 + 1e-6)],
    );
    let scales = dense(
        &[1.0, 1e4],
        &[(&[1e-4, 1.0], AtLeast, 1.0), (&[1.0, 1e4], AtMost, 1e6), (&[1.0, 0.0], AtMost, 1e3)],
    );
    each(|_, solve| {
        assert_near(objective(solve(&parallel)), -2.0);
        assert_near(objective(solve(&scales)), 1e4);
    });
}

#[test]
fn degenerate() {
    // Beale's example, on which a careless simplex cycles.
    let beale = dense(
        &[-0.75, 150.0, -0.02, 6.0],
        &[
            (&[0.25, -60.0, -0.04, 9.0], AtMost, 0.0),
            (&[0.5, -90.0, -0.02, 3.0], AtMost, 0.0),
            (&[0.0, 0.0, 1.0, 0.0], AtMost, 1.0),
        ],
    );
    // Kuhn's example, another.
    let kuhn = dense(
        &[-2.0, -3.0, 1.0, 12.0],
        &[
            (&[-2.0, -9.0, 1.0, 9.0], AtMost, 0.0),
            (&[1.0 / 3.0, 1.0, -1.0 / 3.0, -2.0], AtMost, 0.0),
            (&[2.0, 3.0, -1.0, -12.0], AtMost, 2.0),
        ],
    );
    // The same row many times over, and a feasible set that is one point.
    let row: (&[f64], _, f64) = (&[1.0, 1.0], AtMost, 1.0);
    let repeated = dense(&[-1.0, -2.0], &[row; 20]);
    let point = dense(
        &[1.0, 1.0],
        &[(&[1.0, 0.0], AtLeast, 0.5), (&[0.0, 1.0], AtLeast, 0.5), (&[1.0, 1.0], Equal, 1.0)],
    );
    each(|_, solve| {
        assert_near(objective(solve(&beale)), -0.05);
        assert_near(objective(solve(&kuhn)), -2.0);
        assert_near(objective(solve(&repeated)), -2.0);
        assert_near(objective(solve(&point)), 1.0);
    });
}

#[test]
fn equality_rows_and_free_variables() {
    // min |x − 3| with x + y = 1, y = −4: x = 5.
    let mut program = LinearProgram::new();
    let (x, y, distance) = (program.free(0.0), program.free(0.0), program.free(1.0));
    program.row([(x, 1.0), (y, 1.0)], Equal, 1.0);
    program.row([(y, 1.0)], Equal, -4.0);
    program.row([(distance, 1.0), (x, -1.0)], AtLeast, -3.0);
    program.row([(distance, 1.0), (x, 1.0)], AtLeast, 3.0);
    each(|_, solve| match solve(&program) {
        Outcome::Optimal(solution) => {
            assert_near(solution.value(distance), 2.0);
            assert_near(solution.value(x), 5.0);
        }
        other => panic!("{other:?}"),
    });
}

#[test]
fn bounds_of_every_kind() {
    let mut program = LinearProgram::new();
    let between = program.variable(-1.0, -2.0, 3.0);
    let fixed = program.variable(1.0, 0.25, 0.25);
    let below = program.variable(-1.0, -INF, -1.0);
    program.row([(between, 1.0), (fixed, 1.0), (below, 1.0)], AtMost, 100.0);
    each(|_, solve| match solve(&program) {
        Outcome::Optimal(solution) => {
            for (variable, expected) in [(between, 3.0), (fixed, 0.25), (below, -1.0)] {
                assert_near(solution.value(variable), expected);
            }
        }
        other => panic!("{other:?}"),
    });
}

#[test]
fn no_objective_no_rows_no_variables() {
    let feasibility = dense(&[0.0, 0.0], &[(&[1.0, 1.0], Equal, 1.0)]);
    let mut boxed = LinearProgram::new();
    boxed.variable(1.0, -3.0, 7.0);
    boxed.variable(-1.0, -3.0, 7.0);
    let mut open = LinearProgram::new();
    open.free(1.0);
    let mut vacuous = LinearProgram::new();
    vacuous.free(0.0);
    each(|_, solve| {
        assert_near(objective(solve(&feasibility)), 0.0);
        assert_near(objective(solve(&boxed)), -10.0);
        assert_eq!(solve(&open), Outcome::Unbounded);
        assert_near(objective(solve(&vacuous)), 0.0);
        assert_near(objective(solve(&LinearProgram::new())), 0.0);
    });
}

#[test]
fn what_is_not_a_number_stops() {
    let nan = dense(&[f64::NAN], &[(&[1.0], AtMost, 1.0)]);
    let infinite = dense(&[1.0], &[(&[1.0], AtLeast, INF)]);
    each(|backend, solve| {
        for program in [&nan, &infinite] {
            assert!(matches!(solve(program), Outcome::Stopped(_)));
            let message = backend.optimum(program).unwrap_err().to_string();
            assert!(message.contains(backend.name()) && message.contains("--lp"), "{message}");
        }
    });
}

#[test]
fn anything_but_an_optimum_is_a_fault_where_there_must_be_one() {
    let infeasible = dense(&[1.0], &[(&[1.0], AtMost, -1.0)]);
    let unbounded = dense(&[-1.0], &[(&[1.0], AtLeast, 1.0)]);
    each(|backend, _| {
        for (program, word) in [(&infeasible, "infeasible"), (&unbounded, "unbounded")] {
            assert!(backend.optimum(program).unwrap_err().to_string().contains(word));
        }
    });
}

/// Numbers in `[0, 1)` from a fixed sequence (SplitMix64).
struct Sequence(u64);

impl Sequence {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// `min c·x, A x ≥ b, x ≥ 0` and `max b·y, Aᵀ y ≤ c, y ≥ 0`, both feasible by construction,
/// have one value.
#[test]
fn random_programmes_agree_with_their_duals() {
    each(|_, solve| {
        let mut random = Sequence(7);
        for trial in 0..60 {
            let (columns, rows) = (1 + trial % 12, 1 + trial % 17);
            let a: Vec<Vec<f64>> = (0..rows)
                .map(|_| (0..columns).map(|_| random.next() * 4.0 - 1.0).collect())
                .collect();
            let x: Vec<f64> = (0..columns).map(|_| random.next()).collect();
            let y: Vec<f64> = (0..rows).map(|_| random.next()).collect();
            let slack = |random: &mut Sequence| (random.next() - 0.5).max(0.0);
            let b: Vec<f64> = a
                .iter()
                .map(|row| row.iter().zip(&x).map(|(a, x)| a * x).sum::<f64>() - slack(&mut random))
                .collect();
            let c: Vec<f64> = (0..columns)
                .map(|j| (0..rows).map(|i| a[i][j] * y[i]).sum::<f64>() + slack(&mut random))
                .collect();
            let mut primal = LinearProgram::new();
            let xs: Vec<_> = c.iter().map(|&c| primal.non_negative(c)).collect();
            for (row, &bound) in a.iter().zip(&b) {
                primal.row(xs.iter().copied().zip(row.iter().copied()), AtLeast, bound);
            }
            let mut dual = LinearProgram::new();
            let ys: Vec<_> = b.iter().map(|&b| dual.non_negative(-b)).collect();
            for (j, &cost) in c.iter().enumerate() {
                dual.row(ys.iter().copied().zip(a.iter().map(|row| row[j])), AtMost, cost);
            }
            assert_near(objective(solve(&primal)), -objective(solve(&dual)));
        }
    });
}
