//! Who is answered, and with what.

use std::fs;
use std::process::Command;

use serde_json::Value;

use super::Served;

#[test]
fn the_page_is_for_who_has_its_address() {
    let served = Served::start(&[]);
    let host = served.host.as_str();
    let page = format!("GET /{}/", served.token);
    let (status, head, body) = served.request(&page, &[("Host", host)], "");
    assert_eq!(status, 200);
    assert!(head.contains("Content-Security-Policy: default-src 'none'"), "{head}");
    let text = String::from_utf8(body).unwrap();
    assert!(text.contains("equipoise explore"));
    // Self-contained: it names nothing that would be fetched from elsewhere.
    for outside in ["https://", "http://", "//cdn", "src=", "@import", "url("] {
        assert!(!text.contains(outside), "{outside}");
    }
    let own = format!("http://{host}");
    let port = host.rsplit(':').next().unwrap();
    let local = format!("localhost:{port}");
    let wrong = "0".repeat(served.token.len());
    for (line, headers, expected) in [
        (page.as_str(), vec![("Host", local.as_str())], 200),
        (&page, vec![("Host", host), ("Origin", &own)], 200),
        // Without the token, or with another one.
        ("GET /", vec![("Host", host)], 404),
        (&format!("GET /{wrong}/"), vec![("Host", host)], 404),
        (&format!("POST /{wrong}/start"), vec![("Host", host), ("Origin", &own)], 404),
        ("GET /once/", vec![("Host", host)], 404),
        (&format!("GET /once/{wrong}"), vec![("Host", host)], 404),
        // Under another name, as a page elsewhere can have it lead here.
        (&page, vec![], 403),
        (&page, vec![("Host", "example.org")], 403),
        (&page, vec![("Host", "127.0.0.1")], 403),
        (&page, vec![("Host", host), ("Host", "example.org")], 400),
        // For another page.
        (&page, vec![("Host", host), ("Origin", "http://example.org")], 403),
        (&page, vec![("Host", host), ("Origin", "null")], 403),
        (&page.replace("GET", "POST"), vec![("Host", host)], 403),
        (&format!("POST /{}/start", served.token), vec![("Host", host)], 403),
        (
            &format!("POST /{}/start", served.token),
            vec![("Host", host), ("Origin", "https://127.0.0.1")],
            403,
        ),
        // By another method, or what is not there.
        (&format!("GET /{}/start", served.token), vec![("Host", host)], 405),
        (&page.replace("GET", "DELETE"), vec![("Host", host), ("Origin", &own)], 405),
        (&format!("{page}favicon.ico"), vec![("Host", host)], 404),
    ] {
        let (status, ..) = served.request(line, &headers, "{}");
        assert_eq!(status, expected, "{line} {headers:?}");
    }
}

#[test]
fn no_path_of_a_request_leads_to_a_file() {
    let served = Served::start(&["data/europe-1913.csv"]);
    let headers = [("Host", served.host.as_str())];
    for path in [
        "../Cargo.toml",
        "..%2fCargo.toml",
        "/etc/passwd",
        "%2e%2e/%2e%2e/etc/passwd",
        "data/europe-1913.csv",
        "....//Cargo.toml",
        "\\..\\Cargo.toml",
    ] {
        let line = format!("GET /{}/{path}", served.token);
        let (status, _, body) = served.request(&line, &headers, "");
        assert!([400, 404].contains(&status), "{path}: {status}");
        assert!(body.len() < 100, "{path}");
    }
    // Nor does an option, a name of a file to write, a figure or a measure.
    for body in [
        r#"{"command":"solve","options":[["dyads","/etc/passwd"]]}"#,
        r#"{"command":"solve","options":[["output","/tmp/x"]]}"#,
        r#"{"command":"solve","options":[["names","Cargo.toml"]]}"#,
        r#"{"command":"solve","options":[["year=1 --dyads","Cargo.toml"]]}"#,
        r#"{"command":"simulate","options":[["runs","1000000000"]]}"#,
        r#"{"command":"sweep","options":[["resolution","1e9"]]}"#,
    ] {
        let (_, answer) = served.ask("show", body);
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        assert!(answer["error"].as_str().unwrap().starts_with("option: "), "{body}: {answer}");
    }
    for file in ["../x.html", "/tmp/report.html", "report.rs", "report", "x/report.html", ".svg"] {
        let body = format!(r#"{{"command":"solve","file":"{file}"}}"#);
        let (_, answer) = served.ask("write", &body);
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        assert!(answer["error"].as_str().unwrap().starts_with("file: "), "{file}: {answer}");
    }
}

#[test]
fn requests_are_bounded_and_what_is_none_is_refused() {
    let served = Served::start(&[]);
    let own = format!("Host: {0}\r\nOrigin: http://{0}\r\n", served.host);
    let post = format!("POST /{}/show HTTP/1.1\r\n{own}", served.token);
    let long = "x".repeat(300 << 10);
    for (request, expected) in [
        (format!("{post}Content-Length: {}\r\n\r\n{long}", long.len()), 413),
        (format!("{post}Content-Length: 99999999999999999999999\r\n\r\n"), 400),
        (format!("{post}Content-Length: -1\r\n\r\n"), 400),
        (format!("{post}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{{}}"), 400),
        (format!("{post}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400),
        (format!("{post}\r\n"), 411),
        (format!("{post}Content-Length: 2\r\n\r\n{{}}more"), 400),
        (format!("{post}Content-Length: 2\r\n\r\n{{}}"), 400),
        (format!("{post}Content-Length: 4\r\n\r\nnull"), 400),
        (format!("{post}Content-Length: 2\r\n\r\n\u{fffd}"), 400),
        (format!("{post}{}\r\n", "X: y\r\n".repeat(100)), 431),
        (format!("{post}X: {}\r\n\r\n", "x".repeat(20 << 10)), 431),
        ("no request\r\n\r\n".into(), 400),
        ("\u{0}\u{1}\r\n\r\n".into(), 400),
    ] {
        let (status, ..) = served.raw(request.as_bytes());
        let about: String = request.chars().skip(post.len()).take(40).collect();
        assert_eq!(status, expected, "{about}");
    }
    // It goes on answering.
    served.ask("start", "{}");
}

#[test]
fn what_is_saved_is_what_the_command_writes() {
    let served = Served::start(&["data/europe-1913.csv"]);
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("data")).unwrap();
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data/europe-1913.csv");
    fs::copy(data, folder.path().join("data/europe-1913.csv")).unwrap();
    let typed = |words: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_equipoise"));
        command.current_dir(folder.path()).args(words.split_whitespace());
        let output = command.output().unwrap();
        assert!(output.status.success(), "{words}: {output:?}");
        output.stdout
    };
    let options =
        r#""options":[["decisiveness","1.7"],["target","RUS"],["blocs","UKG+FRN,GMY+AUH"]]"#;
    let base = "solve data/europe-1913.csv --decisiveness=1.7 --target=RUS --blocs=UKG+FRN,GMY+AUH";
    for ending in ["html", "json", "csv", "md", "tex", "txt"] {
        let file = format!("report.{ending}");
        let body = format!(r#"{{"command":"solve",{options},"file":"{file}"}}"#);
        let (head, bytes) = served.ask("write", &body);
        assert!(head.contains(&format!("attachment; filename=\"{file}\"")), "{head}");
        typed(&format!("{base} -o {file}"));
        assert!(bytes == fs::read(folder.path().join(&file)).unwrap(), "{file}");
    }
    let sweep = "sweep --resolution=4 --refine=0 --shares=triangle";
    let plane = r#""options":[["resolution","4"],["refine","0"],["shares","triangle"]]"#;
    let film = "simulate data/europe-1913.csv --runs=10";
    for (command, options, base, figure) in [
        ("solve", options, base, "lenses"),
        ("solve", options, base, "blocs"),
        ("solve", options, base, "partition"),
        ("solve", options, base, "threats"),
        ("sweep", plane, sweep, "phase"),
        ("simulate", r#""options":[["runs","10"]]"#, film, "balancing"),
    ] {
        for ending in ["svg", "png", "pdf"] {
            let file = format!("{figure}.{ending}");
            let body = format!(r#"{{"command":"{command}",{options},"file":"{file}"}}"#);
            let (_, bytes) = served.ask("write", &body);
            let named = if command == "sweep" { "" } else { &format!("--figure {figure}") };
            typed(&format!("{base} --plot {file} {named}"));
            assert!(bytes == fs::read(folder.path().join(&file)).unwrap(), "{file}");
        }
        // What is shown is the report, and beside it the command that gives it.
        let figure = if command == "sweep" { "phase" } else { figure };
        let body = format!(r#"{{"command":"{command}",{options},"figures":["{figure}"]}}"#);
        let (_, answer) = served.ask("show", &body);
        let text = String::from_utf8(answer).unwrap();
        let parsed: Value = serde_json::from_str(&text).unwrap();
        let words = parsed["command"].as_str().unwrap().strip_prefix("equipoise ").unwrap();
        assert_eq!(words, base);
        let report = String::from_utf8(typed(&format!("{words} --format json"))).unwrap();
        assert!(text.contains(report.trim_end()), "{words}");
        let drawn = fs::read_to_string(folder.path().join(format!("{figure}.svg"))).unwrap();
        assert_eq!(parsed["figures"][0][1]["Ok"], drawn, "{figure}");
    }
}

#[test]
fn states_that_were_changed_are_solved_by_the_command_that_is_shown() {
    let args = ["data/europe-1913.csv", "--dyads=data/pairs/europe-1913.csv", "--year=1913"];
    let served = Served::start(&args);
    let (_, start) = served.ask("start", "{}");
    let start: Value = serde_json::from_slice(&start).unwrap();
    assert_eq!(start["base"][1][0], "dyads");
    assert_eq!(start["columns"].as_array().unwrap().len(), 6);
    let as_it_is = served.ask("show", r#"{"command":"solve"}"#).1;
    let as_it_is: Value = serde_json::from_slice(&as_it_is).unwrap();
    let command = as_it_is["command"].as_str().unwrap();
    assert!(command.ends_with("--year=1913 --dyads=data/pairs/europe-1913.csv"), "{command}");
    let (system, pairs) =
        ("state,power\nA,70\nB,20\nC,10\n", "state1,state2,distance\nA,B,9\nA,C,9\nB,C,9\n");
    let body = serde_json::json!({ "command": "solve", "system": system, "pairs": pairs });
    let answer = served.ask("show", &body.to_string()).1;
    let answer: Value = serde_json::from_slice(&answer).unwrap();
    assert_eq!(answer["report"]["verdict"]["overall"], "hegemonic");
    assert_eq!(answer["command"], "equipoise solve explored.csv --dyads=explored-pairs.csv");
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("explored.csv"), system).unwrap();
    fs::write(folder.path().join("explored-pairs.csv"), pairs).unwrap();
    let words = answer["command"].as_str().unwrap().split(' ').skip(1);
    let mut command = Command::new(env!("CARGO_BIN_EXE_equipoise"));
    let output = command.current_dir(folder.path()).args(words).arg("--format=json").output();
    let typed: Value = serde_json::from_slice(&output.unwrap().stdout).unwrap();
    assert_eq!(typed, answer["report"]);
    // What is wrong is said as the command says it.
    let body = serde_json::json!({ "command": "solve", "system": "state,power\nA,x\n" });
    let answer = served.ask("show", &body.to_string()).1;
    let answer: Value = serde_json::from_slice(&answer).unwrap();
    assert!(answer["error"].as_str().unwrap().contains("explored.csv"), "{answer}");
}

#[test]
fn it_ends_well_on_an_interrupt_and_says_what_is_wrong_at_the_start() {
    assert_eq!(Served::start(&[]).interrupt(), Some(0));
    let busy = Served::start(&[]);
    let port = busy.host.rsplit(':').next().unwrap().to_owned();
    let run = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_equipoise"));
        let output = command.args(["explore", "--no-open"]).args(args).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, error) = run(&["--port", &port]);
    assert_eq!(code, Some(2));
    assert!(error.contains("port: expected a port that is free"), "{error}");
    let (code, error) = run(&["no-such-file.csv"]);
    assert_eq!(code, Some(2));
    assert!(error.contains("no-such-file.csv"), "{error}");
}
