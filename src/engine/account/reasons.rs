//! Reasons in words.

use std::ops::Range;

use super::Reason;
use crate::engine::Engine;
use crate::lexicon::EntryId;
use crate::mention::MentionId;
use crate::relate::Stage;
use crate::resolve::{Chosen, Entity, EntityId, Inherited, Join, Step, Weighed, Why};
use crate::text::Text;

/// Tells why names mean what they mean.
pub struct Teller<'e, 's> {
    engine: &'e Engine,
    stage: &'s Stage<'s, 's>,
    /// The number of characters before each token, and of all.
    chars: Vec<u32>,
}

impl<'e, 's> Teller<'e, 's> {
    /// Knows the places of all tokens.
    pub fn new(engine: &'e Engine, stage: &'s Stage<'s, 's>) -> Teller<'e, 's> {
        Teller { engine, stage, chars: character_offsets(stage.reading.scene.text) }
    }

    /// An entity.
    pub fn entity(&self, id: EntityId) -> &Entity {
        self.stage.entities.get(id)
    }

    /// The place of some tokens, at least one, in characters.
    pub fn chars(&self, tokens: Range<usize>) -> Range<u32> {
        let start = self.chars[tokens.start];
        let words = self.stage.reading.scene.text.slice(tokens);
        start..start + words.chars().count() as u32
    }

    /// Why a mention means an entity.
    pub fn why(&self, mention: MentionId, entity: EntityId) -> Option<Reason> {
        let found = self.stage.entities.steps(entity).filter_map(|step| match step {
            Step::Mention(id, why) if *id == mention => Some(why),
            _ => None,
        });
        Some(self.told(found.last()?, entity))
    }

    /// How other names and other entities came to this one.
    pub fn history(&self, id: EntityId) -> Vec<Reason> {
        let mut history = Vec::new();
        for step in self.stage.entities.steps(id) {
            let reason = match step {
                Step::Mention(..) => continue,
                Step::Alias(mention, name) => {
                    let place = self.chars(self.stage.reading.mentions.get(*mention).tokens.clone());
                    reason("alias", format!("“{name}” is introduced as another name"), Some(place))
                }
                Step::Merged(from, why) => {
                    let (code, text) = joined(*why);
                    reason(code, format!("“{}” is the same: {text}", self.label(*from)), None)
                }
                Step::Series(series, why) => {
                    let (code, text) = inherited(*why);
                    reason(code, format!("it is of the series “{}”: {text}", self.label(*series)), None)
                }
            };
            if !history.contains(&reason) {
                history.push(reason);
            }
        }
        history
    }

    fn label(&self, id: EntityId) -> &str {
        self.entity(id).labels.first().map_or("", String::as_str)
    }

    fn told(&self, why: &Why, entity: EntityId) -> Reason {
        let short = |code, text: &str| reason(code, text.to_owned(), None);
        match why {
            Why::Lexicon(chosen) => self.chosen(chosen, entity),
            Why::New => short("new", "named so for the first time"),
            Why::SameName => short("same-name", "the same name as before"),
            Why::Alias(name) => {
                reason("alias-known", format!("introduces “{name}”, by which it was called before"), None)
            }
            Why::CutName => short("cut-name", "a shorter or longer form of the name given before"),
            Why::SameOrdinal => short("same-ordinal", "the edition with the same ordinal of the same series"),
            Why::SameYear => short("same-year", "the edition of the same year of the same series"),
            Why::Part => short("part", "a series that the name of an edition holds"),
            Why::CountedFrom(other) => reason("counted", format!("counted from “{}”", self.label(*other)), None),
            Why::Nearest(token) => {
                let text = self.stage.reading.scene.text;
                let at = self.stage.reading.mentions.starting_at(*token).map(|(_, m)| m.tokens.clone());
                let tokens = at.max_by_key(|tokens| tokens.len()).unwrap_or(*token..token + 1);
                let words = text.slice(tokens.clone());
                let place = self.chars(tokens);
                reason("nearest", format!("refers to “{words}”, named last of what can be called so"), Some(place))
            }
            Why::Main => short("main", "refers to what the announcement is about"),
            Why::Here => short("here", "the place where the announcement was made"),
            Why::CityOf => short("city-of", "the city of that country that was named last, or its capital"),
            Why::Apposition => short("apposition", "what stands beside it says which one it is"),
        }
    }

    fn chosen(&self, chosen: &Chosen, entity: EntityId) -> Reason {
        let entry = self.entity(entity).entry;
        let known = entry.map_or_else(String::new, |entry| self.place_name(entry));
        match chosen {
            Chosen::First => reason("lexicon", format!("the lexicon knows the name: {known}"), None),
            Chosen::Behind(tokens) => {
                let words = self.stage.reading.scene.text.slice(tokens.clone());
                let text = format!("{known}, because “{words}” stands behind the name");
                reason("place-behind", text, Some(self.chars(tokens.clone())))
            }
            Chosen::Settled => reason(
                "place-settled",
                format!("{known}, because the name means it elsewhere in the announcement"),
                None,
            ),
            Chosen::Weighed(all) => {
                let weighed: Vec<String> = all.iter().map(|w| self.weighed(w)).collect();
                reason("place-weighed", format!("most speaks for {}", weighed.join("; less for ")), None)
            }
        }
    }

    /// A place with its country, or the label of another entry.
    fn place_name(&self, entry: EntryId) -> String {
        let lexicon = self.engine.lexicon();
        let entry = lexicon.entry(entry);
        let country = entry.country.and_then(|code| lexicon.country(code)).map(|id| lexicon.entry(id).label);
        match country.filter(|country| *country != entry.label) {
            Some(country) => format!("{} ({country}), {}", entry.label, entry.source()),
            None => format!("{}, {}", entry.label, entry.source()),
        }
    }

    fn weighed(&self, weighed: &Weighed) -> String {
        let entry = self.engine.lexicon().entry(weighed.entry);
        let mut grounds = match entry.population {
            0 => vec!["inhabitants unknown".to_owned()],
            n => vec![format!("{n} inhabitants")],
        };
        let also = [
            (weighed.country, "its country is named"),
            (weighed.near, "in the same sentence"),
            (weighed.exact, "spelled exactly so"),
            (weighed.beside, "other places of its country are named"),
        ];
        grounds.extend(also.iter().filter(|(points, _)| *points > 0).map(|(_, words)| (*words).to_owned()));
        format!("{}: {} [{}]", self.place_name(weighed.entry), grounds.join(", "), weighed.total())
    }
}

fn reason(code: &'static str, text: String, place: Option<Range<u32>>) -> Reason {
    Reason { code, text, place }
}

fn joined(why: Join) -> (&'static str, &'static str) {
    match why {
        Join::SeriesAcronym => ("series-acronym", "it is introduced as the short name of the series"),
        Join::SeriesNamePart => ("series-name-part", "its name begins or ends that of this series, and of no other"),
        Join::SameHighOrdinal => ("same-high-ordinal", "both have the same high ordinal and the same noun"),
        Join::SameEdition => ("same-edition", "it has the same ordinal or year of the same series"),
        Join::OnlyEdition => ("only-edition", "this is the only edition of its series that is named"),
        Join::BareName => ("bare-name", "it is the name of the series without ordinal and year"),
        Join::Introduced => ("introduced", "this short name was introduced for it"),
        Join::Initials => ("initials", "its letters are those of the full name near it"),
        Join::BesideTitle => ("beside-title", "it stands beside the title"),
        Join::Data => ("data", "the structured data give it the same day or city"),
        Join::Apposition => ("apposition", "the one stands in apposition to the other"),
        Join::NumberedAndDated => {
            ("numbered-and-dated", "of one series and named together, one by its ordinal and the other by its year")
        }
    }
}

fn inherited(why: Inherited) -> (&'static str, &'static str) {
    match why {
        Inherited::Main => ("series-main", "the announcement is about that one"),
        Inherited::Before => ("series-before", "it was named last before"),
        Inherited::First => ("series-first", "it is the first one that is named"),
        Inherited::Counted => ("series-counted", "it is counted from an edition of it"),
    }
}

/// The number of characters before each token, and before the end of the text.
fn character_offsets(text: &Text<'_>) -> Vec<u32> {
    let words = &text.announcement.text;
    let (mut at, mut count) = (0, 0);
    let mut offsets = Vec::with_capacity(text.tokens.len() + 1);
    for token in text.tokens.as_slice() {
        let start = token.start as usize;
        count += words[at..start].chars().count() as u32;
        at = start;
        offsets.push(count);
    }
    offsets.push(count + words[at..].chars().count() as u32);
    offsets
}
