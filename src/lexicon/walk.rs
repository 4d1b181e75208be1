//! Looking names up in running text: a walk reads folded tokens one by one, in the automaton of the places and the names of the
//! tables at once, and allocates
//! nothing.

use super::Lexicon;
use super::entry::Hit;
use super::index::{Postings, State};
use super::key::{Joint, joint};
use super::sorted::Span;

/// A walk over the names that start at one token.
#[derive(Clone)]
pub struct Walk<'l> {
    lexicon: &'l Lexicon,
    places: Option<State>,
    rows: Option<Span>,
    /// Bytes of the last word; 0 before the first. Before it, `rows` means nothing.
    word: usize,
    /// The last token was a word, so that a name may end here.
    at_word: bool,
}

impl<'l> Walk<'l> {
    pub(crate) fn new(lexicon: &'l Lexicon) -> Walk<'l> {
        Walk { lexicon, places: Some(lexicon.places().index.start()), rows: None, word: 0, at_word: false }
    }

    /// Reads the next folded token; false if no name goes on with it, and then the walk is over. Marks that names have
    /// inside (a hyphen, an apostrophe, the point of `St.`) may be pushed or left out.
    pub fn push(&mut self, folded: &str) -> bool {
        self.at_word = false;
        match joint(folded, self.word) {
            Joint::Inside if self.word > 0 => return true,
            Joint::Word => {}
            Joint::Inside if folded == "'" => return true,
            _ => {
                (self.places, self.rows) = (None, None);
                return false;
            }
        }
        let space = if self.word > 0 { &b" "[..] } else { &[] };
        let (places, rows) = (&self.lexicon.places().index, &self.lexicon.rows().index);
        let mut bytes = space.iter().chain(folded.as_bytes());
        self.places = self.places.and_then(|from| bytes.try_fold(from, |state, byte| places.step(state, *byte)));
        self.rows = match self.word {
            0 => rows.start(folded),
            _ => self.rows.and_then(|span| rows.step(rows.step(span, space)?, folded.as_bytes())),
        };
        if self.places.is_none() && self.rows.is_none() {
            return false;
        }
        self.word = folded.len();
        self.at_word = true;
        true
    }

    /// What the name read so far may mean, if it is one.
    pub fn hits(&self) -> Option<Hits<'l>> {
        if !self.at_word {
            return None;
        }
        let places = self.places.and_then(|state| self.lexicon.places().index.postings(state));
        let rows = self.rows.and_then(|state| self.lexicon.rows().index.postings(state));
        (places.is_some() || rows.is_some()).then_some(Hits { lexicon: self.lexicon, lists: [rows, places] })
    }
}

/// The entries that a name may mean; never empty.
#[derive(Clone, Copy)]
pub struct Hits<'l> {
    lexicon: &'l Lexicon,
    lists: [Option<Postings<'l>>; 2],
}

impl<'l> Hits<'l> {
    /// How many there are.
    #[expect(clippy::len_without_is_empty, reason = "there is always one")]
    pub fn len(&self) -> usize {
        self.lists.iter().flatten().map(|list| list.len()).sum()
    }

    /// The hits, by falling population.
    pub fn iter(&self) -> impl Iterator<Item = Hit> + use<'l> {
        let (lexicon, lists) = (self.lexicon, self.lists);
        let mut at = [0, 0];
        std::iter::from_fn(move || {
            let next = |list: usize| lists[list].and_then(|l| l.get(at[list])).map(|p| p.hit());
            let list = match (next(0), next(1)) {
                (Some(row), Some(place)) => {
                    usize::from(lexicon.population(row.entry) < lexicon.population(place.entry))
                }
                (Some(_), None) => 0,
                (None, _) => 1,
            };
            let hit = next(list);
            at[list] += 1;
            hit
        })
    }
}

impl std::fmt::Debug for Hits<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// A name found at the start of some tokens.
#[derive(Clone, Copy, Debug)]
pub struct Match<'l> {
    /// Tokens of the name, marks inside it included.
    pub tokens: usize,
    /// What it may mean.
    pub hits: Hits<'l>,
}
