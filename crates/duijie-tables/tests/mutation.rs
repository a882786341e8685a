//! Every fixture file, damaged in thousands of ways, is read or refused: no panic, no lost item, in bounded time.
//!
//! What packs parts is damaged inside them, so that the damage gets past the checksums. Some seconds by default;
//! `DUIJIE_MUTATIONS=2000` takes as many rounds a file, and `DUIJIE_MUTATION_SEED` other ones.

use duijie::{Catalogue, Institutions};
use duijie_tables::{Counts, Limits, Options, read_achievements, read_demands};
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// SplitMix64.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((u128::from(mixed ^ (mixed >> 31)) * bound.max(1) as u128) >> 64) as usize
    }
}

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |text| text.parse().expect("a whole number"))
}

/// What numbers in XML, lengths in records and cells are made into.
const ODD: [&[u8]; 10] =
    [b"0", b"-1", b"65536", b"1048577", b"4294967295", b"18446744073709551616", b"1e308", b"<", b"\xFF\xFE", b"\""];

fn mutate(bytes: &mut Vec<u8>, random: &mut Random) {
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len());
        let to = (at + random.below(64)).min(bytes.len());
        match random.below(7) {
            0 if !bytes.is_empty() => bytes[at] = random.below(256) as u8,
            1 => drop(bytes.drain(at..to)),
            2 => {
                let piece = bytes[at..to].to_vec();
                let place = random.below(bytes.len());
                bytes.splice(place..place, piece);
            }
            3 => bytes.truncate(at),
            4 => drop(bytes.splice(at..at, ODD[random.below(ODD.len())].iter().copied())),
            // A run of digits becomes another number.
            5 => {
                let digits = bytes[at..].iter().position(u8::is_ascii_digit).map(|from| at + from);
                if let Some(from) = digits {
                    let run = bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                    bytes.splice(from..from + run, ODD[random.below(7)].iter().copied());
                }
            }
            // Two tags change places.
            _ => {
                let tags: Vec<usize> =
                    bytes.iter().enumerate().filter(|(_, b)| **b == b'<').map(|(at, _)| at).collect();
                if let (Some(&a), Some(&b)) = (tags.get(random.below(tags.len())), tags.get(random.below(tags.len()))) {
                    let end = |from: usize| bytes[from..].iter().position(|b| *b == b'>').map(|len| from + len + 1);
                    if let Some(end) = end(a) {
                        let tag = bytes[a..end].to_vec();
                        bytes.splice(b..b, tag);
                    }
                }
            }
        }
    }
}

fn damaged(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    // One in four is damaged from outside, whatever it is.
    if let (Ok(mut archive), 1..) = (ZipArchive::new(Cursor::new(bytes)), random.below(4)) {
        let hit = random.below(archive.len());
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for at in 0..archive.len() {
            let mut part = archive.by_index(at).unwrap();
            let mut content = Vec::new();
            part.read_to_end(&mut content).unwrap();
            if at == hit {
                mutate(&mut content, random);
            }
            writer.start_file(part.name(), SimpleFileOptions::default()).unwrap();
            writer.write_all(&content).unwrap();
        }
        return writer.finish().unwrap().into_inner();
    }
    let mut bytes = bytes.to_vec();
    mutate(&mut bytes, random);
    bytes
}

fn add_up(counts: Counts) -> bool {
    counts.read == counts.imported + counts.rejected + counts.merged
}

#[test]
fn damaged_files_are_read_or_refused() {
    let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/files");
    let mut files: Vec<PathBuf> = std::fs::read_dir(files).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let (catalogue, institutions) = (Catalogue::default(), Institutions::default());
    let limits = Limits { cells: 200_000, unpacked_bytes: 32 << 20, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let folder = tempfile::tempdir().unwrap();
    let (mut read, mut refused) = (0, 0);
    for file in files {
        let whole = std::fs::read(&file).unwrap();
        let mut random = Random(number("DUIJIE_MUTATION_SEED", 20_261_122));
        for round in 0..number("DUIJIE_MUTATIONS", 40) {
            let path = folder.path().join(file.file_name().unwrap());
            std::fs::write(&path, damaged(&whole, &mut random)).unwrap();
            let start = Instant::now();
            let demands = read_demands(std::slice::from_ref(&path), &catalogue, &options).unwrap();
            let found = read_achievements(&[path], &catalogue, &institutions, &options).unwrap();
            let time = start.elapsed();
            let name = file.display();
            assert!(add_up(demands.counts()) && add_up(found.counts()), "{name}, round {round}: items were lost");
            assert!(time < Duration::from_secs(20), "{name}, round {round}: {time:?}");
            // The reports of what is odd must hold too.
            assert!(!demands.report().to_string().is_empty() && !found.report().to_html().is_empty());
            match demands.files[0].error {
                Some(_) => refused += 1,
                None => read += 1,
            }
        }
    }
    assert!(read > 0 && refused > 0, "the damage is neither nothing nor everything: {read} read, {refused} refused");
}
