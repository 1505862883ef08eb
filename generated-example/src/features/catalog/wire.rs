//! How value objects are read from a request.

use kernel::decode::{Form, rule};

use crate::features::catalog::model::Dimensions;

pub fn dimensions(form: &mut Form<'_>) -> Option<Dimensions> {
    let width_mm = form.required("width_mm", rule::number().min(1).max(2000));
    let height_mm = form.required("height_mm", rule::number().min(1).max(2000));
    let weight_g = form.required("weight_g", rule::number().min(1).max(50000));
    Some(Dimensions {
        width_mm: width_mm?,
        height_mm: height_mm?,
        weight_g: weight_g?,
    })
}
