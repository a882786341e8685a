use super::report::{Report, Rows, json};
use crate::catalogue::Catalogue;
use crate::columns::Holds::{self, Number, Text};
use crate::error::{Kind, engine_error};
use crate::long_work::long_work;
use crate::records::DemandList;
use crate::source::{Source, said_at};
use duijie::{FieldMap, Lexicon, Product, RecordReader, Strictness};
use duijie_event::ShowcaseOptions;
use pyo3::prelude::*;
use std::path::PathBuf;

const PICKS: &[(&str, Holds)] = &[
    ("product", Text),
    ("title", Text),
    ("enterprise", Text),
    ("sub_industry", Text),
    ("adds", Number),
    ("represents", Text),
    ("interests", Text),
];
const DUPLICATES: &[(&str, Holds)] = &[("product", Text), ("same_as", Text), ("nearness", Number)];

/// Products to be shown on site, from a frame, rows or files.
#[pyfunction]
#[pyo3(signature = (products, demands, catalogue, *, chain, picks, terms))]
pub(crate) fn showcase(
    py: Python<'_>,
    products: &Bound<'_, PyAny>,
    demands: &DemandList,
    catalogue: &Catalogue,
    chain: Option<String>,
    picks: usize,
    terms: Vec<PathBuf>,
) -> PyResult<Report> {
    if picks == 0 {
        return Err(Kind::Input.error("picks should be 1 or more, found 0".to_owned()));
    }
    let (products, catalogue) = (Source::of(products)?, catalogue.0.clone());
    long_work(py, None, move |_| {
        let settled = |chain: &mut Option<String>, sub_industry: &mut Option<String>| {
            catalogue.settle(chain, sub_industry).map_err(|problem| Kind::Catalogue.error(problem.to_string()))
        };
        let products: Vec<Product> = match products {
            Source::Files(paths) => {
                let reader = RecordReader::new(&catalogue, Strictness::Strict);
                reader.products(&paths).map_err(engine_error)?.records
            }
            Source::Frame(frame) => {
                let name = frame.name.clone();
                let record = |(row, fields): (usize, FieldMap)| {
                    let product = Product::try_from(fields);
                    let mut product =
                        product.map_err(|problem| Kind::Input.error(format!("{}: {problem}", said_at(&name, row))))?;
                    settled(&mut product.chain, &mut product.sub_industry)?;
                    Ok(product)
                };
                frame.into_rows().into_iter().enumerate().map(record).collect::<PyResult<_>>()?
            }
        };
        let mut chain = chain;
        settled(&mut chain, &mut None)?;
        terms.iter().try_for_each(|path| catalogue.check_term_file(path)).map_err(engine_error)?;
        let lexicon = Lexicon::with_term_files(&terms).map_err(engine_error)?;
        let options = ShowcaseOptions { chain, picks, ..ShowcaseOptions::default() };
        let found = duijie_event::showcase(&products, &demands.records, &catalogue, &lexicon, &options);
        let value = json(&found)?;
        let rows = vec![Rows::of(&value, "picks", PICKS), Rows::of(&value, "duplicates", DUPLICATES)];
        Ok(Report::new("新技术、新产品推介建议", &value, rows, found.sheets()))
    })
}
