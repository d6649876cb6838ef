//! References between the parts of a briefing: an index that knows what it leads to.

use super::{Actor, Briefing, Card, Origin, Source, Topic, Version};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::Index;

/// A reference to the `T` at an index of the briefing's own list of `T`.
pub struct Ref<T> {
    index: u32,
    of: PhantomData<fn() -> T>,
}

impl<T> Ref<T> {
    /// The reference to the item at `index`.
    #[must_use]
    pub fn new(index: usize) -> Self {
        Self { index: u32::try_from(index).unwrap_or(u32::MAX), of: PhantomData }
    }

    /// The item's place in its list.
    #[must_use]
    pub const fn index(self) -> usize {
        self.index as usize
    }
}

/// A reference to one of a card's quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct QuoteRef {
    /// The card.
    pub card: Ref<Card>,
    /// Which of its quotes, from 0.
    pub index: usize,
}

impl QuoteRef {
    /// The reference to the quote at an index of a card.
    #[must_use]
    pub const fn new(card: Ref<Card>, index: usize) -> Self {
        Self { card, index }
    }
}

impl<T> Clone for Ref<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Ref<T> {}

impl<T> PartialEq for Ref<T> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index
    }
}

impl<T> Eq for Ref<T> {}

impl<T> Hash for Ref<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.index.hash(state);
    }
}

impl<T> fmt::Debug for Ref<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.index)
    }
}

/// What a briefing has a list of.
pub trait Listed: Sized {
    /// The briefing's own list of them.
    fn list(briefing: &Briefing) -> &[Self];
}

/// Says which list of the briefing is whose.
macro_rules! lists {
    ($($thing:ident $list:ident)+) => {$(
        impl Listed for $thing {
            fn list(briefing: &Briefing) -> &[Self] {
                &briefing.$list
            }
        }
    )+};
}

lists! { Source sources Version versions Topic topics Actor actors Origin origins Card cards }

impl Briefing {
    /// References to everything of one list, in its order.
    pub fn refs<T: Listed>(&self) -> impl DoubleEndedIterator<Item = Ref<T>> + ExactSizeIterator + use<T> {
        (0..T::list(self).len()).map(Ref::new)
    }
}

impl<T: Listed> Index<Ref<T>> for Briefing {
    type Output = T;

    /// The thing itself; the reference must be one of this briefing's own.
    fn index(&self, reference: Ref<T>) -> &T {
        #[expect(
            clippy::indexing_slicing,
            reason = "the briefing made the reference from a place in its list"
        )]
        &T::list(self)[reference.index()]
    }
}
