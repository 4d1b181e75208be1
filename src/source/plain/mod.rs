//! Plain text: press releases copied from the web, calls for papers from mailing lists, saved mails.
//!
//! White space is all the markup there is. [`lines`] looks at lines, [`layout`] puts wrapped ones together, [`shape`](super::shape)
//! tells what a logical line is; this file decides with an eye on the neighbours.

mod header;
mod hyphen;
mod layout;
mod lines;
mod reply;
mod title;

use super::announcement::BlockKind;
use super::builder::Builder;
use super::decode::Decoded;
use super::shape;
use super::words::is_kind_of_text;
use hyphen::Hyphens;
use layout::Unit;
use lines::Line;

/// Lines below the signature mark, at most; a mark with more behind it is a ruler.
const SIGNATURE_LINES: usize = 20;

/// Reads a plain text.
pub(super) fn build<'a>(decoded: &'a Decoded<'a>) -> Builder<'a> {
    let mut builder = Builder::new(decoded);
    let from = header::read(&decoded.text, &mut builder);
    let mut lines = lines::lines(&decoded.text, from);
    cut_signature(&decoded.text, &mut lines);
    title::unbox(&decoded.text, &mut lines);
    emit(&decoded.text, &layout::units(&decoded.text, &lines), &mut builder);
    builder
}

/// Reads the body of a mail, below its subject.
pub(super) fn build_mail<'a>(decoded: &'a Decoded<'a>, subject: Option<&'a Decoded<'a>>) -> Builder<'a> {
    let mut builder = Builder::new(decoded);
    if let Some(subject) = subject {
        builder.headline(subject);
    }
    let mut lines = lines::lines(&decoded.text, 0);
    cut_signature(&decoded.text, &mut lines);
    let mut lines = reply::cut(&decoded.text, lines);
    title::unbox(&decoded.text, &mut lines);
    emit(&decoded.text, &layout::units(&decoded.text, &lines), &mut builder);
    builder
}

/// Cuts off what stands below a line `-- `.
fn cut_signature(text: &str, lines: &mut Vec<Line>) {
    let written = |line: &&Line| !line.is_blank();
    let mark = lines.iter().rposition(|line| line.words(text) == "--" && line.indent == 0);
    if let Some(at) = mark
        && lines[at + 1..].iter().filter(written).count() <= SIGNATURE_LINES
        && lines[..at].iter().any(|line| !line.is_blank())
    {
        lines.truncate(at);
    }
}

/// What the units so far have been, for deciding on the next.
struct State {
    headline: bool,
    /// How many units of running text there were.
    running: usize,
    /// Whether a line has said that this is a call for something.
    call: bool,
    /// Indents of the open list levels.
    levels: Vec<usize>,
    /// Group of the last line, and whether it was written as part of a paragraph.
    last: Option<(usize, bool)>,
}

fn emit(text: &str, units: &[Unit], builder: &mut Builder<'_>) {
    let mut words = Hyphens::default();
    let mut state = State { headline: false, call: false, running: 0, levels: Vec::new(), last: None };
    let mut i = 0;
    while i < units.len() {
        let unit = &units[i];
        let kind = kind_of(text, units, i, &mut state);
        let line = kind == BlockKind::Paragraph && is_short(unit);
        if line && state.last == Some((unit.group, true)) {
            builder.separate('\n');
        } else {
            builder.open(kind);
        }
        write(text, unit, &mut words, builder);
        state.last = Some((unit.group, line));
        if !matches!(kind, BlockKind::ListItem(_)) {
            state.levels.clear();
        }
        i += 1;
        if kind == BlockKind::Field {
            // A label whose value stands on the next line, and more lines under the first of the value.
            if let Some(value) = units.get(i).filter(|value| value_below(text, unit, value)) {
                builder.separate(' ');
                write(text, value, &mut words, builder);
                i += 1;
            }
            let column = value_column(text, unit);
            while let Some(more) = units.get(i).filter(|more| is_more_value(text, unit, more, column)) {
                builder.separate('\n');
                write(text, more, &mut words, builder);
                i += 1;
            }
        }
    }
    builder.close();
}

/// The column at which the value of a field begins.
fn value_column(text: &str, unit: &Unit) -> usize {
    let Some(first) = unit.parts.first() else { return usize::MAX };
    let words = &text[first.clone()];
    let at = match unit.columns.get(1) {
        Some(value) => value.start - first.start,
        None => shape::label_end(words)
            .map_or(words.len(), |colon| colon + 1 + words[colon + 1..].len() - words[colon + 1..].trim_start().len()),
    };
    unit.indent + words.get(..at).map_or(at, |label| label.chars().count())
}

/// True if `more` goes on with the value of the field `unit` on a line of its own.
fn is_more_value(text: &str, unit: &Unit, more: &Unit, column: usize) -> bool {
    let words = more.words(text);
    more.group == unit.group
        && more.indent + 2 >= column
        && more.indent >= unit.indent + 4
        && !more.item
        && is_short(more)
        && shape::label_end(&words).is_none()
}

fn write(text: &str, unit: &Unit, words: &mut Hyphens, builder: &mut Builder<'_>) {
    if unit.columns.len() > 1 {
        for (i, cell) in unit.columns.iter().enumerate() {
            if i > 0 {
                let colon = text[unit.columns[i - 1].clone()].ends_with(':') || text[cell.clone()].starts_with(':');
                builder.separate(if colon { ' ' } else { '\t' });
            }
            builder.add(cell.clone());
        }
        return;
    }
    for (i, part) in unit.parts.iter().enumerate() {
        let divided = |above: &str| above.strip_suffix('-').is_some_and(|word| word.ends_with(char::is_alphabetic));
        if i > 0 && !divided(&text[unit.parts[i - 1].clone()]) {
            builder.separate(' ');
        }
        let cut = unit.parts.get(i + 1).is_some_and(|below| words.cuts(text, part, below));
        builder.add(part.start..part.end - usize::from(cut));
    }
}

fn kind_of(text: &str, units: &[Unit], i: usize, state: &mut State) -> BlockKind {
    let unit = &units[i];
    if !is_short(unit) {
        state.running += 1;
        return if unit.item { item(unit, state) } else { BlockKind::Paragraph };
    }
    let words = unit.words(text);
    let leading = state.running == 0;
    state.call |= is_call(&words);
    if shape::is_caption(&words) {
        return BlockKind::Caption;
    }
    if unit.item && !numbered_heading(text, units, i) {
        return item(unit, state);
    }
    if leading && shape::is_dateline(&words) && unit.columns.is_empty() && dates_the_text(unit, &words, state) {
        return BlockKind::Dateline;
    }
    let following = units.get(i + 1);
    let dated = || following.is_some_and(|f| f.group == unit.group && shape::has_date(&f.words(text)));
    if !state.headline && (leading || state.running <= 2 && dated()) && is_headline(text, unit, following, &words) {
        state.headline = true;
        return BlockKind::Headline;
    }
    if leading && is_kind_of_text(&words) {
        return BlockKind::Paragraph;
    }
    if let Some(level) = unit.underlined {
        return BlockKind::Heading(level);
    }
    if is_field(text, unit, following, &words) {
        return BlockKind::Field;
    }
    if is_heading(text, units, i, &words, leading) {
        return BlockKind::Heading(2);
    }
    state.running += usize::from(words.len() > 100 && shape::ends_sentence(&words));
    BlockKind::Paragraph
}

/// In the title of a call, centred, directly under other lines or below "Call for Papers", a date is that of the event.
fn dates_the_text(unit: &Unit, words: &str, state: &State) -> bool {
    let in_title = unit.indent >= 8 || unit.wrapped && state.last == Some((unit.group, true));
    let stated = words.split_whitespace().next().is_some_and(shape::dates_text);
    !in_title && !shape::is_capitals(words) && (stated || !state.call)
}

/// "Call for Papers", "2nd CFP": a date in the lines below is that of the event.
fn is_call(words: &str) -> bool {
    let lower = words.to_lowercase();
    lower.len() <= 100 && (lower.contains("call for ") || lower.split_whitespace().any(|w| w == "cfp" || w == "cfp:"))
}

fn is_headline(text: &str, unit: &Unit, following: Option<&Unit>, words: &str) -> bool {
    let field = shape::label_end(words).is_some();
    let dated = shape::label_end(words).is_some_and(|at| shape::only_date(&words[at + 1..]));
    let fields_follow = following.is_some_and(|f| f.group == unit.group && shape::label_end(&f.words(text)).is_some());
    shape::is_title(words)
        && !dated
        && unit.columns.is_empty()
        && !(field && (fields_follow || words.trim_end().ends_with(':')))
}

/// A list item; the level comes from the indents of the list so far.
fn item(unit: &Unit, state: &mut State) -> BlockKind {
    while state.levels.last().is_some_and(|indent| *indent > unit.indent) {
        state.levels.pop();
    }
    if state.levels.last() != Some(&unit.indent) {
        state.levels.push(unit.indent);
    }
    BlockKind::ListItem(state.levels.len().min(255) as u8)
}

/// Short enough to be a title, a field or an entry.
fn is_short(unit: &Unit) -> bool {
    unit.len() <= 240 && unit.parts.len() <= 3
}

fn is_field(text: &str, unit: &Unit, following: Option<&Unit>, words: &str) -> bool {
    if unit.columns.len() == 2 {
        let [label, value] = [&text[unit.columns[0].clone()], &text[unit.columns[1].clone()]];
        return label.ends_with(':') || shape::has_date(label) || shape::has_date(value);
    }
    match shape::label_end(words) {
        Some(colon) if words[colon + 1..].trim().is_empty() => following.is_some_and(|f| value_below(text, unit, f)),
        Some(_) => unit.columns.is_empty() || unit.columns.len() == 2,
        None => false,
    }
}

/// True if `below` is the value of the label `unit`: a short line of the same group, further in, with a date.
fn value_below(text: &str, unit: &Unit, below: &Unit) -> bool {
    let label = unit.words(text);
    label.trim_end().ends_with(':')
        && shape::label_end(&label).is_some()
        && unit.group == below.group
        && !below.item
        && below.len() <= 100
        && (below.indent > unit.indent && shape::has_date(&below.words(text)) || shape::is_address(&below.words(text)))
}

/// `1. Introduction` with running text, not with `2. …`, below it.
fn numbered_heading(text: &str, units: &[Unit], i: usize) -> bool {
    let unit = &units[i];
    let marked = unit.parts.first().is_some_and(|p| text[..p.start].trim_end().ends_with('.'));
    let capitals = shape::is_capitals(&unit.words(text));
    let alone = units.get(i + 1).is_some_and(|n| n.group != unit.group && !n.item && (capitals || !is_short(n)));
    let before = i == 0 || units[i - 1].group != unit.group;
    marked && alone && before && shape::is_section_name(&unit.words(text))
}

fn is_heading(text: &str, units: &[Unit], i: usize, words: &str, leading: bool) -> bool {
    let unit = &units[i];
    let Some(next) = units.get(i + 1) else { return false };
    if !unit.columns.is_empty() || !shape::is_section_name(words) {
        return false;
    }
    let same_group = next.group == unit.group;
    let first_of_group = i == 0 || units[i - 1].group != unit.group;
    let alone = first_of_group && !same_group;
    let many = words.split_whitespace().count();
    let lead = words.ends_with(':');
    let below = next.words(text);
    if shape::is_capitals(words) {
        let about = same_group && (!leading || !is_short(next)) && !shape::is_capitals(&below);
        return (many >= 2 || words.len() >= 5) && (alone || about && !words.contains(','));
    }
    if alone {
        return !(lead && many > 6) && (lead || next.item || next.len() > unit.len());
    }
    let capitalised = words.split_whitespace().all(|w| w.len() <= 3 || !w.starts_with(char::is_lowercase));
    let body = next.item || next.len() >= 100 || shape::has_date(&below) && !leading || next.columns.len() > 1;
    same_group && many <= 6 && (capitalised || lead || many <= 2) && body && !words.contains(',')
}
