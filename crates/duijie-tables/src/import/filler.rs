//! What stands in the rows of an empty form: what is to be written there, and examples.

use super::ProblemKind;
use crate::columns::label_key;
use regex::Regex;
use std::sync::LazyLock;

static INSTRUCTION: LazyLock<Regex> = LazyLock::new(|| {
    let length =
        "(?:不超过|不多于|不得超过|不少于|限|控制在)[0-9]+个?(?:汉)?字|[0-9]+个?(?:汉)?字(?:以内|之内|以下|左右|内)";
    let asked = "^请(?:填|按|如实|简|准确|用|写|在|根据)|^(?:必填|选填|此处填|应填|须填|需填|按要求填)|^填写(?:技术|需求|成果|企业|单位|名称|内容|完整|规范|全称|具体|拟|申报)";
    Regex::new(&format!("{length}|{asked}")).expect("a pattern that the tests match with")
});

/// What the serial number of an example is.
const EXAMPLES: [&str; 10] = ["示例", "例", "例如", "样例", "范例", "举例", "示范", "例子", "填写示例", "样表"];

/// What stands for words of any kind.
const ANYTHING: [&str; 7] = ["xx", "××", "某某", "**", "＊＊", "○○", "……"];

/// What stands behind that in the title of an example.
const WHATEVER: [&str; 15] = [
    "",
    "技术",
    "需求",
    "项目",
    "产品",
    "成果",
    "名称",
    "问题",
    "难题",
    "工艺",
    "技术需求",
    "关键技术",
    "技术研发",
    "技术攻关",
    "技术成果",
];

/// A title that long says more than how a title is written.
const LONGEST: usize = 60;

/// Why an item with this serial number and title is none, if so. `others` are its other values.
pub(super) fn filler<'t>(
    serial: Option<&str>,
    title: &str,
    mut others: impl Iterator<Item = &'t str>,
) -> Option<ProblemKind> {
    let text = || title.trim().to_owned();
    // 吊臂焊接（不超过30字）: what the form says in brackets may have stayed beside the title.
    let outer = label_key(title);
    let said = if outer.is_empty() { title.trim_matches(|c: char| "（）()【】[]".contains(c)) } else { &outer };
    if title.chars().count() <= LONGEST && INSTRUCTION.is_match(said) {
        return Some(ProblemKind::Instruction { text: text() });
    }
    // 示例1, （示例）.
    let bare =
        |text: &str| text.trim().trim_matches(|c: char| "（）()【】[]".contains(c) || c.is_ascii_digit()).to_owned();
    let is_example = |text: &str| EXAMPLES.contains(&label_key(&bare(text)).as_str());
    let begins = [
        "示例：",
        "示例:",
        "例：",
        "例:",
        "例如：",
        "例如:",
        "（示例）",
        "(示例)",
        "【示例】",
        "样例：",
        "（例）",
        "如：",
        "如:",
    ];
    let behind_anything = |text: &str| {
        let lower = label_key(text).to_lowercase();
        let rest = ANYTHING.iter().find_map(|word| lower.strip_prefix(word))?;
        Some(rest.trim_start_matches(['x', '×', '*', '○', '…']).to_owned())
    };
    // A list may leave out names; that a title says nothing at all is another thing.
    let is_anything = |text: &str| behind_anything(text).is_some();
    let says_nothing = behind_anything(title).is_some_and(|rest| WHATEVER.contains(&rest.as_str()));
    let is_it = serial.is_some_and(is_example)
        || is_example(title)
        || begins.iter().any(|word| title.trim_start().starts_with(word))
        || (says_nothing && others.any(is_anything));
    is_it.then(|| ProblemKind::Example { text: text() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_form_says_of_itself_is_no_title() {
        for text in
            ["不超过30字", "需准确概括，30字以内", "（不超过30字）", "请填写技术需求全称", "必填", "填写需求名称"]
        {
            assert!(matches!(filler(None, text, [].into_iter()), Some(ProblemKind::Instruction { .. })), "{text}");
        }
        for (serial, text) in [
            (Some("示例"), "主轴补偿"),
            (Some("例："), "主轴补偿"),
            (Some("示例1"), "主轴补偿"),
            (Some("（示例）"), "主轴补偿"),
            (Some("样表"), "主轴补偿"),
            (None, "XX技术"),
            (None, "某某技术"),
            (None, "例如：主轴补偿"),
        ] {
            let found = filler(serial, text, ["XX公司"].into_iter());
            assert!(matches!(found, Some(ProblemKind::Example { .. })), "{text}");
        }
        for text in [
            "吊臂焊接（不超过30字）",
            "汉字识别：100字以内的手写文本在0.5秒内给出结果的嵌入式识别技术，用于票据、单证与表格的自动录入以及核对和归档的全部流程",
            "填写机自动换型",
            "请求排队算法",
            "XXR300型压裂车底盘轻量化设计",
            "例行检修机器人",
            "某某装置",
            "某某公司",
            "某某型发动机轴承",
        ] {
            assert_eq!(filler(Some("3"), text, ["某某重工"].into_iter()), None, "{text}");
        }
    }
}
