//! Matrices of numpy, and of whatever else has `__array_interface__`.

use crate::error::{Kind, engine_error};
use duijie::{Error, Vectors};
use pyo3::prelude::*;
use pyo3::types::PyDict;

/// Reads a float32 matrix in C order where it lies.
#[expect(unsafe_code, reason = "the array interface is an address and a shape")]
pub(crate) fn vectors(array: &Bound<'_, PyAny>) -> PyResult<Vectors> {
    let advice =
        "vectors are one float32 matrix in C order, a row a record: numpy.ascontiguousarray(x, dtype='float32')";
    let class = array.get_type().name()?.to_string();
    let wrong = |found: String| Kind::Input.error(format!("{advice}; found {found}"));
    if !array.hasattr("__array_interface__")? {
        return Err(wrong(class));
    }
    let interface = array.getattr("__array_interface__")?.cast_into::<PyDict>()?;
    let field = |name: &str| -> PyResult<Bound<'_, PyAny>> {
        interface.get_item(name)?.ok_or_else(|| wrong(format!("{class} without {name}")))
    };
    let kind: String = field("typestr")?.extract()?;
    let shape: Vec<usize> = field("shape")?.extract()?;
    let native = if cfg!(target_endian = "little") { "<f4" } else { ">f4" };
    let is_plain = interface.get_item("strides")?.is_none_or(|strides| strides.is_none());
    let &[rows, width] = shape.as_slice() else {
        return Err(wrong(format!("{class} of shape {shape:?}")));
    };
    if kind != native || !is_plain {
        return Err(wrong(format!("{class} of type {kind}{}", if is_plain { "" } else { " in another order" })));
    }
    let (address, _): (usize, bool) = field("data")?.extract()?;
    let values = rows * width;
    // SAFETY: the interface promises `values` aligned numbers at that address for as long as the array
    // lives, which the caller's reference sees to; no Python runs until they are copied.
    let data = if values == 0 {
        Vec::new()
    } else {
        unsafe { std::slice::from_raw_parts(address as *const f32, values) }.to_vec()
    };
    Vectors::new(rows, width, data).map_err(|error| engine_error(Error::Vectors(error)))
}
