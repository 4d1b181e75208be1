//! From the operators of a page to its glyphs, each with its place on the page and in the content stream.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::font::Font;
use super::lexer::{Lexer, Token};
use super::matrix::Matrix;

/// How deep forms may lie in forms.
const DEEPEST: usize = 8;
/// The most operands before an operator that are kept.
const OPERANDS: usize = 1 << 16;

/// A glyph, or several that one code stands for.
#[derive(Clone, Debug)]
pub struct Glyph {
    /// What it stands for; never empty.
    pub words: String,
    /// Where its origin lies on the page, in points from the lower left.
    pub x: f32,
    /// See `x`.
    pub y: f32,
    /// How far it reaches to the right.
    pub width: f32,
    /// The size of the font on the page.
    pub size: f32,
    /// Where its code stands in the [`Contents`].
    pub bytes: Range<usize>,
}

/// The content streams of a document, decoded, one behind the other in the order in which pages use them: what the
/// offsets of passages count in.
#[derive(Default)]
pub struct Contents {
    /// The bytes.
    pub bytes: Vec<u8>,
    known: BTreeMap<ObjectId, Range<usize>>,
}

impl Contents {
    /// A content stream, decoded when it is first used. None if it cannot be, or all of them are more than `limit` bytes.
    fn stream(&mut self, document: &Document, id: ObjectId, limit: usize) -> Option<Range<usize>> {
        if let Some(range) = self.known.get(&id) {
            return Some(range.clone());
        }
        let stream = document.get_object(id).and_then(Object::as_stream).ok()?;
        let left = limit.saturating_sub(self.bytes.len());
        let content = stream.get_plain_content_with_limit(left).ok()?;
        let start = self.bytes.len();
        self.bytes.extend_from_slice(&content);
        // Streams of one page go on where the one before it ended, and may cut between two words.
        self.bytes.push(b'\n');
        self.known.insert(id, start..self.bytes.len());
        Some(start..self.bytes.len())
    }
}

/// Reads pages.
pub struct Interpreter<'d> {
    document: &'d Document,
    /// All content streams so far.
    pub contents: Contents,
    limit: usize,
    /// How many tokens may still be read.
    steps: usize,
    fonts: BTreeMap<ObjectId, Rc<Font>>,
    glyphs: Vec<Glyph>,
}

/// What `q` saves and `Q` brings back.
#[derive(Clone)]
struct Graphics {
    place: Matrix,
    font: Option<Rc<Font>>,
    size: f32,
    character_space: f32,
    word_space: f32,
    scale: f32,
    leading: f32,
    rise: f32,
}

impl<'d> Interpreter<'d> {
    /// At most `limit` bytes of content streams are read, and so many tokens.
    pub fn new(document: &'d Document, limit: usize) -> Interpreter<'d> {
        let (contents, fonts) = (Contents::default(), BTreeMap::new());
        Interpreter { document, contents, limit, steps: limit, fonts, glyphs: Vec::new() }
    }

    /// The glyphs of a page, in the order of its streams, upright; and how wide and high the page is.
    pub fn page(&mut self, id: ObjectId) -> Option<(Vec<Glyph>, [f32; 2])> {
        let page = self.document.get_dictionary(id).ok()?;
        let corners: Vec<f32> = match inherited(self.document, page, b"MediaBox")? {
            Object::Array(list) => {
                list.iter().filter_map(|n| self.document.dereference(n).ok()?.1.as_float().ok()).collect()
            }
            _ => return None,
        };
        let [left, bottom, right, top] = corners[..] else { return None };
        let (width, height) = ((right - left).abs(), (top - bottom).abs());
        let turned = inherited(self.document, page, b"Rotate").and_then(|turn| turn.as_i64().ok()).unwrap_or(0);
        let upright = Matrix::shift(-left.min(right), -bottom.min(top)).then(&Matrix::turn(turned, width, height));
        let resources = inherited(self.document, page, b"Resources").and_then(|found| found.as_dict().ok());
        let mut tokens_of = Vec::new();
        for stream in self.document.get_page_contents(id) {
            tokens_of.extend(self.contents.stream(self.document, stream, self.limit));
        }
        let graphics = Graphics {
            place: upright,
            font: None,
            size: 0.0,
            character_space: 0.0,
            word_space: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        // Streams that were used before do not follow each other; then each is read by itself.
        let joined = tokens_of.windows(2).all(|pair| pair[0].end == pair[1].start);
        let ranges = match (tokens_of.first(), tokens_of.last()) {
            (Some(first), Some(last)) if joined => vec![first.start..last.end],
            _ => tokens_of,
        };
        for range in ranges {
            self.run(range, resources, graphics.clone(), 0);
        }
        let size = if turned.rem_euclid(180) == 90 { [height, width] } else { [width, height] };
        Some((std::mem::take(&mut self.glyphs), size))
    }

    fn run(&mut self, range: Range<usize>, resources: Option<&'d Dictionary>, graphics: Graphics, depth: usize) {
        let bytes = self.contents.bytes[range.clone()].to_vec();
        let mut lexer = Lexer::new(&bytes);
        let mut run = Run {
            base: range.start,
            resources,
            saved: Vec::new(),
            graphics,
            text: Matrix::default(),
            line: Matrix::default(),
            artifacts: Vec::new(),
        };
        let mut operands: Vec<Token> = Vec::new();
        while let Some(token) = lexer.next() {
            if self.steps == 0 {
                return;
            }
            self.steps -= 1;
            match token {
                Token::Word(word) => {
                    if word == b"ID" {
                        lexer.skip_picture();
                    } else {
                        self.operate(&word, &operands, &mut run, depth);
                    }
                    operands.clear();
                }
                other if operands.len() < OPERANDS => operands.push(other),
                _ => {}
            }
        }
    }

    fn operate(&mut self, operator: &[u8], operands: &[Token], run: &mut Run<'d>, depth: usize) {
        let number = |at: usize| match operands.get(at) {
            Some(Token::Number(number)) => *number,
            _ => 0.0,
        };
        let matrix = || Matrix(std::array::from_fn(number));
        match operator {
            b"q" if run.saved.len() < 256 => run.saved.push(run.graphics.clone()),
            b"Q" => {
                if let Some(saved) = run.saved.pop() {
                    run.graphics = saved;
                }
            }
            b"cm" => run.graphics.place = matrix().then(&run.graphics.place),
            b"BT" => (run.text, run.line) = (Matrix::default(), Matrix::default()),
            b"Tf" => {
                if let Some(Token::Name(name)) = operands.first() {
                    run.graphics.font = self.font(run.resources, name);
                }
                run.graphics.size = number(1);
            }
            b"Tc" => run.graphics.character_space = number(0),
            b"Tw" => run.graphics.word_space = number(0),
            b"Tz" => run.graphics.scale = number(0) / 100.0,
            b"TL" => run.graphics.leading = number(0),
            b"Ts" => run.graphics.rise = number(0),
            b"Td" => run.next_line(number(0), number(1)),
            b"TD" => {
                run.graphics.leading = -number(1);
                run.next_line(number(0), number(1));
            }
            b"Tm" => (run.text, run.line) = (matrix(), matrix()),
            b"T*" => run.next_line(0.0, -run.graphics.leading),
            b"Tj" => self.show(operands.first(), run),
            b"'" => {
                run.next_line(0.0, -run.graphics.leading);
                self.show(operands.first(), run);
            }
            b"\"" => {
                (run.graphics.word_space, run.graphics.character_space) = (number(0), number(1));
                run.next_line(0.0, -run.graphics.leading);
                self.show(operands.get(2), run);
            }
            b"TJ" => {
                for operand in operands {
                    match operand {
                        Token::Number(back) => {
                            let by = -back / 1000.0 * run.graphics.size * run.graphics.scale;
                            run.text = Matrix::shift(by, 0.0).then(&run.text);
                        }
                        string => self.show(Some(string), run),
                    }
                }
            }
            b"BMC" | b"BDC" => run.artifacts.push(operands.first() == Some(&Token::Name(b"Artifact".to_vec()))),
            b"EMC" => drop(run.artifacts.pop()),
            b"Do" => {
                if let Some(Token::Name(name)) = operands.first() {
                    self.form(name, run, depth);
                }
            }
            _ => {}
        }
    }

    /// Draws a form, which is a content stream of its own.
    fn form(&mut self, name: &[u8], run: &Run<'d>, depth: usize) {
        let document = self.document;
        let reference = run.resources.and_then(|resources| {
            resources.get_deref(b"XObject", document).ok()?.as_dict().ok()?.get(name).ok()?.as_reference().ok()
        });
        let Some(id) = reference.filter(|_| depth < DEEPEST && !run.is_artifact()) else { return };
        let Ok(stream) = document.get_object(id).and_then(Object::as_stream) else { return };
        if stream.dict.get(b"Subtype").and_then(Object::as_name).ok() != Some(b"Form") {
            return;
        }
        let Some(range) = self.contents.stream(document, id, self.limit) else { return };
        let mut graphics = run.graphics.clone();
        if let Ok(list) = stream.dict.get_deref(b"Matrix", document).and_then(Object::as_array)
            && list.len() == 6
        {
            let own = Matrix(std::array::from_fn(|at| list[at].as_float().unwrap_or(0.0)));
            graphics.place = own.then(&graphics.place);
        }
        let own = stream.dict.get_deref(b"Resources", document).and_then(Object::as_dict).ok();
        self.run(range, own.or(run.resources), graphics, depth + 1);
    }

    fn font(&mut self, resources: Option<&'d Dictionary>, name: &[u8]) -> Option<Rc<Font>> {
        let document = self.document;
        let fonts = resources?.get_deref(b"Font", document).ok()?.as_dict().ok()?;
        let id = fonts.get(name).ok()?.as_reference().ok();
        if let Some(font) = id.and_then(|id| self.fonts.get(&id)) {
            return Some(Rc::clone(font));
        }
        let font = Rc::new(Font::new(fonts.get_deref(name, document).ok()?.as_dict().ok()?, document));
        if let Some(id) = id {
            self.fonts.insert(id, Rc::clone(&font));
        }
        Some(font)
    }

    fn show(&mut self, string: Option<&Token>, run: &mut Run<'d>) {
        let Some(Token::String(bytes, places)) = string else { return };
        let Some(font) = run.graphics.font.clone() else { return };
        let graphics = &run.graphics;
        for (code, places) in bytes.chunks(font.width).zip(places.chunks(font.width)) {
            let value = code.iter().fold(0u32, |value, byte| value << 8 | u32::from(*byte));
            let words = font.words(value);
            let wide = font.advance(value, &words) / 1000.0 * graphics.size;
            let blank = if code == b" " { graphics.word_space } else { 0.0 };
            let advance = (wide + graphics.character_space + blank) * graphics.scale;
            let on_page = Matrix::shift(0.0, graphics.rise).then(&run.text).then(&graphics.place);
            let size = graphics.size.abs() * on_page.height();
            if !words.is_empty() && on_page.is_upright() && size > 0.5 && !run.is_artifact() {
                let [x, y] = on_page.origin();
                let start = places.first().map_or(0, |place| place.start);
                let end = places.last().map_or(start, |place| place.end);
                self.glyphs.push(Glyph {
                    words,
                    x,
                    y,
                    width: wide * graphics.scale * on_page.width(),
                    size,
                    bytes: run.base + start..run.base + end,
                });
            }
            run.text = Matrix::shift(advance, 0.0).then(&run.text);
        }
    }
}

/// A content stream that is being read.
struct Run<'d> {
    /// Where it begins in the contents.
    base: usize,
    resources: Option<&'d Dictionary>,
    saved: Vec<Graphics>,
    graphics: Graphics,
    text: Matrix,
    line: Matrix,
    /// For each open piece of marked content whether it is an artifact: a running head, a page number, a line.
    artifacts: Vec<bool>,
}

impl Run<'_> {
    fn next_line(&mut self, x: f32, y: f32) {
        self.line = Matrix::shift(x, y).then(&self.line);
        self.text = self.line;
    }

    fn is_artifact(&self) -> bool {
        self.artifacts.contains(&true)
    }
}

/// A value of a page, or of what the page lies in.
fn inherited<'d>(document: &'d Document, page: &'d Dictionary, key: &[u8]) -> Option<&'d Object> {
    let mut node = page;
    for _ in 0..32 {
        if let Ok(value) = node.get_deref(key, document) {
            return Some(value);
        }
        node = node.get_deref(b"Parent", document).ok()?.as_dict().ok()?;
    }
    None
}
