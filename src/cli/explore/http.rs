//! Requests and responses of HTTP/1.1, one a connection, within bounds of time and size.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// Bytes of a request line and its headers at most.
const HEAD: usize = 16 << 10;
/// Bytes of a body at most.
pub(super) const BODY: usize = 256 << 10;
/// Headers at most.
const HEADERS: usize = 64;
/// For how long a request may take to arrive, and an answer to be taken.
const PATIENCE: Duration = Duration::from_secs(5);

/// A request.
#[derive(Debug, Default)]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) path: String,
    headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

/// What is sent back.
#[derive(Debug)]
pub(super) struct Response {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

/// Why there is no request.
pub(super) enum Unread {
    /// It is answered with this status.
    Refused(u16),
    /// Nobody waits for an answer.
    Gone,
}

impl From<io::Error> for Unread {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => Self::Refused(408),
            _ => Self::Gone,
        }
    }
}

impl Request {
    /// Reads a request. O(size), which is bounded, and so is the time.
    pub(super) fn read(stream: &mut TcpStream) -> Result<Self, Unread> {
        let mut stream = Timed { stream, until: Instant::now() + PATIENCE };
        let mut bytes = Vec::new();
        let (mut request, begin) = loop {
            let begun = bytes.len();
            bytes.resize(begun + (4 << 10), 0);
            let read = stream.read(&mut bytes[begun..])?;
            bytes.truncate(begun + read);
            if read == 0 {
                return Err(if begun == 0 { Unread::Gone } else { Unread::Refused(400) });
            }
            if let Some(found) = Self::head(&bytes)? {
                break found;
            }
            if bytes.len() > HEAD {
                return Err(Unread::Refused(431));
            }
        };
        let size = request.size()?;
        request.body = bytes.split_off(begin);
        if request.body.len() > size {
            return Err(Unread::Refused(400));
        }
        let begun = request.body.len();
        request.body.resize(size, 0);
        stream.read_exact(&mut request.body[begun..])?;
        Ok(request)
    }

    /// The request without its body, and where that begins; `None` if there is more to come.
    fn head(bytes: &[u8]) -> Result<Option<(Self, usize)>, Unread> {
        let mut headers = [httparse::EMPTY_HEADER; HEADERS];
        let mut parsed = httparse::Request::new(&mut headers);
        let begin = match parsed.parse(bytes) {
            Ok(httparse::Status::Complete(begin)) => begin,
            Ok(httparse::Status::Partial) => return Ok(None),
            Err(httparse::Error::TooManyHeaders) => return Err(Unread::Refused(431)),
            Err(_) => return Err(Unread::Refused(400)),
        };
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec());
        let headers = parsed.headers.iter().map(|header| {
            let value = text(header.value).map_err(|_| Unread::Refused(400))?;
            Ok((header.name.to_ascii_lowercase(), value))
        });
        let request = Self {
            method: parsed.method.unwrap_or_default().to_owned(),
            path: parsed.path.unwrap_or_default().to_owned(),
            headers: headers.collect::<Result<_, Unread>>()?,
            body: Vec::new(),
        };
        Ok(Some((request, begin)))
    }

    /// How long its body is.
    fn size(&self) -> Result<usize, Unread> {
        // The ways to say it twice are the ways to be read in two ways.
        let once = |name| self.headers.iter().filter(|(known, _)| known == name).count() <= 1;
        if self.header("transfer-encoding").is_some() || !once("content-length") || !once("host") {
            return Err(Unread::Refused(400));
        }
        let said = self.header("content-length").map(|size| {
            let digits = !size.is_empty() && size.bytes().all(|byte| byte.is_ascii_digit());
            if digits { size.parse().ok() } else { None }
        });
        match said {
            None if self.method == "POST" => Err(Unread::Refused(411)),
            None => Ok(0),
            Some(None) => Err(Unread::Refused(400)),
            Some(Some(size)) if size > BODY => Err(Unread::Refused(413)),
            Some(Some(size)) => Ok(size),
        }
    }

    /// A header by its name in lower case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// A stream of which reading ends at a moment, however slowly bytes come.
struct Timed<'a> {
    stream: &'a mut TcpStream,
    until: Instant,
}

impl Read for Timed<'_> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let left = self.until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        self.stream.set_read_timeout(Some(left))?;
        self.stream.read(bytes)
    }
}

impl Response {
    /// A response with a body of this type.
    pub(super) fn new(media: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { status: 200, headers: vec![("Content-Type", media.to_owned())], body: body.into() }
    }

    /// A response that is a status and no more.
    pub(super) fn status(status: u16) -> Self {
        let body = format!("{status} {}\n", reason(status));
        Self { status, ..Self::new("text/plain; charset=utf-8", body) }
    }

    /// The way to another address.
    pub(super) fn see(address: String) -> Self {
        Self::status(303).with("Location", address)
    }

    /// The same with a header.
    pub(super) fn with(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    /// Sends it. That nobody takes it is no failure of ours.
    pub(super) fn send(&self, stream: &mut TcpStream) {
        let mut head = format!("HTTP/1.1 {} {}\r\n", self.status, reason(self.status));
        let length = ("Content-Length", self.body.len().to_string());
        for (name, value) in self.headers.iter().chain([&length]) {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        for (name, value) in ALWAYS {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        let _ = stream
            .set_write_timeout(Some(PATIENCE))
            .and_then(|()| stream.write_all(head.as_bytes()))
            .and_then(|()| stream.write_all(&self.body))
            .and_then(|()| stream.flush());
    }
}

/// What every response says: it is for this page alone, and kept by nobody.
const ALWAYS: [(&str, &str); 7] = [
    ("Connection", "close"),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
];

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        303 => "See Other",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        411 => "Length Required",
        413 => "Content Too Large",
        431 => "Request Header Fields Too Large",
        503 => "Service Unavailable",
        _ => "Bad Request",
    }
}
