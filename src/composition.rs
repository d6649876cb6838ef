//! Letters with marks, which a text may hold as one character or as several: `é`, or `e` and U+0301.
//!
//! Both are one letter to every reader. It knows the letters of Latin, Greek (but for old accents), Cyrillic, Arabic
//! and Japanese; the others stay as they are.

use std::borrow::Cow;

/// A text with its letters taken apart, `ế` into `e`, U+0302 and U+0301: what differs in how it is composed alone is
/// then the same.
#[must_use]
pub fn taken_apart(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut apart = String::with_capacity(text.len());
    for c in text.chars() {
        take_apart(c, &mut apart);
    }
    Cow::Owned(apart)
}

fn take_apart(letter: char, to: &mut String) {
    match parts(letter) {
        Some((bare, mark)) => {
            take_apart(bare, to);
            to.push(mark);
        }
        None => to.push(letter),
    }
}

/// A letter without the last of its marks, and that mark.
fn parts(letter: char) -> Option<(char, char)> {
    COMPOSED.iter().filter(|_| !letter.is_ascii()).find_map(|&(mark, letters)| {
        let mut letters = letters.chars();
        while let (Some(composed), Some(bare)) = (letters.next(), letters.next()) {
            if composed == letter {
                return Some((bare, mark));
            }
        }
        None
    })
}

/// A mark, and each letter that has it before the letter that has not (Unicode Character Database, the canonical
/// `Decomposition_Mapping` without the composition exclusions).
const COMPOSED: &[(char, &str)] = &[
    ('\u{300}', "ÀAÈEÌIÒOÙUàaèeìiòoùuǛÜǜüǸNǹnЀЕЍИѐеѝиḔĒḕēṐŌṑōẀWẁwẦÂầâẰĂằăỀÊềêỒÔồôỜƠờơỪƯừưỲYỳy"),
    ('\u{301}', "ÁAÉEÍIÓOÚUÝYáaéeíióoúuýyĆCćcĹLĺlŃNńnŔRŕrŚSśsŹZźzǗÜǘüǴGǵgǺÅǻåǼÆǽæǾØǿø΅¨ΆΑΈΕΉΗΊΙΌΟΎΥΏΩ"),
    ('\u{301}', "ΐϊάαέεήηίιΰϋόούυώωϓϒЃГЌКѓгќкḈÇḉçḖĒḗēḮÏḯïḰKḱkḾMḿmṌÕṍõṒŌṓōṔPṕpṸŨṹũẂWẃwẤÂấâẮĂắăẾÊếêỐÔốô"),
    ('\u{301}', "ỚƠớơỨƯứư"),
    ('\u{302}', "ÂAÊEÎIÔOÛUâaêeîiôoûuĈCĉcĜGĝgĤHĥhĴJĵjŜSŝsŴWŵwŶYŷyẐZẑzẬẠậạỆẸệẹỘỌộọ"),
    ('\u{303}', "ÃAÑNÕOãañnõoĨIĩiŨUũuṼVṽvẪÂẫâẴĂẵăẼEẽeỄÊễêỖÔỗôỠƠỡơỮƯữưỸYỹy"),
    ('\u{304}', "ĀAāaĒEēeĪIīiŌOōoŪUūuǕÜǖüǞÄǟäǠȦǡȧǢÆǣæǬǪǭǫȪÖȫöȬÕȭõȰȮȱȯȲYȳyӢИӣиӮУӯуḠGḡgḸḶḹḷṜṚṝṛ"),
    ('\u{306}', "ĂAăaĔEĕeĞGğgĬIĭiŎOŏoŬUŭuЎУЙИйиўуӁЖӂжӐАӑаӖЕӗеḜȨḝȩẶẠặạ"),
    ('\u{307}', "ĊCċcĖEėeĠGġgİIŻZżzȦAȧaȮOȯoḂBḃbḊDḋdḞFḟfḢHḣhṀMṁmṄNṅnṖPṗpṘRṙrṠSṡsṤŚṥśṦŠṧšṨṢṩṣṪTṫtẆWẇwẊX"),
    ('\u{307}', "ẋxẎYẏyẛſ"),
    ('\u{308}', "ÄAËEÏIÖOÜUäaëeïiöoüuÿyŸYΪΙΫΥϊιϋυϔϒЁЕЇІёеїіӒАӓаӚӘӛәӜЖӝжӞЗӟзӤИӥиӦОӧоӪӨӫөӬЭӭэӰУӱуӴЧӵчӸЫ"),
    ('\u{308}', "ӹыḦHḧhṎÕṏõṺŪṻūẄWẅwẌXẍxẗt"),
    ('\u{309}', "ẢAảaẨÂẩâẲĂẳăẺEẻeỂÊểêỈIỉiỎOỏoỔÔổôỞƠởơỦUủuỬƯửưỶYỷy"),
    ('\u{30A}', "ÅAåaŮUůuẘwẙy"),
    ('\u{30B}', "ŐOőoŰUűuӲУӳу"),
    ('\u{30C}', "ČCčcĎDďdĚEěeĽLľlŇNňnŘRřrŠSšsŤTťtŽZžzǍAǎaǏIǐiǑOǒoǓUǔuǙÜǚüǦGǧgǨKǩkǮƷǯʒǰjȞHȟh"),
    ('\u{30F}', "ȀAȁaȄEȅeȈIȉiȌOȍoȐRȑrȔUȕuѶѴѷѵ"),
    ('\u{311}', "ȂAȃaȆEȇeȊIȋiȎOȏoȒRȓrȖUȗu"),
    ('\u{31B}', "ƠOơoƯUưu"),
    ('\u{323}', "ḄBḅbḌDḍdḤHḥhḲKḳkḶLḷlṂMṃmṆNṇnṚRṛrṢSṣsṬTṭtṾVṿvẈWẉwẒZẓzẠAạaẸEẹeỊIịiỌOọoỢƠợơỤUụuỰƯựưỴYỵy"),
    ('\u{324}', "ṲUṳu"),
    ('\u{325}', "ḀAḁa"),
    ('\u{326}', "ȘSșsȚTțt"),
    ('\u{327}', "ÇCçcĢGģgĶKķkĻLļlŅNņnŖRŗrŞSşsŢTţtȨEȩeḐDḑdḨHḩh"),
    ('\u{328}', "ĄAąaĘEęeĮIįiŲUųuǪOǫo"),
    ('\u{32D}', "ḒDḓdḘEḙeḼLḽlṊNṋnṰTṱtṶUṷu"),
    ('\u{32E}', "ḪHḫh"),
    ('\u{330}', "ḚEḛeḬIḭiṴUṵu"),
    ('\u{331}', "ḆBḇbḎDḏdḴKḵkḺLḻlṈNṉnṞRṟrṮTṯtẔZẕzẖh"),
    ('\u{653}', "آا"),
    ('\u{654}', "أاؤوئيۀەۂہۓے"),
    ('\u{655}', "إا"),
    (
        '\u{3099}',
        "がかぎきぐくげけごこざさじしずすぜせぞそだたぢちづつでてどとばはびひぶふべへぼほゔうゞゝガカギキグクゲケゴコザサジシズスゼセゾソダタヂチヅツデテドトバハビヒブフベヘボホ",
    ),
    ('\u{3099}', "ヴウヷワヸヰヹヱヺヲヾヽ"),
    ('\u{309A}', "ぱはぴひぷふぺへぽほパハピヒプフペヘポホ"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_one_look_are_alike_however_they_are_composed() {
        let cases = [
            ("phải chấp nhận", "pha\u{309}i cha\u{302}\u{301}p nha\u{323}\u{302}n"),
            ("її й", "і\u{308}і\u{308} и\u{306}"),
            ("Ωή ΐ", "Ωη\u{301} ι\u{308}\u{301}"),
            ("أحمد", "ا\u{654}حمد"),
            ("ガが", "カ\u{3099}か\u{3099}"),
        ];
        for (one, several) in cases {
            assert_eq!(taken_apart(one), several);
            assert_eq!(taken_apart(several), several);
        }
        assert_ne!(taken_apart("phái"), taken_apart("pha\u{309}i"));
        assert_eq!(taken_apart("“plain—漢字🦀 ßœ”"), "“plain—漢字🦀 ßœ”");
    }

    #[test]
    fn every_letter_stands_once_before_one_that_is_bare_of_its_mark() {
        let mut seen = std::collections::BTreeSet::new();
        for (mark, letters) in COMPOSED {
            let letters: Vec<char> = letters.chars().collect();
            assert_eq!(letters.len() % 2, 0, "{mark:?}");
            assert!(letters.iter().step_by(2).all(|&letter| seen.insert(letter)), "{mark:?}");
        }
    }
}
