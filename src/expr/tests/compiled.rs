//! What is printed as Rust, compiled and run: it says of random rows what the evaluator says.

use std::fmt::Write as _;
use std::process::Command;

use super::rows::{Data, SPEC};
use super::support::World;
use super::texts::Texts;
use crate::expr::rust::{Printer, Variable};
use crate::expr::value::truth;
use crate::ir::{Column, Constant, Expr, Field, Node, Scalar, Type};

const SEED: u64 = 20_261_121;
const EXPRESSIONS: usize = 400;

/// As the kernel and the generated code have them.
const HEAD: &str = "#![allow(dead_code, unused_variables, unused_parens)]
#[derive(Clone, Copy, PartialEq, PartialOrd)] pub struct Decimal<const S: u32>(i64);
impl<const S: u32> Decimal<S> { fn units(self) -> i64 { self.0 } }
#[derive(Clone, Copy, PartialEq, PartialOrd)] pub struct BigInt(i64);
#[derive(Clone, Copy, PartialEq)] pub enum Format { Hardcover, Paperback, Ebook }
";

#[test]
fn printed_rust_says_what_the_evaluator_says() {
    let world = World::new(SPEC);
    let data = Data::random(&world, SEED);
    let fields = &world.service[world.entity("Book")].fields;
    let cases = cases(&world, fields);
    let source = source(&world, &data, fields, &cases);
    let dir = tempfile::tempdir().unwrap();
    let (file, program) = (dir.path().join("main.rs"), dir.path().join("main"));
    std::fs::write(&file, &source).unwrap();
    let compiled = Command::new("rustc")
        .args(["--edition", "2024", "-C", "debuginfo=0", "-o"])
        .args([&program, &file])
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&compiled.stderr).into_owned();
    assert!(
        compiled.status.success(),
        "{}",
        errors.chars().take(3_000).collect::<String>()
    );
    let said = String::from_utf8(Command::new(&program).output().unwrap().stdout).unwrap();
    let mut broken = 0;
    for ((text, expr, _), said) in cases.iter().zip(said.lines()) {
        let wanted = (0..data.books()).map(|book| {
            let is_false = truth(expr, &|node| data.known(&world, book, node)) == Some(false);
            broken += usize::from(is_false);
            if is_false { '1' } else { '0' }
        });
        assert_eq!(said, wanted.collect::<String>(), "{text}");
    }
    assert_eq!(said.lines().count(), cases.len());
    assert!(broken > 1_000, "{broken}");
}

/// Texts, expressions, and the operands of `&&` that they are printed as.
fn cases(world: &World, fields: &[Field]) -> Vec<(String, Expr, Vec<String>)> {
    let mut texts = Texts::new(SEED);
    let mut cases = Vec::new();
    for _ in 0..40 * EXPRESSIONS {
        let text = texts.condition(3);
        let printed = world.check("Book", &text).ok().and_then(|expr| {
            let printed = print(&expr, fields)?;
            Some((text, expr, printed))
        });
        cases.extend(printed);
        if cases.len() == EXPRESSIONS {
            return cases;
        }
    }
    panic!("too few can be printed: {}", cases.len());
}

fn print(expr: &Expr, fields: &[Field]) -> Option<Vec<String>> {
    let mut printer = Printer {
        variable: &|node| match node {
            Node::Column(Column::Field(index)) => Some(Variable {
                name: fields[*index].column_name(),
                ty: fields[*index].ty.clone(),
                nullable: fields[*index].optional,
            }),
            _ => None,
        },
        word: &mut |_, word| format!("Format::{}", heck::ToPascalCase::to_pascal_case(word)),
        text: |text| format!("{text:?}"),
    };
    printer.broken(expr)
}

fn source(
    world: &World,
    data: &Data,
    fields: &[Field],
    cases: &[(String, Expr, Vec<String>)],
) -> String {
    let mut source = HEAD.to_owned();
    let parameters: Vec<String> = fields
        .iter()
        .map(|field| format!("{}: &{}", field.column_name(), type_of(field)))
        .collect();
    let parameters = parameters.join(", ");
    for (index, (_, _, conditions)) in cases.iter().enumerate() {
        let conditions = match conditions.as_slice() {
            [] => "true".to_owned(),
            some => some.join(" && "),
        };
        writeln!(
            source,
            "fn c{index}({parameters}) -> bool {{ {conditions} }}"
        )
        .unwrap();
    }
    let types: Vec<String> = fields.iter().map(type_of).collect();
    writeln!(
        source,
        "type Row = ({});\nfn rows() -> Vec<Row> {{ vec![",
        types.join(", ")
    )
    .unwrap();
    for book in 0..data.books() {
        let values = fields.iter().enumerate().map(|(index, field)| {
            let value = data.known(world, book, &Node::Column(Column::Field(index)));
            let value = value.map(|value| literal(&value, field));
            match (value, field.optional) {
                (Some(value), true) => format!("Some({value})"),
                (value, _) => value.unwrap_or("None".into()),
            }
        });
        writeln!(source, "({}),", values.collect::<Vec<_>>().join(", ")).unwrap();
    }
    source += "] }\nfn main() {\n    let rows = rows();\n";
    let names: Vec<String> = fields.iter().map(Field::column_name).collect();
    let names = names.join(", ");
    for index in 0..cases.len() {
        writeln!(
            source,
            "    println!(\"{{}}\", rows.iter().map(|({names})| if c{index}({names}) {{ '1' }} else {{ '0' }}).collect::<String>());"
        )
        .unwrap();
    }
    source + "}\n"
}

fn type_of(field: &Field) -> String {
    let plain = match &field.ty {
        Type::Scalar(Scalar::Int(_)) => "i64".into(),
        Type::Scalar(Scalar::BigInt(_)) => "BigInt".into(),
        Type::Scalar(Scalar::Decimal(decimal)) => format!("Decimal<{}>", decimal.scale),
        Type::Scalar(Scalar::Bool) => "bool".into(),
        Type::Scalar(Scalar::Float(_)) => "f64".into(),
        Type::Scalar(Scalar::Text(_) | Scalar::Date | Scalar::Uuid) => "String".into(),
        Type::Scalar(_) => "i64".into(),
        Type::Enum(_) => "Format".into(),
        _ => "String".to_owned(),
    };
    if field.optional {
        format!("Option<{plain}>")
    } else {
        plain
    }
}

fn literal(value: &Constant, field: &Field) -> String {
    match (value, &field.ty) {
        (Constant::Number(units), Type::Scalar(Scalar::Decimal(_))) => format!("Decimal({units})"),
        (Constant::Number(value), Type::Scalar(Scalar::BigInt(_))) => format!("BigInt({value})"),
        (Constant::Number(value), _)
        | (Constant::Time(value) | Constant::Timestamp(value) | Constant::Duration(value), _) => {
            value.to_string()
        }
        (Constant::Bool(value), _) => value.to_string(),
        (Constant::Float(value), _) => format!("{value:?}"),
        (Constant::Word(word), _) => format!(
            "Format::{}",
            heck::ToPascalCase::to_pascal_case(word.as_str())
        ),
        (Constant::Text(text) | Constant::Uuid(text) | Constant::Date(text), _) => {
            format!("String::from({text:?})")
        }
    }
}
