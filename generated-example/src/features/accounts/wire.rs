//! How value objects are read from a request.

use kernel::decode::{Form, Pattern, rule};

use crate::features::accounts::model::Address;

static COUNTRY: Pattern = Pattern::new("^[A-Z]{2}$");

pub fn address(form: &mut Form<'_>) -> Option<Address> {
    let street = form.required("street", rule::text().min(1).max(120));
    let city = form.required("city", rule::text().min(1).max(80));
    let postal_code = form.optional("postal_code", rule::text().max(12));
    let country = form.required("country", rule::text().max(255).pattern(&COUNTRY));
    Some(Address {
        street: street?,
        city: city?,
        postal_code: postal_code?,
        country: country?,
    })
}
