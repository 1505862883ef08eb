//! Text to AST.
//!
//! Enters: the texts of `source`. Leaves: a spanned [`Node`] tree per file (`yaml` and `toml` give the same for the same
//! spec), and from it the AST. Parsing never fails: what is wrong goes to the [`Sink`], what is left is returned.
//! Deliberately absent: whatever needs two places of a spec to be judged; that is `resolve`.
//!
//! Decoding is a small trait of our own in place of serde: serde knows no places and one error, and hides unknown keys.

mod access;
mod budget;
mod cx;
mod decode;
mod endpoint;
mod field;
mod findings;
mod moves;
mod node;
mod scalar;
mod toml;
mod yaml;

pub(crate) use cx::{Cx, Decode, DecodeBlock};
pub use node::{Entry, Kind, Node};

use crate::ast::{Feature, FeatureSpec, Project, Spec};
use crate::diagnostic::Sink;
use crate::source::{FileId, Format, SourceMap, Sources};

/// The tree of one file. Where the notation itself is broken the root is [`Kind::Bad`]: the remains would only give
/// findings that are none.
pub fn parse(map: &SourceMap, file: FileId, sink: &mut Sink) -> Node {
    let source = map.file(file);
    match Format::of(source.path()) {
        Some(Format::Toml) => toml::parse(file, source.text(), sink),
        Some(Format::Yaml) | None => yaml::parse(file, source.text(), sink),
    }
}

/// Every file of a project, parsed and decoded. What is missing or wrong has been reported.
pub fn parse_spec(sources: &Sources, sink: &mut Sink) -> Spec {
    let project = sources
        .project
        .map(|file| decode_file::<Project>(&sources.map, file, sink));
    let features = sources.features.iter().map(|feature| FeatureSpec {
        name: feature.name.clone(),
        file: feature.file,
        body: decode_file::<Feature>(&sources.map, feature.file, sink),
    });
    Spec {
        features: features.collect(),
        project: project.unwrap_or_default(),
    }
}

fn decode_file<T: Decode + Default>(map: &SourceMap, file: FileId, sink: &mut Sink) -> T {
    let node = parse(map, file, sink);
    T::decode(&node, &mut Cx::new(map, file, sink)).unwrap_or_default()
}
