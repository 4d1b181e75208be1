//! The word lists and rules of all files together: which stand, which take the place of others, which are removed.

use std::collections::{BTreeMap, BTreeSet};

use super::ast::{Change, Kind, List, Name, Pattern, Rule, Test};
use super::check::Source;
use super::diagnostic::{Code, Diagnostic, nearest};

/// The lists and rules that count, each with the index of its file.
pub(super) struct Chosen<'a> {
    /// By name: the parts of each list; more than one if it was extended.
    pub lists: BTreeMap<&'a str, Vec<(&'a List, usize)>>,
    /// In file order; one that takes another's place stands in that place.
    pub rules: Vec<(&'a Rule, usize)>,
}

/// Chooses from all files; names that stand twice, and changes of what is not there, are reported.
pub(super) fn choose<'a>(sources: &'a [Source<'a>], diagnostics: &mut Vec<Diagnostic>) -> Chosen<'a> {
    let lists = lists(sources, diagnostics);
    let rules = rules(sources, diagnostics);
    Chosen { lists, rules }
}

fn lists<'a>(
    sources: &'a [Source<'a>],
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<&'a str, Vec<(&'a List, usize)>> {
    let mut chosen: BTreeMap<&str, Vec<(&List, usize)>> = BTreeMap::new();
    let all = || {
        let files = sources.iter().enumerate();
        files.flat_map(|(file, source)| source.file.lists.iter().map(move |list| (list, file)))
    };
    let of = |change| all().filter(move |(list, _)| list.change == change);
    for (list, file) in of(Change::New) {
        if chosen.contains_key(list.name.text.as_str()) {
            diagnostics.push(duplicate(&sources[file], &list.name, "word list"));
        } else {
            chosen.insert(&list.name.text, vec![(list, file)]);
        }
    }
    let mut replaced = BTreeSet::new();
    for (list, file) in of(Change::Replace).chain(of(Change::Extend)) {
        let replaces = list.change == Change::Replace;
        let names: Vec<&str> = chosen.keys().copied().collect();
        match chosen.get_mut(list.name.text.as_str()) {
            None => diagnostics.push(nothing_to_change(&sources[file], &list.name, "word list", names)),
            Some(_) if replaces && !replaced.insert(&list.name.text) => {
                diagnostics.push(duplicate(&sources[file], &list.name, "replacement of the word list"));
            }
            Some(parts) if replaces => *parts = vec![(list, file)],
            Some(parts) => parts.push((list, file)),
        }
    }
    chosen
}

fn rules<'a>(sources: &'a [Source<'a>], diagnostics: &mut Vec<Diagnostic>) -> Vec<(&'a Rule, usize)> {
    let mut chosen: Vec<(&Rule, usize)> = Vec::new();
    let all = || {
        let files = sources.iter().enumerate();
        files.flat_map(|(file, source)| source.file.rules.iter().map(move |rule| (rule, file)))
    };
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for (rule, file) in all().filter(|(rule, _)| !rule.replaces) {
        if places.insert(&rule.name.text, chosen.len()).is_some() {
            diagnostics.push(duplicate(&sources[file], &rule.name, "rule"));
        }
        chosen.push((rule, file));
    }
    let mut replaced = BTreeSet::new();
    for (rule, file) in all().filter(|(rule, _)| rule.replaces) {
        match places.get(rule.name.text.as_str()) {
            None => {
                let names = places.keys().copied().collect();
                diagnostics.push(nothing_to_change(&sources[file], &rule.name, "rule", names));
            }
            Some(_) if !replaced.insert(&rule.name.text) => {
                diagnostics.push(duplicate(&sources[file], &rule.name, "replacement of the rule"));
            }
            Some(place) => chosen[*place] = (rule, file),
        }
    }
    let mut removed = BTreeSet::new();
    for source in sources {
        for name in &source.file.removed {
            if places.contains_key(name.text.as_str()) {
                removed.insert(name.text.as_str());
            } else {
                diagnostics.push(nothing_to_change(source, name, "rule", places.keys().copied().collect()));
            }
        }
    }
    chosen.retain(|(rule, _)| !removed.contains(rule.name.text.as_str()));
    chosen
}

fn duplicate(source: &Source<'_>, name: &Name, what: &str) -> Diagnostic {
    let message = format!("there is another {what} named {}", name.text);
    Diagnostic::new(Code::Duplicate, source.name, source.text, name.span.clone(), message)
        .hint("give it another name, or write `replace` before the one that is to stand")
}

fn nothing_to_change(source: &Source<'_>, name: &Name, what: &str, names: Vec<&str>) -> Diagnostic {
    let message = format!("there is no {what} named {} in the other files", name.text);
    let diagnostic = Diagnostic::new(Code::NothingToChange, source.name, source.text, name.span.clone(), message);
    match nearest(&name.text, names) {
        Some(near) => diagnostic.hint(format!("did you mean {near}?")),
        None => diagnostic.hint("leave out the word before it to make a new one"),
    }
}

/// The names of the word lists that a rule uses, those that they use included.
pub(super) fn used(rule: &Rule, lists: &BTreeMap<&str, Vec<(&List, usize)>>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = BTreeSet::new();
    let patterns = match &rule.kind {
        Kind::Frame { trigger, roles } => {
            [trigger].into_iter().chain(roles.iter().filter_map(|r| r.after.as_ref())).collect()
        }
        Kind::List { head, item } => vec![head, item],
        Kind::Field { label, value } => vec![label, value],
        Kind::Mention { head, .. } => head.iter().collect(),
        Kind::Span | Kind::Derive { .. } => Vec::new(),
    };
    for pattern in patterns.into_iter().chain(&rule.matches).chain(rule.unless.iter().map(|u| &u.pattern)) {
        named(pattern, &mut open);
    }
    while let Some(name) = open.pop_first() {
        if found.insert(name.clone()) {
            for (list, _) in lists.get(name.as_str()).into_iter().flatten() {
                named(&list.pattern, &mut open);
            }
        }
    }
    found
}

/// The names of the word lists that stand in a pattern.
pub(super) fn named(pattern: &Pattern, out: &mut BTreeSet<String>) {
    match pattern {
        Pattern::Macro(name) => _ = out.insert(name.text.clone()),
        Pattern::Token(test) => tested(test, out),
        Pattern::Sequence(parts) | Pattern::Either(parts) => parts.iter().for_each(|part| named(part, out)),
        Pattern::Repeat(inner, ..) | Pattern::Capture(_, _, inner) => named(inner, out),
        Pattern::Empty | Pattern::Mention(_) | Pattern::Absent(_) | Pattern::Start | Pattern::End | Pattern::Border => {
        }
    }
}

fn tested(test: &Test, out: &mut BTreeSet<String>) {
    match test {
        Test::Macro(name) => _ = out.insert(name.text.clone()),
        Test::Not(inner) => tested(inner, out),
        Test::All(tests) => tests.iter().for_each(|test| tested(test, out)),
        Test::Any | Test::Word(_) | Test::Lemma(_) | Test::Is(_) => {}
    }
}
