//! What reading an official table costs beside the library that reads its cells.
//!
//! `tables write FILE ROWS` makes a workbook of demands as a department would send it (seeded); `tables bare FILE
//! ROUNDS` reads its cells with calamine and holds them; `tables import FILE ROUNDS` reads it into demands with
//! their account. The two print seconds a round and the most memory that was resident; run them in turn.
#![allow(clippy::print_stdout)] // what it prints is its result

use anyhow::{Context, Result, bail, ensure};
use calamine::{Reader, Xlsx, open_workbook};
use duijie::Catalogue;
use duijie_benches::{Random, peak_rss_mb};
use duijie_tables::{Options, Progress, read_demands};
use rust_xlsxwriter::Workbook;
use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::time::Instant;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let mut next = |what: &str| arguments.next().with_context(|| format!("give {what}"));
    let (task, file) = (next("write, bare or import")?, PathBuf::from(next("the workbook")?));
    let number: usize = next("rows or rounds")?.parse()?;
    match task.as_str() {
        "write" => write(&file, number),
        "bare" => rounds(number, || bare(&file)),
        "import" => rounds(number, || import(&file)),
        other => bail!("{other}: give write, bare or import"),
    }
}

fn rounds(number: usize, read: impl Fn() -> Result<usize>) -> Result<()> {
    for _ in 0..number {
        let start = Instant::now();
        let rows = read()?;
        println!("{rows} rows in {:.3} s, peak {:.0} MB", start.elapsed().as_secs_f64(), peak_rss_mb());
    }
    Ok(())
}

/// The cells of the first sheet, as the library gives them.
fn bare(file: &Path) -> Result<usize> {
    let mut workbook: Xlsx<_> = open_workbook(file)?;
    let range = workbook.worksheet_range_at(0).context("there is no sheet")??;
    let characters: usize = range.used_cells().map(|(_, _, value)| value.to_string().len()).sum();
    ensure!(characters > 0, "the sheet is empty");
    Ok(range.height() - 2)
}

fn import(file: &Path) -> Result<usize> {
    let told = Cell::new(0_usize);
    let progress = |_: Progress| told.set(told.get() + 1);
    let options = Options { progress: Some(&progress), ..Options::default() };
    let import = read_demands(&[file.to_owned()], &Catalogue::default(), &options)?;
    let counts = import.counts();
    ensure!(counts.imported == counts.read && told.get() > counts.read / 1000, "{}", import.report());
    Ok(counts.imported)
}

const HEADS: [&str; 13] = [
    "序号",
    "需求编号",
    "技术需求名称",
    "企业名称",
    "所在地市",
    "所属产业链",
    "细分行业",
    "需求描述",
    "主要技术指标",
    "拟投入资金总额（万元）",
    "合作方式",
    "需求时限",
    "联系人",
];

fn write(file: &Path, rows: usize) -> Result<()> {
    let mut random = Random::seeded(20_261_122);
    let catalogue = Catalogue::default();
    let subjects = ["高强钢焊接", "燃料电池低温启动", "叶片前缘防护", "海藻纤维纺丝", "伺服电机降噪", "催化剂再生"];
    let troubles = ["延迟裂纹", "寿命不足", "能耗偏高", "一致性差", "依赖进口", "成本过高"];
    let cities = ["济南", "青岛", "烟台", "威海", "潍坊", "东营"];
    let modes = ["委托研发", "合作研发", "技术转让；合作研发", "面议"];
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_string(0, 0, "企业技术需求征集汇总表")?;
    for (head, column) in HEADS.iter().zip(0_u16..) {
        sheet.write_string(1, column, *head)?;
    }
    for row in 0..rows {
        let mut pick = |from: &[&'static str]| from[random.below(from.len())];
        let (subject, trouble, city, mode) = (pick(&subjects), pick(&troubles), pick(&cities), pick(&modes));
        let chain = &catalogue.chains[random.below(catalogue.chains.len())];
        let sub_industry = &chain.sub_industries[random.below(chain.sub_industries.len())];
        let number = random.below(9000) + 1000;
        let at = row as u32 + 2;
        sheet.write_number(at, 0, row as f64 + 1.0)?;
        let texts = [
            format!("XQ-{row:06}"),
            format!("{subject}{trouble}问题{number}"),
            format!("{city}第{}装备有限公司", random.below(5000)),
            city.to_owned(),
            chain.name.clone(),
            sub_industry.name.clone(),
            format!(
                "{subject}过程中{trouble}，批次{number}的不良率达到{}%，影响交付。已尝试调整工艺参数和更换材料，\
                 效果不稳定，希望与高校院所合作，查明机理并提出可在现有产线上实施的解决办法。",
                random.below(30) + 1
            ),
            format!("不良率≤{}%；寿命≥{number}h", random.below(5) + 1),
        ];
        for (text, column) in texts.iter().zip(1_u16..) {
            sheet.write_string(at, column, text)?;
        }
        if random.below(4) == 0 {
            sheet.write_string(at, 9, "面议")?;
        } else {
            sheet.write_number(at, 9, (random.below(290) + 10) as f64)?;
        }
        sheet.write_string(at, 10, mode)?;
        sheet.write_string(at, 11, "2023年3月至2025年3月")?;
        sheet.write_string(at, 12, "张工")?;
    }
    workbook.save(file)?;
    Ok(())
}
