//! Three-way merge of a co-owned file: what backgen wrote last, what stands on disk, what backgen wants now.
//!
//! Enters: the three texts. Leaves: the merged text, or the places where both sides changed the same thing. TOML is
//! merged by key, the rest by line. The result parses, and keeps the line ends of the file on disk.

mod toml;

use super::normal::unix;

/// Merges. Errors: one sentence part per place in conflict ("`package.edition`", "line 12 on"), never empty.
pub(super) fn merge(
    extension: &str,
    base: &str,
    mine: &str,
    wanted: &str,
) -> Result<String, Vec<String>> {
    let crlf = mine.contains("\r\n");
    let (base, mine_unix, wanted) = (unix(base), unix(mine), unix(wanted));
    let merged = match extension {
        "toml" => toml::merge(&base, &mine_unix, &wanted)?,
        _ => by_line(&base, &mine_unix, &wanted)?,
    };
    if let Err(error) = crate::render::gate(extension, &merged) {
        return Err(vec![format!(
            "the two changes together, which do not parse ({error})"
        )]);
    }
    if merged == mine_unix {
        return Ok(mine.to_owned());
    }
    Ok(if crlf {
        merged.replace('\n', "\r\n")
    } else {
        merged
    })
}

fn by_line(base: &str, mine: &str, wanted: &str) -> Result<String, Vec<String>> {
    diffy::merge(base, mine, wanted).map_err(|marked| {
        let mut places: Vec<String> = Vec::new();
        // The markers themselves take lines that the person's file does not have.
        let (mut line, mut in_mine) = (1, true);
        for text in marked.lines() {
            if text.starts_with("<<<<<<< ") {
                places.push(format!("line {line} on"));
            } else if text.starts_with("||||||| ") || text == "=======" {
                in_mine = false;
            } else if text.starts_with(">>>>>>> ") {
                in_mine = true;
            } else {
                line += usize::from(in_mine);
            }
        }
        places
    })
}

#[cfg(test)]
mod tests {
    use super::merge;

    const BASE: &str = "services:\n  db:\n    image: postgres:15\n\n  app:\n    build: .\n";

    #[test]
    fn both_sides_of_a_yaml_file_survive() {
        let mine = BASE.replace("build: .\n", "build: .\n    ports: [\"80:80\"] # mine\n");
        let wanted = BASE.replace("postgres:15", "postgres:16");
        let merged = merge("yaml", BASE, &mine, &wanted).unwrap();
        assert_eq!(merged, mine.replace("postgres:15", "postgres:16"));
    }

    #[test]
    fn crlf_stays_and_is_no_conflict() {
        let mine = BASE.replace("build: .", "build: ./x").replace('\n', "\r\n");
        let wanted = BASE.replace("postgres:15", "postgres:16");
        assert_eq!(
            merge("yaml", BASE, &mine, &wanted).unwrap(),
            mine.replace("postgres:15", "postgres:16")
        );
    }

    #[test]
    fn the_same_line_changed_twice_is_a_conflict_with_its_place() {
        let mine = BASE.replace("postgres:15", "postgres:14");
        let wanted = BASE.replace("postgres:15", "postgres:16");
        assert_eq!(
            merge("yaml", BASE, &mine, &wanted),
            Err(vec!["line 3 on".to_owned()])
        );
    }

    #[test]
    fn a_merge_that_does_not_parse_is_a_conflict() {
        let base = "a: 1\nx: 0\ny: 0\nz: 0\nb: 2\n";
        let error = merge(
            "yaml",
            base,
            &format!("c: 1\n{base}"),
            &format!("{base}c: 2\n"),
        )
        .unwrap_err();
        assert!(error[0].contains("do not parse"), "{error:?}");
    }
}
