//! The live page: its server, and the page in a browser.
#![cfg(unix)]

mod browser;
mod sealed;
mod server;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// The program at work, until it is dropped.
pub struct Served {
    child: Child,
    pub address: String,
    pub host: String,
    /// The token in the address.
    pub token: String,
}

impl Served {
    /// Starts the program from the folder of the crate.
    pub fn start(args: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_equipoise"))
            .args(["explore", "--no-open", "--port=0"])
            .args(args)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut address = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut address).unwrap();
        let address = address.trim().to_owned();
        let rest = address.strip_prefix("http://").expect("an address");
        let (host, token) = rest.trim_end_matches('/').split_once('/').unwrap();
        Self { host: host.into(), token: token.into(), child, address }
    }

    /// Sends bytes and reads what comes back: the status, the head and the body.
    pub fn raw(&self, request: &[u8]) -> (u16, String, Vec<u8>) {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        // Who is refused early may find the other end closed.
        let _ = stream.write_all(request);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(answer.len());
        let head = String::from_utf8_lossy(&answer[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        (status, head, answer.get(end + 4..).unwrap_or_default().to_vec())
    }

    /// A request with these headers besides the length of its body.
    pub fn request(
        &self,
        line: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> (u16, String, Vec<u8>) {
        let mut request = format!("{line} HTTP/1.1\r\n");
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        let body = if line.starts_with("POST") { body } else { "" };
        if !body.is_empty() {
            request.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        self.raw(format!("{request}\r\n{body}").as_bytes())
    }

    /// What the page asks: the head and the body of the answer.
    pub fn ask(&self, path: &str, body: &str) -> (String, Vec<u8>) {
        let origin = format!("http://{}", self.host);
        let headers = [("Host", self.host.as_str()), ("Origin", origin.as_str())];
        let line = format!("POST /{}/{path}", self.token);
        let (status, head, answer) = self.request(&line, &headers, body);
        assert_eq!(status, 200, "{path} {body}: {head}");
        (head, answer)
    }

    /// Ends it as Ctrl-C does; its exit code.
    pub fn interrupt(mut self) -> Option<i32> {
        let kill = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status();
        assert!(kill.unwrap().success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
