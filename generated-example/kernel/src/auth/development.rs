//! A pair of keys that a service makes for itself while it is developed, so that `cargo run` and `token` share one.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use super::SecretKey;

/// Ignored by git.
const FOLDER: &str = ".keys";
const FILE: &str = "development.secret";

/// The key of the service that runs in `root`; made on first need.
///
/// # Errors
/// Where the file cannot be read or made, or holds something else.
pub(super) fn key(root: &Path) -> io::Result<SecretKey> {
    let folder = root.join(FOLDER);
    found(&folder).map_err(|error| {
        let file = folder.join(FILE);
        io::Error::new(
            error.kind(),
            format!("{} is of no use: {error}", file.display()),
        )
    })
}

fn found(folder: &Path) -> io::Result<SecretKey> {
    let text = match fs::read_to_string(folder.join(FILE)) {
        Err(error) if error.kind() == ErrorKind::NotFound => make(folder)?,
        read => read?,
    };
    SecretKey::parse(&text).ok_or(ErrorKind::InvalidData.into())
}

/// Complete before it has its name: another process may need it at the same time, and the first to come wins.
fn make(folder: &Path) -> io::Result<String> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join(".gitignore"), "*\n")?;
    let draft = folder.join(format!("{FILE}.{}", std::process::id()));
    write_secret(&draft, &SecretKey::generate())?;
    let linked = fs::hard_link(&draft, folder.join(FILE));
    fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => fs::read_to_string(folder.join(FILE)),
    }
}

/// Writes a key to a file that must not exist, for its owner alone.
///
/// # Errors
/// Where the file exists or cannot be made.
pub(super) fn write_secret(path: &Path, key: &SecretKey) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    writeln!(file, "{}", key.text())
}
