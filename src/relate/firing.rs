//! A rule that fired: what it states, and where.
//!
//! Long because what a rule binds and what it states of that are read together.

use std::ops::Range;

use crate::fact::{Confidence, RuleRef};
use crate::lexicon::EntryId;
use crate::mention::{Finder, MentionId, Partial, Value, edition, roman, year};
use crate::ontology::{ClassSet, Datatype, Range as ObjectRange, Relation, RelationId};
use crate::resolve::EntityId;
use crate::rules::{self, Info, Listed, Part, Template, Type, TypeSet, Var};

use super::Stage;
use super::namesake::namesake;
use super::stop::Stop;

/// The most days that an event is taken to last.
const MOST_DAYS: i32 = 60;

/// How far behind a match what is spoken of may be named, in tokens.
const NEAR: usize = 20;

/// What a statement is about, or relates to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Node {
    /// An entity of the announcement.
    Entity(EntityId),
    /// A country that only the lexicon names.
    Lexicon(EntryId),
    /// The announcement itself.
    Document,
}

/// The object of a statement.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Object {
    /// A thing.
    Node(Node),
    /// A date, as precise as stated.
    Date(Partial),
    /// A whole number.
    Number(i64),
    /// A web address.
    Url(String),
    /// Words.
    Text(String),
    /// So many days after the first day, or before the last day, of an event; until that is known (`days` beside this).
    Day {
        /// The event.
        of: EntityId,
        /// Counted from its last day, and not from its first.
        last: bool,
        /// How many days.
        days: i32,
    },
}

/// What a rule states.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Statement {
    /// The subject.
    pub subject: Node,
    /// The relation.
    pub relation: RelationId,
    /// The object.
    pub object: Object,
}

/// One firing of a rule.
#[derive(Clone, Debug)]
pub struct Firing {
    /// The rule.
    pub rule: RuleRef,
    /// How sure it is.
    pub confidence: Confidence,
    /// Index of the sentence that made it fire.
    pub trigger: usize,
    /// Other sentences it rests on.
    pub antecedents: Vec<usize>,
    /// Lexicon entries it rests on.
    pub cites: Vec<EntryId>,
    /// What it states; never empty.
    pub statements: Vec<Statement>,
}

/// What a variable is bound to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bound {
    /// Mentions, each of which it may stand for.
    Mentions(Vec<MentionId>),
    /// An entity.
    Entity(EntityId),
    /// Words, by their tokens; they are a literal.
    Words(Range<usize>),
}

/// The variables of a rule and what they are bound to.
#[derive(Clone, Debug, Default)]
pub struct Bindings(Vec<(Var, Bound)>);

impl Bindings {
    /// Binds a variable, unless it is bound.
    pub fn bind(&mut self, var: Var, bound: Bound) {
        if self.get(var).is_none() {
            self.0.push((var, bound));
        }
    }

    /// Binds a variable, whatever it was bound to.
    pub fn rebind(&mut self, var: Var, bound: Bound) {
        self.0.retain(|(v, _)| *v != var);
        self.0.push((var, bound));
    }

    /// What a variable is bound to.
    pub fn get(&self, var: Var) -> Option<&Bound> {
        self.0.iter().find(|(v, _)| *v == var).map(|(_, b)| b)
    }

    /// Binds the captures of a match to the mentions that they cover.
    pub fn bind_captures(&mut self, stage: &Stage<'_, '_>, info: &Info, captures: &[(Var, Range<usize>)]) {
        for (var, tokens) in captures {
            let types = info.vars[usize::from(var.0)];
            if types.is_empty() {
                self.bind(*var, Bound::Words(tokens.clone()));
            } else if info.each[usize::from(var.0)] {
                self.bind(*var, Bound::Mentions(each(stage, tokens, types)));
            } else if let Some(mention) = stage.reading.mentions.exactly(tokens, types) {
                self.bind(*var, Bound::Mentions(vec![mention]));
            }
        }
    }

    /// The first web address that is bound.
    pub fn address<'s>(&self, stage: &'s Stage<'_, '_>) -> Option<&'s str> {
        self.0.iter().find_map(|(_, bound)| {
            let Bound::Mentions(mentions) = bound else { return None };
            mentions.iter().find_map(|m| match stage.reading.mentions.get(*m).value.as_ref()? {
                Value::Url(url) => Some(url.as_str()),
                _ => None,
            })
        })
    }

    /// Binds what is spoken of, if the rule asks for it and nothing bound it: the mention of its type nearest to `tokens`
    /// in the sentence, one before them first; or else what the announcement is about.
    pub fn bind_spoken_of(
        &mut self,
        stage: &Stage<'_, '_>,
        info: &Info,
        sentence: &Range<usize>,
        tokens: &Range<usize>,
    ) -> Result<(), Stop> {
        let Some((var, types, _)) = info.of else { return Ok(()) };
        if self.get(var).is_some() {
            return Ok(());
        }
        if let Some(id) = self.address(stage).and_then(|url| namesake(stage, url, types)) {
            self.bind(var, Bound::Entity(id));
            return Ok(());
        }
        let mentions = &stage.reading.mentions;
        let named: Vec<MentionId> = mentions
            .within(sentence.clone())
            .into_iter()
            .filter(|m| types.contains(mentions.get(*m).ty) && stage.entities.of(*m).is_some())
            .collect();
        let before = named.iter().rev().find(|m| mentions.get(**m).tokens.end <= tokens.start);
        // Far behind, or behind a mark that divides the sentence, something else is spoken of.
        let text = stage.reading.scene.text;
        let near = |start: usize| {
            start >= tokens.end
                && start <= tokens.end + NEAR
                && !(tokens.end..start).any(|i| matches!(text.word(i), ";" | ":" | "than"))
        };
        let nearest = before.or_else(|| named.iter().find(|m| near(mentions.get(**m).tokens.start)));
        let bound = match nearest {
            Some(mention) => Some(Bound::Mentions(vec![*mention])),
            None => {
                spoken_of_before(stage, types, sentence.start).or_else(|| spoken_of(stage, types)).map(Bound::Entity)
            }
        };
        self.bind(var, bound.ok_or(Stop::NothingSpokenOf)?);
        Ok(())
    }

    /// The objects that a variable may stand for in the range of a relation.
    fn objects(&self, stage: &Stage<'_, '_>, var: Var, part: Part, range: &ObjectRange) -> Vec<Object> {
        match self.get(var) {
            None => Vec::new(),
            Some(Bound::Words(tokens)) => literal(stage, tokens, range).into_iter().collect(),
            Some(Bound::Entity(id)) => self.of_entity(stage, *id, part).into_iter().collect(),
            Some(Bound::Mentions(mentions)) => mentions.iter().filter_map(|m| self.object(stage, *m, part)).collect(),
        }
    }

    /// The entity itself, or one of its days.
    fn of_entity(&self, stage: &Stage<'_, '_>, id: EntityId, part: Part) -> Option<Object> {
        let (last, days) = match part {
            Part::Start => (false, 0),
            Part::End => (true, 0),
            Part::Nth(count) => (false, self.number(stage, count)? - 1),
            Part::Back(count) => (true, self.number(stage, count)? - 1),
            Part::Whole | Part::Next | Part::Year => return Some(Object::Node(Node::Entity(id))),
        };
        Some(Object::Day { of: id, last, days })
    }

    /// A small number that a variable is bound to.
    fn number(&self, stage: &Stage<'_, '_>, var: Var) -> Option<i32> {
        let Some(Bound::Mentions(mentions)) = self.get(var) else { return None };
        let number = mentions.iter().find_map(|m| match stage.reading.mentions.get(*m).value.as_ref()? {
            Value::Number(n) => i32::try_from(*n).ok(),
            Value::Ordinal(n) => i32::try_from(*n).ok(),
            _ => None,
        });
        number.filter(|n| (1..=MOST_DAYS).contains(n))
    }

    /// Whether the year of a date is only the likeliest one.
    fn is_guessed(&self, stage: &Stage<'_, '_>, var: Var) -> bool {
        let Some(Bound::Mentions(mentions)) = self.get(var) else { return false };
        let guessed =
            |m: &MentionId| matches!(stage.reading.mentions.get(*m).value, Some(Value::Date { guessed: true, .. }));
        mentions.iter().any(guessed)
    }

    /// What a mention stands for.
    fn object(&self, stage: &Stage<'_, '_>, mention: MentionId, part: Part) -> Option<Object> {
        if let Some(entity) = stage.entities.of(mention) {
            return self.of_entity(stage, entity, part);
        }
        match stage.reading.mentions.get(mention).value.as_ref()? {
            Value::Date { first, last, .. } => {
                let day = |from: &Partial, days: i32| Partial::plus_days(from.exact()?, days);
                let date = match part {
                    Part::End => Some(*last),
                    Part::Year => Some(Partial::year(first.year)),
                    Part::Back(count) => day(last, 1 - self.number(stage, count)?),
                    Part::Nth(count) => day(first, self.number(stage, count)? - 1),
                    Part::Whole | Part::Start | Part::Next => Some(*first),
                };
                date.map(Object::Date)
            }
            Value::Number(n) => Some(Object::Number(n.saturating_add(i64::from(part == Part::Next)))),
            Value::Ordinal(n) => Some(Object::Number(i64::from(*n) + i64::from(part == Part::Next))),
            Value::Url(url) => Some(Object::Url(url.clone())),
        }
    }
}

/// The mentions of these types within `tokens`, those in brackets left out.
fn each(stage: &Stage<'_, '_>, tokens: &Range<usize>, types: TypeSet) -> Vec<MentionId> {
    let (text, mentions) = (stage.reading.scene.text, &stage.reading.mentions);
    let in_brackets = |at: usize| {
        let marks = (tokens.start..at).map(|i| text.word(i));
        marks.fold(0i32, |depth, mark| depth + i32::from(mark == "(") - i32::from(mark == ")")) > 0
    };
    let all = mentions.within(tokens.clone()).into_iter();
    all.filter(|m| types.contains(mentions.get(*m).ty) && !in_brackets(mentions.get(*m).tokens.start)).collect()
}

/// What captured words are as a literal of this range.
fn literal(stage: &Stage<'_, '_>, tokens: &Range<usize>, range: &ObjectRange) -> Option<Object> {
    let ObjectRange::Literals(datatypes) = range else { return None };
    let words = stage.reading.scene.text.slice(tokens.clone());
    let has = |datatype| datatypes.contains(&datatype);
    let number = edition(words).map(|(_, number)| number);
    match () {
        () if has(Datatype::Year) && tokens.len() == 1 => {
            let stated = if year(words) { words.parse().ok() } else { number.and_then(|n| i16::try_from(n).ok()) };
            stated.filter(|year| (1000..2200).contains(year)).map(Partial::year).map(Object::Date)
        }
        () if has(Datatype::Integer) => {
            let stated = words.replace(',', "").parse().ok();
            stated.or_else(|| roman(words).or(number).map(i64::from)).map(Object::Number)
        }
        () if has(Datatype::String) => Some(Object::Text(words.split_whitespace().collect::<Vec<_>>().join(" "))),
        () => None,
    }
}

/// The statements of a template under some bindings; those with an unbound variable are left out.
pub fn state(stage: &Stage<'_, '_>, templates: &[Template], bindings: &Bindings) -> Vec<Statement> {
    let mut out = Vec::new();
    for template in templates {
        let relation = &stage.ontology[template.relation];
        let subjects = bindings.objects(stage, template.subject, Part::Whole, &relation.range);
        let (objects, guessed) = match template.object {
            rules::Object::Number(n) => (vec![Object::Number(n)], false),
            rules::Object::Var(var, part) => {
                (bindings.objects(stage, var, part, &relation.range), bindings.is_guessed(stage, var))
            }
        };
        for subject in &subjects {
            let Object::Node(subject) = subject else { continue };
            for object in &objects {
                if fits(stage, *subject, relation.domain)
                    && in_range(stage, object, &relation.range)
                    && *object != Object::Node(*subject)
                {
                    let object = if guessed { in_own_year(stage, *subject, relation, object) } else { object.clone() };
                    out.push(Statement { subject: *subject, relation: template.relation, object });
                }
            }
        }
    }
    out.sort();
    out.dedup();
    out
}

/// "Next year's congress is due to begin on 24 August": a day without a year lies in the year that the event has by its
/// name.
fn in_own_year(stage: &Stage<'_, '_>, subject: Node, relation: &Relation, object: &Object) -> Object {
    match (subject, object) {
        (Node::Entity(id), Object::Date(date)) if matches!(relation.name.as_str(), "startDate" | "endDate") => {
            let year = stage.entities.get(id).year.map_or(date.year, |year| year.year);
            Object::Date(Partial { year, ..*date }.checked().unwrap_or(*date))
        }
        _ => object.clone(),
    }
}

fn fits(stage: &Stage<'_, '_>, node: Node, allowed: ClassSet) -> bool {
    match node {
        Node::Entity(id) => {
            let class = stage.entities.get(id).class;
            stage.ontology[class].ancestors.meets(allowed)
        }
        _ => true,
    }
}

fn in_range(stage: &Stage<'_, '_>, object: &Object, range: &ObjectRange) -> bool {
    match (object, range) {
        (Object::Node(node), ObjectRange::Things(classes)) => fits(stage, *node, *classes),
        (Object::Date(_) | Object::Day { .. } | Object::Number(_), ObjectRange::Literals(_))
        | (Object::Url(_), ObjectRange::Iri) => true,
        (Object::Text(_), ObjectRange::Literals(datatypes)) => datatypes.contains(&Datatype::String),
        _ => false,
    }
}

/// The sentences, other than `here`, in which what an anaphor means was named.
pub fn antecedents(stage: &Stage<'_, '_>, bindings: &Bindings, here: usize) -> Vec<usize> {
    let text = stage.reading.scene.text;
    let mut out: Vec<usize> = bindings
        .0
        .iter()
        .flat_map(|(_, bound)| match bound {
            Bound::Mentions(mentions) => mentions
                .iter()
                .filter(|m| stage.reading.mentions.get(**m).anaphor)
                .filter_map(|m| stage.entities.of(*m))
                .collect::<Vec<_>>(),
            Bound::Entity(id) => vec![*id],
            Bound::Words(_) => Vec::new(),
        })
        .filter_map(|entity| {
            let named = stage.entities.get(entity).mentions.iter().map(|m| stage.reading.mentions.get(*m));
            named.filter(|m| !m.anaphor && !m.inner).map(|m| text.sentence_of(m.tokens.start)).min()
        })
        .filter(|s| *s != here)
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// A firing of a rule, if it states anything.
pub fn firing(
    stage: &Stage<'_, '_>,
    info: &Info,
    bindings: &Bindings,
    trigger: usize,
    more: &[usize],
) -> Option<Firing> {
    let statements = state(stage, &info.then, bindings);
    if statements.is_empty() {
        return None;
    }
    let mut rests_on = antecedents(stage, bindings, trigger);
    rests_on.extend(more.iter().filter(|s| **s != trigger));
    rests_on.sort_unstable();
    rests_on.dedup();
    Some(Firing {
        rule: info.rule.clone(),
        confidence: info.confidence,
        trigger,
        antecedents: rests_on,
        cites: Vec::new(),
        statements,
    })
}

/// What the lexicon knows of a place.
pub fn of_lexicon(trigger: usize, city: EntityId, relation: RelationId, country: EntryId, entry: EntryId) -> Firing {
    let object = Object::Node(Node::Lexicon(country));
    Firing {
        rule: RuleRef { name: "gazetteer".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        confidence: Confidence::from_thousandths(950),
        trigger,
        antecedents: Vec::new(),
        cites: vec![entry],
        statements: vec![Statement { subject: Node::Entity(city), relation, object }],
    }
}

/// What the names of mentions state by themselves: the ordinal, series and year of an edition.
pub fn of_mentions(stage: &Stage<'_, '_>, firings: &mut Vec<Firing>) {
    let mentions = &stage.reading.mentions;
    for (id, mention) in mentions.iter().filter(|(_, m)| !m.inner) {
        let (Finder::Rule(rule), Some(entity)) = (&mention.finder, stage.entities.of(id)) else { continue };
        let info = &stage.rules.mentions[*rule].info;
        if info.then.is_empty() {
            continue;
        }
        let mut bindings = Bindings::default();
        bindings.bind(Var::THIS, Bound::Entity(entity));
        let counted_from = stage.entities.counted_from(id);
        if let (Some((var, ..)), Some(from)) = (info.of, counted_from) {
            bindings.bind(var, Bound::Entity(from));
        }
        for (var, tokens) in &mention.captures {
            let mut inside = mentions.covering(tokens);
            let types = info.vars[usize::from(var.0)];
            if info.each[usize::from(var.0)] {
                bindings.bind(*var, Bound::Mentions(each(stage, tokens, types)));
                continue;
            }
            let fits = |ty: Type, finder: &Finder| types.contains(ty) || *finder == Finder::Part(id);
            match inside.find(|(_, m)| fits(m.ty, &m.finder)) {
                Some((part, _)) => bindings.bind(*var, Bound::Mentions(vec![part])),
                // The year of "ICLC 2021", the ordinal of "Habitat III".
                None if types.is_empty() => bindings.bind(*var, Bound::Words(tokens.clone())),
                None => {}
            }
        }
        let trigger = stage.reading.scene.text.sentence_of(mention.tokens.start);
        let mut statements = state(stage, &info.then, &bindings);
        statements.retain(|statement| !runs_back(stage, statement));
        let mut antecedents = Vec::new();
        if !statements.is_empty() {
            for edition in [Some(entity), counted_from].into_iter().flatten() {
                if let Some((series, named)) = inherited_series(stage, edition, &statements) {
                    antecedents.extend(named.filter(|s| *s != trigger));
                    statements.push(series);
                }
            }
        }
        if !statements.is_empty() {
            firings.push(Firing {
                rule: info.rule.clone(),
                confidence: info.confidence,
                trigger,
                antecedents,
                cites: Vec::new(),
                statements,
            });
        }
    }
}

/// Whether an edition is said to follow one whose name gives it a later year.
fn runs_back(stage: &Stage<'_, '_>, statement: &Statement) -> bool {
    let year = |node: &Node| match node {
        Node::Entity(id) => stage.entities.get(*id).year.map(|year| year.year),
        _ => None,
    };
    match &statement.object {
        Object::Node(other) if stage.ontology.relation("follows") == Some(statement.relation) => {
            year(&statement.subject).zip(year(other)).is_some_and(|(later, earlier)| later <= earlier)
        }
        _ => false,
    }
}

/// "The host of the next session will be named": an edition that is only counted from another one, and of which nothing
/// is stated but that, is not spoken of.
pub fn forget_empty_editions(stage: &Stage<'_, '_>, firings: &mut Vec<Firing>) {
    let mentions = &stage.reading.mentions;
    let only_counted = |id: EntityId| {
        let all = &stage.entities.get(id).mentions;
        !all.is_empty() && all.iter().all(|m| stage.entities.counted_from(*m).is_some())
    };
    let of_names = |f: &Firing| {
        let by_name = |m: &crate::mention::Mention| matches!(&m.finder, Finder::Rule(r) if stage.rules.mentions[*r].info.rule == f.rule);
        mentions.iter().any(|(_, m)| by_name(m))
    };
    let empty: Vec<EntityId> = stage
        .entities
        .iter()
        .map(|(id, _)| id)
        .filter(|id| only_counted(*id) && stage.entities.get(*id).year.is_none())
        .filter(|id| {
            let node = Node::Entity(*id);
            let mut stated = firings.iter().filter(|f| !of_names(f)).flat_map(|f| &f.statements);
            !stated.any(|s| s.subject == node || s.object == Object::Node(node))
        })
        .collect();
    for firing in firings.iter_mut() {
        let of_empty = |node: &Node| matches!(node, Node::Entity(id) if empty.contains(id));
        firing.statements.retain(|s| !of_empty(&s.subject) && !matches!(&s.object, Object::Node(n) if of_empty(n)));
    }
    firings.retain(|f| !f.statements.is_empty());
}

/// "The seventh" is of the series that was named elsewhere: the statement, and the sentence that names the series (or, if
/// only editions have its name, the edition).
fn inherited_series(
    stage: &Stage<'_, '_>,
    edition: EntityId,
    statements: &[Statement],
) -> Option<(Statement, Option<usize>)> {
    let relation = stage.ontology.relation("partOfSeries")?;
    let series = stage.entities.get(edition).series?;
    if statements.iter().any(|s| s.relation == relation && s.subject == Node::Entity(edition)) {
        return None;
    }
    let text = stage.reading.scene.text;
    let mentions = &stage.reading.mentions;
    let named =
        stage.entities.get(series).first_token(mentions).or_else(|| stage.entities.get(edition).first_token(mentions));
    let object = Object::Node(Node::Entity(series));
    Some((Statement { subject: Node::Entity(edition), relation, object }, named.map(|at| text.sentence_of(at))))
}

/// The only thing of these types that the sentence before, in the same paragraph, speaks of; but for an earlier edition of
/// what the announcement is about, on which a sentence that is not in the past does not go on.
pub fn spoken_of_before(stage: &Stage<'_, '_>, types: TypeSet, token: usize) -> Option<EntityId> {
    let text = stage.reading.scene.text;
    let here = text.sentence_of(token);
    let before = text.sentences[..here].last().filter(|s| s.block == text.sentences[here].block)?;
    let mentions = &stage.reading.mentions;
    let named = mentions.within(before.tokens.clone()).into_iter().filter(|m| types.contains(mentions.get(*m).ty));
    let mut things: Vec<EntityId> = named.filter_map(|m| stage.entities.of(m)).collect();
    things.sort_unstable();
    things.dedup();
    things.first().copied().filter(|thing| things.len() == 1 && (!is_past(stage, *thing) || looks_back(stage, here)))
}

/// Whether a thing is an edition before the one that the announcement is about.
fn is_past(stage: &Stage<'_, '_>, thing: EntityId) -> bool {
    let Some(main) = stage.entities.main else { return false };
    let (main, thing) = (stage.entities.get(main), stage.entities.get(thing));
    let years = thing.year.zip(main.year).map(|(thing, main)| (thing.year, main.year));
    let one_series = thing.series.is_some() && thing.series == main.series;
    one_series && (thing.ordinal.zip(main.ordinal).is_some_and(|(a, b)| a < b) || years.is_some_and(|(a, b)| a < b))
}

/// Whether a sentence has a word that says that it speaks of what was.
fn looks_back(stage: &Stage<'_, '_>, sentence: usize) -> bool {
    let scene = &stage.reading.scene;
    let mut tokens = scene.text.sentences[sentence].tokens.clone();
    tokens.any(|at| stage.rules.grammar.has(Listed::Past, scene.symbols[at]))
}

/// What the announcement is about, of these types: its main event, or else what it names first.
pub fn spoken_of(stage: &Stage<'_, '_>, types: TypeSet) -> Option<EntityId> {
    let of_type = |id: &EntityId| types.contains(Type::Class(stage.entities.get(*id).class));
    let first = |id: EntityId| stage.entities.get(id).first_token(&stage.reading.mentions);
    stage.entities.main.filter(of_type).or_else(|| {
        let all = stage.entities.iter().map(|(id, _)| id).filter(of_type);
        all.filter_map(|id| Some((first(id)?, id))).min().map(|(_, id)| id)
    })
}
