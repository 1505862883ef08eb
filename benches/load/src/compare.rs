//! Rounds of the hand-written and the generated service by turns; what counts is the ratio within a round.

use std::time::Duration;

use crate::Error;
use crate::target::Target;
use crate::work::{Operation, Round, round};

const WARM_UP: Duration = Duration::from_secs(1);

pub async fn run(
    database: &str,
    urls: [&str; 2],
    pids: [&str; 2],
    seconds: &str,
    rounds: &str,
) -> Result<(), Error> {
    let time = Duration::from_secs_f64(seconds.parse()?);
    let rounds: usize = rounds.parse()?;
    // Both live as long as the program: the workers are spawned.
    let hand: &'static Target = Box::leak(Box::new(Target::survey(urls[0], pids[0]).await?));
    let generated: &'static Target = Box::leak(Box::new(Target::survey(urls[1], pids[1]).await?));
    same(hand, generated).await?;
    let only = std::env::var("ONLY").unwrap_or_default();
    let chosen = Operation::ALL
        .into_iter()
        .filter(|operation| operation.name().starts_with(&only));
    for operation in chosen {
        round(hand, operation, WARM_UP).await?;
        round(generated, operation, WARM_UP).await?;
        let mut pairs = Vec::with_capacity(rounds);
        for number in 0..rounds {
            let pair = if number % 2 == 0 {
                let first = round(hand, operation, time).await?;
                (first, round(generated, operation, time).await?)
            } else {
                let first = round(generated, operation, time).await?;
                (round(hand, operation, time).await?, first)
            };
            eprintln!(
                "{database} {} {:.0}/s by hand, {:.0}/s generated: {:.3}; CPU {:.1} and {:.1} us: {:.3}",
                operation.name(),
                pair.0.rate,
                pair.1.rate,
                pair.1.rate / pair.0.rate,
                pair.0.cpu,
                pair.1.cpu,
                pair.0.cpu / pair.1.cpu,
            );
            pairs.push(pair);
        }
        println!("{}", row(database, operation, &pairs));
    }
    let (by_hand, by_us) = (hand.memory()?, generated.memory()?);
    println!(
        "| {database} | memory, MB | {by_hand:.0} | {by_us:.0} | {:.2} | | | | | | |",
        by_us / by_hand
    );
    Ok(())
}

/// The services are comparable only if they hold the same rows and answer with the same bytes.
async fn same(hand: &Target, generated: &Target) -> Result<(), Error> {
    if hand.ids != generated.ids {
        return Err(format!(
            "{} rows by hand, {} generated, or other ids",
            hand.ids.len(),
            generated.ids.len()
        )
        .into());
    }
    let id = hand.ids.first().ok_or("no rows: seed first")?;
    let answers = (hand.show(id).await?, generated.show(id).await?);
    if answers.0 != answers.1 {
        return Err(format!("the answers differ:\n{}\n{}", answers.0, answers.1).into());
    }
    Ok(())
}

fn row(database: &str, operation: Operation, pairs: &[(Round, Round)]) -> String {
    let ratios: Vec<f64> = pairs
        .iter()
        .map(|(hand, generated)| generated.rate / hand.rate)
        .collect();
    let spread = ratios
        .iter()
        .copied()
        .fold((f64::MAX, f64::MIN), |(least, most), it| {
            (least.min(it), most.max(it))
        });
    let ratio = median(ratios);
    let late = median(
        pairs
            .iter()
            .map(|(hand, generated)| generated.p99 / hand.p99)
            .collect(),
    );
    let cpu = |side: fn(&(Round, Round)) -> &Round| {
        median(pairs.iter().map(|pair| side(pair).cpu).collect())
    };
    let (cpu_by_hand, cpu_by_us) = (cpu(|pair| &pair.0), cpu(|pair| &pair.1));
    let given = std::env::var("TARGET").ok();
    let target = match given.and_then(|target| target.parse().ok()) {
        Some(target) => target,
        None if operation == Operation::Get && database == "SQLite" => 0.8,
        None => 0.9,
    };
    format!(
        "| {database} | {} | {:.0} | {:.0} | **{ratio:.2}** ({:.2} to {:.2}) | {late:.2} | {cpu_by_hand:.1} | {cpu_by_us:.1} | {:.2} | {target} | {} |",
        operation.name(),
        median(pairs.iter().map(|(hand, _)| hand.rate).collect()),
        median(pairs.iter().map(|(_, generated)| generated.rate).collect()),
        spread.0,
        spread.1,
        cpu_by_hand / cpu_by_us,
        if ratio >= target { "yes" } else { "NO" },
    )
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() % 2 {
        0 => (values[middle - 1] + values[middle]) / 2.0,
        _ => values[middle],
    }
}
