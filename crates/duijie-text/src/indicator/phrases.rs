//! How indicators are written, and how they are read.

use super::{Amount, Change, Comparator, Ends, Quantity, read_quantities};

/// `property comparator change amount unit`, as short as can be.
pub(super) fn told(quantity: &Quantity) -> String {
    let comparator = match quantity.comparator {
        Comparator::AtLeast => "≥",
        Comparator::AtMost => "≤",
        Comparator::Above => ">",
        Comparator::Below => "<",
        Comparator::About => "≈",
        Comparator::Near => "→",
        Comparator::Equal => "=",
        Comparator::Within | Comparator::Between => "in",
    };
    let change = match quantity.change {
        None => "",
        Some(Change::ReducedBy) => "↓",
        Some(Change::IncreasedBy) => "↑",
    };
    let amount = match quantity.amount {
        Amount::One(value) => format!("{value}"),
        Amount::Range { low, high } => match quantity.ends {
            Ends::Both => format!("{low}..{high}"),
            Ends::High => format!("{low}<..{high}"),
            Ends::Low => format!("{low}..<{high}"),
            Ends::Neither => format!("{low}<..<{high}"),
        },
        Amount::Tolerance { nominal: None, deviation } => format!("±{deviation}"),
        Amount::Tolerance { nominal: Some(nominal), deviation } => format!("{nominal}±{deviation}"),
        Amount::FromTo { from, to } => format!("{from}→{to}"),
    };
    let property = quantity.property.as_deref().unwrap_or("-");
    format!("{property} {comparator}{change} {amount} {}", quantity.unit.symbol()).trim_end().to_owned()
}

/// Phrase, and what is read from it, parted by semicolons.
const PHRASES: &[(&str, &str)] = &[
    // Bounds by symbol and by word.
    ("屈服强度≥960MPa", "屈服强度 ≥ 960 MPa"),
    ("接头抗拉≥960MPa", "接头抗拉 ≥ 960 MPa"),
    ("KV₂(-40℃)≥27J", "kv2(-40°c) ≥ 27 J"),
    ("KV₂（－40 ℃）≥ 27 J", "kv2(-40 °c) ≥ 27 J"),
    ("效率峰值≥88%", "效率峰值 ≥ 88 %"),
    ("使用寿命不低于8000h", "使用寿命 ≥ 8000 h"),
    ("连续运行时间不少于 8,000 小时", "连续运行时间 ≥ 8000 小时"),
    ("残留量小于5ppm", "残留量 < 5 ppm"),
    ("表面缺陷密度≤2个/m²", "表面缺陷密度 ≤ 2 个/m2"),
    ("表面粗糙度Ra≤0.8μm", "表面粗糙度ra ≤ 0.8 μm"),
    ("噪声不超过65dB(A)", "噪声 ≤ 65 dB(A)"),
    ("响应时间＜10ms", "响应时间 < 10 ms"),
    ("综合能耗不高于120kgce/t", "综合能耗 ≤ 120 kgce/t"),
    ("信噪比>60dB", "信噪比 > 60 dB"),
    ("硬度：≥58HRC", "硬度 ≥ 58 HRC"),
    ("识别准确率大于等于99.5%", "识别准确率 ≥ 99.5 %"),
    ("泄漏率≤1×10⁻⁹Pa·m³/s", "泄漏率 ≤ 0.000000001 Pa·m3/s"),
    ("导热系数≤0.02W/(m·K)", "导热系数 ≤ 0.02 W/(m·K)"),
    ("热导率不低于400W/m·K", "热导率 ≥ 400 W/m·K"),
    ("比容量≥200mAh/g", "比容量 ≥ 200 mAh/g"),
    ("重复定位精度优于0.02mm", "重复定位精度 ≤ 0.02 mm"),
    ("光电转换效率优于24.5%", "光电转换效率 ≥ 24.5 %"),
    ("决定系数R²=0.99", "决定系数r2 = 0.99"),
    ("申请发明专利不少于5项", "申请发明专利 ≥ 5 项"),
    // Bounds behind the number.
    ("去除率95%以上", "去除率 ≥ 95 %"),
    ("排放浓度在10mg/m³以下", "排放浓度 ≤ 10 mg/m3"),
    ("误差控制在3%以内", "误差 ≤ 3 %"),
    ("孔隙率30%左右", "孔隙率 ≈ 30 %"),
    ("具有30%的吸收率", "吸收率 = 30 %"),
    ("可实现95%以上的回收率", "回收率 ≥ 95 %"),
    ("平均无故障时间5000余小时", "平均无故障时间 > 5000 小时"),
    // Ranges and tolerances.
    ("焊缝余高2.5～3.5mm", "焊缝余高 in 2.5..3.5 mm"),
    ("车速0～50km/h", "车速 in 0..50 km/h"),
    ("纯度95%～98%", "纯度 in 95..98 %"),
    ("反应温度100～120 ℃", "反应温度 in 100..120 °C"),
    ("工作温度-40℃~85℃", "工作温度 in -40..85 °C"),
    ("工作温度范围：－40～＋85℃", "工作温度范围 in -40..85 °C"),
    ("板厚3-5mm", "板厚 in 3..5 mm"),
    ("年产量1～2万吨", "年产量 in 10000..20000 吨"),
    ("浓度1~5×10⁴ppm", "浓度 in 10000..50000 ppm"),
    ("波长500nm至1.2μm", "波长 in 0.5..1.2 μm"),
    ("pH 6~9", "ph in 6..9"),
    ("尺寸精度±0.01mm", "尺寸精度 in ±0.01 mm"),
    ("直径10±0.05mm", "直径 in 10±0.05 mm"),
    ("控温精度≤±0.5℃", "控温精度 in ±0.5 °C"),
    // Changes.
    ("能耗降低30%以上", "能耗 ≥↓ 30 %"),
    ("降低能耗30%以上", "能耗 ≥↓ 30 %"),
    ("生产效率提高2倍", "生产效率 =↑ 2 倍"),
    ("寿命延长了约1.5倍", "寿命 ≈↑ 1.5 倍"),
    ("显著缩短交付周期5天以上", "交付周期 ≥↓ 5 天"),
    ("能耗比传统工艺降低20%", "能耗 =↓ 20 %"),
    ("较现有产品成本下降15%～20%", "成本 in↓ 15..20 %"),
    ("良率提升不少于3个百分点", "良率 ≥↑ 3 个百分点"),
    ("能耗降低率≥30%", "能耗 ≥↓ 30 %"),
    ("孔隙率由3.5%降至0.8%", "孔隙率 ≤ 3.5→0.8 %"),
    ("将焊接时间从5h缩短到90min以内", "焊接时间 ≤ 300→90 min"),
    ("合格率由原来的85％提升至98％以上", "合格率 ≥ 85→98 %"),
    ("效率提高到原来的3倍", "效率 ≥ 3 倍"),
    ("能耗降低百分之三十以上", "能耗 ≥↓ 30 %"),
    ("产能提高一倍", "产能 =↑ 1 倍"),
    // Reaching and holding.
    ("疲劳寿命达到18万次", "疲劳寿命 ≥ 180000 次"),
    ("致密度可达99.5%", "致密度 ≥ 99.5 %"),
    ("年销售收入突破3亿元", "年销售收入 > 300000000 元"),
    ("循环次数1.2×10⁵", "循环次数 = 120000"),
    ("真空度优于１０⁻⁶Pa", "真空度 ≤ 0.000001 Pa"),
    ("氧含量控制在50ppm", "氧含量 ≤ 50 ppm"),
    ("处理能力为500t/d", "处理能力 = 500 t/d"),
    // Sloppy case, Chinese units, traditional and full-width forms.
    ("抗拉强度≥500Mpa", "抗拉强度 ≥ 500 Mpa"),
    ("功率为30KW", "功率 = 30 KW"),
    ("粘度≤20mPa·s", "粘度 ≤ 20 mPa·s"),
    ("壓力大於２０兆帕", "压力 > 20 兆帕"),
    ("总装机5千瓦", "总装机 = 5 千瓦"),
    ("断裂韧性≥30MPa·m^1/2", "断裂韧性 ≥ 30 MPa·m^1/2"),
    // More than one.
    ("屈服强度≥690MPa，抗拉强度770～940MPa；延伸率≥14%", "屈服强度 ≥ 690 MPa;抗拉强度 in 770..940 MPa;延伸率 ≥ 14 %"),
    ("抗拉强度≥960MPa且≤1100MPa", "抗拉强度 in 960..1100 MPa"),
    ("1.厚度≥0.5mm 2.宽度不小于1200mm", "厚度 ≥ 0.5 mm;宽度 ≥ 1200 mm"),
    ("饱和磁感应强度≥1.6T，矫顽力≤8A/m", "饱和磁感应强度 ≥ 1.6 T;矫顽力 ≤ 8 A/m"),
    ("-60℃冲击功不小于100J", "-60°c冲击功 ≥ 100 J"),
    ("抗压强度达标，28d收缩率≤0.03%", "28d收缩率 ≤ 0.03 %"),
    ("表面颗粒（≥0.1μm）少于20个/片", "表面颗粒(≥0.1μm) < 20 个/片"),
    ("循环寿命≥1000次（容量保持率≥80%）", "循环寿命 ≥ 1000 次;容量保持率 ≥ 80 %"),
    ("单线年产能达5000万件", "单线年产能 ≥ 50000000 件"),
    ("识别精度达到98%，表面粗糙度Ra值达到0.02μm", "识别精度 ≥ 98 %;表面粗糙度ra值 ≤ 0.02 μm"),
    ("运行费用低于3元/万m³废气", "运行费用 < 3 元/万m3"),
    ("精度0.1%FS，CO2减排20%以上，镉<10ppm", "精度 = 0.1 %FS;co2 ≥↓ 20 %;镉 < 10 ppm"),
    ("活性下降不超过5%", "活性 ≤↓ 5 %"),
    // So much over a stretch, a time, an amount; and other numbers behind a stroke.
    ("直线度≤3mm/10m", "直线度 ≤ 3 mm/10m"),
    ("磨损量≤5mg/1000h", "磨损量 ≤ 5 mg/1000h"),
    ("电压220V/50Hz", "电压 = 220 V"),
    ("耐温150℃/1000h", "耐温 = 150 °C"),
    ("厚度10mm/5mm", "厚度 = 10 mm"),
    // Things that begin or end as changes do, and plain numbers of properties that are such.
    ("压降<0.5V", "压降 < 0.5 V"),
    ("压缩强度≥100MPa", "压缩强度 ≥ 100 MPa"),
    ("摩擦系数0.06", "摩擦系数 = 0.06"),
    // Not quantities.
    ("分辨率≥1920×1080", ""),
    ("T800级碳纤维、Q890钢、304L与40Cr13", ""),
    ("符合GB/T 1591-2018和ISO 13485", ""),
    ("5G通信与3D打印", ""),
    ("2023年立项，2021-2025年实施，5月10日验收", ""),
    ("围绕3个方面开展2项研究", ""),
    ("版本1.2.3，地址192.168.0.1", ""),
    ("电话0571-87654321", ""),
];

#[test]
fn phrases_are_read_as_they_are_meant() {
    let mut wrong = Vec::new();
    for (phrase, expected) in PHRASES {
        let read: Vec<String> = read_quantities(phrase).iter().map(told).collect();
        if read.join(";") != *expected {
            wrong.push(format!("{phrase}: {:?} instead of {expected:?}", read.join(";")));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), PHRASES.len(), wrong.join("\n"));
}

#[test]
fn spans_are_of_the_original_text() {
    for (text, spans, phrases) in [
        ("焊縫餘高２.５～３.５㎜。", &["２.５～３.５㎜"][..], &["焊縫餘高２.５～３.５㎜"][..]),
        ("其中KV₂(-40℃)≥27J；", &["27J"], &["KV₂(-40℃)≥27J"]),
        ("孔隙率由3.5%降至0.8%以下", &["3.5%降至0.8%"], &["孔隙率由3.5%降至0.8%以下"]),
        ("精度±0.01mm，真空１０⁻⁶Pa", &["±0.01mm", "１０⁻⁶Pa"], &["精度±0.01mm", "真空１０⁻⁶Pa"]),
        ("可实现95%以上的回收率", &["95%"], &["95%以上的回收率"]),
        ("有效降低能耗30%", &["30%"], &["降低能耗30%"]),
    ] {
        let read = read_quantities(text);
        let read_spans: Vec<&str> = read.iter().map(|quantity| &text[quantity.span.clone()]).collect();
        assert_eq!(read_spans, spans, "{text}");
        let read_phrases: Vec<&str> = read.iter().map(|quantity| &text[quantity.phrase.clone()]).collect();
        assert!(
            read_phrases.iter().zip(phrases).all(|(read, phrase)| read.ends_with(phrase)),
            "{text}: {read_phrases:?} instead of {phrases:?}"
        );
    }
}
