//! Fills the table through the service itself, so that the rows are stored as it stores them.

use crate::Error;
use crate::client::Client;
use crate::target::address;
use crate::work::{CONNECTIONS, body};

pub async fn run(url: &str, rows: &str) -> Result<(), Error> {
    let rows: usize = rows.parse()?;
    let address = address(url)?;
    let workers: Vec<_> = (0..CONNECTIONS)
        .map(|worker| {
            let address = address.clone();
            let share = rows / CONNECTIONS + usize::from(worker < rows % CONNECTIONS);
            async move {
                let mut client = Client::connect(&address).await?;
                for row in 0..share {
                    let status = client
                        .send("POST", "/api/items", None, &body(worker, row))
                        .await?;
                    if status != 201 {
                        return Err(format!("create: {status} {}", client.body()).into());
                    }
                }
                Ok::<(), Error>(())
            }
        })
        .collect();
    crate::work::join(workers).await?;
    eprintln!("{rows} rows");
    Ok(())
}
