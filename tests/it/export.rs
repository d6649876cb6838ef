//! What other programs get: nothing is lost on the way out, and every quote leads back to its place.

use crate::desk::{ferry, shipped};
use crate::printing::{self, out};
use brief::cite;
use brief::export::{self, Extract};
use brief::grid::{Ask, Chart, Face, Grid};
use brief::leaf::{Leaf, Medium, Places};
use brief::load::Library;
use brief::model::{Briefing, Quote};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The two libraries, each with its folder.
fn libraries() -> [(Briefing, PathBuf); 2] {
    [(ferry(), root().join("tests/library")), (shipped(), root().to_owned())]
}

fn quotes(briefing: &Briefing) -> impl Iterator<Item = &Quote> {
    briefing.cards.iter().flat_map(|card| &card.quotes)
}

/// The words of a quote as they stand in its source, a fragment each.
fn fragments<'b>(briefing: &'b Briefing, quote: &'b Quote) -> Vec<&'b str> {
    let raw = briefing[quote.source].text.as_ref().unwrap().raw();
    quote.places().iter().map(|part| part.of(raw)).collect()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// What a form makes of an extract.
pub fn written(
    form: impl FnOnce(&Extract<'_>, &mut dyn io::Write) -> io::Result<()>,
    extract: &Extract<'_>,
) -> String {
    let mut out = Vec::new();
    form(extract, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn golden(name: &str, now: &str) {
    let file = root().join("tests/it/golden").join(name);
    if std::env::var_os("BRIEF_BLESS").is_some() {
        std::fs::write(&file, now).unwrap();
        return;
    }
    let golden = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(golden == now, "{} is not what is exported:\n{now}", file.display());
}

#[test]
fn the_small_briefing_reads_well() {
    let briefing = ferry();
    golden("export-ferry.md", &written(export::markdown, &Extract::new(&briefing, None)));
    golden("export-ferry.csv", &written(export::csv, &Extract::new(&briefing, None)));
}

#[test]
fn json_holds_every_quote_with_its_provenance_and_its_place() {
    for (briefing, folder) in libraries() {
        let json: Value =
            serde_json::from_str(&written(export::json, &Extract::new(&briefing, None))).unwrap();
        assert_eq!(json["schema"], 1);
        let texts: BTreeMap<&str, &str> = list(&json["sources"])
            .iter()
            .map(|source| (source["id"].as_str().unwrap(), source["text"].as_str().unwrap()))
            .collect();
        for source in list(&json["sources"]) {
            let file = folder.join(source["file"].as_str().unwrap());
            assert_eq!(std::fs::read_to_string(file).unwrap(), texts[source["id"].as_str().unwrap()]);
        }
        let found: Vec<&Value> = list(&json["cards"]).iter().flat_map(|card| list(&card["quotes"])).collect();
        assert_eq!(found.len(), quotes(&briefing).count());
        for (quote, entry) in quotes(&briefing).zip(found) {
            let text = texts[entry["source"].as_str().unwrap()];
            let exact: Vec<&str> =
                list(&entry["fragments"]).iter().map(|part| part["exact"].as_str().unwrap()).collect();
            assert_eq!(exact, fragments(&briefing, quote));
            for part in list(&entry["fragments"]) {
                let at = |unit: &str, end: usize| usize::try_from(part[unit][end].as_u64().unwrap()).unwrap();
                let chars = at("chars", 1) - at("chars", 0);
                let by_chars: String = text.chars().skip(at("chars", 0)).take(chars).collect();
                assert_eq!(part["exact"], text[at("bytes", 0)..at("bytes", 1)]);
                assert_eq!(part["exact"], by_chars.as_str());
            }
            let from = &entry["provenance"];
            assert_eq!(from["briefing"], &*briefing.name);
            assert_eq!(from["basis"], quote.basis.unwrap().written());
            assert_eq!(from["grade"], quote.grade().word());
            assert_eq!(from["by"].as_str(), quote.by.as_deref());
            assert_eq!(from["origin"].as_str(), quote.origin.map(|origin| &*briefing[origin].name));
            assert_eq!(from["sha256"].as_str().map(str::len), Some(64));
            let line = usize::try_from(from["line"].as_u64().unwrap()).unwrap();
            assert!(text.lines().nth(line - 1).unwrap().contains(exact[0].lines().next().unwrap()));
        }
    }
}

#[test]
fn json_tells_what_follows_from_the_cards() {
    let briefing = ferry();
    let json: Value = serde_json::from_str(&written(export::json, &Extract::new(&briefing, None))).unwrap();
    let card = |id: &str| list(&json["cards"]).iter().find(|card| card["id"] == id).unwrap().clone();
    let fare = card("winter-fare");
    assert_eq!((fare["certainty"].as_str(), fare["texts"].as_u64()), (Some("reported"), Some(2)));
    assert_eq!(fare["origins"], serde_json::json!(["island-gazette"]));
    assert_eq!(
        fare["wordings"],
        serde_json::json!([{"quote": 1, "words": "wants to raise"}, {"quote": 2, "words": "is considering"}])
    );
    let half = card("half-fare");
    assert_eq!(half["certainty"], "disputed");
    assert_eq!(half["links"][0]["role"], "contradicts");
    assert_eq!(half["links"][0]["card"], "free-crossing-ends");
    assert_eq!(card("fishermen-bread")["on"], serde_json::json!([{"version": "draft"}]));
    assert_eq!(card("mayor-promise")["certainty"], "on_record");
}

/// The rows of a table after RFC 4180.
fn rows(table: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut quoted = false;
    let mut chars = table.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {
                assert_eq!(chars.next(), Some('\n'));
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    assert!(row.is_empty() && cell.is_empty(), "the last line has no end");
    rows
}

#[test]
fn csv_has_a_row_for_every_quote() {
    for (briefing, _) in libraries() {
        let rows = rows(&written(export::csv, &Extract::new(&briefing, None)));
        let (heading, rows) = rows.split_first().unwrap();
        let column = |name: &str| heading.iter().position(|cell| cell == name).unwrap();
        assert_eq!(rows.len(), quotes(&briefing).count());
        for (quote, row) in quotes(&briefing).zip(rows) {
            assert_eq!(row.len(), heading.len());
            assert_eq!(row[column("words")].trim_start_matches('\''), quote.words.trim_start_matches('\''));
            assert_eq!(row[column("basis")], quote.basis.unwrap().written());
            assert_eq!(row[column("grade")], quote.grade().word());
            assert_eq!(row[column("briefing")], *briefing.name);
            assert!(!row[column("file")].is_empty() && !row[column("line")].is_empty());
        }
    }
}

#[test]
fn what_a_card_says_beside_its_title_is_in_csv_and_annotations() {
    let folder = library(
        "We will wait — é漢🦀, the board said.\n",
        "[[plan_point]]\nid = \"e\"\ntitle = \"E\"\nversion = \"v\"\ndate = \"2026-03-20~\"\ntopics = [\"t\"]\n\
         text = \"\"\"Said on Friday,\nin é漢🦀.\"\"\"\n\
         quote = [{ source = \"a\", exact = \"We will wait — é漢🦀\", key = \"wait — é\", basis = \"record\" }]\n",
    );
    let briefing = Library::at(folder.path()).unwrap().open(None).unwrap();
    let extract = Extract::new(&briefing, None);
    let rows = rows(&written(export::csv, &extract));
    let last = |row: &[String]| row[row.len() - 5..].to_vec();
    assert_eq!(last(&rows[0]), ["sha256", "card_date", "card_text", "key", "omissions"]);
    assert_eq!(last(&rows[1])[1..], ["2026-03-20~", "Said on Friday,\nin é漢🦀.", "wait — é", "0"]);
    let w3c: Value = serde_json::from_str(&written(export::w3c, &extract)).unwrap();
    let told = w3c["first"]["items"][0]["body"][1]["value"].as_str().unwrap();
    let lines: Vec<&str> = told.lines().collect();
    for line in
        ["key: wait — é", "card: e", "card date: ~20 Mar 2026", "card text: Said on Friday, in é漢🦀."]
    {
        assert!(lines.contains(&line), "{line}: {told}");
    }
}

#[test]
fn the_words_that_matter_are_handed_on_with_what_is_not_shown_of_them() {
    let quote = |exact: &str, key: &str| {
        format!(
            "{{ source = \"a\", exact = \"{exact}\", key = \"{key}\", basis = \"record\", origin = \"o\" }}"
        )
    };
    let folder = library(
        "é👩\u{200D}🚒 and we ❤\u{FE0F} i\u{AD}t, as all do; or we wait.\n",
        &format!(
            "origin = [{{ id = \"o\", name = \"O\" }}]\n\
             [[plan_point]]\nid = \"e\"\ntitle = \"E\"\nversion = \"v\"\ntopics = [\"t\"]\nquote = [{}, {}]\n",
            quote("é👩\u{200D}🚒 and we ❤\u{FE0F} i\u{AD}t, as all do", "❤\u{FE0F} i\u{AD}t"),
            quote("we wait", "wait"),
        ),
    );
    let briefing = Library::at(folder.path()).unwrap().open(None).unwrap();
    let extract = Extract::new(&briefing, None);
    let key = "❤\u{FE0F} i\u{AD}t";
    assert!(rows(&written(export::csv, &extract))[1].iter().any(|cell| cell == key));
    let w3c: Value = serde_json::from_str(&written(export::w3c, &extract)).unwrap();
    let told = w3c["first"]["items"][0]["body"][1]["value"].as_str().unwrap();
    assert!(told.contains(&format!("\nkey: {key}\n")), "{told}");
    let json: Value = serde_json::from_str(&written(export::json, &extract)).unwrap();
    assert_eq!(json["cards"][0]["quotes"][0]["key"], key);
    assert_eq!(json["cards"][0]["wordings"][0]["words"], key);
    assert!(written(export::markdown, &extract).contains(&format!("Worded differently: {key} / wait")));
    assert!(written(export::html, &extract).contains(&format!("<em>{key}</em> / <em>wait</em>")));
}

#[test]
fn markdown_and_html_show_every_quote_with_its_provenance() {
    for (briefing, _) in libraries() {
        let extract = Extract::new(&briefing, None);
        let markdown = written(export::markdown, &extract);
        let html = text_of(&written(export::html, &extract));
        for quote in quotes(&briefing) {
            assert!(markdown.contains(&format!("> {}\n", brief::cite::inert(&quote.words))));
            for (_, value) in brief::cite::provenance(&briefing, quote) {
                assert!(markdown.contains(&*brief::cite::inert(&value)), "{value}");
                assert!(html.contains(&value), "{value}");
            }
        }
    }
}

#[test]
fn annotations_say_where_each_quote_is_from() {
    for (briefing, _) in libraries() {
        let page: Value =
            serde_json::from_str(&written(export::w3c, &Extract::new(&briefing, None))).unwrap();
        let items = list(&page["first"]["items"]);
        let cards = briefing.cards.iter().flat_map(|card| card.quotes.iter().map(move |quote| (card, quote)));
        assert_eq!(items.len(), cards.clone().count());
        for ((card, quote), item) in cards.zip(items) {
            assert_eq!(item["body"][0]["value"], &*card.title);
            let told: Vec<&str> = item["body"][1]["value"].as_str().unwrap().lines().collect();
            let facts = brief::cite::provenance(&briefing, quote).into_iter();
            let facts = facts.map(|(fact, value)| format!("{}: {value}", fact.name()));
            let actor = card.actor().map(|actor| format!("actor: {}", briefing[actor].name));
            let stance = card.stance().map(|stance| format!("stance: {}", stance.word()));
            let version = card.version().map(|version| format!("version: {}", briefing[version].title));
            let certainty = format!("certainty: {}", card.standing.certainty.word());
            for line in facts.chain(actor).chain(stance).chain(version).chain([certainty]) {
                assert!(told.contains(&line.as_str()), "{line}: {told:?}");
            }
        }
    }
}

/// The tags of a page and the words between them.
fn tokens(page: &str) -> Vec<&str> {
    let mut rest = page;
    let mut tokens = Vec::new();
    while !rest.is_empty() {
        let end = match rest.strip_prefix('<') {
            Some(tag) => tag.find('>').unwrap() + 2,
            None => rest.find('<').unwrap_or(rest.len()),
        };
        let (token, after) = rest.split_at(end);
        tokens.push(token);
        rest = after;
    }
    tokens
}

fn unescaped(words: &str) -> String {
    words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

fn text_of(page: &str) -> String {
    tokens(page).into_iter().filter(|token| !token.starts_with('<')).map(unescaped).collect()
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    Some(unescaped(rest.split_once('"')?.0))
}

/// An element of a page: its tag and its text.
#[derive(Clone, Debug)]
struct Element {
    tag: String,
    text: String,
}

/// The elements that have an id or lead somewhere. Every element is closed, and by its own tag.
fn elements(page: &str) -> Vec<Element> {
    let mut open: Vec<Element> = Vec::new();
    let mut done = Vec::new();
    for token in tokens(page) {
        if let Some(name) = token.strip_prefix("</") {
            let element = open.pop().unwrap();
            let opened = element.tag.trim_start_matches('<').split([' ', '>']).next().unwrap();
            assert_eq!(opened, name.trim_end_matches('>'), "{}", element.tag);
            if let Some(outer) = open.last_mut() {
                outer.text.push_str(&element.text);
            }
            done.push(element);
        } else if token.starts_with('<') {
            let is_void = ["<!", "<meta"].iter().any(|void| token.starts_with(void));
            if !is_void {
                open.push(Element { tag: token.to_owned(), text: String::new() });
            }
        } else if let Some(element) = open.last_mut() {
            element.text.push_str(&unescaped(token));
        }
    }
    assert!(open.is_empty(), "{open:?}");
    done
}

#[test]
fn every_link_of_the_page_lands_on_an_element_whose_text_is_its_own() {
    for (briefing, _) in libraries() {
        let page = written(export::html, &Extract::new(&briefing, None));
        assert!(!page.contains("<script"));
        let elements = elements(&page);
        let mut ids: BTreeMap<String, &Element> = BTreeMap::new();
        for element in &elements {
            if let Some(id) = attribute(&element.tag, "id") {
                assert!(ids.insert(id.clone(), element).is_none(), "{id} is twice on the page");
            }
        }
        let links = elements.iter().filter_map(|element| Some((element, attribute(&element.tag, "href")?)));
        let (mut there, mut back) = (0, 0);
        for (link, href) in links.filter(|(link, _)| link.tag.starts_with("<a ")) {
            let target = ids[href.strip_prefix('#').unwrap()];
            if href.starts_with("#at-") {
                assert!(target.tag.starts_with("<mark"));
                assert_eq!(link.text, target.text, "{href}");
                there += 1;
            } else if href.starts_with("#quote-") {
                assert!(link.text.is_empty(), "words within a mark are not the quote’s");
                back += 1;
            }
        }
        let pieces = elements.iter().filter(|element| element.tag.starts_with("<mark")).count();
        assert_eq!((there, back), (pieces, pieces));
        // The pieces of a quote are the quote, whatever overlaps it.
        for card in &briefing.cards {
            for (index, quote) in card.quotes.iter().enumerate() {
                let id = format!("quote-{}.{}", card.id, index + 1);
                let shown: Vec<String> =
                    fragments(&briefing, quote).iter().map(|words| (*words).to_owned()).collect();
                assert!(ids[&id].text.contains(&brief::cite::marked(&shown.join(" … "))), "{id}");
            }
        }
    }
}

/// What a browser says of a page: for each of its links that lands elsewhere than it should, the link.
const IN_A_BROWSER: &str = "<script>
const astray = [];
let followed = 0;
for (const link of document.querySelectorAll('a[href^=\"#\"]')) {
  const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  const quotes = link.closest('blockquote') !== null;
  if (!target || quotes && target.textContent !== link.textContent) astray.push(link.hash);
  followed += quotes ? 1 : 0;
}
document.body.textContent = 'followed ' + followed + ', astray ' + JSON.stringify(astray) + '.';
</script></body>";

#[test]
fn every_link_lands_where_it_should_in_a_browser() {
    let Some(browser) = ["chromium", "chromium-browser", "google-chrome"].into_iter().find(|name| {
        Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success())
    }) else {
        eprintln!("there is no Chromium to ask");
        return;
    };
    for (briefing, _) in libraries() {
        let page = written(export::html, &Extract::new(&briefing, None));
        let marks = page.matches("<mark ").count();
        // The page lets no script run; the question is one.
        let (before, rest) = page.split_once("<meta http-equiv").unwrap();
        let (_, after) = rest.split_once('\n').unwrap();
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("page-{}", briefing.name));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("page.html");
        std::fs::write(&file, format!("{before}{after}").replace("</body>", IN_A_BROWSER)).unwrap();
        let output = Command::new(browser)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"])
            .args(["--disable-background-networking", "--disable-component-update", "--dump-dom"])
            .arg(format!("--user-data-dir={}", folder.join("profile").display()))
            .arg(format!("file://{}", file.display()))
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        let (_, said) = said.split_once("<body>").unwrap_or_default();
        assert!(said.starts_with(&format!("followed {marks}, astray [].")), "{said}");
    }
}

/// A library of one text, `a`, and one file with the cards.
pub fn library(text: &str, cards: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, words: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, words).unwrap();
    };
    write("seeds/a.txt", text);
    let head = "schema = 1\ntitle = \"B\"\nsource = [{ id = \"a\", file = \"a.txt\" }]\n\
                version = [{ id = \"v\", title = \"V\" }]\ntopic = [{ id = \"t\", title = \"T\" }]\n";
    write("briefings/b/b.toml", &format!("{head}{cards}"));
    folder
}

#[test]
fn no_two_places_of_a_page_have_one_id() {
    let quote = |exact: &str| format!("{{ source = \"a\", exact = {exact}, basis = \"record\" }}");
    let [one, other, parted] = ["\"we\"", "\"漢🦀\"", "[\"so\", \"wait\"]"].map(quote);
    let card = |id: &str, quotes: &[&str]| {
        let card = "title = \"É\"\nstatus = \"open\"\ntopics = [\"t\"]\non = [\"v\"]";
        format!("[[open_question]]\nid = \"{id}\"\n{card}\nquote = [{}]\n", quotes.join(", "))
    };
    let cards = card("é", &[&parted]) + &card("é.1", &[&one, &other]);
    let folder = library("and so we wait —漢🦀.\n", &cards);
    let briefing = Library::at(folder.path()).unwrap().open(None).unwrap();
    let page = written(export::html, &Extract::new(&briefing, None));
    let ids: Vec<&str> =
        page.split(" id=\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0)).collect();
    let several: BTreeSet<&str> = ids.iter().copied().collect();
    assert!(ids.iter().filter(|id| id.starts_with("at-")).count() == 4, "{ids:?}");
    assert_eq!(several.len(), ids.len(), "{ids:?}");
}

#[test]
fn a_hash_is_that_of_the_file_or_none() {
    let card = "[[open_question]]\nid = \"q\"\ntitle = \"Q\"\nstatus = \"open\"\ntopics = [\"t\"]\n\
                quote = [{ source = \"a\", exact = \"漢🦀\", basis = \"outlet\" }]\n";
    let folder = library("", card);
    for (bytes, has_hash) in
        [("“é—漢🦀” \u{fffd}".as_bytes(), true), ("“é—漢🦀” \0".as_bytes(), true), (b"caf\xe9", false)]
    {
        let bytes = [bytes, "漢🦀\n".as_bytes()].concat();
        std::fs::write(folder.path().join("seeds/a.txt"), &bytes).unwrap();
        let briefing = Library::at(folder.path()).unwrap().open(None).unwrap();
        let json = written(export::json, &Extract::new(&briefing, None));
        let json: Value = serde_json::from_str(&json).unwrap();
        let want = has_hash.then(|| brief::digest::sha256(&bytes));
        assert_eq!(json["sources"][0]["sha256"].as_str(), want.as_deref());
        assert_eq!(json["cards"][0]["quotes"][0]["provenance"]["sha256"].as_str(), want.as_deref());
    }
}

#[test]
fn the_wordings_of_one_origin_stand_apart_from_those_of_another() {
    let quote = |(words, key, origin): (&str, &str, &str)| {
        format!(
            "{{ source = \"a\", exact = \"{words}\", key = \"{key}\", origin = \"{origin}\", basis = \"document\" }}"
        )
    };
    let quotes = [
        ("Kyiv must accept it", "must accept", "o"),
        ("it has 28 points", "28", "r"),
        ("Kyiv should consider it", "should consider", "o"),
        ("it has 19 points", "19", "r"),
    ];
    let folder = library(
        "Kyiv must accept it; it has 28 points. Kyiv should consider it; it has 19 points.\n",
        &format!(
            "origin = [{{ id = \"o\", name = \"O\" }}, {{ id = \"r\", name = \"é—漢🦀\" }}]\n\
             [[plan_point]]\nid = \"p\"\ntitle = \"P\"\nversion = \"v\"\ntopics = [\"t\"]\nquote = [{}]\n",
            quotes.map(quote).join(", ")
        ),
    );
    let briefing = Library::at(folder.path()).unwrap().open(None).unwrap();
    let extract = Extract::new(&briefing, None);
    let want = "Worded differently: must accept / should consider; 28 / 19";
    let medium = Medium { places: Places::Paragraph, why: "!" };
    let galley = Leaf::new(&briefing, &briefing.cards[0], 76, medium).galley;
    let leaf: String = galley.rows().iter().flat_map(|row| [row.words.of(galley.text()), "\n"]).collect();
    for told in [leaf, written(export::markdown, &extract), text_of(&written(export::html, &extract))] {
        assert!(told.contains(want), "{told}");
    }
    let json: Value = serde_json::from_str(&written(export::json, &extract)).unwrap();
    let words: Vec<&Value> = list(&json["cards"][0]["wordings"]).iter().map(|one| &one["words"]).collect();
    assert_eq!(words, ["must accept", "should consider", "28", "19"]);
}

#[test]
fn what_is_handed_on_has_the_whole_emoji_and_no_basis_that_nobody_gave() {
    let words = "👩\u{200d}👩\u{200d}👧 we wait ❤\u{fe0f}";
    let folder = library(
        &format!("é—漢: {words}\n"),
        &format!(
            "[[event]]\nid = \"e\"\ntitle = \"E\"\ndate = \"2025\"\ntopics = [\"t\"]\n\
             quote = [{{ source = \"a\", exact = \"{words}\", basis = \"recrd\" }}]\n"
        ),
    );
    let briefing = Library::at(folder.path()).unwrap().open(None).unwrap();
    let (card, extract) = (&briefing.cards[0], Extract::new(&briefing, None));
    assert_eq!((&*card.quotes[0].words, card.quotes[0].grade().word()), ("👩 we wait ❤", "exact"));
    let cited = cite::quote(&briefing, card, &card.quotes[0]);
    assert!(cited.starts_with(&format!("“{words}”\nbasis: not readable\n")), "{cited}");
    assert!(cite::card(&briefing, card, 2).contains(words));
    let rows = rows(&written(export::csv, &extract));
    let cell = |name: &str| &*rows[1][rows[0].iter().position(|cell| cell == name).unwrap()];
    assert_eq!((cell("words"), cell("basis")), (words, ""));
    let json: Value = serde_json::from_str(&written(export::json, &extract)).unwrap();
    assert_eq!(json["cards"][0]["quotes"][0]["provenance"]["basis"], Value::Null);
    let page = text_of(&written(export::html, &extract));
    assert_eq!(page.matches(words).count(), 2, "on the card and in the source: {page}");
    let mut found = printing::brief(&["search", "--json", "wait", "--library"]);
    let found = found.arg(folder.path()).output().unwrap();
    let found: Value = serde_json::from_slice(&found.stdout).unwrap();
    for (hit, text) in list(&found["hits"]).iter().zip([words, &format!("é—漢: {words}")]) {
        assert_eq!(hit["text"], text);
        let at = |end: usize| usize::try_from(hit["marks"][0]["bytes"][end].as_u64().unwrap()).unwrap();
        assert_eq!(&text[at(0)..at(1)], "wait");
    }
    assert_eq!(found["total"], 2);
}

#[test]
fn a_line_of_a_writers_words_is_a_paragraph() {
    let folder = library(
        "é—漢字 so we wait.\n",
        "[[plan_point]]\nid = \"p\"\ntitle = \"P\"\nversion = \"v\"\ntopics = [\"t\"]\ntext = \"\"\"\nFirst — é.\n \n# Second 漢字.\n\"\"\"\n\
         quote = [{ source = \"a\", exact = \"we wait\", basis = \"record\" }]\n",
    );
    let path = folder.path().join("briefings/b/b.toml");
    let noted = "file = \"a.txt\", note = \"So — é.\\n\\nAnd 漢字.\"";
    std::fs::write(&path, std::fs::read_to_string(&path).unwrap().replace("file = \"a.txt\"", noted))
        .unwrap();
    let briefing = Library::at(folder.path()).unwrap().open(None).unwrap();
    let extract = Extract::new(&briefing, None);
    let markdown = written(export::markdown, &extract);
    assert!(markdown.contains("\nFirst — é.\n\n\\# Second 漢字.\n\n"), "{markdown}");
    assert!(markdown.ends_with("\nSo — é.\n\nAnd 漢字.\n"), "{markdown}");
    let page = written(export::html, &extract);
    assert!(page.contains("<p dir=\"auto\">First — é.</p>\n<p dir=\"auto\"># Second 漢字.</p>\n"), "{page}");
    let note = "<p class=\"note\" dir=\"auto\">So — é.</p>\n<p class=\"note\" dir=\"auto\">And 漢字.</p>\n";
    assert!(page.contains(note), "{page}");
}

#[test]
fn words_in_marks_of_their_own_get_no_others() {
    let quote = |exact: &str| format!("{{ source = \"a\", exact = \"{exact}\", basis = \"record\" }}");
    let [own, plain] = ["“We will wait — é漢🦀”", "Nobody will say when."].map(quote);
    let folder = library(
        "“We will wait — é漢🦀”, the board said. Nobody will say when.\n",
        &format!(
            "[[plan_point]]\nid = \"p\"\ntitle = \"P\"\nversion = \"v\"\ntopics = [\"t\"]\nquote = [{own}]\n\
             [[open_question]]\nid = \"q\"\ntitle = \"Q\"\nstatus = \"open\"\non = [\"v\"]\n\
             topics = [\"t\"]\nquote = [{own}, {plain}]\n"
        ),
    );
    let briefing = Library::at(folder.path()).unwrap().open(None).unwrap();
    let grid = |chart, face| -> String {
        let grid = Grid::new(&briefing, &Ask { face, ..Ask::new(chart, None) });
        let entries = grid.rows.iter().flat_map(|row| row.cells()).flat_map(|(_, cell)| &cell.entries);
        entries.flat_map(|entry| &entry.runs).map(|run| run.words.as_str()).collect()
    };
    let listed = printing::brief(&["list", "quotes", "--library"]).arg(folder.path()).output().unwrap();
    let page = text_of(&written(export::html, &Extract::new(&briefing, None)));
    let coverage = grid(Chart::Coverage, Face::Back);
    let listed = out(&listed);
    for told in [&page, &coverage, &listed, &grid(Chart::Versions, Face::Front)] {
        assert!(told.contains("“We will wait — é漢🦀”"), "{told}");
        assert!(!told.contains("““") && !told.contains("””"), "{told}");
    }
    for told in [page, coverage, listed] {
        assert!(told.contains("“Nobody will say when.”"), "{told}");
    }
}

/// A library whose every word means harm.
fn hostile() -> Briefing {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile");
    std::fs::create_dir_all(folder.join("briefings/b")).unwrap();
    std::fs::create_dir_all(folder.join("seeds")).unwrap();
    let harm = "=cmd <script>alert('é—漢🦀')</script> \u{1b}[31m\u{9b}31m \u{202e}*x* \"q\" & &lt;";
    std::fs::write(folder.join("seeds/a b.txt"), format!("{harm}\r\n\r\n{harm} and a\u{301}\n")).unwrap();
    let harm = harm.replace('\u{1b}', "\\u001B").replace('\u{9b}', "\\u009B").replace('"', "\\\"");
    let briefing = format!(
        "schema = 1\ntitle = \"{harm}\"\n\
         [[source]]\nid = \"a\"\nfile = \"a b.txt\"\ntitle = \"{harm}\"\nurl = \"javascript:alert(1)\"\n\
         [[topic]]\nid = \"t\"\ntitle = \"{harm}\"\n\
         [[open_question]]\nid = \"q\"\ntitle = \"{harm}\"\nstatus = \"open\"\ntopics = [\"t\"]\ntext = \"{harm}\"\n\
         [[open_question.quote]]\nsource = \"a\"\nexact = \"{harm} and\"\nbasis = \"outlet\"\nby = \"{harm}\"\n\
         [[open_question.quote]]\nsource = \"a\"\nexact = \"{harm} nowhere\"\nbasis = \"outlet\"\n"
    );
    std::fs::write(folder.join("briefings/b/b.toml"), briefing).unwrap();
    Library::at(&folder).unwrap().open(None).unwrap()
}

#[test]
fn no_export_of_a_hostile_library_acts_on_anything() {
    let briefing = hostile();
    let grades: Vec<&str> = quotes(&briefing).map(|quote| quote.grade().word()).collect();
    assert_eq!(grades, ["exact", "drifted"], "{:?}", briefing.problems);
    let extract = Extract::new(&briefing, None);
    let html = written(export::html, &extract);
    elements(&html);
    assert!(!html.contains("<script") && !html.contains("href=\"javascript:"));
    let csv = written(export::csv, &extract);
    assert!(rows(&csv).iter().flatten().all(|cell| !cell.starts_with(['=', '+', '-', '@'])));
    let w3c: Value = serde_json::from_str(&written(export::w3c, &extract)).unwrap();
    assert_eq!(w3c["total"], 1, "a quote that is not in its source has no place to annotate");
    let forms = [
        html,
        csv.replace("\r\n", "\n"),
        written(export::markdown, &extract),
        written(export::json, &extract),
        written(export::w3c, &extract),
    ];
    for form in forms {
        let acts = |c: &char| *c != '\n' && (c.is_control() || *c == '\u{202e}');
        assert_eq!(form.chars().find(acts), None, "{form}");
    }
}

#[test]
fn a_topic_narrows_an_export() {
    let briefing = ferry();
    let topic = briefing.topic_by_name("school").ok();
    let json: Value = serde_json::from_str(&written(export::json, &Extract::new(&briefing, topic))).unwrap();
    let ids = |name: &str| -> Vec<String> {
        list(&json[name]).iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(json["topic"], "pupils");
    assert_eq!(ids("cards"), ["free-crossing-ends", "half-fare", "mayor-promise"]);
    assert_eq!(ids("sources"), ["gazette", "herald"]);
    let page = written(export::html, &Extract::new(&briefing, topic));
    assert_eq!(page.matches("<blockquote>").count(), 3);
    elements(&page);
}

/// Runs the program on the small library.
fn brief(args: &[&str]) -> Output {
    printing::brief(args).arg("--library").arg(root().join("tests/library")).output().unwrap()
}

#[test]
fn the_command_prints_what_the_functions_make() {
    let briefing = ferry();
    let all = Extract::new(&briefing, None);
    let pupils = Extract::new(&briefing, briefing.topic_by_name("pupils").ok());
    let cases: [(&[&str], String); 7] = [
        (&["export", "md"], written(export::markdown, &all)),
        (&["export", "html"], written(export::html, &all)),
        (&["export", "json"], written(export::json, &all)),
        (&["export", "csv"], written(export::csv, &all)),
        (&["export", "w3c"], written(export::w3c, &all)),
        (&["export", "md", "--topic", "School"], written(export::markdown, &pupils)),
        (&["--topic", "pupils", "export", "md"], written(export::markdown, &pupils)),
    ];
    for (args, want) in cases {
        let output = brief(args);
        assert_eq!((output.status.code(), out(&output)), (Some(0), want), "{args:?}");
    }
}

#[test]
fn lists_have_a_line_for_each_thing_and_a_contract() {
    let cases = [
        ("briefings", 1, "ferry"),
        ("topics", 3, "fares"),
        ("cards", 11, "winter-fare"),
        ("sources", 3, "gazette"),
        ("quotes", 12, "winter-fare.1"),
    ];
    for (what, count, first) in cases {
        let lines = out(&brief(&["list", what]));
        assert_eq!(lines.lines().count(), count, "{lines}");
        assert_eq!(lines.split(' ').next(), Some(first), "{lines}");
        let json: Value = serde_json::from_str(&out(&brief(&["list", what, "--json"]))).unwrap();
        assert_eq!((&json["schema"], list(&json[what]).len()), (&Value::from(1), count));
    }
    assert_eq!(out(&brief(&["list", "cards", "--topic", "prices"])).lines().count(), 8);
}

#[test]
fn a_search_without_a_screen_tells_by_its_exit_code_what_it_found() {
    let output = brief(&["search", "tax", "on", "bread"]);
    let want = "fishermen-bread: Fishermen call the plan a tax on bread\n\
                seeds/gazette.txt:8: Fishermen at the north quay said the plan was “a tax on bread”. One of them, who \
                would not give his name, said that nobody had asked the crews.\n";
    assert_eq!((output.status.code(), out(&output).as_str()), (Some(0), want));
    let json: Value = serde_json::from_str(&out(&brief(&["search", "--json", "'swim"]))).unwrap();
    assert_eq!((&json["schema"], &json["query"], &json["total"]), (&1.into(), &"'swim".into(), &2.into()));
    assert_eq!(json["hits"][0]["card"], "ingrid-swims");
    assert_eq!((&json["hits"][1]["file"], &json["hits"][1]["line"]), (&"seeds/letter.txt".into(), &3.into()));
    let json: Value = serde_json::from_str(&out(&brief(&["search", "--json", "rises, swim"]))).unwrap();
    let hit = &json["hits"][0];
    assert_eq!((&hit["card"], &hit["field"]), (&"ingrid-swims".into(), &"quote".into()), "{hit}");
    assert_eq!(hit["alias"], Value::Null);
    assert_eq!((&hit["provenance"]["grade"], &hit["provenance"]["line"]), (&"exact".into(), &3.into()));
    let json: Value = serde_json::from_str(&out(&brief(&["search", "--json", "'school"]))).unwrap();
    let hit = list(&json["hits"]).iter().find(|hit| hit["field"] == "topic").unwrap();
    assert_eq!((&hit["text"], list(&hit["marks"]).len()), (&"Pupils’ crossings".into(), 0), "{hit}");
    assert_eq!(hit["alias"]["text"], "school", "{hit}");
    assert_eq!(hit["alias"]["marks"], serde_json::json!([{ "bytes": [0, 6], "chars": [0, 6] }]), "{hit}");
    for query in
        [&["search", "zzzqq"][..], &["search", "zzzqq", "--json"], &["search", "--json", "--", "-zzzqq"]]
    {
        assert_eq!(brief(query).status.code(), Some(1), "{query:?}");
    }
    let output = brief(&["export", "md", "--topic", "fars"]);
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2));
    assert!(complaint.contains("nearest: fares"), "{complaint}");
}

/// A writer that takes note of the largest piece that it gets, and of all of them.
#[derive(Default)]
struct Pieces {
    largest: usize,
    all: usize,
}

impl io::Write for Pieces {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        self.largest = self.largest.max(piece.len());
        self.all += piece.len();
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn every_form_is_written_as_it_is_made() {
    let briefing = shipped();
    let extract = Extract::new(&briefing, None);
    for form in [export::markdown, export::html, export::json, export::csv, export::w3c] {
        let mut pieces = Pieces::default();
        form(&extract, &mut pieces).unwrap();
        // The largest is a source.
        assert!(pieces.largest * 8 < pieces.all, "{} of {}", pieces.largest, pieces.all);
    }
}
