//! The page in a browser without a screen, driven by its debugging pipe: messages of JSON, each
//! ended by a NUL.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::Served;
use crate::common::skipped;

/// A page in a browser.
struct Page {
    child: Child,
    answers: BufReader<ChildStdout>,
    session: Option<String>,
    number: u64,
    events: Vec<Value>,
    _folder: tempfile::TempDir,
}

impl Page {
    /// An empty page; `None` where no Chromium is installed.
    fn open() -> Option<Self> {
        let names = ["chromium", "chromium-browser", "google-chrome", "chrome"];
        let name = names.into_iter().find(|name| {
            let found = Command::new(name).arg("--version").output();
            found.is_ok_and(|found| found.status.success())
        });
        let Some(name) = name else { return skipped("no Chromium on the path") };
        let folder = tempfile::tempdir().unwrap();
        // The pipe is on descriptors 3 and 4.
        let line = format!(
            "exec {name} --headless --no-sandbox --disable-gpu --remote-debugging-pipe \
             --window-size=1400,1000 --user-data-dir={} 3<&0 4>&1 0</dev/null 1>/dev/null",
            folder.path().display()
        );
        let mut child = Command::new("sh")
            .args(["-c", &line])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let answers = BufReader::new(child.stdout.take().unwrap());
        let (session, events) = (None, Vec::new());
        let mut page = Self { child, answers, session, number: 0, events, _folder: folder };
        let target = page.call("Target.createTarget", json!({ "url": "about:blank" }));
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        let attached = page.call("Target.attachToTarget", attach);
        page.session = attached["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page", "Runtime", "Log"] {
            page.call(&format!("{domain}.enable"), json!({}));
        }
        Some(page)
    }

    fn call(&mut self, method: &str, params: Value) -> Value {
        self.number += 1;
        let mut message = json!({ "id": self.number, "method": method, "params": params });
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        let pipe = self.child.stdin.as_mut().unwrap();
        pipe.write_all(format!("{message}\0").as_bytes()).unwrap();
        loop {
            let mut bytes = Vec::new();
            self.answers.read_until(0, &mut bytes).unwrap();
            assert!(bytes.pop() == Some(0), "the browser ended");
            let mut answer: Value = serde_json::from_slice(&bytes).unwrap();
            if answer["id"] == json!(self.number) {
                assert!(answer["error"].is_null(), "{method}: {answer}");
                return answer["result"].take();
            }
            self.events.push(answer);
        }
    }

    /// The value of an expression.
    fn value(&mut self, expression: &str) -> Value {
        let params = json!({
            "expression": expression, "awaitPromise": true, "returnByValue": true,
        });
        let mut found = self.call("Runtime.evaluate", params);
        assert!(found["exceptionDetails"].is_null(), "{expression}: {found}");
        found["result"]["value"].take()
    }

    /// Waits until an expression is true. The bound only keeps a broken page from waiting for ever.
    fn until(&mut self, expression: &str) {
        let end = Instant::now() + Duration::from_secs(120);
        while self.value(expression) != json!(true) {
            assert!(
                Instant::now() < end,
                "never: {expression}: {}",
                self.value("document.body.innerText")
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Until every panel is drawn.
    fn settled(&mut self) {
        self.until("document.body?.dataset.busy === '0'");
    }

    fn mouse(&mut self, kind: &str, [x, y]: [f64; 2]) {
        let buttons = i32::from(kind != "mouseReleased");
        let params = json!({
            "type": kind, "x": x, "y": y, "button": "left", "buttons": buttons, "clickCount": 1,
        });
        self.call("Input.dispatchMouseEvent", params);
    }

    /// Drags from one place to another, in steps.
    fn drag(&mut self, from: [f64; 2], to: [f64; 2]) {
        self.mouse("mousePressed", from);
        for step in 1..=8 {
            let part = f64::from(step) / 8.0;
            let place = |k: usize| from[k] + (to[k] - from[k]) * part;
            self.mouse("mouseMoved", [place(0), place(1)]);
        }
        self.mouse("mouseReleased", to);
    }

    /// Presses a key.
    fn key(&mut self, name: &str) {
        for kind in ["rawKeyDown", "keyUp"] {
            let code = match name {
                "ArrowRight" => 39,
                "End" => 35,
                _ => 9,
            };
            let params = json!({
                "type": kind, "key": name, "code": name, "windowsVirtualKeyCode": code,
            });
            self.call("Input.dispatchKeyEvent", params);
        }
    }

    /// A place in an element: a part of its width, the middle of its height.
    fn place(&mut self, element: &str, part: f64) -> [f64; 2] {
        let found = self.value(&format!(
            "(() => {{ const e = document.querySelector('{element}');
              e.scrollIntoView({{ block: 'center' }}); const r = e.getBoundingClientRect();
              return [r.left + {part} * r.width, r.top + r.height / 2]; }})()"
        ));
        [found[0].as_f64().unwrap(), found[1].as_f64().unwrap()]
    }

    /// What the console has, and what was thrown.
    fn messages(&self) -> Vec<&Value> {
        let told = ["Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"];
        let told = |event: &&Value| told.iter().any(|name| event["method"] == *name);
        self.events.iter().filter(told).collect()
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_page_follows_who_drags_types_and_chooses() {
    let Some(mut page) = Page::open() else { return };
    let served = Served::start(&["data/europe-1913.csv"]);
    page.call("Page.navigate", json!({ "url": served.address }));
    page.settled();
    assert_eq!(page.value("$('word').textContent"), "balanced");
    assert_eq!(page.value("document.querySelectorAll('figure svg').length"), 5);
    // A first visit explains itself in five steps, which the keyboard walks through.
    for step in 1..=5 {
        let title = page.value("$('tour-title').textContent");
        assert!(title.as_str().unwrap().starts_with(&format!("{step} of 5")), "{title}");
        assert_eq!(page.value("document.activeElement.id"), "tour-next");
        page.value("document.activeElement.click()");
    }
    assert_eq!(page.value("$('tour').hidden"), true);
    // A slider is dragged: Germany has most of all power.
    let slider = "#rows .row:nth-child(3) input";
    let (from, to) = (page.place(slider, 0.28), page.place(slider, 0.95));
    page.drag(from, to);
    page.settled();
    assert_eq!(page.value("$('word').textContent"), "hegemonic");
    let command = page.value("document.querySelector('#commands pre').textContent");
    assert_eq!(command, "equipoise solve explored.csv");
    // The same as the command says of the file that the page hands out.
    let folder = tempfile::tempdir().unwrap();
    let file = page.value("changedSystem()");
    std::fs::write(folder.path().join("explored.csv"), file.as_str().unwrap()).unwrap();
    let mut typed = Command::new(env!("CARGO_BIN_EXE_equipoise"));
    let typed = typed.current_dir(&folder).args(["solve", "explored.csv", "--format=json"]);
    let typed: Value = serde_json::from_slice(&typed.output().unwrap().stdout).unwrap();
    assert_eq!(typed["verdict"]["overall"], "hegemonic");
    assert_eq!(typed["verdict"]["control"], page.value("page.report.verdict.control"));
    // Back to the file; a slider of the model moves by the keyboard.
    page.value("$('reset').click()");
    page.settled();
    assert_eq!(page.value("$('word').textContent"), "balanced");
    page.value("$('p-threshold').focus()");
    page.value("$('p-threshold').value = 0.05");
    page.key("ArrowRight");
    page.settled();
    assert_eq!(page.value("$('word').textContent"), "hegemonic");
    let commands = page
        .value("[...document.querySelectorAll('#commands pre')].map((p) => p.textContent).join()");
    assert_eq!(commands.as_str().unwrap().matches("--threshold=0.06").count(), 3, "{commands}");
    // A bloc is dragged together, a state is added and one removed.
    let (from, to) =
        (page.place("#board li:nth-child(5)", 0.5), page.place("#board li:nth-child(1)", 0.5));
    page.drag(from, to);
    page.settled();
    let ids = "page.report.system.states.map((s) => s.id).join(' ')";
    assert_eq!(page.value(ids), "UKG+ITA FRN GMY AUH RUS");
    page.value("$('new').value = 'USA'; $('add').click()");
    page.settled();
    page.value("document.querySelector('[aria-label=\"Remove FRN\"]').click()");
    page.settled();
    assert_eq!(page.value(ids), "UKG+ITA GMY AUH RUS USA");
    page.value("[...document.querySelectorAll('#rows button')].find((b) => b.textContent === 'Separate').click()");
    page.settled();
    assert_eq!(page.value(ids), "UKG ITA GMY AUH RUS USA");
    // A partition of one's own, by the mouse and by the keyboard, is what the command judges.
    assert_eq!(page.value("$('f-partition').hidden"), true);
    page.value("moveInto('RUS', ownBlocs()?.length ?? firstBlocs().length)");
    page.settled();
    let home = "ownBlocs().find((bloc) => bloc.includes('GMY')).join('+')";
    let box_of = |id: &str| format!("#boxes .box:has([data-id=\"{id}\"])");
    // The boxes are on one screen: looking at one of them moves none of the others.
    let from = page.place("#boxes [data-id=\"RUS\"]", 0.5);
    let place = |k: &str| {
        format!(
            "(() => {{ const r = document.querySelector('{}').getBoundingClientRect(); return r.{k}; }})()",
            box_of("GMY")
        )
    };
    let at = |page: &mut Page, k: &str| page.value(&place(k)).as_f64().unwrap();
    let onto = [at(&mut page, "right") - 4.0, at(&mut page, "bottom") - 4.0];
    page.drag(from, onto);
    page.settled();
    let together = page.value(home);
    assert!(together.as_str().unwrap().contains("RUS"), "{together}");
    page.value("document.querySelector('#boxes [data-id=\"RUS\"]').focus()");
    page.key("ArrowRight");
    page.settled();
    let apart = page.value(home);
    assert!(!apart.as_str().unwrap().contains("RUS"), "{apart}");
    assert_eq!(page.value("document.activeElement.dataset.id"), "RUS");
    let command = page.value("document.querySelector('#commands pre').textContent");
    assert!(command.as_str().unwrap().contains("--blocs="), "{command}");
    let file = page.value("changedSystem()");
    std::fs::write(folder.path().join("explored.csv"), file.as_str().unwrap()).unwrap();
    let words = command.as_str().unwrap().split_whitespace().skip(1);
    let mut typed = Command::new(env!("CARGO_BIN_EXE_equipoise"));
    let typed = typed.current_dir(&folder).args(words).arg("--format=json").output().unwrap();
    let typed: Value = serde_json::from_slice(&typed.stdout).unwrap();
    assert_eq!(typed["partition"], page.value("page.report.partition"));
    assert_eq!(typed["partition"]["verdict"], page.value("$('own-verdict').textContent"));
    let moves = typed["partition"]["moves"].as_array().unwrap().len();
    assert_eq!(page.value("document.querySelectorAll('#t-partition li').length"), moves);
    assert_eq!(page.value("document.querySelectorAll('#f-partition svg').length"), 1);
    page.value("$('forget').click()");
    page.settled();
    assert_eq!(page.value("page.report.partition === undefined && $('f-partition').hidden"), true);
    // The target of the lens security.
    let choose = "$('p-target').value = 'RUS'; $('p-target').dispatchEvent(new Event('change'))";
    page.value(choose);
    page.settled();
    assert_eq!(page.value("page.report.lenses.security.target"), "RUS");
    // Everything that can be operated has a name.
    let nameless = "[...document.querySelectorAll('input, select, button')].filter((e) =>
        !(e.labels?.length || e.getAttribute('aria-label') || e.textContent.trim())).map((e) => e.id)";
    assert_eq!(page.value(nameless), json!([]));
    // What is wrong is said on the page, not in the console.
    page.value("$('top').value = '1'; $('top').dispatchEvent(new Event('change'))");
    page.settled();
    assert_eq!(page.value("$('trouble').hidden"), false);
    assert_eq!(page.messages(), Vec::<&Value>::new());
}
