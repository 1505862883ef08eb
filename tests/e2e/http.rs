//! An HTTP/1.1 client on a plain socket: one connection, one request after the other.

use std::io::{BufRead, BufReader, ErrorKind, Read, Result, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use serde_json::Value;

pub struct Answer {
    pub status: u16,
    /// `Null` without a body.
    pub body: Value,
}

impl Answer {
    /// The row in the envelope.
    pub fn row(&self) -> &Value {
        &self.body["data"]
    }
}

pub struct Client {
    stream: BufReader<TcpStream>,
    /// `authorization: Bearer …` with the line's end, or nothing.
    authorization: String,
}

impl Client {
    pub fn connect(port: u16) -> Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream: BufReader::new(stream),
            authorization: String::new(),
        })
    }

    /// Every request as whom the token names.
    pub fn with_token(mut self, token: &str) -> Self {
        self.authorization = format!("authorization: Bearer {token}\r\n");
        self
    }

    /// Sends a request without waiting for its answer.
    pub fn send(&mut self, method: &str, path: &str, headers: &str, body: &Value) -> Result<()> {
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let kind = if body.is_empty() {
            ""
        } else {
            "content-type: application/json\r\n"
        };
        let length = body.len();
        let authorization = &self.authorization;
        let text = format!(
            "{method} {path} HTTP/1.1\r\nhost: localhost\r\n{authorization}{kind}{headers}content-length: {length}\r\n\r\n{body}"
        );
        self.stream.get_mut().write_all(text.as_bytes())
    }

    /// Reads an answer.
    pub fn receive(&mut self) -> Result<Answer> {
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let status = line.split(' ').nth(1).and_then(|word| word.parse().ok());
        let status = status.ok_or_else(|| std::io::Error::new(ErrorKind::UnexpectedEof, line))?;
        let mut length = 0;
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line)?;
            let Some((name, value)) = line.trim_end().split_once(':') else {
                break;
            };
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse().unwrap_or_default();
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        let body = serde_json::from_slice(&body).unwrap_or_default();
        Ok(Answer { status, body })
    }

    pub fn call(
        &mut self,
        method: &str,
        path: &str,
        headers: &str,
        body: &Value,
    ) -> Result<Answer> {
        self.send(method, path, headers, body)?;
        self.receive()
    }

    /// Closes the connection, whatever is under way.
    pub fn close(&mut self, how: Shutdown) -> Result<()> {
        self.stream.get_ref().shutdown(how)
    }
}
