//! Telephone numbers, addresses and names of persons to ask, as they stand in texts.

use super::persons::is_word;
use crate::values::Plain;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A range of the pattern is a contact: that of its group `c`, or of all it matches.
struct Kind {
    pattern: Regex,
    what: What,
}

/// What else makes a match a contact.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    /// No digit stands beside it.
    Number,
    /// Nothing.
    Text,
    /// It is no word of the language, as what stands around does not tell that it is a name.
    Name,
}

/// The first characters of names, as a class of a pattern.
pub(super) const SURNAMES: &str = "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈\
    姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐\
    易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟\
    艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝]";

static KINDS: LazyLock<Vec<Kind>> = LazyLock::new(|| {
    let gap = "[ -]{0,2}";
    let bracket = "[ ()-]{0,2}";
    let country = r"(?:\(?\+?(?:00)?86\)?[ -]{0,2})?";
    let title = "(?:老师|工程师|总监|总工|经理|教授|主任|博士|先生|女士|部长|院长|科长|工|总)";
    let phone = labels(&["电话", "座机", "固话", "传真", "热线", "手机"]);
    let wechat = format!("(?:{}号?|(?i:wechat|weixin|vx|v信|wx))", labels(&["微信"]));
    let asked = labels(&["联系人", "对接人", "联络人"]);
    let in_charge = labels(&["负责人", "填报人", "填表人", "经办人"]);
    let legal = labels(&["法人代表", "法定代表人"]);
    let name = format!("{SURNAMES} ?[\u{4e00}-\u{9fff}]");
    // A name ends where one of these begins.
    let stop = "(?:$|[^\u{4e00}-\u{9fff}]|电话|手机|微信|邮箱|传真|联系|座机|地址|负责|的|或|和|及|与)";
    // 联系人：, 联系人—, 负责人为.
    let told = "(?:[: -]*(?:姓名)?[: -]*(?:为|是|叫|系)?[: ]*)";
    let domain = r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.";
    let patterns = [
        (What::Number, format!(r"{country}1[3-9][0-9]{gap}[0-9]{{4}}{gap}[0-9]{{4}}")),
        (
            What::Number,
            format!(r"{country}1[3-9][0-9](?:{gap}[0-9]{{3}}{gap}[0-9]{{5}}|[0-9]{gap}[0-9]{{4}}{gap}[0-9]{{3}})"),
        ),
        (What::Number, format!(r"{country}1[3-9][0-9]{{3}}{gap}[0-9]{{6}}")),
        // Points and bars count only where all parts have them: 138.12345678 is a figure.
        (What::Number, r"1[3-9][0-9](?:\.[0-9]{4}\.|_[0-9]{4}_|·[0-9]{4}·)[0-9]{4}".to_owned()),
        (What::Number, r"[48]00(?:-?[0-9]{3}-?[0-9]{4}|-?[0-9]{4}-?[0-9]{3})".to_owned()),
        (
            What::Number,
            format!(
                r"\(?(?:010|02[0-9]|0[3-9][0-9]{{2}}){bracket}[2-9][0-9]{{2,3}}[ -]?[0-9]{{4}}(?:(?:-|转| 转 ?)[0-9]{{1,5}})?"
            ),
        ),
        (
            What::Number,
            format!(r"(?:{phone}|(?i:tel|phone|fax))(?:号码?)?[:.： ]*(?P<c>\+?[0-9](?:{bracket}[0-9]){{6,14}})"),
        ),
        (What::Text, format!(r"(?P<c>[A-Za-z0-9._%+-]+ ?(?:@|[(\[] ?(?i:at) ?[)\]]) ?{domain}[A-Za-z]{{2,}})")),
        (What::Text, format!(r"(?P<c>[A-Za-z0-9._%+-]+#{domain}(?:com|cn|net|org|edu))")),
        (What::Number, "(?i:QQ|扣扣)(?:号码?|群)?[:： ]*(?P<c>[1-9][0-9]{4,10})".to_owned()),
        (What::Text, "(?P<c>wxid_[A-Za-z0-9_-]+)".to_owned()),
        (
            What::Text,
            format!(
                "{wechat}[: ]*(?:同|是|为)?[: ]*(?P<c>[A-Za-z](?:[A-Za-z_-]{{3,}}[0-9]|[A-Za-z_-]{{2}}[0-9][A-Za-z0-9_-]|[A-Za-z_-][0-9][A-Za-z0-9_-]{{2}}|[0-9_-][A-Za-z0-9_-]{{3}})[A-Za-z0-9_-]*)"
            ),
        ),
        (What::Text, format!("{wechat}(?:号|:) *(?P<c>[A-Za-z][A-Za-z0-9_-]{{4,}})")),
        (What::Text, format!("{wechat} *(?P<c>[a-z][a-z_-]{{5,}})")),
        // V：zhang88
        (What::Text, r"(?:^|[^A-Za-z0-9])[Vv]: ?(?P<c>[A-Za-z][A-Za-z_-]{1,}[0-9_][A-Za-z0-9_-]+)".to_owned()),
        (What::Text, r"(?i:contact)(?: person)?: *(?P<c>[A-Z][a-z]+(?: [A-Z][a-z]+){1,2})".to_owned()),
        // Of others than those to ask, a colon or a number behind tells that a name stands there.
        (
            What::Text,
            format!("(?:{in_charge}|联系)(?:姓名)?[: -]+(?P<c>{SURNAMES} ?[\u{4e00}-\u{9fff}]{{0,2}}?{title}?){stop}"),
        ),
        // 负责人王建军，: a full name with nothing behind it.
        (
            What::Text,
            format!(
                "(?:{in_charge}|{legal}){told}(?P<c>{name}[\u{4e00}-\u{9fff}]?{title}?)(?:$|[^\u{4e00}-\u{9fff}]|电话|手机|联系)"
            ),
        ),
        (
            What::Text,
            format!(
                "联系(?P<c>{SURNAMES}[\u{4e00}-\u{9fff}]{{0,2}}?{title}?)[,，: ]*(?:电话|手机)?[: ]*(?:1[3-9][0-9]|0[0-9]{{2,3}})"
            ),
        ),
        (
            What::Text,
            format!(
                "{asked}{told}(?:(?P<c>{SURNAMES} ?[\u{4e00}-\u{9fff}]{{0,2}}?{title}?){stop}|(?P<d>{name}[\u{4e00}-\u{9fff}]?))"
            ),
        ),
        (What::Name, format!("请(?:直接)?联系(?P<c>{name}[\u{4e00}-\u{9fff}]?{title}?){stop}")),
        // 请与周工联系
        (
            What::Name,
            format!(
                "[与找向询](?P<c>{SURNAMES}[\u{4e00}-\u{9fff}]{{0,2}}{title})(?:联系|对接|沟通|咨询|洽谈|接洽|[,，: ]*(?:电话|手机)?[: ]*(?:1[3-9][0-9]|0[0-9]{{2,3}}))"
            ),
        ),
    ];
    let kind = |(what, pattern): &(What, String)| Kind {
        pattern: Regex::new(pattern).expect("a pattern that the tests match with"),
        what: *what,
    };
    patterns.iter().map(kind).collect()
});

/// Labels as a pattern, however their characters are spaced: 联 系 人.
fn labels(words: &[&str]) -> String {
    let spaced = |word: &&str| word.chars().map(String::from).collect::<Vec<_>>().join(" *");
    format!("(?:{})", words.iter().map(spaced).collect::<Vec<_>>().join("|"))
}

/// Further numbers behind one: 88887777/88887778, 88887777、7778.
static FURTHER: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"^(?: ?(?:/|、|或|,|，|;|；) ?(?:[0-9]{7,8}(?:-[0-9]{1,5})?)| ?[/、] ?[0-9]{3,4})(?P<end>$|[ ,，。;；、/)）转])";
    Regex::new(pattern).expect("a pattern that the tests match with")
});

/// Where contacts stand in a text; the ranges may overlap.
pub(super) fn contacts(text: &str) -> Vec<Range<usize>> {
    let plain = Plain::of(text, |_| true);
    let mut found = Vec::new();
    for kind in KINDS.iter() {
        for captures in kind.pattern.captures_iter(&plain.text) {
            let part = captures.name("c").or_else(|| captures.name("d")).or_else(|| captures.get(0));
            let Some(part) = part else { continue };
            let mut range = part.range();
            let is_contact = match kind.what {
                What::Number => stands_alone(&plain.text, range.clone()),
                What::Text => true,
                What::Name => !is_word(part.as_str()),
            };
            if !is_contact {
                continue;
            }
            while let Some(further) = FURTHER.captures(&plain.text[range.end..]).filter(|_| kind.what == What::Number) {
                let end = further.name("end").map_or(0, |end| end.start());
                found.push(plain.original(text, range.end..range.end + end));
                range.end += end;
            }
            found.push(plain.original(text, part.range()));
        }
    }
    found
}

/// No further digits before or behind, decimal places included.
fn stands_alone(text: &str, range: Range<usize>) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    let before = &text[..range.start];
    let decimal = before.strip_suffix('.').is_some_and(|whole| whole.ends_with(is_digit));
    !before.ends_with(is_digit) && !decimal && !text[range.end..].starts_with(is_digit)
}
