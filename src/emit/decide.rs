//! The decision table: what happens to one path. Pure, and tested for every row.
//!
//! Enters: who owns the path by the plan, what was found on disk, and whether that is the planned text. Leaves: a
//! decision. A person's bytes are in a file exactly if it is `Edited`, `Unrecorded` or `Foreign`; no row overwrites or
//! removes one of these unless it holds the planned text already.

use crate::plan::Owner;

/// What stands at a path, compared with the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Found {
    /// Nothing, and nothing is recorded.
    Absent,
    /// Nothing, though backgen wrote it.
    Deleted,
    /// A link, a folder or a device.
    Foreign,
    /// A file that backgen never wrote.
    Unrecorded,
    /// As backgen wrote it, byte for byte.
    Pristine,
    /// As backgen wrote it, but laid out differently.
    Reformatted,
    /// Changed by a person.
    Edited,
    /// Changed, and git left conflict markers in it.
    Marked,
}

/// How the file on disk compares with the planned text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Match {
    Bytes,
    /// The same normal form.
    Layout,
    No,
}

/// The column of the table that applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    Create,
    Recreate,
    Rewrite,
    /// Merge by key or line; the result is known later.
    Merge,
    Unchanged,
    Keep,
    /// A generated file that a person edited.
    RefuseEdited,
    /// A migration that a person edited or deleted.
    RefuseTouched,
    /// The plan wants another text for a migration that is recorded.
    RefuseReplanned,
    /// Something that backgen did not write is in the way.
    Conflict,
    Remove,
    KeepOrphan,
    /// Neither planned nor there: the record drops it.
    Forget,
}

/// Decides for a planned path.
pub(super) fn planned(owner: Owner, found: Found, same: Match) -> Decision {
    use Decision::{
        Conflict, Create, Keep, Merge, Recreate, RefuseEdited, RefuseReplanned, RefuseTouched,
        Rewrite, Unchanged,
    };
    let as_planned = same != Match::No;
    match (owner, found) {
        (_, Found::Absent) => Create,
        (_, Found::Foreign) => Conflict,
        // A deleted migration comes back only as exactly what was recorded; `same` compares with the record here.
        (Owner::AppendOnly, Found::Deleted) if !as_planned => RefuseTouched,
        (_, Found::Deleted) => Recreate,
        // A change of the template's layout reaches a file that nobody touched.
        (Owner::Generated | Owner::Yours | Owner::CoOwned, Found::Pristine)
            if same != Match::Bytes =>
        {
            Rewrite
        }
        (_, _) if as_planned => Unchanged,
        (Owner::Once, _) => Keep,
        (Owner::Yours, Found::Unrecorded) => Keep,
        (_, Found::Unrecorded) => Conflict,
        (Owner::Generated, Found::Reformatted | Found::Marked) => Rewrite,
        (Owner::Generated, _) => RefuseEdited,
        (Owner::Yours, Found::Reformatted) => Rewrite,
        (Owner::Yours, _) => Keep,
        (Owner::CoOwned, _) => Merge,
        (Owner::AppendOnly, Found::Edited | Found::Marked) => RefuseTouched,
        (Owner::AppendOnly, _) => RefuseReplanned,
    }
}

/// Decides for a path that is recorded but no longer planned. `owner` is the recorded one.
pub(super) fn unplanned(owner: Owner, found: Found) -> Decision {
    use Decision::{Forget, KeepOrphan, RefuseTouched, Remove, Unchanged};
    match (owner, found) {
        (Owner::AppendOnly, Found::Pristine | Found::Reformatted) => Unchanged,
        (Owner::AppendOnly, _) => RefuseTouched,
        (_, Found::Absent | Found::Deleted) => Forget,
        (_, Found::Pristine | Found::Reformatted) => Remove,
        (_, Found::Foreign | Found::Unrecorded | Found::Edited | Found::Marked) => KeepOrphan,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWNERS: [Owner; 5] = [
        Owner::Generated,
        Owner::Yours,
        Owner::Once,
        Owner::CoOwned,
        Owner::AppendOnly,
    ];
    const FOUND: [Found; 8] = [
        Found::Absent,
        Found::Deleted,
        Found::Foreign,
        Found::Unrecorded,
        Found::Pristine,
        Found::Reformatted,
        Found::Edited,
        Found::Marked,
    ];

    /// One row per thing found: generated, yours, once, co-owned, append-only; in each, Bytes / Layout / No.
    const TABLE: &str = "
Absent:      Create Create Create | Create Create Create | Create Create Create | Create Create Create | Create Create Create
Deleted:     Recreate Recreate Recreate | Recreate Recreate Recreate | Recreate Recreate Recreate | Recreate Recreate Recreate | Recreate Recreate RefuseTouched
Foreign:     Conflict Conflict Conflict | Conflict Conflict Conflict | Conflict Conflict Conflict | Conflict Conflict Conflict | Conflict Conflict Conflict
Unrecorded:  Unchanged Unchanged Conflict | Unchanged Unchanged Keep | Unchanged Unchanged Keep | Unchanged Unchanged Conflict | Unchanged Unchanged Conflict
Pristine:    Unchanged Rewrite Rewrite | Unchanged Rewrite Rewrite | Unchanged Unchanged Keep | Unchanged Rewrite Rewrite | Unchanged Unchanged RefuseReplanned
Reformatted: Unchanged Unchanged Rewrite | Unchanged Unchanged Rewrite | Unchanged Unchanged Keep | Unchanged Unchanged Merge | Unchanged Unchanged RefuseReplanned
Edited:      Unchanged Unchanged RefuseEdited | Unchanged Unchanged Keep | Unchanged Unchanged Keep | Unchanged Unchanged Merge | Unchanged Unchanged RefuseTouched
Marked:      Unchanged Unchanged Rewrite | Unchanged Unchanged Keep | Unchanged Unchanged Keep | Unchanged Unchanged Merge | Unchanged Unchanged RefuseTouched
";

    #[test]
    fn every_row_of_the_table() {
        let mut printed = String::from("\n");
        for found in FOUND {
            let cells = OWNERS.map(|owner| {
                [Match::Bytes, Match::Layout, Match::No]
                    .map(|same| format!("{:?}", planned(owner, found, same)))
                    .join(" ")
            });
            printed.push_str(&format!(
                "{:<12} {}\n",
                format!("{found:?}:"),
                cells.join(" | ")
            ));
        }
        assert_eq!(printed, TABLE);
    }

    #[test]
    fn every_row_for_what_is_no_longer_planned() {
        let row = |owner| {
            FOUND
                .map(|found| format!("{:?}", unplanned(owner, found)))
                .join(" ")
        };
        let usual = "Forget Forget KeepOrphan KeepOrphan Remove Remove KeepOrphan KeepOrphan";
        assert_eq!(
            [
                row(Owner::Generated),
                row(Owner::Yours),
                row(Owner::Once),
                row(Owner::CoOwned)
            ],
            [usual; 4]
        );
        assert_eq!(
            row(Owner::AppendOnly),
            "RefuseTouched RefuseTouched RefuseTouched RefuseTouched Unchanged Unchanged RefuseTouched RefuseTouched"
        );
    }

    #[test]
    fn no_row_overwrites_or_removes_what_a_person_wrote() {
        let personal = [Found::Foreign, Found::Unrecorded, Found::Edited];
        for (owner, found) in OWNERS
            .iter()
            .flat_map(|owner| personal.map(|found| (*owner, found)))
        {
            let decision = planned(owner, found, Match::No);
            assert!(
                !matches!(
                    decision,
                    Decision::Rewrite | Decision::Create | Decision::Recreate
                ),
                "{owner:?} {found:?}"
            );
            assert_ne!(unplanned(owner, found), Decision::Remove);
        }
    }
}
