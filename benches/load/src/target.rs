//! A service under measurement: its rows and the pages that its own cursors lead to.

use crate::Error;
use crate::client::Client;

pub struct Target {
    pub address: String,
    pub pid: u32,
    /// Every row's id.
    pub ids: Vec<String>,
    /// Paths of pages of 20, spread over the table.
    pub pages: Vec<String>,
}

/// `http://host:port` without its scheme.
pub fn address(url: &str) -> Result<String, Error> {
    let rest = url
        .strip_prefix("http://")
        .ok_or("a URL begins with http://")?;
    Ok(rest.trim_end_matches('/').to_owned())
}

impl Target {
    /// Walks the whole list, from page to page by the `Link` header.
    pub async fn survey(url: &str, pid: &str) -> Result<Self, Error> {
        let address = address(url)?;
        let mut client = Client::connect(&address).await?;
        let mut ids = Vec::new();
        let mut pages = vec!["/api/items?limit=20".to_owned()];
        let mut next = Some("/api/items?limit=100".to_owned());
        while let Some(path) = next {
            let status = client.send("GET", &path, None, "").await?;
            if status != 200 {
                return Err(format!("{path}: {status} {}", client.body()).into());
            }
            ids.extend(
                client
                    .body()
                    .split("\"id\":\"")
                    .skip(1)
                    .map(|rest| rest[..36].to_owned()),
            );
            next = client.header("link").and_then(follow);
            if let Some(path) = &next {
                pages.push(path.replace("limit=100", "limit=20"));
            }
        }
        // The last page is shorter than the others.
        pages.pop();
        Ok(Self {
            address,
            pid: pid.parse()?,
            ids,
            pages,
        })
    }

    /// What the service answers for one row.
    pub async fn show(&self, id: &str) -> Result<String, Error> {
        let mut client = Client::connect(&self.address).await?;
        client
            .send("GET", &format!("/api/items/{id}"), None, "")
            .await?;
        Ok(client.body().to_owned())
    }

    /// The processor time that the process's threads have used, in seconds.
    pub fn cpu(&self) -> Result<f64, Error> {
        let mut nanoseconds = 0.0;
        for thread in std::fs::read_dir(format!("/proc/{}/task", self.pid))? {
            let line = std::fs::read_to_string(thread?.path().join("schedstat"))?;
            let used: f64 = line.split(' ').next().ok_or("no schedstat")?.parse()?;
            nanoseconds += used;
        }
        Ok(nanoseconds / 1e9)
    }

    /// The most memory that the process has held, in MB.
    pub fn memory(&self) -> Result<f64, Error> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid))?;
        let line = status
            .lines()
            .find(|line| line.starts_with("VmHWM:"))
            .ok_or("no VmHWM")?;
        let kilobytes: f64 = line.split_whitespace().nth(1).ok_or("no VmHWM")?.parse()?;
        Ok(kilobytes / 1024.0)
    }
}

/// The path in `<...>; rel="next"`.
fn follow(link: &str) -> Option<String> {
    let next = link.split(',').find(|part| part.contains("rel=\"next\""))?;
    let target = next.split_once('<')?.1.split_once('>')?.0;
    let path = match target.split_once("://") {
        Some((_, rest)) => &rest[rest.find('/')?..],
        None => target,
    };
    Some(path.to_owned())
}
