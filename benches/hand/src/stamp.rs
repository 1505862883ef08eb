//! A moment in microseconds since the Unix epoch; RFC 3339 in JSON, written without allocation.

use chrono::{DateTime, Datelike, Timelike, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[derive(Debug, Clone, Copy)]
pub struct Stamp(pub i64);

impl Stamp {
    pub fn now() -> Self {
        Self(Utc::now().timestamp_micros())
    }

    pub fn moment(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0).unwrap_or_default()
    }
}

impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let moment = self.moment();
        let mut text = *b"0000-00-00T00:00:00.000000Z";
        put(&mut text[0..4], moment.year().unsigned_abs());
        put(&mut text[5..7], moment.month());
        put(&mut text[8..10], moment.day());
        put(&mut text[11..13], moment.hour());
        put(&mut text[14..16], moment.minute());
        put(&mut text[17..19], moment.second());
        put(&mut text[20..26], moment.nanosecond() / 1_000);
        serializer.serialize_str(str::from_utf8(&text).unwrap_or_default())
    }
}

fn put(place: &mut [u8], mut number: u32) {
    for digit in place.iter_mut().rev() {
        *digit = b'0' + (number % 10) as u8;
        number /= 10;
    }
}

impl<'de> Deserialize<'de> for Stamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(
            DateTime::<Utc>::deserialize(deserializer)?.timestamp_micros(),
        ))
    }
}
