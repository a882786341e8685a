//! What holds for every text, every unit and every pair of quantities.

use super::unit_table::UnitTable;
use super::{Amount, Comparator, Ends, Judgement, Quantity, Standing, Unit, judge, read_quantities};
use proptest::prelude::*;

fn check(text: &str) {
    let mut end = 0;
    for quantity in read_quantities(text) {
        let (span, phrase) = (quantity.span.clone(), quantity.phrase.clone());
        assert!(phrase.start <= span.start && span.end <= phrase.end, "{quantity:?} in {text:?}");
        assert!(end <= span.start, "{quantity:?} overlaps the one before in {text:?}");
        end = span.end;
        let piece = text.get(span).unwrap_or_else(|| panic!("{quantity:?} cuts a character of {text:?}"));
        assert!(text.get(phrase).is_some(), "{quantity:?} cuts a character of {text:?}");
        assert!(
            piece.chars().any(|c| c.is_numeric() || "一二三四五六七八九十两零".contains(c)),
            "no number in {piece:?} of {text:?}"
        );
        assert_eq!(piece.trim(), piece);
        match quantity.amount {
            Amount::Range { low, high } => assert!(low <= high, "{quantity:?}"),
            Amount::Tolerance { deviation, .. } => assert!(deviation >= 0.0, "{quantity:?}"),
            Amount::One(_) | Amount::FromTo { .. } => {}
        }
    }
}

/// Text of the pieces that indicators are made of, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "强度",
        "能耗",
        "KV₂",
        "(",
        ")",
        "（",
        "-40℃",
        "≥",
        "≤",
        "±",
        "～",
        "-",
        "至",
        "由",
        "从",
        "降至",
        "降低",
        "提高",
        "不低于",
        "约",
        "达到",
        "3.5",
        "１０",
        "10⁻⁶",
        "×10",
        "⁵",
        "%",
        "MPa",
        "mm",
        "㎜",
        "/",
        "m²",
        "℃",
        "万",
        "次",
        "倍",
        "以上",
        "的",
        "左右",
        "余",
        "，",
        "。",
        " ",
        "百分之",
        "三十",
        "且",
        "比",
        "介于",
        "和",
        "之间",
        "占",
        "为",
        "额定功率",
        "次",
        "循环",
        "后",
        "级",
        "pH",
        "分别",
        "、",
        "室温",
        "含氧量",
        "<",
        ">",
        "传统工艺",
        "較",
        "１,０００",
        ",",
        ".",
        "1",
        "e-3",
        "^",
        "℉",
        "ﬁ",
        "㎡",
        "①",
        "Ⅲ",
        "½",
        "e\u{301}",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn quantity(property: &str, comparator: Comparator, amount: Amount, unit: &str) -> Quantity {
    Quantity {
        property: Some(property.to_owned()),
        comparator,
        change: None,
        standing: Standing::Own,
        amount,
        ends: Ends::Both,
        unit: Unit::parse(unit).expect("a known unit"),
        span: 0..0,
        phrase: 0..0,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn any_indicator_like_text_is_read(text in pieces()) {
        check(&text);
    }

    #[test]
    fn any_unit_text_is_parsed(text in "[a-zA-Zμ°%·/()^0-9 -]{0,12}") {
        if let Some(unit) = Unit::parse(&text) {
            prop_assert!(unit.to_base(1.0).is_finite());
        }
    }

    #[test]
    fn a_written_number_is_read_back(value in -1e6f64..1e6, places in 0usize..4) {
        let written = format!("{value:.places$}");
        let text = format!("温度≥{written}℃");
        let read = read_quantities(&text);
        prop_assert_eq!(read.len(), 1);
        prop_assert_eq!(&text[read[0].span.clone()], format!("{written}℃"));
        prop_assert_eq!(read[0].amount, Amount::One(written.parse().unwrap()));
    }

    #[test]
    fn judging_does_not_depend_on_the_unit(asked in 1f64..1e4, offered in 1f64..1e4, at_least in any::<bool>()) {
        prop_assume!((asked - offered).abs() > 1e-6 * asked);
        let comparator = if at_least { Comparator::AtLeast } else { Comparator::AtMost };
        let ask = quantity("抗拉强度", comparator, Amount::One(asked), "MPa");
        for (factor, unit) in [(1.0, "MPa"), (1e-3, "GPa"), (1e6, "N/m²"), (1.0, "N/mm²")] {
            let offer = [quantity("抗拉强度", Comparator::Equal, Amount::One(offered * factor), unit)];
            let expected = (offered > asked) == at_least;
            prop_assert_eq!(matches!(judge(&ask, &offer, |_, _| false), Judgement::Met(_)), expected);
            prop_assert_eq!(matches!(judge(&ask, &offer, |_, _| false), Judgement::NotMet(_)), !expected);
        }
    }
}

#[test]
fn the_data_is_sound() {
    assert!(UnitTable::read("m | 1 | m |\nm | 2 | m |").is_err(), "a unit spelled twice is found");
    assert!(UnitTable::read("m | one | m |").is_err());
    assert!(UnitTable::read("m | 1 | m | x").is_err());
    assert!(UnitTable::standard().spellings().count() > 400);
}

#[test]
fn every_unit_is_parsed_and_converts_there_and_back() {
    for spelling in UnitTable::standard().spellings() {
        let per = format!("t/{spelling}");
        let unit = Unit::parse(spelling).or_else(|| Unit::parse(&per)).unwrap_or_else(|| panic!("{spelling}"));
        for value in [0.0, 1.0, -40.0, 0.37, 1e6] {
            let back = unit.from_base(unit.to_base(value));
            assert!((back - value).abs() <= 1e-9 * (1.0 + value.abs()), "{spelling}: {value} came back as {back}");
        }
    }
}

#[test]
fn units_convert_as_the_standards_define() {
    for (value, unit, expected, into) in [
        (1.0, "GPa", 1000.0, "MPa"),
        (1.0, "MPa", 1.0, "N/mm²"),
        (1.0, "MPa", 10.0, "bar"),
        (1.0, "kWh", 3.6, "MJ"),
        (1.0, "kW·h/t", 3.6, "kJ/kg"),
        (25.4, "mm", 1.0, "英寸"),
        (1.0, "μm", 1000.0, "nm"),
        (1.0, "微米", 1.0, "um"),
        (24.0, "h", 1.0, "天"),
        (1.0, "年", 8760.0, "小时"),
        (36.0, "km/h", 10.0, "m/s"),
        (1.0, "kg/t", 1000.0, "ppm"),
        (1.0, "%", 10.0, "‰"),
        (1.0, "L/m³", 1.0, "‰"),
        (1.0, "g/cm³", 1000.0, "kg/m³"),
        (1.0, "mg/L", 1.0, "g/m³"),
        (0.0, "℃", 273.15, "K"),
        (212.0, "℉", 100.0, "℃"),
        (3000.0, "r/min", 3000.0, "rpm"),
        (1.0, "cP", 1.0, "mPa·s"),
        (1.0, "Gbps", 1000.0, "Mbit/s"),
        (1.0, "A·h", 1000.0, "mAh"),
        (180.0, "°", std::f64::consts::PI, "rad"),
        (1.0, "N·m", 1.0, "Nm"),
        (1.0, "V·A", 1.0, "VA"),
        (6.0, "L/100km", 0.06, "L/km"),
        (1.0, "吨标煤", 1000.0, "kgce"),
    ] {
        let (from, to) = (Unit::parse(unit), Unit::parse(into));
        let (Some(from), Some(to)) = (&from, &to) else { panic!("{unit}: {from:?}, {into}: {to:?}") };
        let got =
            from.convert(value, to).unwrap_or_else(|| panic!("{unit} {} {into} {}", from.dimension(), to.dimension()));
        assert!((got - expected).abs() <= 1e-9 * expected, "{value} {unit} is {got} {into}, not {expected}");
    }
    for (one, other) in [("MPa", "mm"), ("%", "倍"), ("HRC", "HV"), ("h", "Hz"), ("mW", "mV")] {
        assert_eq!(Unit::parse(one).unwrap().convert(1.0, &Unit::parse(other).unwrap()), None, "{one} {other}");
    }
    // Letter case decides where it can.
    assert_eq!(Unit::parse("MW").unwrap().to_base(1.0), 1e6);
    assert_eq!(Unit::parse("mW").unwrap().to_base(1.0), 1e-3);
    assert_eq!(Unit::parse("mpa").unwrap().to_base(1.0), 1e6);
    assert_eq!(Unit::parse("G"), None);
}
