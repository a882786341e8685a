//! `.npy`: float32, C order, two dimensions.

use crate::file::{read, write_atomically};
use crate::{EncoderError, Result, Vectors};
use npyz::{DType, NpyFile, NpyHeader, Order, TypeChar, WriterBuilder};
use std::path::Path;

pub(crate) fn read_npy(path: &Path) -> Result<Vectors> {
    let bytes = read(path)?;
    let not_npy = |problem: String| EncoderError::NotNpy { path: path.to_owned(), problem };
    if !dimensions_multiply(&bytes) {
        return Err(not_npy("its shape is too large to be true".to_owned()));
    }
    let mut values = bytes.as_slice();
    let header = NpyHeader::from_reader(&mut values).map_err(|error| not_npy(error.to_string()))?;

    let dtype = header.dtype();
    let is_float32 =
        matches!(&dtype, DType::Plain(plain) if plain.type_char() == TypeChar::Float && plain.size_field() == 4);
    if !is_float32 {
        return Err(EncoderError::NpyType { path: path.to_owned(), found: dtype.descr() });
    }
    let wrong_shape = || EncoderError::NpyShape { path: path.to_owned(), shape: header.shape().to_vec() };
    let &[rows, width] = header.shape() else { return Err(wrong_shape()) };
    // A matrix of one row or column is in both orders at once, and numpy may name either.
    if header.order() != Order::C && rows > 1 && width > 1 {
        return Err(EncoderError::NpyOrder { path: path.to_owned() });
    }
    let expected = rows.checked_mul(width).and_then(|count| count.checked_mul(4)).ok_or_else(wrong_shape)?;
    if width == 0 {
        return Err(wrong_shape());
    }
    if expected != values.len() as u64 {
        return Err(EncoderError::NpyLength { path: path.to_owned(), expected, found: values.len() as u64 });
    }
    // No more than the bytes at hand, hence within usize.
    let (rows, width) = (rows as usize, width as usize);
    let data = NpyFile::with_header(header, values).into_vec::<f32>().map_err(|error| not_npy(error.to_string()))?;
    Vectors::new(rows, width, data).map_err(|error| match error {
        EncoderError::NotFinite { row, column } => EncoderError::NpyValue { path: path.to_owned(), row, column },
        other => other,
    })
}

/// Whether the product of the dimensions in the header is a number: the parser takes that for granted.
fn dimensions_multiply(bytes: &[u8]) -> bool {
    let name = b"'shape':";
    let header = &bytes[..bytes.len().min(1 << 16)];
    let Some(at) = header.windows(name.len()).position(|window| window == name) else { return true };
    let tuple = header[at..].split(|&byte| byte == b')').next().unwrap_or_default();
    let mut numbers = tuple.split(|byte| !byte.is_ascii_digit()).filter(|digits| !digits.is_empty());
    numbers
        .try_fold(1_u64, |product, digits| {
            // A dimension of 0 would hide what the others multiply to.
            let dimension: u64 = std::str::from_utf8(digits).ok()?.parse().ok()?;
            product.checked_mul(dimension.max(1))
        })
        .is_some()
}

pub(crate) fn write_npy(path: &Path, vectors: &Vectors) -> Result<()> {
    write_atomically(path, |file| {
        let shape = [vectors.rows() as u64, vectors.width() as u64];
        let mut writer = npyz::WriteOptions::new().default_dtype().shape(&shape).writer(file).begin_nd()?;
        writer.extend(vectors.data().iter().copied())?;
        writer.finish()
    })
}
