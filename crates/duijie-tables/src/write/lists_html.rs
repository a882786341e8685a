use super::{Audience, Disclosures, PublishedList, Records, put};
use crate::{Result, TableError};
use minijinja::Environment;
use serde_json::json;
use std::path::Path;

/// Writes the three lists as one web page that needs nothing else: search, filters by chain and
/// sub-industry, readable without scripts, on a phone and on paper.
///
/// # Errors
///
/// Whatever writing meets.
pub fn write_lists_html(
    path: &Path,
    records: &Records<'_>,
    audience: Audience,
    disclosures: &Disclosures,
) -> Result<()> {
    let lists: Vec<_> = PublishedList::ALL
        .iter()
        .map(|list| {
            let grid = list.grid(records, audience, disclosures);
            let headings: Vec<&str> = grid.columns.iter().map(|column| column.heading.as_str()).collect();
            let rows: Vec<_> = grid
                .rows
                .iter()
                .map(|row| {
                    let cells: Vec<_> = grid
                        .columns
                        .iter()
                        .zip(&row.cells)
                        .map(|(column, text)| json!({ "field": column.field, "heading": column.heading, "text": text }))
                        .collect();
                    json!({ "cells": cells, "chain": row.chain, "sub_industry": row.sub_industry })
                })
                .collect();
            json!({ "title": list.title(), "headings": headings, "rows": rows })
        })
        .collect();
    let chains: Vec<_> = records
        .catalogue
        .chains
        .iter()
        .map(|chain| {
            let sub_industries: Vec<&str> = chain.sub_industries.iter().map(|sub| sub.name.as_str()).collect();
            json!({ "name": chain.name, "sub_industries": sub_industries })
        })
        .collect();
    let page = render(
        "lists.html",
        include_str!("../../templates/lists.html"),
        &json!({ "lists": lists, "chains": chains, "audience": audience.chinese(), "catalogue": records.catalogue.version }),
    );
    put(
        path,
        page.map_err(|error| TableError::Compose { path: path.to_owned(), problem: error.to_string() })?.as_bytes(),
    )
}

/// Fills a template of a web page; what is filled in is escaped.
pub(crate) fn render(name: &str, template: &str, values: &serde_json::Value) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.add_template(name, template)?;
    environment.get_template(name)?.render(minijinja::value::Serde(values))
}
