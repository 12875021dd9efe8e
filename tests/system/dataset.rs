//! The rules for files of states, selections, measures and files of pairs, one by one.

use std::path::PathBuf;

use equipoise::dataset::{Built, Dataset, DyadTable, Majors, Measure, Relation, Selection};
use equipoise::error::Result;
use proptest::prelude::*;

fn read(csv: &str) -> Dataset {
    Dataset::parse("a.csv", csv.as_bytes()).unwrap()
}

fn refusal(csv: &str) -> String {
    Dataset::parse("a.csv", csv.as_bytes()).unwrap_err().to_string()
}

fn build(csv: &str, selection: &Selection) -> Result<Built> {
    read(csv).system(selection, &Measure::default())
}

fn built(csv: &str) -> Built {
    build(csv, &Selection::default()).unwrap()
}

fn unbuilt(csv: &str, selection: &Selection) -> String {
    build(csv, selection).unwrap_err().to_string()
}

fn ids(built: &Built) -> Vec<&str> {
    built.system.states().iter().map(|state| state.id.as_str()).collect()
}

fn named(states: &[&str]) -> Selection {
    let states = states.iter().map(|&state| state.to_owned()).collect();
    Selection { states: Some(states), ..Selection::default() }
}

mod shipped {
    use super::*;

    #[test]
    fn every_system_loads() {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data");
        let mut files = 0;
        for entry in folder.read_dir().unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|extension| extension != "csv") {
                continue;
            }
            let dataset = Dataset::read(&path).unwrap();
            let built = dataset.system(&Selection::default(), &Measure::Cinc).unwrap();
            let [year] = dataset.years()[..] else { panic!("{} years", dataset.years().len()) };
            assert_eq!(built.system.year(), Some(year));
            assert_eq!(Some(built.system.name()), path.file_stem().and_then(|s| s.to_str()));
            assert!(
                built.system.states().iter().all(|s| s.reference.is_some() && s.name.is_some())
            );
            assert!(dataset.notes().is_empty(), "{:?}", dataset.notes());
            files += 1;
        }
        assert_eq!(files, 23);
    }
}

mod states {
    use super::*;

    #[test]
    fn the_identifier_is_state_then_stateabb_then_name_then_ccode() {
        let first = |csv: &str| built(csv).system.states()[0].clone();
        let state = first("name,state,ccode,x\nBritain,UKG,200.0,1\nFrance,FRN,220,2\n");
        assert_eq!((state.id.as_str(), state.name.as_deref()), ("UKG", Some("Britain")));
        assert_eq!(state.code.as_deref(), Some("200"));
        let state = first("stateabb,ccode,x\nUKG,200,1\nFRN,220,2\n");
        assert_eq!((state.id.as_str(), state.name), ("UKG", None));
        assert_eq!(first("name,ccode,x\nBritain,200,1\nFrance,220,2\n").id, "Britain");
        assert_eq!(first("ccode,x\n200.0,1\n220,2\n").id, "200");
        assert!(
            refusal("country,x\nA,1\n").contains("state, stateabb, name or ccode, found country")
        );
    }

    #[test]
    fn columns_are_told_apart() {
        let dataset = read("state,leader,version,x,Y\nA,Asquith,7,1,\nB,,7,-9,2\n");
        assert_eq!(dataset.capabilities(), ["x", "Y"]);
        assert_eq!(
            dataset.notes(),
            [
                "column leader is ignored: no cell is a number",
                "column version is ignored: the version of the data"
            ]
        );
        assert!(refusal("state,leader\nA,Asquith\n").contains("expected a numeric column"));
    }

    #[test]
    fn cinc_is_a_capability_unless_the_six_components_are_there() {
        assert_eq!(read("state,cinc\nA,0.1\n").capabilities(), ["cinc"]);
        let six = "milex,milper,irst,energy,tpop,upop";
        let dataset = read(&format!("state,year,{six},cinc,gdp\nA,1900,1,2,3,4,5,6,0.5,7\n"));
        assert_eq!(dataset.capabilities().len(), 7);
        assert_eq!(dataset.published_cinc("A", 1900).unwrap().to_string(), "1/2");
        let nmc = read(&format!(
            "stateabb,ccode,year,{six},cinc,irstcode,version\n\
            A,2,1900,1,2,3,4,5,6,0.5,7,3.02\n"
        ));
        assert_eq!(nmc.capabilities().join(","), six);
        assert_eq!(nmc.notes().len(), 1);
        assert!(nmc.notes()[0].starts_with("column irstcode is ignored: not one of the six"));
    }

    #[test]
    fn a_wrong_cell_is_named_by_line_and_column() {
        assert_eq!(
            refusal("state,milex\nA,1\n\nB,n/a\n"),
            "a.csv:4: milex: expected a number ≥ 0, found \"n/a\"; leave it empty if missing"
        );
        assert!(refusal("state,x\nA,-8\nB,1\n").starts_with("a.csv:2: x: expected a number ≥ 0"));
        assert!(
            refusal("state,x\nA,\"1,200\"\n").ends_with("write it without thousands separators")
        );
        assert!(refusal("state,year,x\nA,soon,1\n").starts_with("a.csv:2: year: expected a year"));
        assert!(refusal("state,x\nA,1\n,2\n").starts_with("a.csv:3: state: expected a state"));
    }

    #[test]
    fn offence_revisionism_and_bloc_are_kept() {
        let built = built("state,x,offence,revisionism,bloc\nA,1,0.25,0.5,H\nB,2,1,1,\n");
        let state = &built.system.states()[0];
        assert_eq!((state.offence, state.revisionism), (Some(0.25), 0.5));
        assert_eq!(state.reference.as_deref(), Some("H"));
        assert_eq!(built.system.states()[1].reference, None);
        let refused = refusal("state,x,offence\nA,1,\n");
        assert!(refused.starts_with("a.csv:2: offence: expected a number from 0 to 1, found an"));
        assert!(refusal("state,x,offence\nA,1,1.5\n").contains("from 0 to 1, found \"1.5\""));
        assert!(refusal("state,x,revisionism\nA,1,\n").contains("write 1 for a power maximiser"));
    }

    #[test]
    fn a_state_has_one_row_a_year() {
        assert!(
            refusal("state,x\nA,1\nB,2\nA,3\n")
                .starts_with("a.csv:4: expected each state once, found A on line 2 too")
        );
        let panel = read("state,year,x\nA,1900,1\nA,1901,1\nB,1900,2\n");
        assert_eq!(panel.years(), [1900, 1901]);
        assert!(refusal("state,year,x\nA,1900,1\nA,1900,2\n").contains("once in 1900, found A"));
    }

    #[test]
    fn places_give_great_circle_distances() {
        let paris_berlin = "state,x,lat,lon\nFRN,1,48.8566,2.3522\nGMY,2,52.52,13.405\n";
        let built = built(paris_berlin);
        let distance = built.system.dyads().distance.as_ref().unwrap();
        assert!((distance[[0, 1]] - 877.5).abs() < 1.0);
        assert!(refusal("state,x,lat,lon\nA,1,91,0\n").contains("degrees from -90 to 90"));
        assert!(refusal("state,x,lat,lon\nA,1,0,\n").starts_with("a.csv:2: lon: expected degrees"));
        assert!(refusal("state,x,lat\nA,1,0\n").contains("both lat and lon or neither"));
    }

    #[test]
    fn decimal_commas_are_read_and_told() {
        let dataset = read("state;x\nA;12,5\nB;3,5\nC;1\n");
        assert_eq!(dataset.notes().len(), 1);
        assert!(dataset.notes()[0].starts_with("a.csv:2: x: 12,5 is read with a decimal comma"));
        let built = dataset.system(&Selection::default(), &Measure::Cinc).unwrap();
        assert_eq!(built.raw().unwrap()[0].to_string(), "25/2");
    }
}

mod selection {
    use super::*;

    const PANEL: &str = "state,name,ccode,year,x\n\
        A,Austria,300,1900,5\nB,Britain,200,1900,7\nC,China,710,1900,7\nD,Denmark,390,1900,7\n\
        A,Austria,300,1901,1\nB,Britain,200,1901,2\n";

    fn year(year: i32) -> Selection {
        Selection { year: Some(year), ..Selection::default() }
    }

    #[test]
    fn the_year_is_asked_for_where_there_are_several() {
        assert_eq!(
            unbuilt(PANEL, &Selection::default()),
            "a.csv: expected one year, found 2 from 1900 to 1901; choose one with --year"
        );
        assert!(unbuilt(PANEL, &year(1850)).contains("expected the year 1850, found 2 from 1900"));
        assert!(unbuilt("state,x\nA,1\nB,2\n", &year(1850)).ends_with("leave out --year"));
        assert_eq!(ids(&build(PANEL, &year(1901)).unwrap()), ["A", "B"]);
    }

    #[test]
    fn states_are_chosen_by_identifier_name_or_code_in_the_order_of_the_file() {
        let selection = Selection { year: Some(1900), ..named(&["china", "b", "300"]) };
        assert_eq!(ids(&build(PANEL, &selection).unwrap()), ["A", "B", "C"]);
        let refuse =
            |states: &[&str]| unbuilt(PANEL, &Selection { year: Some(1900), ..named(states) });
        assert_eq!(
            refuse(&["A", "Cina"]),
            "a.csv: expected one state \"Cina\", found no state of that name; name one of A, B, C, D"
        );
        assert!(refuse(&["A", "Austria"]).contains("found it asked for twice"));
        let twins = "state,name,x\nA,Korea,1\nB,Korea,2\n";
        assert!(unbuilt(twins, &named(&["Korea"])).contains("found A and B called so"));
    }

    #[test]
    fn major_powers_are_those_of_the_year() {
        let list =
            "stateabb,ccode,styear,endyear\nA,300,1890,1900\nX,200,1901,1950\nZ,999,1800,2000\n";
        let majors = Majors::parse("m.csv", list.as_bytes()).unwrap();
        assert_eq!(majors.in_year(1900), ["A", "Z"]);
        assert_eq!(majors.in_year(1901), ["X", "Z"]);
        let of = |year| Selection { year, majors: Some(majors.clone()), ..Selection::default() };
        assert!(unbuilt(PANEL, &of(Some(1900))).contains("at least two states"));
        let panel = PANEL.replace("C,China,710", "Z,China,710");
        let built = build(&panel, &of(Some(1900))).unwrap();
        assert_eq!(ids(&built), ["A", "Z"]);
        assert!(unbuilt("state,x\nA,1\nB,2\n", &of(None)).contains("expected a column year"));
        let both = Selection { states: Some(Vec::new()), ..of(Some(1900)) };
        assert!(unbuilt(PANEL, &both).contains("either --states or --majors"));
        let none = Majors::parse("m.csv", b"ccode,styear,endyear\n300,1800,1801\n").unwrap();
        let none = Selection { year: Some(1900), majors: Some(none), ..Selection::default() };
        assert!(unbuilt(PANEL, &none).starts_with("m.csv: expected major powers in 1900"));
    }

    #[test]
    fn absent_major_powers_are_named() {
        let list = b"stateabb,styear,endyear\nA,1900,1900\nB,1900,1900\nX,1900,1900\n";
        let majors = Some(Majors::parse("m.csv", list).unwrap());
        let built = build(PANEL, &Selection { majors, ..year(1900) }).unwrap();
        assert_eq!(built.notes, ["major powers of 1900 that a.csv lacks: X"]);
        let refuse = |csv: &[u8]| Majors::parse("m.csv", csv).unwrap_err().to_string();
        assert!(refuse(b"stateabb,from\nA,1900\n").contains("expected columns stateabb or ccode"));
        assert!(refuse(b"ccode,styear,endyear\n1,1900,1899\n").contains("a year from 1900 on"));
        assert!(refuse(b"ccode,styear,endyear\n,1900,1901\n").contains("expected a state"));
    }

    #[test]
    fn the_strongest_are_kept_and_ties_at_the_cut_told() {
        let top = |top| build(PANEL, &Selection { top: Some(top), ..year(1900) });
        let two = top(2).unwrap();
        assert_eq!(ids(&two), ["B", "C"]);
        assert_eq!(two.system.shares(), [0.5, 0.5]);
        assert_eq!(
            two.notes,
            ["tied at the cut of the strongest 2, the first in the file are kept: B, C, D"]
        );
        let three = top(3).unwrap();
        assert!(three.notes.is_empty() && ids(&three) == ["B", "C", "D"]);
        assert_eq!(ids(&top(9).unwrap()).len(), 4);
        assert!(top(1).unwrap_err().to_string().starts_with("top: expected 2 or more"));
    }

    #[test]
    fn states_without_power_are_refused_or_dropped_by_name() {
        let csv = "state,x,y\nA,1,1\nB,,-9\nC,0,\nD,2,\n";
        assert_eq!(
            unbuilt(csv, &Selection::default()),
            "a.csv:3: expected a capability above zero for B, found no value for x, y; \
             fill it in, or drop such states with --drop-missing"
        );
        let dropping = Selection { drop_missing: true, ..Selection::default() };
        let built = build(csv, &dropping).unwrap();
        assert_eq!(ids(&built), ["A", "D"]);
        assert_eq!(built.notes[0], "dropped, having no x, y above zero: B, C");
        assert_eq!(built.notes[1], "missing, so the mean is over the others: D y");
        let one = "state,x\nA,1\nB,2\nC,0\n";
        assert!(unbuilt(one, &Selection::default()).starts_with("a.csv:4: x: expected a capab"));
    }
}

mod measure {
    use super::*;

    const CSV: &str = "state,x,y,z\nA,1,30,0\nB,3,10,0\n";

    fn measured(measure: &Measure) -> Built {
        read(CSV).system(&Selection::default(), measure).unwrap()
    }

    #[test]
    fn the_measure_is_called_by_what_it_is() {
        let label = |measure: &Measure| measured(measure).system.measure().to_owned();
        assert_eq!(label(&Measure::Cinc), "cinc");
        assert_eq!(label(&Measure::Column("cinc".into())), "cinc");
        assert_eq!(label(&Measure::Column("X".into())), "x");
        assert_eq!(label(&Measure::weights("x=2,y=1").unwrap()), "x=2,y=1");
        assert_eq!(built("state,hoplites\nA,1\nB,2\n").system.measure(), "hoplites");
        let lone = read("state,cinc,gdp\nA,0.1,3\nB,0.3,1\n");
        let lone = lone.system(&Selection::default(), &Measure::Column("cinc".into())).unwrap();
        assert_eq!(lone.raw().unwrap()[1].to_string(), "3/10");
    }

    #[test]
    fn power_is_a_mean_of_shares_or_a_columns_own_numbers() {
        let cinc = measured(&Measure::Cinc);
        assert_eq!(cinc.system.shares(), [0.5, 0.5]);
        assert!(cinc.raw().is_none());
        assert_eq!(cinc.notes, ["left out, zero for every state: z"]);
        let column = measured(&Measure::Column("x".into()));
        assert_eq!(column.system.shares(), [0.25, 0.75]);
        assert_eq!(column.raw().unwrap()[1].to_string(), "3");
        let weights = measured(&Measure::weights("x=3,y=1").unwrap());
        assert_eq!(weights.system.shares(), [0.375, 0.625]);
    }

    #[test]
    fn the_whole_world_is_exact_and_fast() {
        let mut csv = String::from("state,a,b,c,d,e,f\n");
        for i in 1u64..=200 {
            let cell = |k: u64| (i * i * 7919 + k * 104_729) % 1_000_003;
            csv += &format!(
                "s{i},{}.{i},{},{}e-3,{},{},{}\n",
                cell(1),
                cell(2),
                cell(3),
                cell(4),
                cell(5),
                cell(6)
            );
        }
        let dataset = read(&csv);
        let built = dataset.system(&Selection::default(), &Measure::Cinc).unwrap();
        let sum: f64 = built.system.shares().iter().sum();
        assert!((sum - 1.0).abs() < 1e-12);
    }
}

mod pairs {
    use super::*;

    const SYSTEM: &str = "state,name,ccode,year,x\n\
        A,Austria,300,1900,1\nB,Britain,200,1900,2\nC,China,710,1900,3\n";

    fn table(csv: &str) -> DyadTable {
        DyadTable::parse("d.csv", csv.as_bytes()).unwrap()
    }

    fn attached(csv: &str) -> Built {
        table(csv).attach(built(SYSTEM)).unwrap()
    }

    fn detached(csv: &str) -> String {
        table(csv).attach(built(SYSTEM)).unwrap_err().to_string()
    }

    #[test]
    fn a_pair_holds_both_ways_unless_both_are_given() {
        let built = attached("state1,state2,hostility\nA,Britain,0.5\nB,C,-0.25\nC,B,1\n");
        let hostility = built.system.dyads().hostility.as_ref().unwrap();
        assert_eq!((hostility[[0, 1]], hostility[[1, 0]]), (0.5, 0.5));
        assert_eq!((hostility[[1, 2]], hostility[[2, 1]]), (-0.25, 1.0));
        assert_eq!(hostility[[0, 2]], 0.0, "a lacking pair");
        assert!(built.notes.is_empty());
    }

    #[test]
    fn states_are_matched_by_code_and_pairs_outside_are_counted() {
        let built = attached(
            "ccode1,ccode2,year,commitment\n300.0,200,1900,1\n2,200,1900,1\n\
            200,200,1900,1\n300,200,1901,0\n",
        );
        let commitment = built.system.dyads().commitment.as_ref().unwrap();
        assert!(commitment[[0, 1]] && commitment[[1, 0]] && !commitment[[0, 2]]);
        assert_eq!(built.notes, ["ignored 2 pairs that are not of two states of the system"]);
        let nothing = detached("stateA,stateB,link\nX,Y,1\n");
        assert!(nothing.starts_with("d.csv: expected pairs of states of a, found none"));
    }

    #[test]
    fn distances_are_complete_and_agree() {
        let built = attached("state1,state2,distance\nA,B,100\nB,A,100\nA,C,7e3\nB,C,8000.5\n");
        assert_eq!(built.system.dyads().distance.as_ref().unwrap()[[2, 1]], 8000.5);
        assert!(
            detached("state1,state2,distance\nA,B,100\n")
                .contains("expected the distance of A and C, found none")
        );
        assert_eq!(
            detached("state1,state2,distance\nA,B,100\nB,A,101\n"),
            "d.csv:3: expected one distance of A and B, found another on line 2; \
             make the two agree, or keep one"
        );
        assert!(
            detached("state1,state2,affinity\nA,B,1\nA,B,1\n")
                .starts_with("d.csv:3: expected A and B in this order once, found them on line 2")
        );
    }

    #[test]
    fn the_year_is_that_of_the_system() {
        let years = "state1,state2,year,affinity\nA,B,1900,1\nA,B,1950,-1\n";
        assert_eq!(attached(years).system.dyads().affinity.as_ref().unwrap()[[0, 1]], 1.0);
        assert!(
            detached("state1,state2,year,affinity\nA,B,1950,1\nA,B,1960,1\n")
                .contains("expected rows for 1900, found years from 1950 to 1960")
        );
        let timeless = || built("state,x\nA,1\nB,2\n");
        let said = table(years).attach(timeless()).unwrap_err().to_string();
        assert!(said.contains("expected pairs of one year"), "{said}");
        let one = table("state1,state2,year,affinity\nA,B,1950,-1\n").attach(timeless()).unwrap();
        assert_eq!(one.system.dyads().affinity.as_ref().unwrap()[[1, 0]], -1.0);
    }

    #[test]
    fn other_relations_are_kept_for_theories() {
        let table = table("state1,state2,propensity,sign,link\nA,B,-2.5,-1,1\nB,C,,1,0\n");
        assert_eq!(table.relations(), [Relation::Propensity, Relation::Sign, Relation::Link]);
        let system = built(SYSTEM).system;
        let propensity = table.matrix(&system, Relation::Propensity).unwrap().unwrap();
        assert_eq!((propensity[[1, 0]], propensity[[1, 2]]), (-2.5, 0.0));
        assert!(table.matrix(&system, Relation::Distance).unwrap().is_none());
    }

    #[test]
    fn values_out_of_range_are_refused() {
        let refuse = |csv: &str| DyadTable::parse("d.csv", csv.as_bytes()).unwrap_err().to_string();
        for (column, value) in [
            ("distance", "-1"),
            ("hostility", "1.5"),
            ("affinity", "x"),
            ("commitment", "0.5"),
            ("sign", "2"),
            ("propensity", "1e400"),
            ("link", "-1"),
        ] {
            let said = refuse(&format!("state1,state2,{column}\nA,B,{value}\n"));
            assert!(said.starts_with(&format!("d.csv:2: {column}: expected")), "{said}");
        }
        assert!(refuse("state1,x\nA,1\n").contains("expected columns state1 and state2"));
        assert!(refuse("state1,state2,trade\nA,B,1\n").contains("what is known of pairs"));
        assert!(refusal("state1,state2,distance\nA,B,1\n").ends_with("--dyads"));
    }

    #[test]
    fn a_file_goes_before_places() {
        let placed = built("state,x,lat,lon\nA,1,0,0\nB,2,0,90\n");
        let other = table("state1,state2,hostility\nA,B,1\n").attach(placed.clone()).unwrap();
        assert_eq!(other.system.dyads().distance, placed.system.dyads().distance);
        let own = table("state1,state2,distance\nA,B,5\n").attach(placed).unwrap();
        assert_eq!(own.system.dyads().distance.as_ref().unwrap()[[0, 1]], 5.0);
    }
}

/// Whatever the bytes are, reading them ends in a value or an error.
mod no_panic {
    use super::*;

    const SEED: &str = "state,name,ccode,year,lat,lon,offence,milex,note\n\
        A,\"Austria, Hungary\",300,1900,48.2,16.4,0.5,1e3,x\r\nB,\"the \"\"B\"\"\",200,1900,1,2,1,-9,\n\
        C,c,710.0,1901,-3,5,0,\"1,200\",y\n";
    const DYADS: &str = "state1;ccode1;ccode2;year;distance;sign\nA;300;200;1900;12,5;-1\n";

    fn exercise(bytes: &[u8]) {
        let attach =
            |built: Built| DyadTable::parse("d", bytes).and_then(|t| t.attach(built)).is_ok();
        let majors = Majors::parse("m", bytes).ok();
        let pairs =
            Dataset::parse("a", b"state,ccode,year,x\nA,300,1900,1\nB,200,1900,2\n").unwrap();
        attach(pairs.system(&Selection::default(), &Measure::Cinc).unwrap());
        let Ok(dataset) = Dataset::parse("a", bytes) else { return };
        let years = dataset.years().into_iter().map(Some).chain([None]);
        for year in years {
            for drop_missing in [false, true] {
                let top = drop_missing.then_some(2);
                let majors = majors.clone();
                let selection = Selection { year, top, drop_missing, majors, states: None };
                if let Ok(built) = dataset.system(&selection, &Measure::Cinc) {
                    attach(built);
                }
            }
        }
    }

    fn mutated(seed: &'static str) -> impl Strategy<Value = Vec<u8>> {
        let text = "[-0-9,;\t\"\r\n .eE'A-Ca-zéé\u{a0}]{0,6}";
        let edit = (0..seed.len(), 0usize..8, text);
        prop::collection::vec(edit, 0..6).prop_map(move |edits| {
            let mut bytes = seed.as_bytes().to_vec();
            for (at, cut, insert) in edits {
                let start = at.min(bytes.len());
                let end = (start + cut).min(bytes.len());
                bytes.splice(start..end, insert.bytes());
            }
            bytes
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn on_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            exercise(&bytes);
        }

        #[test]
        fn on_any_text(text in "(state|name|year|lat|lon|x|[-0-9.,;\t\"\r\n ]){0,40}") {
            exercise(text.as_bytes());
        }

        #[test]
        fn on_changed_systems(bytes in mutated(SEED)) {
            exercise(&bytes);
        }

        #[test]
        fn on_changed_pairs(bytes in mutated(DYADS)) {
            exercise(&bytes);
        }
    }
}
