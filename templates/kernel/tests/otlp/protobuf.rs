//! As much of protobuf as spans need, by its encoding guide; not by the crate that wrote them.

use std::collections::BTreeMap;

/// The fields of a message, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Message(Vec<(u64, Value)>);

#[derive(Debug, Clone, PartialEq)]
enum Value {
    Number(u64),
    Bytes(Vec<u8>),
}

impl Message {
    pub fn parse(mut bytes: &[u8]) -> Self {
        let mut fields = Vec::new();
        while !bytes.is_empty() {
            let tag = varint(&mut bytes);
            let value = match tag & 7 {
                0 => Value::Number(varint(&mut bytes)),
                1 => Value::Number(fixed(take(&mut bytes, 8))),
                2 => {
                    let length = usize::try_from(varint(&mut bytes)).unwrap();
                    Value::Bytes(take(&mut bytes, length).to_vec())
                }
                other => {
                    assert_eq!(other, 5, "an unknown wire type");
                    Value::Number(fixed(take(&mut bytes, 4)))
                }
            };
            fields.push((tag >> 3, value));
        }
        Self(fields)
    }

    fn bytes(&self, field: u64) -> Vec<&[u8]> {
        let values = self.0.iter().filter(|(number, _)| *number == field);
        values
            .filter_map(|(_, value)| match value {
                Value::Bytes(bytes) => Some(bytes.as_slice()),
                Value::Number(_) => None,
            })
            .collect()
    }

    pub fn messages(&self, field: u64) -> Vec<Self> {
        self.bytes(field).into_iter().map(Self::parse).collect()
    }

    /// 0 where it is absent.
    pub fn number(&self, field: u64) -> u64 {
        let value = self.0.iter().find(|(number, _)| *number == field);
        match value {
            Some((_, Value::Number(number))) => *number,
            _ => 0,
        }
    }

    pub fn text(&self, field: u64) -> String {
        let bytes = self.bytes(field);
        String::from_utf8(bytes.first().unwrap_or(&&b""[..]).to_vec()).unwrap()
    }

    pub fn hex(&self, field: u64) -> String {
        let bytes = self.bytes(field);
        let bytes = bytes.first().copied().unwrap_or_default();
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// `KeyValue`s: 1 is the key, 2 the value, in which 1 is text and 3 an integer.
    pub fn attributes(&self, field: u64) -> BTreeMap<String, String> {
        let pairs = self.messages(field);
        let pairs = pairs.iter().map(|pair| {
            let value = pair.messages(2).remove(0);
            let text = value.text(1);
            let shown = if text.is_empty() {
                value.number(3).to_string()
            } else {
                text
            };
            (pair.text(1), shown)
        });
        pairs.collect()
    }
}

fn varint(bytes: &mut &[u8]) -> u64 {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let byte = take(bytes, 1)[0];
        number |= u64::from(byte & 127) << shift;
        if byte < 128 {
            break;
        }
    }
    number
}

fn take<'b>(bytes: &mut &'b [u8], length: usize) -> &'b [u8] {
    let (taken, rest) = bytes.split_at(length);
    *bytes = rest;
    taken
}

fn fixed(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .rev()
        .fold(0, |number, byte| number << 8 | u64::from(*byte))
}
