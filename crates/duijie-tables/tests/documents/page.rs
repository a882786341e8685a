use crate::chromium::{Page, Screen};
use crate::event::event;
use crate::programs::report_missing;
use duijie_tables::Audience;
use std::path::PathBuf;

/// The page of the lists for the public, in a folder that it alone is in.
fn lists() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let written = event().write(folder.path(), Audience::Public);
    let page = written.into_iter().find(|path| path.extension().is_some_and(|ending| ending == "html")).unwrap();
    let alone = tempfile::tempdir().unwrap();
    let copy = alone.path().join("对接清单.html");
    std::fs::copy(page, &copy).unwrap();
    (alone, copy)
}

#[test]
fn search_and_filters_work_by_keyboard_from_a_file() {
    let (_folder, file) = lists();
    let Some(mut page) = Page::open(&file, "", Screen::Desktop) else {
        return report_missing("chromium", "the page of the lists with a keyboard");
    };
    assert_eq!(page.counts(), [3, 2, 1]);
    page.press("Tab");
    assert_eq!(page.focused(), "words", "the first stop is the search");
    assert_ne!(page.value("getComputedStyle(document.activeElement).outlineStyle"), "none", "the focus is to be seen");
    page.type_text("叶片");
    assert_eq!(page.counts(), [1, 1, 0]);
    assert_eq!(page.value("document.querySelectorAll('.none:not([hidden])').length"), 1, "an empty list says so");
    page.type_text("　雨蚀 前缘");
    assert_eq!(page.counts(), [0, 1, 0], "all words must be there");

    page.press("Tab");
    page.press("Tab");
    page.press("Tab");
    assert_eq!(page.focused(), "reset");
    page.press("Enter");
    assert_eq!(page.counts(), [3, 2, 1], "the button takes the conditions away");

    page.value("document.getElementById('chain').focus()");
    let mut chain = String::new();
    for _ in 0..20 {
        page.press("ArrowDown");
        chain = page.value("document.getElementById('chain').value").as_str().unwrap().to_owned();
        if chain == "新能源装备产业链" {
            break;
        }
    }
    assert_eq!(chain, "新能源装备产业链");
    assert_eq!(page.counts(), [2, 1, 1], "the filter by chain");
    let offered = "[...document.getElementById('sub').options].filter(each => !each.disabled && each.value).length";
    let sub_industries = page.value(offered).as_u64().unwrap();
    assert!((2..10).contains(&sub_industries), "only the sub-industries of the chain are offered: {sub_industries}");
    page.press("Tab");
    assert_eq!(page.focused(), "sub");
    for _ in 0..10 {
        page.press("ArrowDown");
        if page.value("document.getElementById('sub').value") == "氢燃料电池" {
            break;
        }
    }
    assert_eq!(page.counts(), [1, 0, 1], "the filter by sub-industry");
}

#[test]
fn an_address_can_carry_the_conditions() {
    let (_folder, file) = lists();
    // 叶片, as an address writes it.
    let Some(mut page) = Page::open(&file, "q=%E5%8F%B6%E7%89%87", Screen::Desktop) else {
        return report_missing("chromium", "the page of the lists with conditions in its address");
    };
    assert_eq!(page.counts(), [1, 1, 0]);
}

#[test]
fn the_page_fits_a_phone() {
    let (_folder, file) = lists();
    let Some(mut page) = Page::open(&file, "", Screen::Phone) else {
        return report_missing("chromium", "the page of the lists on a phone");
    };
    assert_eq!(page.value("innerWidth"), 390);
    let wide = page.value("document.documentElement.scrollWidth").as_u64().unwrap();
    assert!(wide <= 390, "the page is {wide} wide on a phone of 390");
    let over = "[...document.querySelectorAll('body *')].filter(each => each.offsetParent && \
                each.getBoundingClientRect().right > 391).length";
    assert_eq!(page.value(over), 0, "nothing reaches over the edge");
    let small = "[...document.querySelectorAll('input, select, button')].filter(each => each.offsetHeight < 38).length";
    assert_eq!(page.value(small), 0, "a finger meets every control");
    assert_eq!(page.value("getComputedStyle(document.querySelector('thead')).display"), "none");
    let label = "getComputedStyle(document.querySelector('td.title'), '::before').content";
    assert!(page.value(label).as_str().unwrap().contains("名称"), "each value has its heading beside it");
    page.value("document.getElementById('words').focus()");
    page.type_text("叶片");
    assert_eq!(page.counts(), [1, 1, 0]);
}
