//! Things put in order by what they have, all by one sort.
//!
//! A sort made for one kind of things is some ten kilobytes of program; where there are not many of them, it is not
//! worth that.

use std::cmp::Ordering;

/// Sorts things by a key, which may be asked for twice of each; those of one key stay in their order.
pub fn sort_by_key<T, K: Ord>(things: &mut Vec<T>, key: impl Fn(&T) -> K) {
    if things.is_sorted_by_key(&key) {
        return;
    }
    let keys: Vec<K> = things.iter().map(key).collect();
    let mut places: Vec<usize> = (0..keys.len()).collect();
    arrange(&mut places, &|a, b| keys.get(a).cmp(&keys.get(b)));
    let mut unsorted: Vec<Option<T>> = things.drain(..).map(Some).collect();
    things.extend(places.into_iter().filter_map(|place| unsorted.get_mut(place)?.take()));
}

fn arrange(places: &mut [usize], compare: &dyn Fn(usize, usize) -> Ordering) {
    places.sort_by(|&a, &b| compare(a, b));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_the_order_of_a_stable_sort(mut things in proptest::collection::vec((0..9_u8, any::<char>()), 0..40)) {
            let mut sorted = things.clone();
            sorted.sort_by_key(|thing| thing.0);
            super::sort_by_key(&mut things, |thing| thing.0);
            prop_assert_eq!(things, sorted);
        }
    }
}
