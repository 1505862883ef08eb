//! The table of codes: number, name, stage, title and page.

use std::fmt;
use std::str::FromStr;

/// The part of the compiler that finds it; the hundreds of a code's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    Source,
    Syntax,
    Shape,
    Names,
    Types,
    Relations,
    Endpoints,
    Access,
    Database,
    Tree,
}

macro_rules! codes {
    ($($stage:ident { $($id:literal $name:ident $title:literal;)* })*) => {
        /// A kind of finding. Its number never changes its meaning and is never used again.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code { $($($name,)*)* }

        impl Code {
            /// Every code, in the order of the numbers.
            pub const ALL: &'static [Code] = &[$($(Code::$name,)*)*];

            /// The code as people see it: `BG0201`.
            pub fn id(self) -> &'static str {
                match self { $($(Self::$name => $id,)*)* }
            }

            /// A few words that name the kind of finding.
            pub fn title(self) -> &'static str {
                match self { $($(Self::$name => $title,)*)* }
            }

            pub fn stage(self) -> Stage {
                match self { $($(Self::$name => Stage::$stage,)*)* }
            }

            /// The long text, in Markdown: what it means, an example, and what to do.
            pub fn page(self) -> &'static str {
                match self {
                    $($(Self::$name => include_str!(
                        concat!("../../docs/diagnostics/", $id, ".md")
                    ),)*)*
                }
            }
        }
    };
}

codes! {
    Source {
        "BG0001" NoProjectFile "no project file";
        "BG0002" SeveralProjectFiles "several project files";
        "BG0003" Unreadable "a file cannot be read";
        "BG0004" NotAFile "a spec is not an ordinary file";
        "BG0005" TooLarge "a spec is too large";
        "BG0006" NotUtf8 "a spec is not UTF-8 text";
        "BG0007" BadFeatureName "a file name cannot be a feature's name";
        "BG0008" FeatureInTwoFiles "two files describe one feature";
        "BG0009" TooManyFeatures "a project has too many features";
        "BG0010" ProjectTooLarge "the specs of a project are too large together";
    }
    Syntax {
        "BG0101" YamlSyntax "the text is not YAML";
        "BG0102" TomlSyntax "the text is not TOML";
        "BG0103" TooDeep "values are nested too deeply";
        "BG0104" TooManyValues "a file holds too many values";
        "BG0105" SeveralDocuments "a file holds several YAML documents";
        "BG0106" AmbiguousScalar "YAML tools read this scalar differently";
        "BG0107" SplitAtComma "YAML splits this at the comma";
        "BG0108" QuestionMarkInBraces "YAML tools read `?` inside braces differently";
        "BG0109" MergeKey "YAML merge keys are not part of the language";
        "BG0110" Tag "YAML tags are not part of the language";
        "BG0111" UnknownAlias "an alias without its anchor";
        "BG0112" KeyNotText "a key is not text";
    }
    Shape {
        "BG0201" UnknownKey "unknown key";
        "BG0202" WrongShape "a value has the wrong shape";
        "BG0203" DuplicateKey "a key is given twice";
        "BG0204" UnknownWord "a word is not one of those allowed here";
        "BG0205" NoValue "a key has no value";
        "BG0206" NumberOutOfRange "a number does not fit";
        "BG0207" ConflictingKeys "keys exclude each other";
        "BG0208" MissingKey "a key is missing";
        "BG0209" ArgumentsInLongForm "type arguments are keys in the long form";
        "BG0210" NotSupportedYet "not supported yet";
        "BG0211" MalformedName "a name or type is malformed";
        "BG0212" NumberForText "a number stands where text is expected";
        "BG0213" FlatColumnList "a flat list of columns has two meanings";
        "BG0214" EmptyList "a list is empty";
        "BG0215" MalformedPath "a URL path is malformed";
        "BG0216" TooManyFindings "a file has too many findings";
    }
    Tree {
        "BG0901" GeneratedFileEdited "a generated file was edited by hand";
        "BG0902" FileInTheWay "a file that backgen did not write is in the way";
        "BG0903" MigrationTouched "a recorded migration was edited or deleted";
        "BG0904" MigrationReplanned "the specs ask for another text of a recorded migration";
        "BG0905" MergeConflict "you and backgen changed the same place";
        "BG0906" BaseLost "a file could not be merged, since its base is gone";
        "BG0907" EditedOrphan "an edited file is no longer asked for";
        "BG0908" FileMissing "a planned file is not there";
        "BG0909" FileDiffers "a file is not in line with the specs";
        "BG0910" FileLeftOver "a file is no longer asked for";
        "BG0911" SnapshotBehind "the recorded schema is behind the specs";
        "BG0912" RunInterrupted "the last run was interrupted";
        "BG0913" NotFormatted "Rust files are written without rustfmt";
        "BG0914" DiskRefused "the disk refused to read or write";
        "BG0915" PathBlocked "a path leads through something that is not a folder";
        "BG0916" TreeLocked "another run is at work";
        "BG0917" RecordUnreadable "a record cannot be read";
        "BG0918" RecordNewer "a newer backgen wrote the record";
        "BG0919" DefectInBackgen "a defect in backgen";
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// The text names no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSuchCode;

impl FromStr for Code {
    type Err = NoSuchCode;

    /// Accepts `BG0201` in any letter case.
    fn from_str(text: &str) -> Result<Self, NoSuchCode> {
        let found = Self::ALL
            .iter()
            .find(|code| code.id().eq_ignore_ascii_case(text));
        found.copied().ok_or(NoSuchCode)
    }
}
