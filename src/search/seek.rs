//! A search under way: it goes on in steps of so many bytes, and tells after each what it has found.
//!
//! Promises: however it is cut into steps, and on however many processors, the same search ends with the
//! same list; what it tells on the way is found; nothing is kept of the sources' texts, so a search takes
//! little memory beside them. A text is folded in stretches and searched for the longest word that is asked
//! for, whole stretches at once; only a paragraph that has it is looked at more closely. A question that
//! narrows the one before is put to what that one found, and to nothing else.

use super::answer::{Answer, Best, Shown, Text, Thing, weigh};
use super::field::Place;
use super::filter::Sieve;
use super::fold::{Case, fold_lines_onto};
use super::fuzzy::Fuzzy;
use super::index::{Answers, Hit, Index, Results};
use super::query::Query;
use super::term::Lower;
use crate::lines;
use crate::model::{Briefing, Ref, Source};
use crate::span::{Span, in_32_bits};
use crate::threads::{self, Task};
use memchr::{memchr_iter, memrchr};
use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;
use std::thread;

/// So many bytes of a source are folded together.
const STRETCH: usize = 128 * 1024;
/// A card takes about as long as so many bytes of a source.
const CARD: usize = 1024;
/// A paragraph that was found before takes about as long as so many bytes of a source.
const PARAGRAPH: usize = 256;
/// Who waits for the end searches so many bytes at a time: what the processors found is put together after each.
const STEP: usize = 16 * 1024 * 1024;

/// A search under way.
#[derive(Clone, Debug)]
pub struct Seek {
    query: Query,
    /// What is still to be searched, in order.
    ahead: VecDeque<Part>,
    /// What the question before found, where this one narrows it.
    before: Option<Arc<Trail>>,
    yielded: Yield,
}

/// What a search found in all, for the one that narrows it.
#[derive(Debug)]
pub struct Trail {
    query: Query,
    things: Vec<Thing>,
}

/// Something to search.
#[derive(Clone, Debug)]
enum Part {
    /// Some of the cards.
    Cards(Range<usize>),
    /// Whole lines of a source's shown text.
    Text(Ref<Source>, Span),
    /// Some of what was found before.
    Before(Range<usize>),
}

/// What was found.
#[derive(Clone, Debug)]
struct Yield {
    best: Best,
    /// All of it, for a search that narrows this one; not kept where no limit is set, as nobody types on there.
    things: Option<Vec<Thing>>,
}

impl Seek {
    /// A search for the `limit` best answers to the query, which has not begun. `before` is what the last
    /// one found in the same briefing.
    #[must_use]
    pub fn new(
        briefing: &Briefing,
        index: &Index,
        query: Query,
        limit: usize,
        before: Option<Arc<Trail>>,
    ) -> Self {
        let leads = |before: &Arc<Trail>| before.query.loose || !before.things.is_empty();
        let before = before.filter(|before| query.narrows(&before.query) && leads(before));
        let mut seek = Self { query, ahead: VecDeque::new(), before: None, yielded: Yield::new(limit) };
        match before {
            // The words stood nowhere, so more of them do not either.
            Some(before) if before.query.loose => seek.loosen(briefing, index),
            Some(before) => {
                seek.ahead = parts(before.things.len(), STRETCH / PARAGRAPH).map(Part::Before).collect();
                seek.before = Some(before);
            }
            None => seek.ahead = everything(briefing, index),
        }
        seek
    }

    /// Searches about so many bytes more, on so many threads. Gives how many bytes it took.
    pub fn advance(&mut self, briefing: &Briefing, index: &Index, bytes: usize, threads: usize) -> usize {
        let mut parts = Vec::new();
        let mut taken = 0;
        while taken < bytes
            && let Some(part) = self.ahead.pop_front()
        {
            taken += part.bytes();
            parts.push(part);
        }
        let scope = Scope { briefing, index, query: &self.query, before: self.before.as_deref() };
        let limit = self.yielded.best.limit();
        let share = parts.len().div_ceil(threads.max(1)).max(1);
        let yields: Vec<Yield> = thread::scope(|running| {
            let mut shares = parts.chunks(share);
            let first = shares.next();
            let others: Vec<_> = shares
                .map(|share| threads::spawn_or_run(running, share, move |share| scope.search(share, limit)))
                .collect();
            let first = first.map(|share| scope.search(share, limit));
            first.into_iter().chain(others.into_iter().map(Task::join)).collect()
        });
        yields.into_iter().for_each(|found| self.yielded.take_in(found));
        if self.ahead.is_empty() && self.yielded.best.total() == 0 && self.query.can_scatter() {
            self.loosen(briefing, index);
        }
        taken.max(1)
    }

    /// Searches all that is left, on as many processors as there are.
    pub fn finish(&mut self, briefing: &Briefing, index: &Index) {
        let threads = threads::available();
        while !self.is_over() {
            self.advance(briefing, index, STEP, threads);
        }
    }

    /// Whether everything has been searched.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.ahead.is_empty()
    }

    /// What has been found so far.
    #[must_use]
    pub fn results(&self, briefing: &Briefing) -> Results {
        let answers = self.yielded.best.clone().sorted();
        let hits = answers.iter().filter_map(|answer| Hit::of(briefing, answer)).collect();
        Results { query: self.query.clone(), hits, total: self.yielded.best.total() }
    }

    /// What has been found so far, before anything of it is shown.
    #[must_use]
    pub fn answers(self) -> Answers {
        Answers { query: self.query, answers: self.yielded.best.sorted() }
    }

    /// Hands over what was found in all, once everything has been searched: the first time it is asked for, and only
    /// where a limit was set.
    #[must_use]
    pub fn trail(&mut self) -> Option<Trail> {
        if !self.is_over() {
            return None;
        }
        Some(Trail { query: self.query.clone(), things: self.yielded.things.take()? })
    }

    /// Begins again: where nothing has the words, letters may stand scattered within words.
    fn loosen(&mut self, briefing: &Briefing, index: &Index) {
        self.query.loose = true;
        self.before = None;
        self.ahead = everything(briefing, index);
    }
}

impl Index {
    /// The `limit` best answers to the query. If nothing has its words, letters may stand scattered
    /// within words: where a word is found as it was typed, it is what was meant.
    ///
    /// The briefing is the one that the index was made of.
    #[must_use]
    pub fn search(&self, briefing: &Briefing, query: &Query, limit: usize) -> Results {
        let mut seek = Seek::new(briefing, self, query.clone(), limit, None);
        seek.finish(briefing, self);
        seek.results(briefing)
    }

    /// All answers to the query, as of `search`; none where nothing is asked.
    #[must_use]
    pub fn all(&self, briefing: &Briefing, query: Query) -> Answers {
        if query.is_empty() {
            return Answers { query, answers: Vec::new() };
        }
        let mut seek = Seek::new(briefing, self, query, usize::MAX, None);
        seek.finish(briefing, self);
        seek.answers()
    }
}

impl Part {
    fn bytes(&self) -> usize {
        match self {
            Self::Cards(cards) => cards.len() * CARD,
            Self::Text(_, span) => span.len(),
            Self::Before(things) => things.len() * PARAGRAPH,
        }
    }
}

/// All that can be found, cards first.
fn everything(briefing: &Briefing, index: &Index) -> VecDeque<Part> {
    let mut all: VecDeque<Part> = parts(index.cards(), STRETCH / CARD).map(Part::Cards).collect();
    for (source, text) in
        briefing.sources.iter().enumerate().filter_map(|(at, source)| Some((at, source.text.as_ref()?)))
    {
        let text = text.shown.text();
        let mut start = 0;
        while start < text.len() {
            let rest = text.as_bytes().get(start + STRETCH..).unwrap_or_default();
            let end = memchr::memchr(b'\n', rest).map_or(text.len(), |at| start + STRETCH + at + 1);
            all.push_back(Part::Text(Ref::new(source), Span::new(start, end)));
            start = end;
        }
    }
    all
}

/// `count` things, `size` at a time.
fn parts(count: usize, size: usize) -> impl Iterator<Item = Range<usize>> {
    (0..count).step_by(size).map(move |first| first..(first + size).min(count))
}

/// What is searched, for what.
#[derive(Clone, Copy)]
struct Scope<'s> {
    briefing: &'s Briefing,
    index: &'s Index,
    query: &'s Query,
    before: Option<&'s Trail>,
}

impl Scope<'_> {
    /// Searches some parts.
    fn search(&self, parts: &[Part], limit: usize) -> Yield {
        let mut look = Look {
            sieve: Sieve::new(self.briefing, &self.query.filters),
            fuzzy: self.query.loose.then(Fuzzy::new),
            scope: *self,
            folded: String::new(),
            found: Yield::new(limit),
        };
        for part in parts {
            match part {
                Part::Cards(cards) => cards.clone().for_each(|card| look.card(card)),
                Part::Text(source, span) => look.text(*source, *span),
                Part::Before(things) => {
                    let before = self.before.and_then(|before| before.things.get(things.clone()));
                    before.unwrap_or_default().iter().for_each(|thing| match *thing {
                        Thing::Card(card) => look.card(card as usize),
                        Thing::Paragraph(source, start) => {
                            let start = start as usize;
                            look.text(Ref::new(source as usize), Span::new(start, start + 1));
                        }
                    });
                }
            }
        }
        look.found
    }
}

/// A search of one processor.
struct Look<'s> {
    scope: Scope<'s>,
    sieve: Sieve<'s>,
    fuzzy: Option<Fuzzy>,
    /// What is folded at the time, line by line.
    folded: String,
    found: Yield,
}

impl Look<'_> {
    fn card(&mut self, card: usize) {
        let Scope { briefing, index, query, .. } = self.scope;
        if query.filters.is_empty() || self.sieve.admits_card(Ref::new(card)) {
            let texts = index.texts(briefing, card);
            let thing = Thing::Card(in_32_bits(card));
            self.found.note(weigh(query, self.fuzzy.as_mut(), thing, texts));
        }
    }

    /// The paragraphs of a source that begin in a span of its shown text.
    fn text(&mut self, source: Ref<Source>, span: Span) {
        let Scope { briefing, index, query, .. } = self.scope;
        let Some(of) = briefing.sources.get(source.index()) else { return };
        let Some(text) = of.text.as_ref().map(|text| text.shown.text()) else { return };
        if !self.sieve.admits_source(source) {
            return;
        }
        let span = Span::new(span.start, lines::end(text, span.end.saturating_sub(1)));
        self.folded.clear();
        fold_lines_onto(&mut self.folded, span.of(text), Case::Lower);
        let mut abreast = Abreast { folded: &self.folded, text: span.of(text), folded_at: 0, at: 0 };
        let mut places = query.must_have().map(|term| term.ahead(&self.folded, query.loose));
        while abreast.at < abreast.text.len() {
            let at = abreast.folded_at;
            let met = places.as_mut().map_or(Some(at), |places| places.next(at));
            let Some(met) = met else { break };
            let (folded, line) = abreast.line_of(met);
            let shown = line.shifted(span.start);
            if shown.of(text).trim_start().is_empty() {
                continue;
            }
            let place = if index.is_aside(source, shown) { Place::Aside } else { Place::Paragraph };
            let text = Text {
                lower: Lower { text: folded.of(&self.folded), mask: u32::MAX },
                place,
                shown: Shown::Here(shown.of(text)),
            };
            let thing = Thing::Paragraph(in_32_bits(source.index()), in_32_bits(shown.start));
            self.found.note(weigh(query, self.fuzzy.as_mut(), thing, std::iter::once(text)));
        }
    }
}

/// A text beside its folded lines, both gone through line by line.
struct Abreast<'t> {
    folded: &'t str,
    text: &'t str,
    /// The byte of the folded lines at which the line behind the one given last begins.
    folded_at: usize,
    /// The byte of the text at which the same line begins.
    at: usize,
}

impl Abreast<'_> {
    /// The line that byte `place` of the folded lines stands on, in these and in the text. It must not lie before the
    /// end of the line that was given last.
    fn line_of(&mut self, place: usize) -> (Span, Span) {
        let between = Span::new(self.folded_at, place).of(self.folded).as_bytes();
        let start = self.folded_at + memrchr(b'\n', between).map_or(0, |end| end + 1);
        let passed = if start == self.folded_at { 0 } else { memchr_iter(b'\n', between).count() };
        let rest = self.text.get(self.at..).unwrap_or_default();
        let begins = self.at + lines::start(rest, passed);
        let folded = Span::new(start, lines::end(self.folded, place));
        let shown = Span::new(begins, lines::end(self.text, begins));
        (self.folded_at, self.at) = (folded.end + 1, shown.end + 1);
        (folded, shown)
    }
}

impl Yield {
    const fn new(limit: usize) -> Self {
        let things = if limit == usize::MAX { None } else { Some(Vec::new()) };
        Self { best: Best::new(limit), things }
    }

    fn note(&mut self, answer: Option<Answer>) {
        if let Some(answer) = answer {
            if let Some(things) = &mut self.things {
                things.push(answer.thing());
            }
            self.best.add(answer);
        }
    }

    fn take_in(&mut self, other: Self) {
        if let (Some(things), Some(others)) = (&mut self.things, other.things) {
            things.extend(others);
        }
        self.best.take_in(other.best);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SourceText;
    use crate::search::fold::fold;
    use crate::search::index::tests::briefing;
    use crate::search::{Hit, Target, marks_in};
    use proptest::prelude::*;

    fn finish(mut seek: Seek, briefing: &Briefing, index: &Index, bytes: usize, threads: usize) -> Seek {
        while !seek.is_over() {
            seek.advance(briefing, index, bytes, threads);
        }
        seek
    }

    /// A briefing with a source of several stretches, its paragraphs as the small one's and numbered.
    fn large() -> Briefing {
        let mut briefing = briefing();
        let text = (0..6000).map(|n| format!("Paragraph {n} on guarantées — “Kyiv” 漢字🦀 and a plan\n\n"));
        let source = crate::model::Source {
            text: Some(SourceText::new(text.collect::<String>())),
            ..briefing.sources[0].clone()
        };
        briefing.sources.push(source);
        briefing
    }

    #[test]
    fn steps_and_threads_make_no_difference() {
        let briefing = large();
        let index = Index::new(&briefing);
        for typed in
            ["", "guarantees", "paragraph 59", "5999", "Kyiv !land", "xyzzy", "grntes", "^paragraph", "p"]
        {
            let new = || Seek::new(&briefing, &index, Query::parse(typed), 50, None);
            let told = |seek: &Seek| {
                let Results { hits, total, .. } = seek.results(&briefing);
                (hits, total)
            };
            let whole = told(&finish(new(), &briefing, &index, usize::MAX, 1));
            for (bytes, threads) in [(1, 1), (1, 2), (200_000, 2), (usize::MAX, 3)] {
                let cut = told(&finish(new(), &briefing, &index, bytes, threads));
                assert_eq!(cut, whole, "{typed} by {bytes} on {threads}");
            }
        }
    }

    #[test]
    fn a_word_that_is_no_longer_short_is_looked_for_inside_of_words_too() {
        let briefing = briefing();
        let index = Index::new(&briefing);
        let before = Seek::new(&briefing, &index, Query::parse("la"), 99, None);
        let trail = finish(before, &briefing, &index, usize::MAX, 1).trail().map(Arc::new);
        assert!(trail.as_ref().is_some_and(|trail| !trail.things.is_empty()));
        let after = Seek::new(&briefing, &index, Query::parse("lan"), 99, trail);
        let hits = finish(after, &briefing, &index, usize::MAX, 1).results(&briefing).hits;
        let poland = Target::Paragraph { source: Ref::new(0), paragraph: 1 };
        assert!(hits.iter().any(|hit| hit.target == poland), "{hits:?}");
    }

    #[test]
    fn what_is_told_on_the_way_is_found_and_counted() {
        let briefing = large();
        let index = Index::new(&briefing);
        let mut seek = Seek::new(&briefing, &index, Query::parse("guarantees"), 50, None);
        let mut totals = Vec::new();
        while !seek.is_over() {
            seek.advance(&briefing, &index, 1, 2);
            let Results { query, hits, total } = seek.results(&briefing);
            let is_marked = |hit: &Hit| !marks_in(&query, hit.text(&briefing)).is_empty();
            assert!(hits.len() <= total && hits.iter().all(is_marked));
            totals.push(total);
        }
        assert!(totals.is_sorted() && totals.len() > 3, "{totals:?}");
        assert_eq!(totals.last(), Some(&6004));
    }

    #[test]
    fn a_word_far_into_a_line_is_in_the_text_of_its_hit() {
        let line: String = (0..9000).map(|n| format!("é{n} ")).collect();
        let text = Some(SourceText::new(format!("“short”\n{line}\nend")));
        let source = Source { text, asides: Vec::new(), ..briefing().sources[0].clone() };
        let alone = Briefing { sources: vec![source], ..Briefing::default() };
        let Results { query, hits, .. } = Index::new(&alone).search(&alone, &Query::parse("é8765"), 9);
        let found = hits.iter().map(|hit| {
            let text = hit.text(&alone);
            (hit.target, marks_in(&query, text).iter().map(|mark| mark.of(text)).collect())
        });
        let target = Target::Paragraph { source: Ref::new(0), paragraph: 1 };
        assert_eq!(found.collect::<Vec<(_, Vec<_>)>>(), [(target, vec!["é8765"])]);
    }

    /// Where the lines begin that answer a question, each of them asked by itself.
    fn asked_one_by_one(query: &Query, text: &str) -> Vec<u32> {
        let mut fuzzy = query.loose.then(Fuzzy::new);
        let mut start = 0;
        let mut found = Vec::new();
        for line in text.split_inclusive('\n') {
            let thing = Thing::Paragraph(0, start);
            start += u32::try_from(line.len()).unwrap();
            let line = line.trim_end_matches('\n');
            let folded = fold(line, Case::Lower);
            let lower = Lower { text: &folded, mask: u32::MAX };
            let line = Text { lower, place: Place::Paragraph, shown: Shown::Here(line) };
            let answer = weigh(query, fuzzy.as_mut(), thing, std::iter::once(line));
            found.extend(answer.filter(|_| !folded.trim().is_empty()).map(|answer| answer.thing()));
        }
        found
            .into_iter()
            .filter_map(|thing| if let Thing::Paragraph(_, at) = thing { Some(at) } else { None })
            .collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn lines_answer_together_as_one_by_one(
            text in "([abs]{1,9}[é漢S]?[ .’—\\u{301}\u{a0}]{0,2}[\n]{0,2}){0,12}",
            typed in r#"!?['^]?[absS]{1,5}[$]?( !?[ab]{1,3})?"#,
        ) {
            let source = Source { text: Some(SourceText::new(text)), asides: Vec::new(), ..briefing().sources[0].clone() };
            let text = source.text.as_ref().unwrap().shown.text().to_owned();
            let alone = Briefing { sources: vec![source], ..Briefing::default() };
            let index = Index::new(&alone);
            let seek = Seek::new(&alone, &index, Query::parse(&typed), 99, None);
            let trail = finish(seek, &alone, &index, usize::MAX, 1).trail().unwrap();
            let found = trail.things.iter().map(|thing| match *thing {
                Thing::Paragraph(_, at) => at,
                Thing::Card(card) => card,
            });
            prop_assert_eq!(found.collect::<Vec<_>>(), asked_one_by_one(&trail.query, &text), "{:?}", text);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]
        #[test]
        fn a_question_that_narrows_finds_what_it_finds_alone(
            first in r#"["'^!]{0,1}[a-eglnrsuyKE’ ]{0,5}[$"]{0,1}( !?(topic|source|basis):[agr]{1,2})?"#,
            more in r#"["'^!]{0,1}[a-eglnrsuyKE’ ]{0,3}[$"]{0,1}"#,
        ) {
            let briefing = briefing();
            let index = Index::new(&briefing);
            let before = Seek::new(&briefing, &index, Query::parse(&first), 99, None);
            let trail = finish(before, &briefing, &index, usize::MAX, 1).trail().map(Arc::new);
            let query = || Query::parse(&format!("{first}{more}"));
            let [after, alone] = [trail, None].map(|before| {
                let seek = Seek::new(&briefing, &index, query(), 99, before);
                finish(seek, &briefing, &index, usize::MAX, 1).results(&briefing)
            });
            prop_assert_eq!((after.hits, after.total, after.query.loose), (alone.hits, alone.total, alone.query.loose));
        }
    }
}
