use super::*;
use crate::{Audience, Disclosures};

fn veil(enterprise: &str, city: &str) -> Veil {
    let demand = Demand { enterprise: Some(enterprise.into()), city: Some(city.into()), ..Demand::default() };
    Veil::new(Disclosures::default().of(Audience::Public), &[demand], &[])
}

#[test]
fn contacts_of_every_writing_go() {
    let veil = Veil::new(Disclosures::default().of(Audience::Institutions), &[], &[]);
    let gone = "（联系方式略）";
    for (text, left) in [
        ("请联系张工13812345678或0531-88881234，zhang.san@example.com", format!("请联系{gone}{gone}或{gone}，{gone}")),
        ("ＴＥＬ：１３９１２３４５６７８，139 1234 5678，139-1234-5678", format!("ＴＥＬ：{gone}，{gone}，{gone}")),
        ("（0631）5201234；05315201234；0631 520 1234转8001", format!("{gone}；{gone}；{gone}")),
        ("微信hai_tian88，QQ 123456789。", format!("微信{gone}，QQ {gone}。")),
        ("联系人王小明，电话5201234", format!("联系人{gone}，电话{gone}")),
        ("联系人 李老师 13700001111 li@u.edu.cn", format!("联系人 {gone} {gone} {gone}")),
        ("联系人：王明电话13700001111", format!("联系人：{gone}电话{gone}")),
        (
            "公司铸件开裂，负责人：李四光，手机：139-1234-5678。",
            format!("公司铸件开裂，负责人：{gone}，手机：{gone}。"),
        ),
        ("设备负责人王建军，法人代表王小明。", format!("设备负责人{gone}，法人代表{gone}。")),
        ("联系张工 138 1234 5678", format!("联系{gone} {gone}")),
        ("+86 139 1234 5678", gone.to_owned()),
        ("身份证370102199001011231，138 1111 2222", format!("身份证，{gone}")),
    ] {
        assert_eq!(veil.over(text), left);
    }
}

#[test]
fn those_who_made_an_achievement_are_not_named_to_whom_may_not_know() {
    let mut achievement =
        Achievement { summary: "李四光、王小明提出，高强钢。".into(), ..Achievement::default() };
    achievement.extra.insert("people".into(), "王小明、李四光（教授）、高强".into());
    achievement.extra.insert("contact".into(), "赵六七 老师".into());
    let mut disclosure = Disclosures::default().of(Audience::Enterprises).clone();
    let veil = Veil::new(&disclosure, &[], std::slice::from_ref(&achievement));
    assert_eq!(veil.over(&achievement.summary), "（姓名略）、（姓名略）提出，高强钢。");
    assert_eq!(veil.over("请问赵六七"), "请问（联系方式略）");
    disclosure.achievements.push("people".into());
    let veil = Veil::new(&disclosure, &[], std::slice::from_ref(&achievement));
    assert_eq!(veil.over(&achievement.summary), achievement.summary);
}

#[test]
fn figures_stay() {
    let veil = Veil::new(Disclosures::default().of(Audience::Public), &[], &[]);
    for text in [
        "T800级，960MPa，2000h，GB/T 12345-2010，10^6次，2010-2022年",
        "CAS 7732-18-5、1310-73-2、25067-11-2；ISO 13849-1:2015；HG/T 20592-2009",
        "1500-2000 r/min，0.05-0.1mm，0.13912345678，100000000000次，15 20 25 30 35 40℃",
        "项目负责人应具备资质，联系方式见附件，与高校联系密切",
        "Pt@Al2O3.5，联系人信息另附，电话机壳体，微信小程序，QQ群，专利ZL202010123456.7",
        "寿命13912345678901次，2023-01-01至2024-12-31，0300-0500 MPa",
    ] {
        assert_eq!(veil.over(text), text);
    }
}

#[test]
fn an_enterprise_is_masked_by_whatever_name() {
    let hengli = veil("山东 恒力机床（集团）股份有限公司", "济南");
    for (text, left) in [
        ("恒力机床数控转台刚度", "济南某企业数控转台刚度"),
        ("恒力集团需要", "济南某企业需要"),
        ("山东恒力机床 集团 股份有限公司；数控机床", "济南某企业；数控机床"),
        ("在山东恒力机床（集团）应用", "在济南某企业应用"),
    ] {
        assert_eq!(hengli.over(text), left);
    }
    let haitian = veil("威海海天泵业有限公司", "威海");
    for (text, left) in [
        ("补偿技术（海天泵业配套）", "补偿技术（威海某企业配套）"),
        ("海天泵业现为2000h", "威海某企业现为2000h"),
        ("与 威海海天泵业 有限公司联合，海天公司说", "与 威海某企业联合，威海某企业说"),
    ] {
        assert_eq!(haitian.over(text), left);
    }
    assert_eq!(veil("华能电力公司威海分公司", "威海").over("华能电力合作"), "威海某企业合作");
}

#[test]
fn short_names_of_large_enterprises_are_masked_in_running_texts() {
    for (enterprise, city, text, left) in [
        (
            "山东新华医疗器械股份有限公司",
            "淄博",
            "新华医疗与山东新华医疗器械、新华医疗器械股份、新华公司、山东新华都是一家",
            "淄博某企业与淄博某企业、淄博某企业、淄博某企业、淄博某企业都是一家",
        ),
        (
            "潍柴动力股份有限公司",
            "潍坊",
            "潍柴动力的发动机，潍柴现有产线，潍柴集团",
            "潍坊某企业的发动机，潍坊某企业现有产线，潍坊某企业",
        ),
        ("万华化学集团股份有限公司", "烟台", "万华化学的MDI装置，万华集团", "烟台某企业的MDI装置，烟台某企业"),
        ("中国重型汽车集团有限公司", "济南", "中国重型汽车的重型汽车车桥", "济南某企业的重型汽车车桥"),
        (
            "烟台杰瑞石油服务集团股份有限公司",
            "烟台",
            "杰瑞石油、杰瑞股份、烟台杰瑞的压裂车",
            "烟台某企业、烟台某企业、烟台某企业的压裂车",
        ),
        ("歌尔股份有限公司", "潍坊", "歌尔现用产线，歌尔股份有限公司", "潍坊某企业现用产线，潍坊某企业"),
        ("ABB（山东）有限公司", "济南", "abb山东的电机", "济南某企业的电机"),
        ("威海市水泵厂", "威海", "威海市水泵厂的水泵厂房", "威海某企业的水泵厂房"),
    ] {
        assert_eq!(veil(enterprise, city).over(text), left, "{enterprise}");
    }
}

#[test]
fn what_surrounds_a_short_name_stays() {
    for (enterprise, city, text) in [
        ("山东新华医疗器械股份有限公司", "淄博", "新华社报道，医疗器械和新华书店"),
        ("山东黄金矿业股份有限公司", "济南", "黄金比例，矿业开采，山东的黄金储量"),
        ("浪潮电子信息产业股份有限公司", "济南", "新一轮浪潮，电子信息产业"),
        ("中国重型汽车集团有限公司", "济南", "重型汽车的变速箱，中国汽车工业"),
        ("日照钢铁控股集团有限公司", "日照", "日照充足，钢铁行业"),
    ] {
        assert_eq!(veil(enterprise, city).over(text), text, "{enterprise}");
    }
}

#[test]
fn brands_that_are_words_are_masked_where_they_stand_as_names() {
    for (enterprise, city, text, left) in [
        (
            "海天塑机集团有限公司",
            "宁波",
            "采用海天的设备，海天一色；与海天联合，海天塑机、海天集团",
            "采用宁波某企业的设备，海天一色；与宁波某企业联合，宁波某企业、宁波某企业",
        ),
        ("万华化学集团股份有限公司", "烟台", "在烟台万华应用，万华MDI装置", "在烟台某企业应用，烟台某企业MDI装置"),
        (
            "威海海天泵业有限公司",
            "威海",
            "上海天地广阔；海天现用水泵；威海海天",
            "上海天地广阔；威海某企业现用水泵；威海某企业",
        ),
        ("山东新华医疗器械股份有限公司", "淄博", "新华社报道新华的产品", "新华社报道淄博某企业的产品"),
        (
            "浪潮电子信息产业股份有限公司",
            "济南",
            "采用浪潮服务器，客户浪潮、济南浪潮；新一轮浪潮，产业的浪潮",
            "采用济南某企业服务器，客户济南某企业、济南某企业；新一轮浪潮，产业的浪潮",
        ),
        ("景津压滤集团有限公司", "德州", "景津的滤板", "德州某企业的滤板"),
    ] {
        assert_eq!(veil(enterprise, city).over(text), left, "{enterprise}");
    }
}

#[test]
fn in_its_own_texts_a_brand_is_a_name_whatever_stands_before_it() {
    let demand = Demand {
        enterprise: Some("浪潮电子信息产业股份有限公司".into()),
        city: Some("济南".into()),
        ..Demand::default()
    };
    let other = Demand { enterprise: Some("山东鲁抗医药有限公司".into()), ..Demand::default() };
    let veil = Veil::new(Disclosures::default().of(Audience::Public), &[demand.clone(), other.clone()], &[]);
    let text = "机房浪潮服务器";
    assert_eq!(veil.over_own(&demand, text), "机房济南某企业服务器");
    assert_eq!(veil.over_own(&other, text), text);
}

#[test]
fn words_of_a_trade_are_no_names() {
    let text = "数控机床与高性能复合材料，海天一色，核电装备、海水淡化，鲁中石油化工大学，自清洁换热、低碳资源循环";
    for enterprise in [
        "山东数控机床有限公司",
        "威海高性能复合材料有限公司",
        "威海海天泵业有限公司",
        "海阳核电设备配套有限公司",
        "蓬莱海水淡化装备公司",
        "鲁中环能垃圾发电有限公司",
        "胶东清洁能源船舶有限公司",
        "胶东低碳资源循环科技有限公司",
    ] {
        assert_eq!(veil(enterprise, "威海").over(text), text, "{enterprise}");
    }
}

#[test]
fn contacts_in_running_texts_go_however_they_are_written() {
    let mut demand = Demand::default();
    demand.extra.insert("contact".into(), "张三；李小四 老师".into());
    demand.extra.insert("微信号".into(), "zhong_hai".into());
    let veil = Veil::new(Disclosures::default().of(Audience::Public), &[demand], &[]);
    let gone = "（联系方式略）";
    for (text, left) in [
        ("加微信zhangsan88", format!("加微信{gone}")),
        ("微信：zs2023；微信 zhangsan；VX:abc12345", format!("微信：{gone}；微信 {gone}；VX:{gone}")),
        ("v：zhang88，wxid_abc123", format!("v：{gone}，{gone}")),
        ("请问zhong_hai", format!("请问{gone}")),
        ("张三提出，李小四审定", format!("{gone}提出，{gone}审定")),
        ("13812345678/13900001111", format!("{gone}/{gone}")),
        ("0531-88887777、7778；0531 88887777/88887778", format!("{gone}{gone}；{gone}{gone}")),
        ("138.1234.5678，138_1234_5678", format!("{gone}，{gone}")),
        ("热线400-123-4567或4001234567", format!("热线{gone}或{gone}")),
        ("联 系 人：钱七，联系人—张小三，负责人为吴九", format!("联 系 人：{gone}，联系人—{gone}，负责人为{gone}")),
        ("请与周工联系，请联系郑十一。", format!("请与{gone}联系，请联系{gone}。")),
        ("zhang(at)x.com，zhang#x.com，zhang [AT] mail.x.cn", format!("{gone}，{gone}，{gone}")),
        ("手机 138 12 34 56 78", format!("手机 {gone}")),
        ("Contact: Zhang San", format!("Contact: {gone}")),
    ] {
        assert_eq!(veil.over(text), left, "{text}");
    }
    for text in [
        "主张三项指标，扩张三角区，与施工联系，请联系高校，v：m/s",
        "138.12345678，400-500 MPa，4000000 次，微信小程序，C#和1#泵，v: v0",
    ] {
        assert_eq!(veil.over(text), text);
    }
}

#[test]
fn a_branch_of_a_group_goes_by_its_own_name() {
    for (enterprise, city, text, left) in [
        ("中石化胜利油田分公司", "东营", "胜利油田管杆腐蚀", "东营某企业管杆腐蚀"),
        ("中国重型汽车集团有限公司", "济南", "中国重汽的车桥，重汽集团内部", "济南某企业的车桥，济南某企业内部"),
        ("济南钢铁集团有限公司", "济南", "济钢的中厚板", "济南某企业的中厚板"),
        ("山东黄金矿业股份有限公司", "烟台", "山东黄金三山岛矿，黄金矿石", "烟台某企业，黄金矿石"),
        ("山东黄金矿业股份有限公司", "烟台", "山东黄金开采的金矿", "烟台某企业开采的金矿"),
    ] {
        assert_eq!(veil(enterprise, city).over(text), left, "{enterprise}");
    }
}

#[test]
fn all_enterprises_of_a_cell_are_masked() {
    let cell = "天润工业技术股份有限公司、威海威力工具集团有限公司";
    let text = "天润工业与威力工具联合";
    assert_eq!(veil(cell, "威海").over(text), "威海某企业与威海某企业联合");
    assert_eq!(veil(&cell.replace('、', "和"), "威海").over(text), "威海某企业与威海某企业联合");
}
