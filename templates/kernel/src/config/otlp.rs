//! `[telemetry.otlp]`: where the spans of requests go, and how many of them.

use std::time::Duration;

use axum::http::{HeaderMap, HeaderName, HeaderValue, Uri};

use super::Layers;
use super::value::{Given, Setting};
use crate::http::percent_decode;

/// `[telemetry.otlp]`
#[derive(Debug, Clone)]
pub struct Otlp {
    /// The collector; without one nothing is exported.
    pub endpoint: Collector,
    /// What each export carries beside its spans, such as a token.
    pub headers: Headers,
    /// The share of traces to export of those that begin here; of the others their caller has decided.
    pub ratio: Ratio,
    /// How long one export may take, and the last one at the stop.
    pub timeout: Duration,
    /// What the service is called there; empty for the name of its package.
    pub service_name: String,
}

impl Otlp {
    pub(super) fn read(&mut self, layers: &mut Layers) {
        layers.read("telemetry.otlp.endpoint", &mut self.endpoint);
        layers.read("telemetry.otlp.headers", &mut self.headers);
        layers.read("telemetry.otlp.ratio", &mut self.ratio);
        layers.read("telemetry.otlp.timeout", &mut self.timeout);
        layers.read("telemetry.otlp.service_name", &mut self.service_name);
    }
}

impl Default for Otlp {
    fn default() -> Self {
        Self {
            endpoint: Collector::default(),
            headers: Headers::default(),
            ratio: Ratio(1.0),
            timeout: Duration::from_secs(10),
            service_name: String::new(),
        }
    }
}

/// The base address of a collector, to which `/v1/traces` is added; or that there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Collector(Option<String>);

impl Collector {
    /// Where spans are sent, if they are.
    #[must_use]
    pub fn traces(&self) -> Option<String> {
        self.0.as_ref().map(|base| format!("{base}/v1/traces"))
    }
}

impl Setting for Collector {
    const EXPECTED: &'static str =
        r#"the address of a collector, such as "http://localhost:4318", or "" for none"#;

    fn parse(given: Given) -> Option<Self> {
        let text = given.text()?;
        let text = text.trim().trim_end_matches('/');
        if text.is_empty() {
            return Some(Self(None));
        }
        let uri: Uri = text.parse().ok()?;
        let is_address = matches!(uri.scheme_str(), Some("http" | "https"))
            && uri.host().is_some_and(|host| !host.is_empty())
            && uri.query().is_none();
        is_address.then(|| Self(Some(text.to_owned())))
    }
}

/// HTTP headers whose values never show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Headers(HeaderMap);

impl Headers {
    /// Names and values, as text.
    pub fn expose(&self) -> impl Iterator<Item = (&str, &str)> {
        let headers = self.0.iter();
        headers.filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)))
    }
}

/// The text is that of `OTEL_EXPORTER_OTLP_HEADERS`, in the form of W3C Baggage: values are percent-encoded.
impl Setting for Headers {
    const EXPECTED: &'static str = r#"headers such as "authorization=Bearer%20...,x-tenant=7""#;

    fn parse(given: Given) -> Option<Self> {
        let text = given.text()?;
        let pairs = text.split(',').map(str::trim).filter(|it| !it.is_empty());
        let headers = pairs.map(|pair| {
            let (name, value) = pair.split_once('=')?;
            let value = percent_decode(value.trim())?;
            let mut value = HeaderValue::from_str(&value).ok()?;
            value.set_sensitive(true);
            Some((name.trim().parse::<HeaderName>().ok()?, value))
        });
        headers.collect::<Option<HeaderMap>>().map(Self)
    }
}

/// From 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ratio(f64);

impl Ratio {
    /// The number.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }
}

impl Setting for Ratio {
    const EXPECTED: &'static str = "a number from 0 to 1";

    fn parse(given: Given) -> Option<Self> {
        let number = match given {
            Given::Toml(toml::Value::Float(number)) => number,
            Given::Toml(toml::Value::Integer(number)) => f64::from(i8::try_from(number).ok()?),
            Given::Toml(_) => return None,
            Given::Text(text) => text.trim().parse().ok()?,
        };
        (0.0..=1.0).contains(&number).then_some(Self(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse<T: Setting>(text: &str) -> Option<T> {
        T::parse(Given::Text(text.to_owned()))
    }

    #[test]
    fn addresses_are_whole_and_speak_http() {
        let traces = |text| parse(text).map(|it: Collector| it.traces());
        let slashed = Some(Some("https://a.example/otlp/v1/traces".to_owned()));
        assert_eq!(traces("https://a.example/otlp/"), slashed);
        assert_eq!(traces(" "), Some(None));
        for bad in [
            "localhost:4318",
            "grpc://a:4317",
            "http:",
            "http://a?b",
            "a",
        ] {
            assert_eq!(traces(bad), None, "{bad}");
        }
    }

    #[test]
    fn headers_are_decoded_and_never_shown() {
        let headers: Headers = parse("authorization=Bearer%20a=b, x-tenant = 7,").unwrap();
        let exposed: Vec<_> = headers.expose().collect();
        assert_eq!(
            exposed,
            [("authorization", "Bearer a=b"), ("x-tenant", "7")]
        );
        let shown = format!("{headers:?}");
        assert!(!shown.contains("Bearer") && !shown.contains('7'), "{shown}");
        for bad in ["a", "a b=c", "a=%zz", "a=b%0ac"] {
            assert_eq!(parse::<Headers>(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_ratio_is_a_share() {
        for good in ["0", "0.25", "1"] {
            assert!(parse::<Ratio>(good).is_some(), "{good}");
        }
        for bad in ["", "-0.1", "1.01", "NaN", "inf", "10%"] {
            assert_eq!(parse::<Ratio>(bad), None, "{bad}");
        }
        let whole = Ratio::parse(Given::Toml(toml::Value::Integer(1)));
        assert_eq!(whole, Some(Ratio(1.0)));
    }
}
