//! An amount with two decimals, held in its smallest unit; a string in JSON.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// At most ten digits, as the column has them.
const LARGEST: i64 = 9_999_999_999;

#[derive(Debug, Clone, Copy)]
pub struct Price(pub i64);

impl Serialize for Price {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = [b'0'; 24];
        let mut at = text.len();
        let mut rest = self.0.unsigned_abs();
        let mut digits = 0;
        while rest > 0 || digits < 3 {
            if digits == 2 {
                at -= 1;
                text[at] = b'.';
            }
            at -= 1;
            text[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
            digits += 1;
        }
        if self.0 < 0 {
            at -= 1;
            text[at] = b'-';
        }
        serializer.serialize_str(str::from_utf8(&text[at..]).unwrap_or_default())
    }
}

impl<'de> Deserialize<'de> for Price {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        parse(&text)
            .map(Self)
            .ok_or_else(|| de::Error::custom("a price has up to two decimals"))
    }
}

fn parse(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || part.len() > 2 || !digits(whole) || !digits(part) {
        return None;
    }
    let cents = if part.is_empty() {
        0
    } else {
        part.parse::<i64>().ok()? * [10, 1][part.len() - 1]
    };
    let price = whole
        .parse::<i64>()
        .ok()?
        .checked_mul(100)?
        .checked_add(cents)?;
    (price <= LARGEST).then_some(price)
}
