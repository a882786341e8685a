use crate::Record;
use duijie::{Achievement, Catalogue, Demand, Institution};

/// Institutions that achievements are spread over.
const INSTITUTIONS: usize = 97;

/// Turns texts into records, spread evenly over the sub-industries of the plan and 97 institutions.
#[derive(Debug)]
pub struct Spread {
    sub_industries: Vec<String>,
}

impl Spread {
    /// Over the sub-industries of `catalogue`.
    pub fn over(catalogue: &Catalogue) -> Self {
        let all = catalogue.chains.iter().flat_map(|chain| &chain.sub_industries);
        Self { sub_industries: all.map(|sub| sub.code.clone()).collect() }
    }

    /// The institutions that achievements are of.
    pub fn institutions(&self) -> Vec<Institution> {
        let named = |number| Institution { name: format!("第{number}大学"), ..Institution::default() };
        (0..INSTITUTIONS).map(|number| Institution { id: institution_id(number), ..named(number) }).collect()
    }

    /// A text as achievement number `number`; its first twenty characters are the title.
    pub fn achievement(&self, number: usize, Record { id, text }: Record) -> Achievement {
        Achievement {
            id,
            title: title(&text),
            summary: text,
            sub_industry: Some(self.sub_industry(number)),
            institution: Some(institution_id(number % INSTITUTIONS)),
            ..Achievement::default()
        }
    }

    /// A text as demand number `number`, with an indicator.
    pub fn demand(&self, number: usize, Record { id, text }: Record) -> Demand {
        Demand {
            id,
            title: title(&text),
            description: text,
            indicators: vec!["效率≥90%".to_owned()],
            sub_industry: Some(self.sub_industry(number)),
            ..Demand::default()
        }
    }

    fn sub_industry(&self, number: usize) -> String {
        self.sub_industries[number % self.sub_industries.len()].clone()
    }
}

fn institution_id(number: usize) -> String {
    format!("I{number}")
}

fn title(text: &str) -> String {
    text.chars().take(20).collect()
}
