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
    /// A spec against what the last run recorded.
    Change,
    Tree,
    /// The command line and what it was given.
    Call,
    /// Expressions: checks, guards, row rules.
    Expressions,
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
    Names {
        "BG0301" UnknownType "no such type";
        "BG0302" UnknownEntity "no such entity";
        "BG0303" UnknownField "no such field";
        "BG0304" UnknownRelation "no such relation";
        "BG0305" UnknownError "no such error";
        "BG0306" UnknownFeature "no such feature";
        "BG0307" MissingUses "a feature is referred to but not used";
        "BG0308" BadName "a name breaks the rules for names";
        "BG0309" ReservedName "a name means something else already";
        "BG0310" TypeNameTaken "two things need one type name";
        "BG0311" FieldNameTaken "two things need one field name";
        "BG0312" NotShared "only entities are shared between features";
        "BG0313" Unused "declared and never used";
        "BG0314" ListedTwice "listed twice";
        "BG0315" BadPrefix "a prefix is not a path";
    }
    Types {
        "BG0401" NotForThisType "a key does not apply to this type";
        "BG0402" BoundsCrossed "the greatest value is less than the least";
        "BG0403" BadBound "a bound does not fit the type";
        "BG0404" BadPattern "a pattern is not a regular expression";
        "BG0405" BadDecimal "a decimal's digits do not fit";
        "BG0406" BadValue "a default or example does not fit its field";
        "BG0407" EnumValues "the values of an enum do not work";
        "BG0408" RecursiveType "a value object holds itself";
        "BG0409" TypeNotAllowedHere "a type is not allowed here";
        "BG0410" NullNeedsOptional "null in a field that must not be null";
        "BG0411" SlugSource "a slug has no usable source";
        "BG0412" NoSample "no text is found for a pattern";
    }
    Relations {
        "BG0501" SetNullOnRequired "a required reference cannot become null";
        "BG0502" RequiredCycle "required references form a circle";
        "BG0503" NaturalKey "rows cannot be named by this field";
        "BG0504" CannotCreate "a required field gets no value on create";
        "BG0505" ThroughReferences "the entity between does not join the two";
        "BG0506" ManyKeys "keys of an n:m relation exclude each other";
        "BG0507" CrossesFeature "the border of a feature is crossed";
    }
    Endpoints {
        "BG0601" PathTaken "two endpoints share method and path";
        "BG0602" ReservedPath "a path belongs to the service itself";
        "BG0603" EndpointNameTaken "two features share an endpoint's name";
        "BG0604" PathParameter "a path parameter stands for nothing";
        "BG0605" PathLacksRow "path and endpoint disagree about the row";
        "BG0606" NotForThisEndpoint "a key does not apply to this endpoint";
        "BG0607" WrongMethod "a method does not fit the endpoint";
        "BG0608" WrongStatus "a status of success does not fit";
        "BG0609" NotFilterable "a list cannot be filtered by this";
        "BG0610" NotSortable "a list cannot be sorted by this";
        "BG0611" NotSearchable "a list cannot be searched by this";
        "BG0612" PageSize "page sizes do not fit";
        "BG0613" ReservedParameter "a query parameter has a meaning already";
        "BG0614" ErrorStatus "a declared error cannot have this status";
        "BG0615" NothingToUpdate "an update can change nothing";
        "BG0621" BadTransition "a transition does not work";
        "BG0622" BadChange "a command cannot change its row like this";
        "BG0623" InputUnread "nothing reads a field of the input";
        "BG0630" NotAPart "rows cannot be made beside another";
    }
    Access {
        "BG0701" NoAccess "an endpoint does not say who may call it";
        "BG0702" NoAuth "a rule needs to know who calls";
        "BG0703" UnknownRole "no such role";
        "BG0704" NobodyOwns "a rule about owners where there are none";
        "BG0705" WrongOwner "a field cannot be the owner";
        "BG0706" WrongActor "an entity cannot stand for callers";
        "BG0707" RoleReserved "a role has the name of a rule";
        "BG0708" NoMembers "a way to members leads to no callers";
        "BG0709" WrongTenancy "rows cannot belong to these tenants";
        "BG0710" SharedIntoTenant "shared rows lead into those of tenants";
        "BG0711" FieldRule "a field's rule and its use contradict each other";
        "BG0712" NoTenant "a rule lets in callers of no tenant";
    }
    Database {
        "BG0801" TableTaken "two things need one table";
        "BG0802" NameTooLong "a database name is too long";
        "BG0803" NotIndexable "a field cannot be unique or indexed";
        "BG0804" ConstraintTwice "a constraint is given twice";
        "BG0805" KeyField "a field cannot be the key";
    }
    Change {
        "BG0821" TableChange "a table that exists would change";
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
    Call {
        "BG1001" FolderNotEmpty "a new project needs an empty folder";
        "BG1002" NoSpecsThere "there are no specs where they should be copied from";
        "BG1003" FeatureExists "the feature exists already";
        "BG1004" NoSuchCode "no such code";
        "BG1005" NotBuilt "the new service could not be built or started";
        "BG1007" WrongCall "backgen was called wrongly";
    }
    Expressions {
        "BG1101" ExpressionSyntax "an expression cannot be read";
        "BG1102" ExpressionTooLarge "an expression is too large";
        "BG1103" ExpressionTypes "the parts of an expression do not fit";
        "BG1104" NotInThisExpression "a name has no meaning in this expression";
        "BG1105" MayOverflow "arithmetic may leave 64 bits";
        "BG1106" NoRowFound "no row is found that meets the checks";
        "BG1107" ComputedNotHere "a computed field is no column";
        "BG1108" ValueDoesNotFit "a value does not fit its field";
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
