//! One HTTP/1.1 connection: a request out, an answer in, as little as possible between.

use memchr::{memchr, memmem};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::Error;

pub struct Client {
    stream: TcpStream,
    /// The line that says who calls; empty for nobody.
    authorization: String,
    request: Vec<u8>,
    buffer: Vec<u8>,
    head: usize,
    length: usize,
}

impl Client {
    pub async fn connect(address: &str) -> Result<Self, Error> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let authorization = std::env::var("AUTHORIZATION");
        Ok(Self {
            stream,
            authorization: authorization
                .map(|value| format!("authorization: {value}\r\n"))
                .unwrap_or_default(),
            request: Vec::with_capacity(1024),
            buffer: Vec::with_capacity(64 * 1024),
            head: 0,
            length: 0,
        })
    }

    /// Sends one request and reads its whole answer; the status comes back, the rest is in [`Client::header`] and
    /// [`Client::body`] until the next one.
    pub async fn send(
        &mut self,
        method: &str,
        path: &str,
        if_match: Option<i64>,
        body: &str,
    ) -> Result<u16, Error> {
        use std::io::Write;
        self.request.clear();
        write!(
            self.request,
            "{method} {path} HTTP/1.1\r\nhost: localhost\r\n{}",
            self.authorization
        )?;
        if let Some(version) = if_match {
            write!(self.request, "if-match: \"{version}\"\r\n")?;
        }
        if !body.is_empty() {
            write!(
                self.request,
                "content-type: application/json\r\ncontent-length: {}\r\n",
                body.len()
            )?;
        }
        write!(self.request, "\r\n{body}")?;
        self.stream.write_all(&self.request).await?;
        self.read().await
    }

    async fn read(&mut self) -> Result<u16, Error> {
        self.buffer.clear();
        loop {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err("the service closed the connection".into());
            }
            if let Some(end) = memmem::find(&self.buffer, b"\r\n\r\n") {
                self.head = end + 4;
                break;
            }
        }
        let length = self.header("content-length").map(str::parse).transpose()?;
        let status = str::from_utf8(&self.buffer[9..12])?.parse()?;
        self.length = length
            .or((status == 204).then_some(0))
            .ok_or("an answer without content-length")?;
        while self.buffer.len() < self.head + self.length {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err("the service closed the connection within an answer".into());
            }
        }
        Ok(status)
    }

    /// A header of the answer; `name` in lower case, as hyper writes them.
    pub fn header(&self, name: &str) -> Option<&str> {
        let head = &self.buffer[..self.head];
        let line = format!("\r\n{name}: ");
        let value = &head[memmem::find(head, line.as_bytes())? + line.len()..];
        str::from_utf8(&value[..memchr(b'\r', value)?]).ok()
    }

    pub fn body(&self) -> &str {
        str::from_utf8(&self.buffer[self.head..self.head + self.length]).unwrap_or("(not UTF-8)")
    }
}
