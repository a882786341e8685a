/// The prefecture-level cities of Shandong, which addresses name without 市 as well.
const CITIES: [&str; 16] = [
    "济南", "青岛", "淄博", "枣庄", "东营", "烟台", "潍坊", "济宁", "泰安", "威海", "日照", "临沂", "德州", "聊城",
    "滨州", "菏泽",
];

/// The city that an address names first: 山东烟台, 济南高新区, 山东省威海市环翠区, 江苏省南京市.
pub(crate) fn city(address: &str) -> Option<String> {
    let known = CITIES.iter().filter_map(|city| Some((address.find(city)?, city))).min();
    if let Some((_, city)) = known {
        return Some((*city).to_owned());
    }
    let behind_province = address.split_once('省').map_or(address, |(_, rest)| rest);
    let (city, _) = behind_province.split_once('市')?;
    let city = city.trim_matches([' ', '/', '-', '—']);
    (2..=4).contains(&city.chars().count()).then(|| city.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_every_writing_name_their_city() {
        for (address, expected) in [
            ("烟台", Some("烟台")),
            ("山东烟台", Some("烟台")),
            ("山东省烟台市莱山区", Some("烟台")),
            ("青岛 西海岸新区", Some("青岛")),
            ("威海火炬高技术产业开发区", Some("威海")),
            ("江苏省南京市", Some("南京")),
            ("章丘区", None),
            ("", None),
        ] {
            assert_eq!(city(address).as_deref(), expected, "{address}");
        }
    }
}
