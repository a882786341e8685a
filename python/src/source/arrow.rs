//! Arrow columns as values.

use super::Frame;
use crate::error::Kind;
use arrow_array::cast::AsArray;
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::types::*;
use arrow_array::{Array, ArrayRef, ArrowPrimitiveType, PrimitiveArray, RecordBatch, RecordBatchReader};
use arrow_schema::{DataType, TimeUnit};
use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyCapsuleMethods};
use serde_json::Value;

/// Reads an object that has `__arrow_c_stream__`.
pub(super) fn frame(source: &Bound<'_, PyAny>) -> PyResult<Frame> {
    let name = source.get_type().name()?.to_string();
    let capsule = match source.call_method0("__arrow_c_stream__") {
        Ok(capsule) => capsule.cast_into::<PyCapsule>()?,
        Err(error) => return unwilling(source, &name, error),
    };
    let (names, batches) = batches(&capsule, &name)?;
    if let Some(twice) = names.iter().enumerate().find_map(|(at, name)| names[..at].contains(name).then_some(name)) {
        return Err(Kind::Input.error(format!("{name} has two columns {twice:?}; rename one or leave it out")));
    }
    let rows = batches.iter().map(RecordBatch::num_rows).sum();
    let columns = names.into_iter().enumerate().map(|(at, column)| {
        let mut cells = Vec::with_capacity(rows);
        for batch in &batches {
            values(batch.column(at), &mut cells).map_err(|found| {
                Kind::Input.error(format!(
                    "column {column:?} of {name} holds {found}, which no record field can take; leave it out or turn it into text"
                ))
            })?;
        }
        Ok((column, cells))
    });
    let columns = columns.collect::<PyResult<Vec<_>>>()?;
    Ok(Frame { name, columns, rows })
}

/// A frame that does not give its columns as Arrow: pandas refuses columns of several types. Its rows are read
/// one by one, which takes what Arrow does not and names the place of what nothing takes.
fn unwilling(source: &Bound<'_, PyAny>, name: &str, error: PyErr) -> PyResult<Frame> {
    let py = source.py();
    if !error.is_instance_of::<PyException>(py) {
        return Err(error);
    }
    if source.hasattr("itertuples")? {
        return super::python::frame(&source.call_method1("to_dict", ("records",))?, name);
    }
    let refused = Kind::Input.error(format!("{name} does not give its columns as Arrow: {error}"));
    refused.set_cause(py, Some(error));
    Err(refused)
}

#[expect(unsafe_code, reason = "the Arrow C stream interface is a C struct behind a capsule")]
fn batches(capsule: &Bound<'_, PyCapsule>, name: &str) -> PyResult<(Vec<String>, Vec<RecordBatch>)> {
    let stream = capsule.pointer_checked(Some(c"arrow_array_stream"))?.cast::<FFI_ArrowArrayStream>();
    // SAFETY: a capsule of that name holds a valid stream for as long as it lives, which is until the
    // end of this function; `from_raw` takes the stream's content out of it, as the interface wants.
    let reader = unsafe { RecordBatchStreamReader::from_raw(stream.as_ptr()) };
    let problem =
        |error: arrow_schema::ArrowError| Kind::Input.error(format!("{name} is no table of Arrow columns: {error}"));
    let reader = reader.map_err(problem)?;
    let names = reader.schema().fields().iter().map(|field| field.name().clone()).collect();
    Ok((names, reader.collect::<Result<_, _>>().map_err(problem)?))
}

/// Appends a value for every slot of `array`; what is null, or not a number, is `null`.
fn values(array: &ArrayRef, out: &mut Vec<Value>) -> Result<(), DataType> {
    match array.data_type() {
        DataType::Null => out.extend((0..array.len()).map(|_| Value::Null)),
        DataType::Utf8 => out.extend(array.as_string::<i32>().iter().map(Value::from)),
        DataType::LargeUtf8 => out.extend(array.as_string::<i64>().iter().map(Value::from)),
        DataType::Utf8View => out.extend(array.as_string_view().iter().map(Value::from)),
        DataType::Boolean => out.extend(array.as_boolean().iter().map(Value::from)),
        DataType::Int8 => numbers::<Int8Type>(array, out),
        DataType::Int16 => numbers::<Int16Type>(array, out),
        DataType::Int32 => numbers::<Int32Type>(array, out),
        DataType::Int64 => numbers::<Int64Type>(array, out),
        DataType::UInt8 => numbers::<UInt8Type>(array, out),
        DataType::UInt16 => numbers::<UInt16Type>(array, out),
        DataType::UInt32 => numbers::<UInt32Type>(array, out),
        DataType::UInt64 => numbers::<UInt64Type>(array, out),
        DataType::Float32 => out.extend(array.as_primitive::<Float32Type>().iter().map(|v| number(v.map(f64::from)))),
        DataType::Float64 => out.extend(array.as_primitive::<Float64Type>().iter().map(number)),
        DataType::Date32 => {
            let dates = array.as_primitive::<Date32Type>();
            out.extend((0..dates.len()).map(|at| said(dates.is_valid(at).then(|| dates.value_as_date(at)).flatten())));
        }
        DataType::Date64 => days::<Date64Type>(array, out),
        DataType::Decimal128(_, _) => decimals(array.as_primitive::<Decimal128Type>(), out),
        DataType::Decimal256(_, _) => decimals(array.as_primitive::<Decimal256Type>(), out),
        DataType::Timestamp(unit, _) => match unit {
            TimeUnit::Second => days::<TimestampSecondType>(array, out),
            TimeUnit::Millisecond => days::<TimestampMillisecondType>(array, out),
            TimeUnit::Microsecond => days::<TimestampMicrosecondType>(array, out),
            TimeUnit::Nanosecond => days::<TimestampNanosecondType>(array, out),
        },
        DataType::Dictionary(_, _) => {
            let dictionary = array.as_any_dictionary();
            let mut entries = Vec::with_capacity(dictionary.values().len());
            values(dictionary.values(), &mut entries)?;
            let keys = dictionary.normalized_keys();
            let entry =
                |(at, key): (usize, usize)| if dictionary.is_null(at) { Value::Null } else { entries[key].clone() };
            // An all-null dictionary has no entries to be asked for.
            out.extend(keys.into_iter().enumerate().map(entry));
        }
        DataType::List(_) => lists(array.as_list::<i32>().iter(), out)?,
        DataType::LargeList(_) => lists(array.as_list::<i64>().iter(), out)?,
        DataType::FixedSizeList(_, _) => lists(array.as_fixed_size_list().iter(), out)?,
        other => return Err(other.clone()),
    }
    Ok(())
}

fn numbers<T: ArrowPrimitiveType>(array: &ArrayRef, out: &mut Vec<Value>)
where
    T::Native: Into<Value>,
{
    out.extend(array.as_primitive::<T>().iter().map(|number| number.map_or(Value::Null, Into::into)));
}

/// A number; whole ones without a fraction, as frames make fractions of whole numbers beside nulls. Frames write a
/// missing number as NaN; an infinite one is the result of a division, and stays to be seen as what it is.
pub(super) fn number(number: Option<f64>) -> Value {
    match number {
        Some(whole) if whole.fract() == 0.0 && whole.abs() < 1e15 => Value::from(whole as i64),
        Some(infinite) if infinite.is_infinite() => Value::from(infinite.to_string()),
        Some(number) => Value::from(number),
        None => Value::Null,
    }
}

/// Dates as `2023-05-01`, with the time of day where there is one: `2023-05-01T09:30:00`.
fn days<T: ArrowTemporalType>(array: &ArrayRef, out: &mut Vec<Value>)
where
    i64: From<T::Native>,
{
    let times = array.as_primitive::<T>();
    let time = |at| times.is_valid(at).then(|| times.value_as_datetime(at)).flatten();
    out.extend((0..times.len()).map(|at| {
        said(time(at).map(|time| {
            let text = format!("{time:?}");
            text.strip_suffix("T00:00:00").map_or(text.clone(), str::to_owned)
        }))
    }));
}

/// Money as frames of databases have it.
fn decimals<T: DecimalType + ArrowPrimitiveType>(array: &PrimitiveArray<T>, out: &mut Vec<Value>) {
    let value = |at: usize| array.is_valid(at).then(|| array.value_as_string(at).parse().ok()).flatten();
    out.extend((0..array.len()).map(|at| number(value(at))));
}

fn said(value: Option<impl ToString>) -> Value {
    value.map_or(Value::Null, |value| Value::from(value.to_string()))
}

fn lists(entries: impl Iterator<Item = Option<ArrayRef>>, out: &mut Vec<Value>) -> Result<(), DataType> {
    for entry in entries {
        let list = entry.map(|list| {
            let mut cells = Vec::with_capacity(list.len());
            values(&list, &mut cells).map(|()| Value::Array(cells))
        });
        out.push(list.transpose()?.unwrap_or(Value::Null));
    }
    Ok(())
}
