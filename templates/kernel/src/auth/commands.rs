//! What a service does beside serving, for those who run it: `keys`, `token` and `revoke`.

use std::error::Error;
use std::path::Path;

use super::settings::PRODUCTION;
use super::{Issuer, SecretKey, development, revoke};
use crate::config::Settings;
use crate::contract::Unit;
use crate::db::{Failure, Pool};
use crate::problem::Problem;
use crate::types::Timestamp;

type Outcome = Result<String, Box<dyn Error>>;

/// How the commands are called.
const USAGE: &str = "migrate | keys FILE | token --subject S [--role R]... [--claim NAME=TEXT]... [--for 1h] | revoke JTI, or nothing";

/// Runs a command of the service named `service`; what it answers is to be printed.
///
/// # Errors
/// Wrong arguments, settings or files; a database that fails.
pub async fn run(service: &str, command: &str, arguments: &[&str]) -> Outcome {
    match (command, arguments) {
        ("keys", [file]) => keys(Path::new(file)),
        ("token", options) => token(&Settings::load(service)?, Path::new(""), options).await,
        ("revoke", [jti]) => revoke_now(&Settings::load(service)?, jti).await,
        _ => Err(usage()),
    }
}

fn usage() -> Box<dyn Error> {
    format!("the arguments are {USAGE}").into()
}

/// Makes a pair: the secret half goes to a file that must not exist, the public one into the answer.
fn keys(file: &Path) -> Outcome {
    let key = SecretKey::generate();
    development::write_secret(file, &key)
        .map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(key.public().to_string())
}

/// A token to try the service in `root` with.
async fn token(settings: &Settings, root: &Path, options: &[&str]) -> Outcome {
    if settings.environment == PRODUCTION {
        return Err("tokens are not made in production".into());
    }
    let (mut subject, mut roles, mut more, mut seconds) = (None, Vec::new(), Vec::new(), 3600);
    let (pairs, rest) = options.as_chunks();
    for [option, value] in pairs {
        match *option {
            "--subject" => subject = Some(*value),
            "--role" => roles.push(*value),
            "--claim" => more.push(value.split_once('=').ok_or_else(usage)?),
            "--for" => seconds = time(value).ok_or("--for takes a time such as 30s, 15m or 1h")?,
            _ => return Err(usage()),
        }
    }
    let (Some(subject), true) = (subject, rest.is_empty()) else {
        return Err(usage());
    };
    let key = development::key(root)?;
    let issuer = Issuer::with(key, settings.auth.clone());
    let mut claims = issuer.claims(subject, &roles, seconds);
    for (name, text) in more {
        claims[name] = text.into();
    }
    let made = issuer.sign(&claims);
    match settings.auth.public_keys.verify(&made).await {
        Ok(_) => Ok(made),
        Err(_) => Err(
            "auth.public_keys does not hold the development key: it signs no tokens here".into(),
        ),
    }
}

/// Seconds of `30s`, `15m`, `1h`, `7d`.
fn time(text: &str) -> Option<i64> {
    let unit = text.chars().next_back()?;
    let number: u32 = text.strip_suffix(unit)?.parse().ok()?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86_400,
        _ => return None,
    };
    Some(i64::from(number) * seconds)
}

/// When the token ends is not known here, so that it is remembered for good.
async fn revoke_now(settings: &Settings, jti: &str) -> Outcome {
    let failed = |failure: Failure| format!("the database failed: {failure:?}");
    let pool = Pool::connect(settings.database.clone()).await?;
    let mut unit = pool.begin(Unit::Transaction).await.map_err(failed)?;
    revoke(&mut unit, jti, Timestamp::MAX)
        .await
        .map_err(failed)?;
    unit.finish(Ok::<_, Problem>(()))
        .await
        .map_err(|_| "the database did not keep it")?;
    Ok(format!("{jti} is revoked"))
}

#[cfg(test)]
mod tests {
    //! What commands do cannot be seen from outside without building a service.

    use std::path::PathBuf;

    use super::*;
    use crate::auth::PublicKeys;

    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let folder = format!("kernel-commands-{name}-{}", std::process::id());
            let folder = std::env::temp_dir().join(folder);
            std::fs::create_dir_all(&folder).unwrap();
            Self(folder)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn a_pair_is_never_written_over_another() {
        let folder = Folder::new("pair");
        let file = folder.0.join("secret");
        let public = keys(&file).unwrap();
        let secret = std::fs::read_to_string(&file).unwrap();
        let key = SecretKey::parse(&secret).unwrap();
        assert_eq!(key.public().to_string(), public);
        assert!(keys(&file).unwrap_err().to_string().contains("secret: "));
        assert_eq!(std::fs::read_to_string(&file).unwrap(), secret);
    }

    #[tokio::test]
    async fn tokens_are_made_with_the_key_for_development() {
        let folder = Folder::new("token");
        let mut settings = Settings::default();
        let key = development::key(&folder.0).unwrap();
        settings.auth.public_keys = PublicKeys::from([key.public()]);
        let good = [
            "--subject",
            "ann",
            "--role",
            "staff",
            "--role",
            "admin",
            "--claim",
            "company=acme",
            "--for",
            "15m",
        ];
        let made = token(&settings, &folder.0, &good).await.unwrap();
        assert!(settings.auth.public_keys.verify(&made).await.is_ok());
        for bad in [
            &[][..],
            &["--subject"],
            &["--role", "staff"],
            &["--subject", "ann", "--claim", "company"],
            &["--subject", "ann", "--for"],
            &["--subject", "ann", "--for", "soon"],
            &["--subject", "ann", "--for", "1"],
            &["--subject", "ann", "--forever", "1"],
        ] {
            assert!(token(&settings, &folder.0, bad).await.is_err(), "{bad:?}");
        }
        settings.environment = PRODUCTION.into();
        let refused = token(&settings, &folder.0, &good).await.unwrap_err();
        assert_eq!(refused.to_string(), "tokens are not made in production");
        settings.environment = "staging".into();
        settings.auth.public_keys = PublicKeys::from([SecretKey::generate().public()]);
        let refused = token(&settings, &folder.0, &good).await.unwrap_err();
        assert!(refused.to_string().contains("does not hold"), "{refused}");
    }
}
