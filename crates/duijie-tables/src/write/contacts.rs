//! Telephone numbers, addresses and names of persons to ask, as they stand in texts.

use crate::values::Plain;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A range of the pattern is a contact: that of its group `c`, or of all it matches.
struct Kind {
    pattern: Regex,
    /// It counts only where no digit stands beside it.
    number: bool,
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
    // A name ends where one of these begins.
    let stop = "(?:$|[^\u{4e00}-\u{9fff}]|电话|手机|微信|邮箱|传真|联系|座机|地址|负责|的)";
    let patterns = [
        (true, format!(r"{country}1[3-9][0-9]{gap}[0-9]{{4}}{gap}[0-9]{{4}}")),
        (true, format!(r"{country}1[3-9][0-9](?:{gap}[0-9]{{3}}{gap}[0-9]{{5}}|[0-9]{gap}[0-9]{{4}}{gap}[0-9]{{3}})")),
        (true, format!(r"{country}1[3-9][0-9]{{3}}{gap}[0-9]{{6}}")),
        (
            true,
            format!(
                r"\(?(?:010|02[0-9]|0[3-9][0-9]{{2}}){bracket}[2-9][0-9]{{2,3}}[ -]?[0-9]{{4}}(?:(?:-|转| 转 ?)[0-9]{{1,5}})?"
            ),
        ),
        (true, format!(r"(?:电话|座机|固话|传真|热线|手机号码?|(?i:tel|phone|fax))(?:号码)?[:.： ]*(?P<c>\+?[0-9](?:{bracket}[0-9]){{6,14}})")),
        (false, r"(?P<c>[A-Za-z0-9._%+-]+ ?@ ?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})".to_owned()),
        (true, "(?i:QQ|扣扣)(?:号码?|群)?[:： ]*(?P<c>[1-9][0-9]{4,10})".to_owned()),
        (
            false,
            "(?:微信号?|(?i:wechat|weixin|v信))[:： ]*(?:同|是|为)?[: ]*(?P<c>[A-Za-z][A-Za-z_-]*[0-9_-][A-Za-z0-9_-]{2,})"
                .to_owned(),
        ),
        (false, "(?:微信号?|(?i:wechat|weixin|vx|wx))(?:号|[:：]) *(?P<c>[A-Za-z][A-Za-z0-9_-]{4,})".to_owned()),
        // Of others than those to ask, a colon or a number behind tells that a name stands there.
        (
            false,
            format!(
                "(?:负责人|填报人|填表人|经办人|联系)(?:姓名)?[:： ]+(?P<c>{SURNAMES}[\u{4e00}-\u{9fff}]{{0,2}}?{title}?){stop}"
            ),
        ),
        (
            false,
            format!("联系(?P<c>{SURNAMES}[\u{4e00}-\u{9fff}]{{0,2}}?{title}?)[,，:： ]*(?:电话|手机)?[:： ]*(?:1[3-9][0-9]|0[0-9]{{2,3}})"),
        ),
        (
            false,
            format!(
                "(?:联系人|对接人|联络人)(?:姓名)?[:： ]*(?:为|是)?(?:(?P<c>{SURNAMES}[\u{4e00}-\u{9fff}]{{0,2}}?{title}?){stop}|(?P<d>{SURNAMES}[\u{4e00}-\u{9fff}]{{1,2}}))"
            ),
        ),
    ];
    let kind = |(number, pattern): &(bool, String)| Kind {
        pattern: Regex::new(pattern).expect("a pattern that the tests match with"),
        number: *number,
    };
    patterns.iter().map(kind).collect()
});

/// Where contacts stand in a text; the ranges may overlap.
pub(super) fn contacts(text: &str) -> Vec<Range<usize>> {
    let plain = Plain::of(text, |_| true);
    let mut found = Vec::new();
    for kind in KINDS.iter() {
        for captures in kind.pattern.captures_iter(&plain.text) {
            let part = captures.name("c").or_else(|| captures.name("d")).or_else(|| captures.get(0));
            let Some(part) = part else { continue };
            if !kind.number || stands_alone(&plain.text, part.range()) {
                found.push(plain.original(text, part.range()));
            }
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
