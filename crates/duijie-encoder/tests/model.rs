//! Encoders from folders: the vectors against those of transformers, and every way a folder can be wrong.
#![cfg(feature = "model")]

use duijie_encoder::{
    EncodeOptions, EncoderError, LocalEncoder, ModelError, ModelOptions, Pooling, Prefixes, Scaling, TextEncoder,
    TextRole, Vectors,
};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

const MODELS: [&str; 2] = ["bert", "xlm-roberta"];

/// What `tests/data/make.py` wrote with transformers.
#[derive(serde::Deserialize)]
struct Expected {
    max_tokens: usize,
    texts: Vec<String>,
    cls: Vec<Vec<f32>>,
    mean: Vec<Vec<f32>>,
}

fn data(model: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(model)
}

fn expected(model: &str) -> Expected {
    serde_json::from_slice(&std::fs::read(data(model).join("expected.json")).unwrap()).unwrap()
}

fn as_transformers(expected: &Expected, pooling: Pooling) -> ModelOptions {
    ModelOptions {
        pooling: Some(pooling),
        max_tokens: Some(expected.max_tokens),
        scaling: Scaling::AsComputed,
        ..ModelOptions::default()
    }
}

fn encode(encoder: &LocalEncoder, texts: &[&str]) -> Vectors {
    encoder.encode(texts, TextRole::Passage, &EncodeOptions::default()).unwrap()
}

fn assert_close(found: &[f32], expected: &[f32], tolerance: f32, what: &str) {
    assert_eq!(found.len(), expected.len(), "{what}");
    for (column, (found, expected)) in found.iter().zip(expected).enumerate() {
        assert!((found - expected).abs() < tolerance, "{what}, column {column}: {found} instead of {expected}");
    }
}

/// A copy of a model that a test may spoil.
fn copy(model: &str) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    std::fs::create_dir(copy.path().join("1_Pooling")).unwrap();
    for name in ["config.json", "tokenizer.json", "model.safetensors", "1_Pooling/config.json", "modules.json"] {
        if data(model).join(name).exists() {
            std::fs::copy(data(model).join(name), copy.path().join(name)).unwrap();
        }
    }
    copy
}

/// What opening says once `spoil` has changed one JSON file.
fn with_json(model: &str, name: &str, spoil: impl FnOnce(&mut Value)) -> ModelError {
    let copy = copy(model);
    let path = copy.path().join(name);
    let mut json = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    spoil(&mut json);
    std::fs::write(&path, json.to_string()).unwrap();
    open_error(copy.path(), &ModelOptions::default())
}

fn open_error(folder: &Path, options: &ModelOptions) -> ModelError {
    match LocalEncoder::open(folder, options) {
        Err(EncoderError::Model(error)) => {
            // Every message names the place.
            assert!(error.to_string().contains(folder.to_str().unwrap()), "{error}");
            error
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn vectors_are_those_of_transformers_to_1e_4() {
    for model in MODELS {
        let expected = expected(model);
        let texts: Vec<&str> = expected.texts.iter().map(String::as_str).collect();
        for (pooling, rows) in [(Pooling::Cls, &expected.cls), (Pooling::Mean, &expected.mean)] {
            let encoder = LocalEncoder::open(&data(model), &as_transformers(&expected, pooling)).unwrap();
            let found = encode(&encoder, &texts);
            for ((found, expected), text) in found.iter().zip(rows).zip(&texts) {
                assert_close(found, expected, 1e-4, &format!("{model}, {pooling:?}, {text:?}"));
            }
        }
    }
}

#[test]
fn a_vector_depends_on_neither_the_batch_nor_the_threads() {
    for model in MODELS {
        let expected = expected(model);
        let encoder = LocalEncoder::open(&data(model), &as_transformers(&expected, Pooling::Mean)).unwrap();
        // Enough of them for several batches, in an order that is not that of their lengths.
        let texts: Vec<&str> = (0..600).map(|text| expected.texts[text * 5 % expected.texts.len()].as_str()).collect();
        for threads in [1, 3] {
            let options = EncodeOptions { threads, ..EncodeOptions::default() };
            let found = encoder.encode(&texts, TextRole::Passage, &options).unwrap();
            for (text, row) in found.iter().enumerate() {
                assert_close(row, &expected.mean[text * 5 % expected.texts.len()], 1e-4, model);
            }
        }
    }
}

#[test]
fn folders_say_how_to_pool() {
    let pooling = |model| LocalEncoder::open(&data(model), &ModelOptions::default()).unwrap().pooling();
    assert_eq!(pooling("bert"), Pooling::Cls);
    assert_eq!(pooling("xlm-roberta"), Pooling::Mean);

    let moved = copy("bert");
    std::fs::rename(moved.path().join("1_Pooling"), moved.path().join("pool")).unwrap();
    let modules = json!([{"path": "pool", "type": "sentence_transformers.models.Pooling"}]);
    std::fs::write(moved.path().join("modules.json"), modules.to_string()).unwrap();
    let encoder = LocalEncoder::open(moved.path(), &ModelOptions::default()).unwrap();
    assert_eq!(encoder.pooling(), Pooling::Cls);

    let silent = copy("xlm-roberta");
    std::fs::remove_dir_all(silent.path().join("1_Pooling")).unwrap();
    let error = open_error(silent.path(), &ModelOptions::default());
    assert!(matches!(error, ModelError::PoolingUnknown { .. }), "{error}");
    let told = ModelOptions { pooling: Some(Pooling::Cls), ..ModelOptions::default() };
    assert_eq!(LocalEncoder::open(silent.path(), &told).unwrap().pooling(), Pooling::Cls);
}

#[test]
fn poolings_and_modules_that_are_not_computed_are_errors() {
    let path = "1_Pooling/config.json";
    let max = with_json("xlm-roberta", path, |json| json["pooling_mode_max_tokens"] = true.into());
    assert!(matches!(&max, ModelError::Pooling { found, .. } if found == "mean_tokens and max_tokens"), "{max}");
    let none = with_json("xlm-roberta", path, |json| json["pooling_mode_mean_tokens"] = false.into());
    assert!(matches!(none, ModelError::Pooling { .. }), "{none}");
    let dense = json!({"idx": 3, "path": "3_Dense", "type": "sentence_transformers.models.Dense"});
    let dense = with_json("bert", "modules.json", |json| json.as_array_mut().unwrap().push(dense));
    assert!(matches!(dense, ModelError::Setting { .. }), "{dense}");
}

#[test]
fn the_role_chooses_the_prefix_and_the_folder_may_name_it() {
    let folder = copy("xlm-roberta");
    let prompts = json!({"prompts": {"query": "query: ", "document": "passage: "}});
    std::fs::write(folder.path().join("config_sentence_transformers.json"), prompts.to_string()).unwrap();
    let named = LocalEncoder::open(folder.path(), &ModelOptions::default()).unwrap();
    assert_eq!(named.prefixes(), &Prefixes::e5());
    let plain = LocalEncoder::open(&data("xlm-roberta"), &ModelOptions::default()).unwrap();
    assert_eq!(plain.prefixes(), &Prefixes::default());

    let with = |role| named.encode(&["扩散氢"], role, &EncodeOptions::default()).unwrap();
    assert_eq!(with(TextRole::Query), encode(&plain, &["query: 扩散氢"]));
    assert_eq!(with(TextRole::Passage), encode(&plain, &["passage: 扩散氢"]));
    assert_ne!(with(TextRole::Query), with(TextRole::Passage));
    assert_ne!(named.fingerprint(), plain.fingerprint());
}

#[test]
fn vectors_have_length_1_unless_asked_for_as_computed() {
    let encoder = LocalEncoder::open(&data("bert"), &ModelOptions::default()).unwrap();
    for row in encode(&encoder, &["焊接裂纹", ""]).iter() {
        assert!((row.iter().map(|value| value * value).sum::<f32>() - 1.0).abs() < 1e-5);
    }
}

#[test]
fn long_texts_are_cut_at_the_tokens_asked_for_or_those_the_model_has() {
    let long = "焊接裂纹".repeat(50);
    for model in MODELS {
        let open =
            |max_tokens| LocalEncoder::open(&data(model), &ModelOptions { max_tokens, ..ModelOptions::default() });
        let all = open(None).unwrap();
        assert_eq!(all.max_tokens(), 40);
        encode(&all, &[&long]);
        let few = open(Some(6)).unwrap();
        assert_eq!(encode(&few, &[&long]), encode(&few, &[&format!("{long}海参")]));
        assert_ne!(few.fingerprint(), all.fingerprint());
        for asked in [0, 2, 41] {
            let options = ModelOptions { max_tokens: Some(asked), ..ModelOptions::default() };
            let error = open_error(&data(model), &options);
            assert!(matches!(error, ModelError::MaxTokens { least: 3, most: 40, .. }), "{error}");
        }
    }
    let folder = copy("bert");
    std::fs::write(folder.path().join("sentence_bert_config.json"), r#"{"max_seq_length": 12}"#).unwrap();
    assert_eq!(LocalEncoder::open(folder.path(), &ModelOptions::default()).unwrap().max_tokens(), 12);
}

#[test]
fn a_missing_file_is_named() {
    for name in ["config.json", "tokenizer.json", "model.safetensors"] {
        let folder = copy("bert");
        std::fs::remove_file(folder.path().join(name)).unwrap();
        let error = open_error(folder.path(), &ModelOptions::default());
        assert!(matches!(&error, ModelError::FileMissing { path } if path.ends_with(name)), "{error}");
    }
    let folder = copy("bert");
    std::fs::rename(folder.path().join("model.safetensors"), folder.path().join("pytorch_model.bin")).unwrap();
    let error = open_error(folder.path(), &ModelOptions::default());
    assert!(matches!(error, ModelError::WeightsForm { found: "pytorch_model.bin", .. }), "{error}");
}

#[test]
fn what_the_configuration_asks_for_and_is_not_computed_is_an_error() {
    let changed = |name: &str, value: Value| with_json("bert", "config.json", |json| json[name] = value);
    let error = changed("model_type", "t5".into());
    assert!(matches!(&error, ModelError::Architecture { found, .. } if found == "t5"), "{error}");
    let impossible = [
        ("hidden_act", json!("silu")),
        ("position_embedding_type", json!("relative_key")),
        ("is_decoder", json!(true)),
        ("num_attention_heads", json!(0)),
        ("num_attention_heads", json!(5)),
        ("pad_token_id", json!(1000)),
        ("max_position_embeddings", json!(0)),
    ];
    for (name, value) in impossible {
        let error = changed(name, value);
        assert!(matches!(&error, ModelError::Setting { setting, .. } if *setting == name), "{error}");
    }
    assert!(matches!(changed("hidden_size", json!("wide")), ModelError::Json { .. }));
    let fewer_words = changed("vocab_size", json!(50));
    assert!(matches!(fewer_words, ModelError::Vocabulary { rows: 50, .. }), "{fewer_words}");
}

#[test]
fn weights_that_do_not_fit_the_configuration_are_named_by_tensor() {
    let wider = with_json("bert", "config.json", |json| json["intermediate_size"] = 128.into());
    let ModelError::TensorShape { tensor, expected, found, .. } = &wider else { panic!("{wider}") };
    assert_eq!(tensor, "encoder.layer.0.intermediate.dense.weight");
    assert_eq!((expected.as_slice(), found.as_slice()), (&[128, 32][..], &[64, 32][..]));
    let deeper = with_json("xlm-roberta", "config.json", |json| json["num_hidden_layers"] = 3.into());
    let ModelError::TensorMissing { tensor, .. } = &deeper else { panic!("{deeper}") };
    assert_eq!(tensor, "roberta.encoder.layer.2.attention.self.query.weight");
}

#[test]
fn damaged_files_are_errors() {
    let folder = copy("bert");
    let path = folder.path().join("model.safetensors");
    let whole = std::fs::read(&path).unwrap();
    for bytes in [&whole[..whole.len() - 1], &whole[..100], &whole[..4], &[], b"PK\x03\x04 a zip file"] {
        std::fs::write(&path, bytes).unwrap();
        let error = open_error(folder.path(), &ModelOptions::default());
        assert!(matches!(error, ModelError::WeightsDamaged { .. }), "{error}");
    }
    std::fs::write(&path, &whole).unwrap();
    let path = folder.path().join("tokenizer.json");
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let error = open_error(folder.path(), &ModelOptions::default());
    assert!(matches!(error, ModelError::Tokenizer { .. }), "{error}");
}

#[test]
fn progress_rises_to_the_number_of_texts_and_a_set_flag_stops_the_work() {
    let encoder = LocalEncoder::open(&data("bert"), &ModelOptions::default()).unwrap();
    let texts: Vec<String> = (0..2000).map(|text| format!("焊接裂纹{text}扩散氢低温高强钢")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let seen = RefCell::new(Vec::new());
    let progress = |done: usize| seen.borrow_mut().push(done);
    let options = EncodeOptions { threads: 2, progress: Some(&progress), cancel: None };
    encoder.encode(&texts, TextRole::Query, &options).unwrap();
    let seen = seen.into_inner();
    assert!(seen.len() > 2 && seen.is_sorted());
    assert_eq!(seen.last(), Some(&2000));

    let cancel = AtomicBool::new(false);
    let stop = |_: usize| cancel.store(true, Ordering::Relaxed);
    let options = EncodeOptions { threads: 2, progress: Some(&stop), cancel: Some(&cancel) };
    let cancelled = encoder.encode(&texts, TextRole::Query, &options);
    assert!(matches!(cancelled, Err(EncoderError::Cancelled)));
}

#[test]
fn no_texts_give_no_rows() {
    let encoder = LocalEncoder::open(&data("bert"), &ModelOptions::default()).unwrap();
    let none = encode(&encoder, &[]);
    assert_eq!((none.rows(), none.width()), (0, 32));
    assert_eq!((encoder.name(), encoder.dimension(), encoder.fingerprint().len()), ("bert", 32, 32));
}
