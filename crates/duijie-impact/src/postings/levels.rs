//! Which 15 heights stand for the bytes of a lane.

/// Heights of one lane: rising, the first 0 and the last 255. Code c stands for bytes above
/// height c − 1 and up to height c, and counts as the latter.
pub(super) type Levels = [u8; CODES];

pub(super) const CODES: usize = 16;

/// The heights with the least excess over all bytes: `counts[q]` documents have byte q.
///
/// Exact, by dynamic programming: the cheapest way to cover the bytes up to q with c heights, the
/// last of them q.
pub(super) fn best_levels(counts: &[u32; 256]) -> Levels {
    // Excess of the bytes from…to under height `to`, from running sums of counts and of counts × byte.
    let (mut number, mut total) = ([0u64; 257], [0u64; 257]);
    for (byte, &count) in counts.iter().enumerate() {
        number[byte + 1] = number[byte] + u64::from(count);
        total[byte + 1] = total[byte] + u64::from(count) * byte as u64;
    }
    let excess =
        |above: usize, to: usize| to as u64 * (number[to + 1] - number[above + 1]) - (total[to + 1] - total[above + 1]);
    let mut cheapest: Vec<u64> = (0..256).map(|to| excess(0, to)).collect();
    let mut before = [[0u8; 256]; CODES];
    for heights in before.iter_mut().skip(2) {
        let mut next = cheapest.clone();
        // The best height below never falls as `to` rises, so the search goes on where it last ended.
        let mut best = 0;
        for to in 1..256 {
            let cost = |below: usize| cheapest[below] + excess(below, to);
            let mut least = cost(best);
            for below in best + 1..to {
                let cost = cost(below);
                if cost <= least {
                    (least, best) = (cost, below);
                }
            }
            (next[to], heights[to]) = (least, best as u8);
        }
        cheapest = next;
    }
    let mut levels = [0; CODES];
    levels[CODES - 1] = u8::MAX;
    for code in (2..CODES).rev() {
        levels[code - 1] = before[code][usize::from(levels[code])];
    }
    levels
}

/// The code of every byte.
pub(super) fn codes(levels: &Levels) -> [u8; 256] {
    let mut codes = [0; 256];
    for (byte, code) in codes.iter_mut().enumerate() {
        *code = levels.partition_point(|&level| usize::from(level) < byte) as u8;
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn excess(counts: &[u32; 256], levels: &Levels) -> u64 {
        let codes = codes(levels);
        let over = |byte: usize| u64::from(levels[usize::from(codes[byte])]) - byte as u64;
        (0..256).map(|byte| u64::from(counts[byte]) * over(byte)).sum()
    }

    proptest! {
        #[test]
        fn levels_cover_every_byte_and_beat_even_ones(counts in prop::collection::vec(0u32..1000, 256)) {
            let counts: [u32; 256] = counts.try_into().unwrap();
            let levels = best_levels(&counts);
            prop_assert!(levels.is_sorted() && levels[0] == 0 && levels[15] == 255);
            prop_assert!((1..=255).all(|byte: u8| levels[usize::from(codes(&levels)[usize::from(byte)])] >= byte));
            let even: Levels = std::array::from_fn(|code| (17 * code) as u8);
            prop_assert!(excess(&counts, &levels) <= excess(&counts, &even));
        }
    }

    #[test]
    fn few_distinct_bytes_are_kept_as_they_are() {
        let mut counts = [0; 256];
        [3, 77, 78, 200].iter().for_each(|&byte| counts[byte] = 10);
        assert_eq!(excess(&counts, &best_levels(&counts)), 0);
    }
}
