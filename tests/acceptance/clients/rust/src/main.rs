//! Calls the live bookshop through a client that progenitor generated from `backgen inspect openapi --openapi 3.0`. Usage: client BASE_URL; AUTHORIZATION is sent along

progenitor::generate_api!(spec = "openapi.json", interface = Builder, tags = Merged);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let base = std::env::args().nth(1).ok_or("usage: client BASE_URL")?;
    let mut headers = reqwest::header::HeaderMap::new();
    headers.insert(reqwest::header::AUTHORIZATION, std::env::var("AUTHORIZATION")?.parse()?);
    let client = Client::new_with_client(&base, reqwest::Client::builder().default_headers(headers).build()?);
    let name = format!("Octavia {}", std::process::id());

    let author = client.create_author().body_map(|body| body.name(name.as_str())).send().await?.into_inner().data;
    let read = client.get_author().id(author.id).send().await?;
    let tag = read.headers().get("etag").ok_or("no ETag")?.to_str()?.to_owned();
    assert_eq!(*read.into_inner().data.name, name);

    let renamed = types::UpdateAuthorName::try_from("Octavia Butler")?;
    let changed = client
        .update_author()
        .id(author.id)
        .if_match(tag.as_str())
        .body_map(|body| body.name(renamed.clone()))
        .send()
        .await?
        .into_inner()
        .data;
    assert_eq!(changed.version.get(), author.version.get() + 1);

    let stale = client
        .update_author()
        .id(author.id)
        .if_match(tag.as_str())
        .body_map(|body| body.name(renamed))
        .send()
        .await;
    let refused = stale.err().ok_or("a stale version was accepted")?;
    assert_eq!(refused.status().map(|status| status.as_u16()), Some(412));

    let listed = client.list_authors().limit(5).sort("-created_at").send().await?.into_inner();
    assert!(listed.data.iter().any(|row| row.id == author.id));
    client.delete_author().id(author.id).send().await?;
    println!("Rust client: content");
    Ok(())
}
