//! scratch
use equipoise::contest::Contest;
use equipoise::lp::Backend;
use equipoise::parameters::Parameters;
use equipoise::solve::settlement::{self, Settlement, SettlementFinding};
use equipoise::system::System;
use equipoise::work::Work;

fn contest(powers: &[f64], m: f64) -> Contest {
    let named = powers.iter().enumerate().map(|(i, &p)| (format!("S{i}"), p));
    let parameters = Parameters { decisiveness: m, ..Parameters::default() };
    Contest::new(&System::from_powers(named).unwrap(), &parameters).unwrap()
}

#[test]
fn timing() {
    let max: usize = std::env::var("N").map_or(10, |n| n.parse().unwrap());
    for n in [3, 5, 8, 10, 14, 18, 20, 24].into_iter().filter(|&n| n <= max) {
        let families: [(&str, Vec<f64>); 4] =
            [
                ("equal", vec![1.0; n]),
                ("geometric", (0..n).map(|i| 0.8f64.powi(i as i32)).collect()),
                (
                    "giant",
                    (0..n)
                        .map(|i| {
                            if i == 0 { 1.2 * n as f64 } else { 1.0 + 0.1 * (i as f64 * 0.7).sin() }
                        })
                        .collect(),
                ),
                ("zipf", (0..n).map(|i| 1.0 / (i as f64 + 1.0)).collect()),
            ];
        for (name, powers) in families {
            for m in [0.0, 0.5, 1.0, 2.0, 5.0, 100.0, f64::INFINITY] {
                let contest = contest(&powers, m);
                let start = std::time::Instant::now();
                let found = settlement::solve(&contest, &[0], Backend::Microlp, &Work::default());
                let took = start.elapsed().as_secs_f64();
                match found {
                    Ok(Settlement::Decided(f)) => println!(
                        "{n} {name} {m}: {took:.3} s, price {:.6} status quo {:.6} x0 {:.6} {:?} gap {:.1e} levels {}",
                        f.price_of_peace,
                        f.status_quo_price,
                        f.nucleolus[0],
                        f.ranges[0].control,
                        gap(&contest, &f),
                        f.levels.len()
                    ),
                    Ok(_) => println!("{n} {name} {m}: undecided"),
                    Err(e) => println!("{n} {name} {m}: {took:.3} s ERROR {e}"),
                }
            }
        }
    }
}

fn gap(contest: &Contest, f: &SettlementFinding) -> f64 {
    let claims: f64 = f.weights.iter().map(|&(s, w)| w * contest.claim(s)).sum();
    let total: f64 = f.weights.iter().map(|&(_, w)| w).sum();
    claims - 1.0 - f.price_of_peace * total
}
