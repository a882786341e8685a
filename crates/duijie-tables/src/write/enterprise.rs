//! What an enterprise is called in texts.

/// What the name of an enterprise ends in, the longest first.
pub(super) const FORMS: &[&str] =
    &["股份有限公司", "有限责任公司", "有限公司", "分公司", "总公司", "公司", "集团", "股份", "有限"];

/// What stands in names and says only what the enterprise makes. None of it tells who it is.
const TRADES: &[&str] = &[
    "机床",
    "数控",
    "泵业",
    "重工",
    "科技",
    "技术",
    "智能",
    "装备",
    "设备",
    "制造",
    "材料",
    "新材",
    "生物",
    "医药",
    "制药",
    "药业",
    "化工",
    "化学",
    "电力",
    "电气",
    "电子",
    "电器",
    "电机",
    "机械",
    "工程",
    "精密",
    "自动化",
    "环保",
    "能源",
    "新",
    "高性能",
    "高强",
    "高分子",
    "高端",
    "先进",
    "特种",
    "复合",
    "纤维",
    "橡胶",
    "轮胎",
    "塑料",
    "陶瓷",
    "玻璃",
    "金属",
    "钢铁",
    "铝业",
    "铜业",
    "矿业",
    "海洋",
    "船舶",
    "船业",
    "汽车",
    "零部件",
    "轴承",
    "阀门",
    "仪器",
    "仪表",
    "传感",
    "信息",
    "软件",
    "网络",
    "通信",
    "半导体",
    "光电",
    "激光",
    "食品",
    "农业",
    "种业",
    "纺织",
    "服装",
    "起重",
    "工业",
    "实业",
    "发展",
    "医疗",
    "器械",
];

const PLACES: &[&str] = &[
    "山东",
    "北京",
    "上海",
    "天津",
    "重庆",
    "河北",
    "山西",
    "辽宁",
    "吉林",
    "黑龙江",
    "江苏",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "河南",
    "湖北",
    "湖南",
    "广东",
    "海南",
    "四川",
    "贵州",
    "云南",
    "陕西",
    "甘肃",
    "青海",
    "内蒙古",
    "广西",
    "西藏",
    "宁夏",
    "新疆",
    "中国",
    "济南",
    "青岛",
    "淄博",
    "枣庄",
    "东营",
    "烟台",
    "潍坊",
    "济宁",
    "泰安",
    "威海",
    "日照",
    "临沂",
    "德州",
    "聊城",
    "滨州",
    "菏泽",
    "莱芜",
    "深圳",
    "广州",
    "苏州",
];

/// The shortest core that is told by itself.
const SHORTEST_CORE: usize = 3;

/// A name without blanks and brackets.
pub(super) fn compact(name: &str) -> String {
    crate::values::Plain::of(name, belongs).text
}

/// Whether a character counts when names are compared.
pub(super) fn belongs(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, '(' | ')' | '[' | ']' | '【' | '】' | '〔' | '〕' | '"' | '“' | '”')
}

/// The compact names that an enterprise goes by: with and without its form, its place and its trade.
pub(super) fn names(enterprise: &str, city: Option<&str>) -> Vec<String> {
    let whole = compact(enterprise);
    let mut names = vec![whole.clone()];
    // What stands in brackets is a place or a form.
    let outer = without_brackets(enterprise);
    for name in [whole, outer] {
        // 华能电力公司威海分公司 is called 华能电力 too.
        let head = name.split("公司").next().unwrap_or(&name);
        for base in [without_form(&name), without_form(head)] {
            let core = without_place(base, city);
            if core.is_empty() || is_trade(core) {
                // 山东数控机床: only with its place it is a name.
                names.extend((!core.is_empty() && core.len() < base.len()).then(|| base.to_owned()));
                continue;
            }
            names.extend([base, core].into_iter().filter(|name| chars(name) >= SHORTEST_CORE).map(str::to_owned));
            let brand = TRADES.iter().filter_map(|trade| core.find(trade)).filter(|at| *at > 0).min();
            let brand = brand.map_or(core, |at| &core[..at]);
            if chars(brand) >= SHORTEST_CORE {
                names.push(brand.to_owned());
            } else if chars(brand) == 2 {
                names.extend(["集团", "公司", "股份", "企业"].map(|form| format!("{brand}{form}")));
            }
        }
    }
    names.sort();
    names.dedup();
    names
}

fn chars(name: &str) -> usize {
    name.chars().count()
}

fn without_form(name: &str) -> &str {
    let mut name = name;
    while let Some(short) = FORMS.iter().find_map(|form| name.strip_suffix(form)) {
        name = short;
    }
    name
}

fn without_place<'n>(name: &'n str, city: Option<&'n str>) -> &'n str {
    let mut name = name;
    while let Some(rest) = PLACES.iter().copied().chain(city).find_map(|place| name.strip_prefix(place)) {
        if rest.len() == name.len() {
            break;
        }
        name = rest.strip_prefix(['省', '市']).unwrap_or(rest);
    }
    name
}

/// Whether nothing but words of trades is in a name.
fn is_trade(name: &str) -> bool {
    name.is_empty() || TRADES.iter().any(|trade| name.strip_prefix(trade).is_some_and(is_trade))
}

fn without_brackets(name: &str) -> String {
    let mut depth = 0_u32;
    let outer = |c: &char| {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    };
    compact(&name.chars().filter(outer).collect::<String>())
}
