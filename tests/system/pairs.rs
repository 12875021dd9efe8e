//! Files of pairs as their projects publish them, one rule after the other, and on real years.

use crate::common::shared;
use equipoise::dataset::{
    Built, Dataset, DyadFiles, Majors, Measure, Relation, Roster, Selection, Wars,
};
use equipoise::system::System;
use ndarray::Array2;
use proptest::prelude::*;

/// The states of the small systems; powers are of no concern here.
const STATES: &str = "state,ccode,year,x\n\
    UKG,200,1913,5\nFRN,220,1913,4\nGMY,255,1913,4\nAUH,300,1913,3\nRUS,365,1913,3\n\
    FRN,220,1930,4\nGMY,255,1930,4\nAUS,305,1930,1\n\
    FRN,220,1955,4\nGFR,260,1955,4\nYAR,678,1955,1\n\
    FRN,220,1969,4\nYAR,678,1969,4\nYPR,680,1969,1\n\
    FRN,220,2000,4\nGMY,255,2000,4\nYUG,345,2000,1\n";

/// Rows of Stinnett et al.'s data (2002), notes shortened.
const CONTDIR: &str = "dyad,statelno,statelab,statehno,statehab,conttype,begin,end,notes,version\n\
    200220,200,\"UKG\",220,\"FRN\",3,181601,194006,\"Across English Channel, \"\"narrow\"\"\",3.2\n\
    200255,200,\"UKG\",255,\"GMY\",5,186607,194505,\"North Sea\",3.2\n\
    220255,220,\"FRN\",255,\"GMY\",1,181601,194006,\"a, b\",3.2\n\
    255300,255,\"GMY\",300,\"AUH\",1,181601,191811,\"\",3.2\n\
    255365,255,\"GMY\",365,\"RUS\",5,181601,191310,\"own figure\",3.2\n\
    255365,255,\"GMY\",365,\"RUS\",4,191311,201612,\"own figure\",3.2\n";

/// Rows of the list of capitals.
const CAPITALS: &str = "ccode,statenme,capital,stdate,enddate,lat,lng\n\
    200,United Kingdom,London,1816-01-01,2024-12-31,51.5074,-0.1278\n\
    220,France,Paris,1816-01-01,1940-07-08,48.8588897,2.320041\n\
    220,France,Vichy,1940-07-09,1942-11-27,46.1239268,3.4203712\n\
    220,France,Paris,1942-11-28,2024-12-31,48.8588897,2.320041\n\
    255,Germany,Berlin,1816-01-01,2024-12-31,52.510885,13.3989367\n\
    260,German Federal Republic,Bonn,1949-01-01,1991-06-19,50.7352621,7.1024635\n\
    300,Austria-Hungary,Vienna,1816-01-01,1918-12-31,48.2083537,16.3725042\n\
    365,Russia,Saint Petersburg,1816-01-01,1918-03-11,59.9606739,30.1586551\n\
    365,Russia,Moscow,1918-03-12,2024-12-31,55.625578,37.6063916\n";

/// Directed dyad-years in the form of ATOP 5.1; own figures.
const ATOP: &str = "ccode1,ccode2,year,defense,offense,neutral,nonagg,consul\n\
    220,365,1913,1,1,0,0,1\n365,220,1913,1,1,0,0,1\n\
    255,300,1913,1,0,0,0,0\n300,255,1913,0,0,0,0,0\n\
    200,220,1913,0,0,0,0,1\n220,200,1913,0,0,0,0,1\n\
    94,220,1913,1,0,0,0,0\n220,94,1913,1,0,0,0,0\n\
    220,255,2000,1,0,0,1,1\n255,220,2000,1,0,0,1,1\n";

/// Rivalries in the form of Thompson, Sakuwa and Suhas (2021); spells of theirs and one
/// without an end.
const RIVALRIES: &str = "tssr_id,rivalry,ccode1,ccode2,start,end,positional,spatial,ideological,\
    interventionary,principal,aprin\n\
    1,Austria (Hungary)-France,220.0,300.0,1494.0,1918.0,1.0,1.0,,,,\n\
    20,France-Germany,220.0,255.0,1756.0,1955.0,1.0,1.0,,,1.0,\n\
    64,Britain-Russia,200.0,365.0,1778.0,1956.0,1.0,,,,,\n\
    76,Austria (Hungary)-Germany,300.0,255.0,1903.0,1930.0,,,,,,\n\
    90,France-Yemen,220.0,679.0,1950.0,,,1.0,,,,\n\
    91,Kosovo-Serbia,340.0,220.0,1999.0,2020.0,,1.0,,,,\n";

/// Interstate wars in the form of Sarkees and Wayman (2010), with bare CR line ends.
const WARS: &str = "WarNum,WarName,WarType,ccode,StateName,Side,StartMonth1,StartDay1,StartYear1,\
    EndMonth1,EndDay1,EndYear1,StartMonth2,StartDay2,StartYear2,EndMonth2,EndDay2,EndYear2,\
    Initiator,BatDeath\r\
    58,Franco-Prussian,1,220,France,1,7,19,1870,2,26,1871,-8,-8,-8,-8,-8,-8,1,-9\r\
    58,Franco-Prussian,1,255,Prussia,2,7,19,1870,2,26,1871,-8,-8,-8,-8,-8,-8,2,40000\r\
    100,First Balkan,1,345,Serbia,1,10,17,1912,12,3,1912,2,3,1913,4,19,1913,1,15000\r\
    100,First Balkan,1,640,Ottoman Empire,2,10,17,1912,4,19,1913,-8,-8,-8,-8,-8,-8,2,30000\r\
    139,World War II,1,220,France,1,9,3,1939,6,22,1940,10,23,1944,8,14,1945,2,1\r\
    139,World War II,1,220,France,2,7,7,1940,7,14,1941,-8,-8,-8,-8,-8,-8,2,1\r\
    139,World War II,1,255,Germany,2,9,1,1939,5,7,1945,-8,-8,-8,-8,-8,-8,1,1\r\
    139,World War II,1,211,Belgium,1,5,10,1942,5,28,1942,-8,-8,-8,-8,-8,-8,2,1";

fn dataset(csv: &str) -> Dataset {
    Dataset::parse("a.csv", csv.as_bytes()).unwrap()
}

fn year(year: i32) -> Built {
    let selection = Selection { year: Some(year), ..Selection::default() };
    dataset(STATES).system(&selection, &Measure::Cinc).unwrap()
}

fn files(sources: &[(&str, &str)]) -> DyadFiles {
    parse(sources).unwrap()
}

fn parse(sources: &[(&str, &str)]) -> equipoise::error::Result<DyadFiles> {
    let bytes: Vec<_> = sources.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    DyadFiles::parse(&bytes)
}

fn refused(sources: &[(&str, &str)]) -> String {
    parse(sources).unwrap_err().to_string()
}

fn unattached(sources: &[(&str, &str)], built: Built) -> String {
    files(sources).attach(built).unwrap_err().to_string()
}

/// The pairs `i < j` whose value is not zero, as `UKG–FRN 1`.
fn nonzero(system: &System, matrix: &Array2<f64>) -> Vec<String> {
    assert_eq!(matrix, matrix.t(), "symmetric");
    let pairs = matrix.indexed_iter().filter(|((i, j), value)| i < j && **value != 0.0);
    pairs.map(|((i, j), value)| format!("{}–{} {value}", system.id(i), system.id(j))).collect()
}

fn known(sources: &[(&str, &str)], at: i32, relation: Relation) -> (Vec<String>, Vec<String>) {
    let built = year(at);
    let known = files(sources).known(&built.system, relation).unwrap().unwrap();
    (nonzero(&built.system, &known.matrix), known.notes)
}

fn distance(built: &Built, first: &str, second: &str) -> f64 {
    let at = |id| built.system.index_of(id).unwrap();
    built.system.dyads().distance.as_ref().unwrap()[[at(first), at(second)]]
}

mod distances {
    use super::*;

    #[test]
    fn are_those_between_capitals_and_at_most_the_water_between_neighbours() {
        let sources = [("contdir.csv", CONTDIR), ("cow_capitals.csv", CAPITALS)];
        let built = files(&sources).attach(year(1913)).unwrap();
        assert_eq!(distance(&built, "FRN", "GMY"), 0.0, "by land");
        assert!((distance(&built, "UKG", "FRN") - 24.0 * 1.609_344).abs() < 1e-9);
        assert!((distance(&built, "GMY", "RUS") - 241.4016).abs() < 1e-9, "the nearer of 1913");
        assert!((distance(&built, "UKG", "GMY") - 643.7376).abs() < 1e-9);
        // London to Vienna, as maps have it.
        assert!((distance(&built, "UKG", "AUH") - 1235.0).abs() < 5.0);
        assert_eq!(
            built.notes,
            [
                "cow_capitals.csv: distances are between the capitals of 1913, along great circles",
                "contdir.csv: the distance of 5 of 10 pairs is capped, as they border each other \
                 in 1913: UKG–FRN up to 39 km of water, UKG–GMY up to 644 km of water, FRN–GMY by \
                 land, GMY–AUH by land, GMY–RUS up to 241 km of water",
            ]
        );
    }

    #[test]
    fn need_a_capital_of_every_state_in_the_year() {
        let capitals = [("c.csv", CAPITALS)];
        assert_eq!(
            unattached(&capitals, year(1930)),
            "c.csv: expected a capital of AUS in 1930, found none; add a row for it, or leave the \
             state out"
        );
        assert!(unattached(&[("c.csv", CONTDIR)], year(1913)).starts_with(
            "c.csv: expected the distance of UKG and AUH, found none (the two do not border \
                 each other); give capitals to --dyads too"
        ));
    }

    #[test]
    fn are_of_the_capital_on_the_first_of_july() {
        let states = "state,ccode,year,x\nUKG,200,1940,1\nFRN,220,1940,1\n";
        let moved = "ccode,stdate,enddate,lat,lon\n200,1816,2024,0,0\n\
            220,1816-01-01,1940-06-30,0,10\n220,1940-07-01,1940-07-31,0,20\n220,1940-08-01,2000,0,30\n";
        let at = |capitals: &str| {
            let built = dataset(states).system(&Selection::default(), &Measure::Cinc).unwrap();
            distance(&files(&[("c.csv", capitals)]).attach(built).unwrap(), "UKG", "FRN")
        };
        let degree = 6371.0088 * std::f64::consts::PI / 180.0;
        assert!((at(moved) / degree - 20.0).abs() < 1e-9);
        let late = "ccode,stdate,enddate,lat,lon\n200,1816,2024,0,0\n\
            220,1940-09-01,2000,0,30\n220,1940-07-31,1940-08-31,0,20\n";
        assert!((at(late) / degree - 20.0).abs() < 1e-9, "the first of a year that began late");
    }

    #[test]
    fn of_the_system_are_capped_where_there_are_no_capitals() {
        let placed = "state,ccode,year,lat,lon,x\nUKG,200,1913,0,0,1\nAUH,300,1913,0,1,1\n\
            GMY,255,1913,0,2,1\n";
        let built = dataset(placed).system(&Selection::default(), &Measure::Cinc).unwrap();
        let built = files(&[("contdir.csv", CONTDIR)]).attach(built).unwrap();
        assert!((distance(&built, "UKG", "AUH") - 111.195).abs() < 0.01);
        assert!((distance(&built, "UKG", "GMY") - 222.39).abs() < 0.01, "nearer than the cap");
        assert_eq!(distance(&built, "AUH", "GMY"), 0.0);
    }

    #[test]
    fn under_its_own_code_go_before_those_of_another() {
        let csv = "state,ccode,year,x\nFRN,220,1955,4\nGFR,260,1955,4\n";
        let at = |capitals: &str| {
            let built = dataset(csv).system(&Selection::default(), &Measure::Cinc).unwrap();
            files(&[("c.csv", capitals)]).attach(built).unwrap()
        };
        assert_eq!(at(CAPITALS).notes.len(), 1, "Bonn, not Berlin");
        let without = CAPITALS.replace("\n260,", "\n999,");
        let built = at(&without);
        assert_eq!(built.notes[1], "c.csv: code 255 is read as GFR in 1955");
        assert!((distance(&built, "FRN", "GFR") - 880.0).abs() < 5.0, "Paris to Berlin");
    }
}

mod commitments {
    use super::*;

    #[test]
    fn hold_by_either_order_and_consultation_is_none() {
        let built = files(&[("atop.csv", ATOP)]).attach(year(1913)).unwrap();
        let committed = built.system.dyads().commitment.as_ref().unwrap();
        let matrix = committed.mapv(|yes| f64::from(u8::from(yes)));
        assert_eq!(nonzero(&built.system, &matrix), ["FRN–RUS 1", "GMY–AUH 1"]);
        assert_eq!(
            built.notes,
            [
                "atop.csv: 2 of 10 pairs are committed in 1913 (defence or offence)",
                "atop.csv: 1 of them by one of the two orders of the pair alone, which counts: \
                 GMY–AUH",
                "atop.csv: ignored, as the data have no state of that code in 1913 (codes: 1): 94",
            ]
        );
        let link = known(&[("atop.csv", ATOP)], 1913, Relation::Link).0;
        assert_eq!(link, ["FRN–RUS 1", "GMY–AUH 1"]);
    }

    #[test]
    fn are_none_in_a_covered_year_without_rows_and_unknown_outside() {
        let built = files(&[("atop.csv", ATOP)]).attach(year(1969)).unwrap();
        assert!(built.system.dyads().commitment.as_ref().unwrap().iter().all(|yes| !yes));
        let early = "state,ccode,year,x\nUKG,200,1810,1\nFRN,220,1810,1\n";
        let early = dataset(early).system(&Selection::default(), &Measure::Cinc).unwrap();
        assert_eq!(
            unattached(&[("atop.csv", ATOP)], early),
            "atop.csv: expected the year 1810, found years from 1913 to 2000; choose another \
             --year, or leave the file out"
        );
    }
}

mod hostilities {
    use super::*;

    #[test]
    fn are_of_rivals_within_their_spell() {
        let at = |at: i32| known(&[("tss.csv", RIVALRIES)], at, Relation::Hostility).0;
        assert_eq!(at(1913), ["UKG–RUS 1", "FRN–GMY 1", "FRN–AUH 1", "GMY–AUH 1"]);
        assert_eq!(at(1955), ["FRN–GFR 1", "FRN–YAR 1"], "255 as 260, 679 as 678");
    }

    #[test]
    fn go_by_codes_that_the_year_makes_unambiguous() {
        let notes = |at: i32| files(&[("t", RIVALRIES)]).attach(year(at)).unwrap().notes;
        assert_eq!(notes(1930)[1], "t: code 300 is read as AUS in 1930");
        assert_eq!(
            notes(1955)[1..3],
            ["t: code 255 is read as GFR in 1955", "t: code 679 is read as YAR in 1955",]
        );
        // In 1969 the code 679 may mean either Yemen.
        assert_eq!(
            notes(1969),
            [
                "t: 0 of 3 pairs are rivals in 1969",
                "t: ignored, as the data have no state of that code in 1969 (codes: 1): 679",
            ]
        );
        assert_eq!(notes(2000)[1], "t: code 340 is read as YUG in 2000");
    }

    #[test]
    fn are_refused_where_the_list_is_wrong_or_silent() {
        let edited = |from: &str, to: &str| RIVALRIES.replacen(from, to, 1);
        let refuse = |text: &str| refused(&[("t.csv", text)]);
        assert_eq!(
            refuse(&edited("1955.0", "1755.0")),
            "t.csv:3: end: expected a year from 1756 on, found \"1755.0\"; put the years in order"
        );
        assert!(
            refuse(&edited("1.0,1.0,,", "2,1.0,,"))
                .starts_with("t.csv:2: positional: expected 0 or 1")
        );
        assert!(refuse(&edited("220.0", "")).starts_with("t.csv:2: ccode1: expected a state"));
        let late = "state,ccode,year,x\nUKG,200,2021,1\nFRN,220,2021,1\n";
        let late = dataset(late).system(&Selection::default(), &Measure::Cinc).unwrap();
        assert!(unattached(&[("t.csv", RIVALRIES)], late).contains("years from 1494 to 2020"));
    }
}

mod several {
    use super::*;

    #[test]
    fn signs_are_of_allies_and_rivals_and_contradictions_are_told() {
        let both = [("atop.csv", ATOP), ("tss.csv", RIVALRIES)];
        let (signs, notes) = known(&both, 1913, Relation::Sign);
        assert_eq!(signs, ["UKG–RUS -1", "FRN–GMY -1", "FRN–AUH -1", "FRN–RUS 1"]);
        assert_eq!(
            notes,
            [
                "sign: pairs of friends 1, of foes 3",
                "sign: 0 for pairs both allied and rivals: GMY–AUH",
            ]
        );
    }

    #[test]
    fn propensities_are_the_sum_of_what_is_given() {
        let all = [("atop.csv", ATOP), ("tss.csv", RIVALRIES), ("wars.csv", WARS)];
        let (sums, notes) = known(&all, 1955, Relation::Propensity);
        // Two issues with Germany and a war since 1930; one issue with Yemen.
        assert_eq!(sums, ["FRN–GFR -3", "FRN–YAR -1"]);
        assert!(notes[0].starts_with("wars.csv: 1 of 3 pairs fought each other from 1930 to 1955"));
        assert!(notes.iter().any(|note| note.contains("1 for an alliance, -1 for each issue")));
        let (sums, _) = known(&all, 1913, Relation::Propensity);
        assert_eq!(sums, ["UKG–RUS -1", "FRN–GMY -2", "FRN–AUH -2", "FRN–RUS 1"]);
        let (_, notes) = known(&all[..1], 1913, Relation::Propensity);
        assert_eq!(notes, ["propensity: the sum of 1 for an alliance"]);
    }

    #[test]
    fn regimes_draw_states_together_or_keep_them_apart() {
        let system = |csv: &str| {
            let dataset = Dataset::parse("own.csv", csv.as_bytes()).unwrap();
            dataset.system(&Selection::default(), &Measure::Cinc).unwrap().system
        };
        let propensity = |csv: &str| {
            let known = DyadFiles::default().known(&system(csv), Relation::Propensity).unwrap();
            known.map(|known| {
                assert_eq!(
                    known.notes,
                    ["propensity: the sum of 1 for the same regime, -1 for another"]
                );
                known.matrix
            })
        };
        let named = propensity("state,x,regime\nA,1,Republic\nB,1,republic\nC,1,monarchy\nD,1,\n");
        let expected = ndarray::array![
            [0.0, 1.0, -1.0, 0.0],
            [1.0, 0.0, -1.0, 0.0],
            [-1.0, -1.0, 0.0, 0.0],
            [0.0, 0.0, 0.0, 0.0]
        ];
        assert_eq!(named, Some(expected.clone()));
        // Scores are in classes, and no capability.
        let scored = propensity("state,x,polity2\nA,1,10\nB,1,6\nC,1,-9\nD,1,-88\n");
        assert_eq!(scored, Some(expected));
        assert_eq!(propensity("state,x,polity\nA,1,10\nB,1,\n"), None);
        for (score, line) in [("11", 2), ("-12", 2), ("1.5", 2), ("high", 2)] {
            let csv = format!("state,x,polity2\nA,1,{score}\nB,1,1\n");
            let error = Dataset::parse("own.csv", csv.as_bytes()).unwrap_err().to_string();
            assert!(
                error.contains(&format!("own.csv:{line}")) && error.contains("-10 to 10"),
                "{error}"
            );
        }
    }

    #[test]
    fn a_plain_table_goes_first_pair_by_pair() {
        let plain =
            "state1,state2,hostility,distance\nUKG,RUS,0.25,9\nUKG,FRN,-0.5,\nRUS,UKG,0.25,9\n";
        let sources = [("own.csv", plain), ("tss.csv", RIVALRIES), ("cow.csv", CAPITALS)];
        let (hostile, notes) = known(&sources, 1913, Relation::Hostility);
        assert_eq!(
            hostile,
            ["UKG–FRN -0.5", "UKG–RUS 0.25", "FRN–GMY 1", "FRN–AUH 1", "GMY–AUH 1"]
        );
        assert_eq!(
            notes,
            ["hostility: 4 of 20 ordered pairs are as own.csv has them, which goes first"]
        );
        let built = files(&sources).attach(year(1913)).unwrap();
        assert_eq!(distance(&built, "RUS", "UKG"), 9.0);
        assert!(distance(&built, "UKG", "FRN") > 300.0);
        assert_eq!(
            files(&sources).relations(),
            [Relation::Distance, Relation::Hostility, Relation::Propensity, Relation::Sign]
        );
    }

    #[test]
    fn one_of_each_kind_and_each_relation_once() {
        assert_eq!(
            refused(&[("a.csv", ATOP), ("b.csv", ATOP)]),
            "b.csv: expected one file of its kind, found a.csv too; give one of the two"
        );
        let plain = "state1,state2,hostility\nUKG,RUS,1\n";
        assert!(
            refused(&[("a.csv", plain), ("b.csv", plain)])
                .starts_with("b.csv:1: expected hostility in one table, as a.csv has it, found")
        );
        let said = refused(&[("a.csv", "state1,state2,trade\nA,B,1\n")]);
        assert!(said.contains("strategic rivalries or interstate wars as downloaded"), "{said}");
    }

    #[test]
    fn states_need_codes_and_a_year() {
        let build = |csv: &str| dataset(csv).system(&Selection::default(), &Measure::Cinc).unwrap();
        let uncoded = "state,year,x\nUKG,1913,1\nFRN,1913,2\n";
        assert_eq!(
            unattached(&[("tss.csv", RIVALRIES)], build(uncoded)),
            "tss.csv: expected the Correlates of War code of UKG, found none; add a column ccode \
             to the system, or give states2016.csv to --names"
        );
        let timeless = build("state,ccode,x\nUKG,200,1\nFRN,220,2\n");
        assert!(unattached(&[("t", RIVALRIES)], timeless).contains("add a column year"));
        let twins = build("state,ccode,year,x\nA,200,1913,1\nB,200,1913,1\n");
        assert!(unattached(&[("t", RIVALRIES)], twins).contains("expected one state of code 200"));
    }

    #[test]
    fn cells_that_are_wrong_are_located() {
        for (text, from, to, said) in [
            (CONTDIR, ",3,1816", ",6,1816", "a.csv:2: conttype: expected a type of contiguity"),
            (CONTDIR, "181601", "181613", "a.csv:2: begin: expected a year and month"),
            (CONTDIR, "194006", "181512", "a.csv:2: end: expected a month from 181601 on"),
            (CAPITALS, "1816-01-01", "1816-13-01", "a.csv:2: stdate: expected a date"),
            (CAPITALS, "2024-12-31", "1800-12-31", "a.csv:2: enddate: expected a date from 1816"),
            (CAPITALS, "51.5074", "91", "a.csv:2: lat: expected degrees from -90 to 90"),
            (ATOP, "1913,1,1", "1913,1,-9", "a.csv:2: offense: expected 0 or 1, found \"-9\""),
            (ATOP, "1913", "x", "a.csv:2: year: expected a year"),
            (WARS, "1870", "-9", "a.csv:2: StartYear1: expected a year, found \"-9\""),
            (WARS, "1870", "-8", "a.csv:2: StartYear1: expected a year, found \"-8\""),
            (WARS, "1871", "-9", "a.csv:2: EndYear1: expected a year from 1870 on"),
            (WARS, "France,1", "France,3", "a.csv:2: Side: expected side 1 or 2"),
        ] {
            let found = refused(&[("a.csv", &text.replacen(from, to, 1))]);
            assert!(found.starts_with(said), "{found}");
        }
    }
}

mod wars {
    use super::*;

    #[test]
    fn of_a_year_are_those_of_its_spells_with_their_sides() {
        let wars = Wars::parse("w.csv", WARS.as_bytes()).unwrap();
        assert_eq!(wars.years(), Some((1870, 1945)));
        assert!(wars.in_year(1900).is_empty());
        let sides = |at: i32, war: usize| {
            let war = &wars.in_year(at)[war];
            (1..=2).map(|side| war.side(side).collect::<Vec<_>>().join(" ")).collect::<Vec<_>>()
        };
        assert_eq!(sides(1913, 0), ["345", "640"], "the second spell");
        assert_eq!(sides(1940, 0), ["220", "220 255"], "both sides of a year");
        assert_eq!(sides(1942, 0), ["211", "255"], "between two spells");
        let war = &wars.in_year(1870)[0];
        assert_eq!((war.number.as_str(), war.name.as_str()), ("58", "Franco-Prussian"));
        assert!(war.opposes("255", "220") && !war.opposes("220", "220"));
        assert!(war.participants[0].initiator && !war.participants[1].initiator);
        let ongoing = WARS.replacen("1871", "-7", 1);
        let ongoing = Wars::parse("w.csv", ongoing.as_bytes()).unwrap();
        assert_eq!(ongoing.in_year(1990)[0].side(1).collect::<Vec<_>>(), ["220"]);
        assert!(Wars::parse("w.csv", ATOP.as_bytes()).unwrap_err().to_string().contains("WarNum"));
    }
}

mod rosters {
    use super::*;

    const STATES2016: &str = "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,\
        endday,version\nUKG,200,United Kingdom,1816,1,1,2016,12,31,2016\n\
        FRN,220,France,1816,1,1,1942,11,11,2016\nFRN,220,France,1944,8,25,2016,12,31,2016\n";
    const SYSTEM2016: &str = "stateabb,ccode,year,version\nUKG,200,1943,2016\nFRN,220,1944,2016\n";

    fn roster(text: &str) -> Roster {
        Roster::parse("r.csv", text.as_bytes()).unwrap()
    }

    #[test]
    fn give_names_and_codes() {
        let named = dataset("state,name,x\nukg,,1\nFRN,La France,2\nXXX,,1\n")
            .with_names(&roster(STATES2016))
            .unwrap();
        assert_eq!(named.notes(), ["r.csv lacks XXX"]);
        let built = named.system(&Selection::default(), &Measure::Cinc).unwrap();
        let states = built.system.states();
        assert_eq!(states[0].name.as_deref(), Some("United Kingdom"));
        assert_eq!(states[0].code.as_deref(), Some("200"));
        assert_eq!(states[1].name.as_deref(), Some("La France"), "its own name stays");
        let strangers = dataset("state,x\nA,1\nB,2\n").with_names(&roster(STATES2016));
        assert!(strangers.unwrap_err().to_string().starts_with("r.csv: expected states of a.csv"));
        assert!(Roster::parse("r.csv", ATOP.as_bytes()).is_err());
    }

    #[test]
    fn keep_the_members_of_the_year() {
        let csv = "state,ccode,year,x,y\nUKG,200,1943,1,4\nFRN,220,1943,2,3\nFRN,220,1944,3,2\n\
            UKG,200,1944,4,1\n";
        let left = dataset(csv).restricted_to(&roster(STATES2016)).unwrap();
        assert_eq!(
            left.notes(),
            ["r.csv: rows left out, of states that are no members in their year: 1, from 1943 to \
                 1943 (the list covers 1816 to 2016)"]
        );
        let in_1944 = Selection { year: Some(1944), ..Selection::default() };
        let built = left.system(&in_1944, &Measure::Column("x".into())).unwrap();
        assert_eq!(built.power.iter().map(ToString::to_string).collect::<Vec<_>>(), ["3", "4"]);
        let left = dataset(csv).restricted_to(&roster(SYSTEM2016)).unwrap();
        assert_eq!(left.years(), [1943, 1944]);
        let refuse =
            |csv: &str| dataset(csv).restricted_to(&roster(SYSTEM2016)).unwrap_err().to_string();
        assert!(refuse("state,ccode,x\nUKG,200,1\n").contains("leave out --members"));
        assert!(
            refuse("state,ccode,year,x\nUKG,200,1950,1\n").starts_with("r.csv: expected members")
        );
    }
}

/// The files as downloaded; without them these tests only say so.
mod real {
    use super::*;

    fn all() -> Option<(Dataset, Majors, DyadFiles)> {
        let paths = [
            shared("contdir.csv")?,
            shared("cow_capitals.csv")?,
            shared("tss_rivalries.csv")?,
            shared("atop5_1_ddyr_abridged.csv")?,
            shared("Inter-StateWarData_v4.0.csv")?,
        ];
        Some((
            Dataset::read(shared("NMC-70-abridged.csv")?).unwrap(),
            Majors::read(shared("majors2016.csv")?).unwrap(),
            DyadFiles::read(&paths).unwrap(),
        ))
    }

    fn majors(nmc: &Dataset, majors: &Majors, year: i32) -> Built {
        let majors = Some(majors.clone());
        let selection = Selection { year: Some(year), majors, ..Selection::default() };
        nmc.system(&selection, &Measure::Cinc).unwrap()
    }

    /// Counted from the files by a script of its own.
    #[test]
    fn the_major_powers_on_the_eves_of_wars() {
        let Some((nmc, powers, files)) = all() else { return };
        for (year, allied, foes, torn) in [
            (1914, "UKG–JPN FRN–RUS GMY–AUH GMY–ITA AUH–ITA", 11, "AUH–ITA"),
            (1939, "UKG–FRN UKG–RUS FRN–RUS GMY–ITA", 10, "UKG–RUS"),
            (1985, "USA–UKG USA–FRN UKG–FRN", 2, ""),
        ] {
            let built = files.attach(majors(&nmc, &powers, year)).unwrap();
            let links = files.matrix(&built.system, Relation::Link).unwrap().unwrap();
            let links: Vec<String> =
                nonzero(&built.system, &links).iter().map(|l| l.replace(" 1", "")).collect();
            assert_eq!(links.join(" "), allied, "{year}");
            let hostility = built.system.dyads().hostility.as_ref().unwrap();
            assert_eq!(nonzero(&built.system, hostility).len(), foes, "{year}");
            let sign = files.known(&built.system, Relation::Sign).unwrap().unwrap();
            let told = sign.notes.get(1).map_or("", |note| note.rsplit(": ").next().unwrap());
            assert_eq!(told, torn, "{year}");
        }
        let eighties = files.attach(majors(&nmc, &powers, 1985)).unwrap();
        assert!((distance(&eighties, "USA", "RUS") - 19.3).abs() < 0.1, "the Bering Strait");
        assert_eq!(distance(&eighties, "RUS", "CHN"), 0.0);
        assert!((distance(&eighties, "USA", "CHN") - 11_116.0).abs() < 5.0);
    }

    /// What is read once serves all years that all files cover, for all states of the world.
    #[test]
    fn every_state_has_pairs_in_every_covered_year() {
        let Some((nmc, _, files)) = all() else { return };
        for year in (1816..=2016).step_by(8) {
            let selection = Selection { year: Some(year), ..Selection::default() };
            let drop_missing = Selection { drop_missing: true, ..selection };
            let built = nmc.system(&drop_missing, &Measure::Cinc).unwrap();
            let built = files.attach(built).unwrap();
            let dyads = built.system.dyads();
            let distances = dyads.distance.as_ref().unwrap();
            assert!(distances.iter().all(|&km| (0.0..=20_016.0).contains(&km)), "{year}");
            assert!(dyads.hostility.is_some() && dyads.commitment.is_some(), "{year}");
            assert!(files.matrix(&built.system, Relation::Propensity).unwrap().is_some(), "{year}");
        }
        let selection = Selection { year: Some(2020), top: Some(5), ..Selection::default() };
        let late = nmc.system(&selection, &Measure::Cinc).unwrap();
        let said = files.attach(late).unwrap_err().to_string();
        assert!(said.contains("expected the year 2020, found years from 1816 to 2016"), "{said}");
    }

    #[test]
    fn the_wars_of_1914_and_1939() {
        let Some(path) = shared("Inter-StateWarData_v4.0.csv") else { return };
        let wars = Wars::read(path).unwrap();
        assert_eq!(wars.years(), Some((1823, 2003)));
        let first = wars.in_year(1914);
        assert_eq!(first[0].name, "World War I");
        assert_eq!(first[0].side(2).collect::<Vec<_>>(), ["640", "255", "300"]);
        let second = wars.in_year(1939);
        let world = second.iter().find(|war| war.name == "World War II").unwrap();
        assert!(world.opposes("255", "200") && !world.opposes("255", "365"));
    }
}

/// Whatever the bytes are, reading them and looking pairs up ends in a value or an error.
mod no_panic {
    use super::*;

    const SEEDS: [&str; 5] = [CONTDIR, CAPITALS, ATOP, RIVALRIES, WARS];

    proptest! {
        #![proptest_config(ProptestConfig {
            cases: 64,
            failure_persistence: None,
            ..ProptestConfig::default()
        })]

        #[test]
        fn on_changed_files(
            seed in 0..SEEDS.len(),
            edits in prop::collection::vec((0usize..900, 0usize..8, "[-0-9,\"\r\n .e]{0,6}"), 0..6),
        ) {
            let mut bytes = SEEDS[seed].as_bytes().to_vec();
            for (at, cut, insert) in edits {
                let start = at.min(bytes.len());
                let end = (start + cut).min(bytes.len());
                bytes.splice(start..end, insert.bytes());
            }
            if let Ok(files) = DyadFiles::parse(&[("a", &bytes)]) {
                for at in [1913, 1955, 2000] {
                    for relation in Relation::ALL {
                        let _ = files.known(&year(at).system, relation);
                    }
                    let _ = files.attach(year(at));
                }
            }
        }
    }
}
