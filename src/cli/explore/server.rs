//! The server of the page: who may ask, and what there is.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::desk::{Ask, Desk, Written, json};
use super::http::{Request, Response, Unread};
use super::slots::{self, Slot};
use crate::cli::note;
use crate::error::{Error, ErrorKind, Result};

/// The port, unless another one is asked for: the year of the Peace of Westphalia.
const PORT: u16 = 1648;
/// Connections at once.
const CONNECTIONS: usize = 32;
/// Of the threads that run commands.
const STACK: usize = 8 << 20;
/// For how long commands that are stopped are waited for.
const GRACE: Duration = Duration::from_secs(3);

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
const VIEW: &str = include_str!("view.js");
const PARTITION: &str = include_str!("partition.js");
const GUIDE: &str = include_str!("guide.js");

/// A server on the loopback address.
pub(super) struct Server {
    listener: TcpListener,
    port: u16,
    /// What every address begins with.
    token: String,
    /// The address that is given to the browser, as other users of the machine see the words of
    /// commands: it leads to the page once.
    once: Mutex<Option<String>>,
    page: String,
    policy: String,
    desk: Desk,
    open: AtomicUsize,
}

impl Server {
    /// Takes a port.
    pub(super) fn new(desk: Desk, port: Option<u16>) -> Result<Self> {
        let at = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
        let listener = match port {
            Some(port) => at(port).map_err(|error| {
                Error::parameter("port", "a port that is free", format!("{port} ({error})"))
            })?,
            None => at(PORT)
                .or_else(|_| at(0))
                .map_err(|error| Error::io("the loopback address 127.0.0.1", error))?,
        };
        let local = listener.local_addr();
        let port = local.map_err(|error| Error::io("the loopback address", error))?.port();
        let nonce = random()?;
        let scripts = [VIEW, PARTITION, GUIDE, SCRIPT].join("\n");
        let page = PAGE.replace("NONCE", &nonce).replace("/*STYLE*/", STYLE);
        Ok(Self {
            listener,
            port,
            token: random()?,
            once: Mutex::new(Some(random()?)),
            page: page.replace("/*SCRIPT*/", &scripts),
            policy: format!(
                "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; \
                 img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
                 frame-ancestors 'none'"
            ),
            desk,
            open: AtomicUsize::new(0),
        })
    }

    /// The address of the page.
    pub(super) fn address(&self) -> String {
        format!("http://127.0.0.1:{}/{}/", self.port, self.token)
    }

    /// The address for the browser.
    pub(super) fn once(&self) -> String {
        let once = self.once.lock().unwrap_or_else(PoisonError::into_inner);
        format!("http://127.0.0.1:{}/once/{}", self.port, once.as_deref().unwrap_or_default())
    }

    /// Has Ctrl-C end it.
    pub(super) fn end_on_interrupt(&self) -> Result<()> {
        let port = self.port;
        let end = move || {
            slots::end();
            // Wakes who waits for connections.
            let _ = TcpStream::connect((Ipv4Addr::LOCALHOST, port));
        };
        ctrlc::set_handler(end).map_err(|error| Error::io("Ctrl-C", std::io::Error::other(error)))
    }

    /// Answers until the program is to end.
    pub(super) fn serve(self) {
        thread::spawn(slots::watch);
        let server = Arc::new(self);
        for stream in server.listener.incoming() {
            if slots::is_ending() {
                break;
            }
            let Ok(stream) = stream else {
                // There are no more of whatever connections are made of.
                thread::sleep(Duration::from_millis(50));
                continue;
            };
            let open = Open::new(&server);
            if server.open.load(Ordering::Relaxed) > CONNECTIONS {
                continue;
            }
            let answer = move || open.0.answer(stream);
            if thread::Builder::new().stack_size(STACK).spawn(answer).is_err() {
                thread::sleep(Duration::from_millis(50));
            }
        }
        let until = Instant::now() + GRACE;
        while server.open.load(Ordering::Relaxed) > 0 && Instant::now() < until {
            thread::sleep(Duration::from_millis(10));
        }
    }

    fn answer(&self, mut stream: TcpStream) {
        let response = match Request::read(&mut stream) {
            Ok(request) => self.response(&request),
            Err(Unread::Refused(status)) => Response::status(status),
            Err(Unread::Gone) => return,
        };
        response.send(&mut stream);
    }

    fn response(&self, request: &Request) -> Response {
        if !self.is_ours(request) {
            return Response::status(403);
        }
        if let Some(known) = request.path.strip_prefix("/once/") {
            return self.first(known);
        }
        let path = request.path.strip_prefix('/').and_then(|path| path.split_once('/'));
        let path = path.filter(|(token, _)| same(token, &self.token)).map(|(_, path)| path);
        match (path, request.method.as_str()) {
            (Some(""), "GET") => Response::new("text/html; charset=utf-8", self.page.as_str())
                .with("Content-Security-Policy", self.policy.clone()),
            (Some("start"), "POST") => Response::new(JSON, self.desk.start()),
            (Some("show"), "POST") => self.work(request, |ask, slot| {
                self.desk.shown(ask, slot).map(|shown| Response::new(JSON, shown))
            }),
            (Some("write"), "POST") => self.work(request, |ask, slot| {
                self.desk.written(ask, slot).map(|Written(name, bytes)| {
                    let place = format!("attachment; filename=\"{name}\"");
                    Response::new("application/octet-stream", bytes)
                        .with("Content-Disposition", place)
                })
            }),
            (Some("" | "start" | "show" | "write"), _) => Response::status(405),
            _ => Response::status(404),
        }
    }

    /// Whether a request comes from this page, or from who typed the address: another page can
    /// make a browser ask, under a name that leads to this machine, but not without saying so.
    fn is_ours(&self, request: &Request) -> bool {
        let hosts = ["127.0.0.1", "localhost"].map(|name| format!("{name}:{}", self.port));
        let host = request.header("host").filter(|host| hosts.iter().any(|ours| ours == host));
        let Some(host) = host else { return false };
        match request.header("origin") {
            Some(origin) => origin.strip_prefix("http://") == Some(host),
            None => request.method == "GET",
        }
    }

    /// The page, by the address that works once.
    fn first(&self, known: &str) -> Response {
        let mut once = self.once.lock().unwrap_or_else(PoisonError::into_inner);
        if !once.as_deref().is_some_and(|once| same(once, known)) {
            return Response::status(404);
        }
        *once = None;
        Response::see(format!("/{}/", self.token))
    }

    /// Runs what is asked. Why there is no answer is one too.
    fn work(&self, request: &Request, run: impl Fn(&Ask, &Slot) -> Result<Response>) -> Response {
        let ask: Ask = match serde_json::from_slice(&request.body) {
            Ok(ask) => ask,
            Err(_) => return Response::status(400),
        };
        let Some(slot) = Slot::wait() else { return Response::status(503) };
        run(&ask, &slot).unwrap_or_else(|error| {
            let text = match error.kind() {
                ErrorKind::TimeUp => format!(
                    "this takes more than the {} seconds that a page may work; the command in a \
                     terminal has no limit",
                    slots::LIMIT.as_secs()
                ),
                _ => error.to_string(),
            };
            let told = json(&serde_json::json!({ "error": text }));
            told.map_or(Response::status(503), |told| Response::new(JSON, told))
        })
    }
}

const JSON: &str = "application/json";

/// A connection, among those that are open.
struct Open(Arc<Server>);

impl Open {
    fn new(server: &Arc<Server>) -> Self {
        server.open.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(server))
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Whether two texts are the same, in a time that does not tell where they differ.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |found, (a, b)| found | (a ^ b)) == 0
}

/// 128 random bits, in hexadecimal digits.
fn random() -> Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)
        .map_err(|error| Error::io("random numbers", std::io::Error::other(error)))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Opens an address in the browser; a note where that fails.
pub(super) fn browse(address: &str) {
    use std::process::{Command, Stdio};
    let words: &[&str] = match std::env::consts::OS {
        "windows" => &["rundll32", "url.dll,FileProtocolHandler"],
        "macos" => &["open"],
        _ => &["xdg-open"],
    };
    let mut command = Command::new(words[0]);
    command.args(&words[1..]).arg(address);
    let nothing = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    match nothing.spawn() {
        Ok(mut child) => {
            thread::spawn(move || child.wait());
        }
        Err(_) => note("no browser could be started: open the address in one"),
    }
}
