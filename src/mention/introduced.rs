//! What accepted names bring along: short forms that they introduce, and the parts that rules give a role.

use super::accept::free;
use super::apply::ALIAS;
use super::scene::Scene;
use super::table::{Finder, Mention, MentionId, Mentions};
use crate::ontology::{Ontology, Range as ObjectRange};
use crate::rules::{Object, RuleSet, Type, Var};
use crate::text::Shape;

/// A short form that a name introduces in brackets ("European Mathematical Society (EMS)") is a name from then on.
pub(super) fn aliases(scene: &Scene<'_>, rules: &RuleSet, mentions: &mut Mentions) {
    let text = scene.text;
    let mut introduced: Vec<(Vec<&str>, usize, Type)> = Vec::new();
    for (_, mention) in mentions.iter() {
        let Finder::Rule(rule) = mention.finder else { continue };
        for (var, tokens) in &mention.captures {
            if rules.mentions[rule].info.var_names[usize::from(var.0)] == ALIAS {
                introduced.push((tokens.clone().map(|i| text.word(i)).collect(), rule, mention.ty));
            }
        }
    }
    introduced.sort();
    introduced.dedup_by(|a, b| a.0 == b.0);
    let mut found = Vec::new();
    for (words, rule, ty) in &introduced {
        for at in 0..text.tokens.len().saturating_sub(words.len() - 1) {
            let tokens = at..at + words.len();
            let same = (text.shape(at).has(Shape::CAPITALISED) || text.shape(at).has(Shape::MIXED))
                && tokens.clone().zip(words).all(|(i, w)| text.word(i) == *w);
            if same
                && free(mentions, rules, &tokens)
                && mentions.starting_at(at).all(|(_, m)| !matches!(m.ty, Type::Class(_)))
            {
                found.push((tokens, *rule, *ty));
            }
        }
    }
    for (tokens, rule, ty) in found {
        let finder = Finder::Rule(rule);
        mentions.push(Mention {
            ty,
            name: tokens.clone(),
            tokens,
            finder,
            captures: Vec::new(),
            value: None,
            anaphor: false,
            inner: false,
        });
    }
    numbered(scene, rules, mentions, &introduced);
}

/// The captures by which a mention rule says which edition of which series it finds.
const ORDINAL: &str = "ordinal";
const SERIES: &str = "series";

/// "The eighth Asia-Pacific Urban Forum (APUF-8) … you remember APUF-7": the short form with another number is another
/// edition.
fn numbered(scene: &Scene<'_>, rules: &RuleSet, mentions: &mut Mentions, introduced: &[(Vec<&str>, usize, Type)]) {
    let text = scene.text;
    let small = |i: usize| text.shape(i).has(Shape::NUMBER) && text.word(i).len() <= 2;
    let mut found = Vec::new();
    for (words, rule, ty) in introduced {
        let var =
            |name: &str| rules.mentions[*rule].info.var_names.iter().position(|n| n == name).map(|n| Var(n as u8));
        let (Some(ordinal), Some(series)) = (var(ORDINAL), var(SERIES)) else { continue };
        let letters = match &words[..] {
            [letters, number] | [letters, "-", number] if number.len() <= 2 && number.parse::<u8>().is_ok() => *letters,
            _ => continue,
        };
        for at in 0..text.tokens.len() {
            if text.word(at) != letters || !text.shape(at).has(Shape::UPPER) {
                continue;
            }
            let hyphen = at + 1 < text.tokens.len() && text.word(at + 1) == "-";
            let number = at + 1 + usize::from(hyphen);
            let tokens = at..number + 1;
            if number < text.tokens.len()
                && small(number)
                && free(mentions, rules, &tokens)
                && mentions.starting_at(at).all(|(_, m)| !matches!(m.ty, Type::Class(_)))
            {
                found.push((tokens, *rule, *ty, vec![(series, at..at + 1), (ordinal, number..number + 1)]));
            }
        }
    }
    for (tokens, rule, ty, mut captures) in found {
        captures.sort_by_key(|(var, _)| *var);
        mentions.push(Mention {
            ty,
            name: tokens.clone(),
            tokens,
            finder: Finder::Rule(rule),
            captures,
            value: None,
            anaphor: false,
            inner: false,
        });
    }
}

/// Captured words that a template makes the object of a relation between things are mentions themselves: the series in
/// the name of an edition. They stand inside the longer name.
pub(super) fn parts(rules: &RuleSet, ontology: &Ontology, mentions: &mut Mentions) {
    for index in 0..mentions.len() {
        let whole = MentionId(index as u32);
        let Finder::Rule(rule) = mentions.get(whole).finder else { continue };
        for template in &rules.mentions[rule].info.then {
            let Object::Var(var, _) = template.object else { continue };
            if let Some(part) = part(template.relation, var, ontology, mentions, whole) {
                mentions.push(part);
            }
        }
    }
}

fn part(
    relation: crate::ontology::RelationId,
    var: Var,
    ontology: &Ontology,
    mentions: &Mentions,
    whole: MentionId,
) -> Option<Mention> {
    if var == Var::THIS {
        return None;
    }
    let ObjectRange::Things(classes) = &ontology[relation].range else { return None };
    let class = classes.iter().next()?;
    let tokens = mentions.get(whole).captures.iter().find(|(v, _)| *v == var)?.1.clone();
    Some(Mention {
        ty: Type::Class(class),
        name: tokens.clone(),
        tokens,
        finder: Finder::Part(whole),
        captures: Vec::new(),
        value: None,
        anaphor: false,
        inner: true,
    })
}
