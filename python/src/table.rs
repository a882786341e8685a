use crate::error::Kind;
use arrow_array::cast::AsArray;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::types::{Float64Type, UInt32Type};
use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchIterator};
use arrow_ipc::reader::StreamReader;
use arrow_ipc::writer::StreamWriter;
use arrow_schema::{ArrowError, DataType};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyCapsule, PyDict, PyList};

/// Columns of one length, held as Arrow.
#[pyclass(frozen, module = "duijie._duijie")]
pub(crate) struct Table(pub(crate) RecordBatch);

fn problem(error: ArrowError) -> PyErr {
    Kind::Input.error(format!("not a table: {error}"))
}

#[pymethods]
impl Table {
    fn __len__(&self) -> usize {
        self.0.num_rows()
    }

    /// Names of the columns.
    #[getter]
    fn columns(&self) -> Vec<String> {
        self.0.schema().fields().iter().map(|field| field.name().clone()).collect()
    }

    /// The Arrow C stream interface.
    #[pyo3(signature = (requested_schema=None) -> "object")]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The interface lets a producer pass over a schema that it cannot give.
        let _ = requested_schema;
        let batches = RecordBatchIterator::new([Ok(self.0.clone())], self.0.schema());
        let stream = FFI_ArrowArrayStream::new(Box::new(batches));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }

    /// `length` rows from `offset` on, without a copy.
    fn slice(&self, offset: usize, length: usize) -> Self {
        let offset = offset.min(self.0.num_rows());
        Self(self.0.slice(offset, length.min(self.0.num_rows() - offset)))
    }

    /// First row and number of the rows that have `value` in the column `name`, which stand together.
    fn rows_of(&self, name: &str, value: &str) -> (usize, usize) {
        let Some(column) = self.0.column_by_name(name).and_then(|column| column.as_string_opt::<i32>()) else {
            return (0, 0);
        };
        let start = column.iter().position(|cell| cell == Some(value)).unwrap_or(0);
        (start, column.iter().skip(start).take_while(|cell| *cell == Some(value)).count())
    }

    /// A dict a row.
    #[pyo3(signature = () -> "list[dict[str, object]]")]
    fn to_dicts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let schema = self.0.schema();
        let rows = (0..self.0.num_rows()).map(|row| {
            let dict = PyDict::new(py);
            for (field, column) in schema.fields().iter().zip(self.0.columns()) {
                dict.set_item(field.name(), cell(py, column, row)?)?;
            }
            Ok(dict)
        });
        PyList::new(py, rows.collect::<PyResult<Vec<_>>>()?)
    }

    /// The bytes of an Arrow IPC stream.
    #[pyo3(signature = () -> "bytes")]
    fn to_ipc<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let mut writer = StreamWriter::try_new(Vec::new(), &self.0.schema()).map_err(problem)?;
        writer.write(&self.0).and_then(|()| writer.finish()).map_err(problem)?;
        Ok(PyBytes::new(py, writer.get_ref()))
    }

    /// What `to_ipc` gave.
    #[staticmethod]
    fn from_ipc(data: &[u8]) -> PyResult<Self> {
        let mut reader = StreamReader::try_new(data, None).map_err(problem)?;
        let batch = reader.next().transpose().map_err(problem)?;
        Ok(Self(batch.unwrap_or_else(|| RecordBatch::new_empty(reader.schema()))))
    }

    fn equals(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

/// One cell as a Python value; the tables made here have texts, numbers and lists of structs.
fn cell<'py>(py: Python<'py>, column: &ArrayRef, row: usize) -> PyResult<Bound<'py, PyAny>> {
    if column.is_null(row) {
        return Ok(py.None().into_bound(py));
    }
    Ok(match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(row).into_pyobject(py)?.into_any(),
        DataType::UInt32 => column.as_primitive::<UInt32Type>().value(row).into_pyobject(py)?.into_any(),
        DataType::Float64 => column.as_primitive::<Float64Type>().value(row).into_pyobject(py)?.into_any(),
        DataType::List(_) => {
            let entries = column.as_list::<i32>().value(row);
            let cells = (0..entries.len()).map(|at| cell(py, &entries, at));
            PyList::new(py, cells.collect::<PyResult<Vec<_>>>()?)?.into_any()
        }
        DataType::Struct(fields) => {
            let dict = PyDict::new(py);
            for (field, column) in fields.iter().zip(column.as_struct().columns()) {
                dict.set_item(field.name(), cell(py, column, row)?)?;
            }
            dict.into_any()
        }
        other => return Err(Kind::Input.error(format!("cells of type {other} have no Python value here"))),
    })
}
