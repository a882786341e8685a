//! Vectors in files: what numpy writes is read, what does not fit is said.

use duijie_encoder::{EncoderError, VectorFile, Vectors};
use proptest::prelude::*;
use std::path::{Path, PathBuf};

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/npy").join(name)
}

fn halves(rows: usize) -> Vec<f32> {
    (0..rows * 4).map(|value| value as f32 / 2.0).collect()
}

/// A folder with `vectors.npy` of 3 rows, and `ids` beside it.
fn with_ids(ids: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vectors.npy");
    std::fs::copy(data("float32.npy"), &path).unwrap();
    std::fs::write(path.with_extension("ids"), ids).unwrap();
    (folder, path)
}

fn read_error(path: &Path) -> EncoderError {
    VectorFile::read(path).unwrap_err()
}

#[test]
fn what_numpy_saves_as_float32_is_read() {
    for (name, rows) in [("float32.npy", 3), ("big_endian.npy", 3), ("one_row.npy", 1), ("no_rows.npy", 0)] {
        let file = VectorFile::read(&data(name)).unwrap();
        assert_eq!((file.vectors().rows(), file.vectors().width()), (rows, 4), "{name}");
        assert_eq!(file.vectors().data(), halves(rows), "{name}");
        assert_eq!(file.ids(), None);
    }
}

#[test]
fn other_types_orders_and_shapes_are_errors_that_name_the_file_and_the_remedy() {
    let float64 = read_error(&data("float64.npy"));
    assert!(matches!(float64, EncoderError::NpyType { .. }));
    assert!(float64.to_string().contains("float64.npy") && float64.to_string().contains("astype"), "{float64}");
    assert!(matches!(read_error(&data("fortran.npy")), EncoderError::NpyOrder { .. }));
    let flat = read_error(&data("one_dimension.npy"));
    assert!(matches!(&flat, EncoderError::NpyShape { shape, .. } if shape == &[4]), "{flat}");
    assert!(matches!(read_error(&data("absent.npy")), EncoderError::Read { .. }));
}

#[test]
fn a_file_cut_short_or_continued_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vectors.npy");
    let whole = std::fs::read(data("float32.npy")).unwrap();
    std::fs::write(&path, &whole[..whole.len() - 1]).unwrap();
    assert!(matches!(read_error(&path), EncoderError::NpyLength { expected: 48, found: 47, .. }));
    std::fs::write(&path, [whole.as_slice(), b"x"].concat()).unwrap();
    assert!(matches!(read_error(&path), EncoderError::NpyLength { expected: 48, found: 49, .. }));
    for end in 0..whole.len() - 48 {
        std::fs::write(&path, &whole[..end]).unwrap();
        assert!(matches!(read_error(&path), EncoderError::NotNpy { .. }), "cut at {end}");
    }
}

#[test]
fn a_shape_whose_product_is_no_number_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vectors.npy");
    for shape in ["(4294967296, 4294967296)", "(99999999999999999999, 4)", "(0, 4294967296, 4294967296)"] {
        let header = format!("{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}\n");
        let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
        bytes.extend((header.len() as u16).to_le_bytes());
        bytes.extend(header.bytes());
        std::fs::write(&path, bytes).unwrap();
        assert!(matches!(read_error(&path), EncoderError::NotNpy { .. }), "{shape}");
    }
}

#[test]
fn a_value_that_is_not_finite_is_named_by_row_and_column() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vectors.npy");
    let mut bytes = std::fs::read(data("float32.npy")).unwrap();
    let at = bytes.len() - 48 + 4 * (4 + 2);
    bytes[at..at + 4].copy_from_slice(&f32::NAN.to_le_bytes());
    std::fs::write(&path, bytes).unwrap();
    assert!(matches!(read_error(&path), EncoderError::NpyValue { row: 1, column: 2, .. }));
}

#[test]
fn rows_are_matched_to_records_by_id() {
    let (_folder, path) = with_ids("\u{feff}甲\r\nB\r\nC\r\n");
    let vectors = VectorFile::read(&path).unwrap().for_records(&["C", "甲", "B"]).unwrap();
    assert_eq!(vectors.row(0), [4.0, 4.5, 5.0, 5.5]);
    assert_eq!(vectors.row(1), [0.0, 0.5, 1.0, 1.5]);
    assert_eq!(vectors.row(2), [2.0, 2.5, 3.0, 3.5]);
}

#[test]
fn ids_and_records_that_are_not_the_same_set_are_errors() {
    let (_folder, path) = with_ids("A\nB\nC\n");
    let file = || VectorFile::read(&path).unwrap();
    let missing = file().for_records(&["A", "B", "X"]).unwrap_err();
    assert!(matches!(&missing, EncoderError::IdMissing { id, .. } if id == "X"), "{missing}");
    let unknown = file().for_records(&["A", "C"]).unwrap_err();
    assert!(matches!(&unknown, EncoderError::IdUnknown { id, line: 2, .. } if id == "B"), "{unknown}");
    assert!(matches!(file().for_records(&["A", "B", "B"]).unwrap_err(), EncoderError::RecordTwice { .. }));
}

#[test]
fn ids_that_do_not_fit_the_rows_are_errors_with_their_line() {
    type Expected = fn(&EncoderError) -> bool;
    let cases: [(&str, Expected); 5] = [
        ("A\nB\n", |error| matches!(error, EncoderError::IdCount { ids: 2, rows: 3, .. })),
        ("A\nB\nA\n", |error| matches!(error, EncoderError::IdTwice { line: 3, first: 1, .. })),
        ("A\n\nC\n", |error| matches!(error, EncoderError::IdBlank { line: 2, .. })),
        ("A\nB \nC\n", |error| matches!(error, EncoderError::IdBlank { line: 2, .. })),
        ("A\nB\nC\nD\n", |error| matches!(error, EncoderError::IdCount { ids: 4, .. })),
    ];
    for (ids, expected) in cases {
        let (_folder, path) = with_ids(ids);
        let error = read_error(&path);
        assert!(expected(&error), "{ids:?}: {error}");
    }
    let (_folder, path) = with_ids("");
    std::fs::write(path.with_extension("ids"), b"\xff\xfe\n").unwrap();
    assert!(matches!(read_error(&path), EncoderError::IdEncoding { .. }));
}

#[test]
fn without_ids_the_number_of_rows_must_be_that_of_the_records() {
    let file = VectorFile::read(&data("float32.npy")).unwrap();
    assert!(matches!(file.require_width(8), Err(EncoderError::FileWidth { expected: 8, found: 4, .. })));
    assert_eq!(file.clone().for_records(&["x", "y", "z"]).unwrap().data(), halves(3));
    let error = file.for_records(&["x", "y"]).unwrap_err();
    assert!(matches!(error, EncoderError::RowCount { rows: 3, records: 2, .. }), "{error}");
}

#[test]
fn ids_that_could_not_be_read_again_are_not_written_and_what_stood_there_stays() {
    let (_folder, path) = with_ids("A\nB\nC\n");
    let vectors = Vectors::new(2, 1, vec![1.0, 2.0]).unwrap();
    for ids in [&["A"][..], &["A", "A"], &["A", ""], &["A", "B\nC"]] {
        VectorFile::write(&path, &vectors, Some(ids)).unwrap_err();
        assert_eq!(VectorFile::read(&path).unwrap().ids().unwrap(), ["A", "B", "C"]);
    }
}

#[test]
fn ids_of_an_older_file_do_not_outlive_it() {
    let (folder, path) = with_ids("A\nB\nC\n");
    VectorFile::write(&path, &Vectors::new(3, 1, vec![1.0; 3]).unwrap(), None).unwrap();
    assert_eq!(VectorFile::read(&path).unwrap().ids(), None);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn the_encoder_is_known_where_a_file_beside_names_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("v.npy");
    let vectors = Vectors::new(1, 1, vec![1.0]).unwrap();
    VectorFile::write(&path, &vectors, None).unwrap();
    assert_eq!(VectorFile::read(&path).unwrap().encoder(), None);
    VectorFile::name_encoder(&path, "8f3a").unwrap();
    assert_eq!(VectorFile::read(&path).unwrap().encoder(), Some("8f3a"));
    std::fs::write(path.with_extension("encoder"), "no fingerprint\n").unwrap();
    assert!(matches!(VectorFile::read(&path), Err(EncoderError::Fingerprint { .. })));
    // It does not outlive the vectors it speaks of.
    VectorFile::write(&path, &vectors, None).unwrap();
    assert_eq!(VectorFile::read(&path).unwrap().encoder(), None);
}

#[test]
fn a_matrix_has_rows_times_width_finite_values() {
    assert!(matches!(Vectors::new(2, 2, vec![0.0; 3]), Err(EncoderError::DataLength { .. })));
    assert!(matches!(Vectors::new(0, 0, vec![]), Err(EncoderError::DataLength { .. })));
    assert!(matches!(Vectors::new(usize::MAX, 2, vec![]), Err(EncoderError::DataLength { .. })));
    let error = Vectors::new(2, 2, vec![0.0, 0.0, 0.0, f32::INFINITY]).unwrap_err();
    assert!(matches!(error, EncoderError::NotFinite { row: 1, column: 1 }));
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(width in 1_usize..9, values in proptest::collection::vec(-1e30_f32..1e30, 0..80)) {
        let rows = values.len() / width;
        let vectors = Vectors::new(rows, width, values[..rows * width].to_vec()).unwrap();
        let ids: Vec<String> = (0..rows).map(|row| format!("成果 {row}")).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vectors.npy");
        VectorFile::write(&path, &vectors, Some(&ids)).unwrap();
        let read = VectorFile::read(&path).unwrap();
        prop_assert_eq!(read.vectors(), &vectors);
        prop_assert_eq!(read.ids().unwrap(), ids);
    }

    #[test]
    fn unit_length_keeps_directions(values in proptest::collection::vec(-1e30_f32..1e30, 6)) {
        let unit = Vectors::new(2, 3, values.clone()).unwrap().unit_length();
        for (row, was) in unit.iter().zip(values.chunks(3)) {
            let length = was.iter().map(|&value| f64::from(value).powi(2)).sum::<f64>().sqrt();
            for (&now, &was) in row.iter().zip(was) {
                let expected = if length > 0.0 { f64::from(was) / length } else { 0.0 };
                prop_assert!((f64::from(now) - expected).abs() < 1e-6);
            }
        }
    }
}
