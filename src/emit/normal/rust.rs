//! The normal form of Rust: the syntax tree after undoing what rustfmt may legally change, plus the comments.
//!
//! Enters: text with LF line ends. Leaves: one string, or None if it does not parse.
//! Known gap: `extern fn`, to which rustfmt adds `"C"`; backgen does not write it.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Block, Expr, Item, Meta, Pat, Stmt, Token};

/// The normal form of `text`.
pub(super) fn canon(text: &str) -> Option<String> {
    syn::parse_file(text).ok().map(|file| of_file(file, text))
}

/// The normal form of `text`, which has been parsed.
pub(super) fn of_file(mut file: syn::File, text: &str) -> String {
    Undo.visit_file_mut(&mut file);
    let mut out = prettyplease::unparse(&file);
    for comment in super::comments::comments(text) {
        out.push_str(&comment);
        out.push('\n');
    }
    out
}

/// Undoes one rustfmt rule per method.
struct Undo;

impl VisitMut for Undo {
    fn visit_file_mut(&mut self, file: &mut syn::File) {
        visit_mut::visit_file_mut(self, file);
        sort_runs(&mut file.items);
    }

    fn visit_item_mod_mut(&mut self, module: &mut syn::ItemMod) {
        visit_mut::visit_item_mod_mut(self, module);
        if let Some((_, items)) = &mut module.content {
            sort_runs(items);
        }
    }

    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        for attribute in attributes.iter_mut() {
            if let Meta::List(list) = &mut attribute.meta {
                list.tokens = without_trailing_commas(std::mem::take(&mut list.tokens));
            }
        }
        merge_derives(attributes);
    }

    fn visit_block_mut(&mut self, block: &mut Block) {
        visit_mut::visit_block_mut(self, block);
        if let Some(Stmt::Expr(Expr::Return(_) | Expr::Break(_) | Expr::Continue(_), semi)) =
            block.stmts.last_mut()
        {
            semi.get_or_insert_with(Default::default);
        }
    }

    fn visit_arm_mut(&mut self, arm: &mut syn::Arm) {
        visit_mut::visit_arm_mut(self, arm);
        unwrap_block(&mut arm.body);
        if let Pat::Or(or) = &mut arm.pat {
            or.leading_vert = None;
        }
    }

    fn visit_expr_closure_mut(&mut self, closure: &mut syn::ExprClosure) {
        visit_mut::visit_expr_closure_mut(self, closure);
        if matches!(closure.output, syn::ReturnType::Default) {
            unwrap_block(&mut closure.body);
        }
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        while let Expr::Paren(outer) = expr
            && let Expr::Paren(_) = *outer.expr
        {
            *expr = std::mem::replace(&mut *outer.expr, Expr::Verbatim(TokenStream::new()));
        }
    }

    fn visit_macro_mut(&mut self, call: &mut syn::Macro) {
        let tokens = std::mem::take(&mut call.tokens);
        call.tokens = match Punctuated::<Expr, Token![,]>::parse_terminated.parse2(tokens.clone()) {
            Ok(mut expressions) => {
                expressions
                    .iter_mut()
                    .for_each(|expr| self.visit_expr_mut(expr));
                expressions.pop_punct();
                expressions.into_token_stream()
            }
            Err(_) => without_trailing_commas(tokens),
        };
    }
}

/// Sorts each run of imports, of `mod x;` and of `extern crate`, and writes every import as single paths.
fn sort_runs(items: &mut Vec<Item>) {
    let mut out: Vec<Item> = Vec::with_capacity(items.len());
    let mut run: Vec<(String, Item)> = Vec::new();
    let mut run_kind = 0;
    for item in items.drain(..) {
        let kind = match &item {
            Item::Use(_) => 1,
            Item::Mod(module) if module.content.is_none() => 2,
            Item::ExternCrate(_) => 3,
            _ => 0,
        };
        if kind != run_kind {
            flush(&mut run, &mut out);
            run_kind = kind;
        }
        match item {
            Item::Use(import) => run.extend(single_paths(import).into_iter().map(keyed)),
            item if kind == 0 => out.push(item),
            item => run.push(keyed(item)),
        }
    }
    flush(&mut run, &mut out);
    *items = out;
}

fn keyed(item: Item) -> (String, Item) {
    (item.to_token_stream().to_string(), item)
}

fn flush(run: &mut Vec<(String, Item)>, out: &mut Vec<Item>) {
    run.sort_by(|left, right| left.0.cmp(&right.0));
    out.extend(run.drain(..).map(|(_, item)| item));
}

/// `use a::{b, c};` as `use a::b; use a::c;`. An empty `{}` stays.
fn single_paths(import: syn::ItemUse) -> Vec<Item> {
    let mut trees = Vec::new();
    flatten(&import.tree, &mut Vec::new(), &mut trees);
    if trees.is_empty() {
        return vec![Item::Use(import)];
    }
    trees
        .into_iter()
        .map(|tree| {
            Item::Use(syn::ItemUse {
                attrs: import.attrs.clone(),
                vis: import.vis.clone(),
                tree,
                ..import
            })
        })
        .collect()
}

fn flatten<'t>(
    tree: &'t syn::UseTree,
    prefix: &mut Vec<&'t syn::UsePath>,
    out: &mut Vec<syn::UseTree>,
) {
    match tree {
        syn::UseTree::Path(path) => {
            prefix.push(path);
            flatten(&path.tree, prefix, out);
            prefix.pop();
        }
        syn::UseTree::Group(group) => group
            .items
            .iter()
            .for_each(|item| flatten(item, prefix, out)),
        leaf => out.push(prefix.iter().rev().fold(leaf.clone(), |tree, path| {
            syn::UseTree::Path(syn::UsePath {
                ident: path.ident.clone(),
                colon2_token: path.colon2_token,
                tree: Box::new(tree),
            })
        })),
    }
}

fn derive_tokens(attribute: &Attribute) -> Option<&TokenStream> {
    match &attribute.meta {
        Meta::List(list) if list.path.is_ident("derive") => Some(&list.tokens),
        _ => None,
    }
}

fn merge_derives(attributes: &mut Vec<Attribute>) {
    let mut out: Vec<Attribute> = Vec::with_capacity(attributes.len());
    for attribute in attributes.drain(..) {
        let more = derive_tokens(&attribute).cloned();
        match (out.last_mut(), more) {
            (Some(last), Some(more)) if derive_tokens(last).is_some() => {
                if let Meta::List(list) = &mut last.meta {
                    if !list.tokens.is_empty() && !more.is_empty() {
                        list.tokens
                            .extend(<Token![,]>::default().into_token_stream());
                    }
                    list.tokens.extend(more);
                }
            }
            _ => out.push(attribute),
        }
    }
    *attributes = out;
}

/// `{ e }` as `e`, where the block has no label, attribute or statement.
fn unwrap_block(body: &mut Expr) {
    while let Expr::Block(block) = body
        && block.label.is_none()
        && block.attrs.is_empty()
        && let [Stmt::Expr(inner, None)] = block.block.stmts.as_mut_slice()
    {
        let inner = std::mem::replace(inner, Expr::Verbatim(TokenStream::new()));
        *body = inner;
    }
}

fn without_trailing_commas(tokens: TokenStream) -> TokenStream {
    let mut out: Vec<TokenTree> = tokens
        .into_iter()
        .map(|token| match token {
            TokenTree::Group(group) if group.delimiter() != Delimiter::None => TokenTree::Group(
                Group::new(group.delimiter(), without_trailing_commas(group.stream())),
            ),
            other => other,
        })
        .collect();
    if matches!(out.last(), Some(TokenTree::Punct(punct)) if punct.as_char() == ',') {
        out.pop();
    }
    out.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::canon;
    use crate::render::format_rust;

    const DENSE: &str = r#"//! Doc.
use b::{z, y::{self, w}}; use a::c;
mod q; mod p;
#[derive(Debug)] #[derive(Clone,)]
#[serde(rename_all = "camelCase",)]
pub struct S { pub a: u8, pub b: Vec<(u8,)> } // why
fn f(x: Option<u8>) -> u8 { let y = x.map(|v| { v + 1 }); let long = some_function_name(argument_number_one, argument_number_two, argument_number_three);
    match y { | Some(1) => { 2 } Some(n) if n > 3 => n, Some(_) => { let a = 1; a } None => { panic!("none {}", ((1)),) } }
}
fn g() -> u8 { /* inner   note */ return 1 }
async fn h() { tracing::info!(name = "a very long event name", field_one = %value_one, field_two = ?value_two, "message {x}"); let v = vec![Very::long(name_one), Very::long(name_two), Very::long(name_three), 4]; loop { break } }
fn i() { items.iter().filter(|item| item.is_fine_and_long_named()).map(|item| item.other_long_name()).collect::<Vec<_>>() }
"#;

    #[test]
    fn rustfmt_is_not_an_edit() {
        let formatted = format_rust(vec![DENSE.to_owned()]);
        assert_eq!(formatted.note, None);
        assert_ne!(formatted.texts[0], DENSE);
        assert_eq!(canon(&formatted.texts[0]).unwrap(), canon(DENSE).unwrap());
    }

    #[test]
    fn every_change_of_meaning_or_comment_is_an_edit() {
        let before = canon(DENSE).unwrap();
        for (from, to) in [
            ("v + 1", "v - 1"),
            ("// why", "// why not"),
            ("inner   note", "inner"),
            ("a::c", "a::d"),
            ("mod p;", "pub mod p;"),
            ("Doc.", "Dog."),
            ("%value_one", "?value_one"),
            ("(u8,)", "(u8)"),
            ("return 1", "return 2"),
            ("((1))", "((2))"),
            ("#[derive(Debug)]", "#[derive(Copy)]"),
            ("let a = 1; a", "let a = 1; a; // x"),
        ] {
            let after = DENSE.replacen(from, to, 1);
            assert_ne!(after, DENSE, "{from}");
            assert_ne!(canon(&after).unwrap_or_default(), before, "{from} -> {to}");
        }
    }

    #[test]
    fn text_that_does_not_parse_has_no_tree() {
        assert_eq!(canon("fn a( {"), None);
    }
}
