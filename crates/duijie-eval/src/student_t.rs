//! Student's t distribution.

use std::f64::consts::{FRAC_1_PI, FRAC_2_PI};

/// P(|T| ≥ |t|) for Student's t with a whole number ν ≥ 1 of degrees of
/// freedom.
///
/// With θ = atan(|t| / √ν) and x = cos²θ = ν / (ν + t²), P(|T| < |t|) is
///
/// - ν even: sin θ · Σ cⱼ xʲ with c₀ = 1, cⱼ₊₁ = cⱼ (2j+1)/(2j+2),
/// - ν odd: 2θ/π + (2/π) sin θ cos θ · Σ cⱼ xʲ with c₀ = 1,
///   cⱼ₊₁ = cⱼ (2j+2)/(2j+3),
///
/// over the first ν/2 (even) or (ν−1)/2 (odd) terms: Abramowitz and Stegun,
/// "Handbook of Mathematical Functions", 26.7.3 and 26.7.4. All terms of
/// either series together make 1, so the tail is the sum of the terms left
/// out. That sum keeps its digits where 1 − P would lose them, and converges
/// fast there, so it serves whenever P is above one half.
pub(crate) fn two_sided_tail(t: f64, degrees_of_freedom: usize) -> f64 {
    let nu = degrees_of_freedom as f64;
    let t = t.abs();
    if t.is_infinite() {
        return 0.0;
    }
    let hypotenuse = nu.sqrt().hypot(t);
    let (sin, cos) = (t / hypotenuse, nu.sqrt() / hypotenuse);
    let even = degrees_of_freedom.is_multiple_of(2);
    let (head, factor, shift) =
        if even { (0.0, sin, 0.0) } else { (t.atan2(nu.sqrt()) * FRAC_2_PI, sin * cos * 2.0 * FRAC_1_PI, 1.0) };

    let (mut sum, mut term, mut j) = (0.0, 1.0, 0.0);
    let mut advance = |term: &mut f64| {
        *term *= (2.0 * j + 1.0 + shift) / (2.0 * j + 2.0 + shift) * cos * cos;
        j += 1.0;
    };
    for _ in 0..degrees_of_freedom / 2 {
        sum += term;
        advance(&mut term);
    }
    let inside = head + factor * sum;
    if inside <= 0.5 {
        return 1.0 - inside;
    }
    let mut tail = 0.0;
    while tail + term > tail {
        tail += term;
        advance(&mut term);
    }
    factor * tail
}

#[cfg(test)]
mod tests {
    use super::two_sided_tail;

    /// `t`, degrees of freedom, `2 * scipy.stats.t.sf(t, degrees)`.
    const SCIPY: &str = include_str!("../tests/data/student_t.tsv");

    #[test]
    fn agrees_with_scipy_to_eleven_digits_far_into_the_tail() {
        for line in SCIPY.lines() {
            let fields: Vec<&str> = line.split('\t').collect();
            let t: f64 = fields[0].parse().unwrap();
            let degrees: usize = fields[1].parse().unwrap();
            let expected: f64 = fields[2].parse().unwrap();
            let tail = two_sided_tail(t, degrees);
            assert!((tail - expected).abs() <= 1e-11 * expected, "{line}: {tail:e}");
        }
    }

    #[test]
    fn zero_is_the_middle_and_infinity_the_end() {
        for degrees in 1..50 {
            assert_eq!(two_sided_tail(0.0, degrees), 1.0);
            assert_eq!(two_sided_tail(f64::NEG_INFINITY, degrees), 0.0);
        }
    }
}
