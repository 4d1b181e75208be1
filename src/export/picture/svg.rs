//! SVG, laid out here: for those who have no Graphviz.
//!
//! A box is as large as its text may get in any usual font; edges are straight and end at the boxes. Boxes link to their
//! IRIs and show their facts where the pointer rests on them. Coordinates are whole pixels.

use std::io::{self, Write};

use super::{
    label::html,
    layout::{Half, layout},
    scene::{Edge, Node, Scene},
};

/// The first of these that is there; it is the one that PNG is drawn with.
pub(super) const FONT: &str = "DejaVu Sans";
const SIZE: i64 = 11;
/// From line to line.
const LINE: i64 = 14;
/// Around the picture.
const MARGIN: i64 = 24;
/// Height of the legend, and of a note below it.
const LEGEND: i64 = 44;
const NOTE: i64 = 20;

/// Writes the picture.
pub(super) fn write(scene: &Scene, out: &mut dyn Write) -> io::Result<()> {
    let halves: Vec<Half> = scene.nodes.iter().map(half).collect();
    let edges: Vec<(usize, usize)> = scene.edges.iter().map(|edge| (edge.from, edge.to)).collect();
    let (places, size) = layout(&halves, &edges);
    let legend: i64 = scene.styles.iter().map(|style| width(style.name) + 26).sum();
    let note = scene.note.as_deref().unwrap_or_default();
    let wide = (size[0].ceil() as i64).max(legend).max(width(note)) + 2 * MARGIN;
    let foot = size[1].ceil() as i64 + MARGIN;
    let high = foot + LEGEND + if note.is_empty() { 0 } else { NOTE } + MARGIN;
    writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{wide}\" height=\"{high}\" viewBox=\"0 0 {wide} {high}\" \
         font-family=\"{FONT}, Verdana, Helvetica, Arial, sans-serif\" font-size=\"{SIZE}\" text-anchor=\"middle\">"
    )?;
    writeln!(out, "<rect width=\"{wide}\" height=\"{high}\" fill=\"white\"/>")?;
    let at = |node: usize| [places[node][0] + MARGIN as f64, places[node][1] + MARGIN as f64];
    let ends: Vec<_> = scene.edges.iter().map(|edge| ends(edge, &at, &halves, scene)).collect();
    for (edge, ends) in scene.edges.iter().zip(&ends) {
        line(edge, ends, out)?;
    }
    for (index, shown) in scene.nodes.iter().enumerate() {
        node(shown, at(index), halves[index], out)?;
    }
    // Words last, so that no box hides them.
    for (edge, ends) in scene.edges.iter().zip(&ends) {
        said(edge, ends, out)?;
    }
    let mut x = MARGIN;
    for style in &scene.styles {
        let (wide, y) = (width(style.name) + 16, foot + 12);
        shape(style.shape == "ellipse", style.style, [style.fill, style.line], [x, y, wide, 22], 1, out)?;
        writeln!(out, "<text x=\"{}\" y=\"{}\">{}</text>", x + wide / 2, y + 15, html(style.name))?;
        x += wide + 10;
    }
    if !note.is_empty() {
        let y = foot + LEGEND + 12;
        writeln!(out, "<text x=\"{MARGIN}\" y=\"{y}\" text-anchor=\"start\" fill=\"#555555\">{}</text>", html(note))?;
    }
    writeln!(out, "</svg>")
}

/// Pixels that a line of text takes at most: letters of wide scripts are squares.
fn width(text: &str) -> i64 {
    let tenths: i64 = text
        .chars()
        .map(|c| {
            if c >= '\u{1100}' {
                115
            } else if c.is_uppercase() {
                80
            } else {
                66
            }
        })
        .sum();
    tenths / 10
}

fn is_round(node: &Node) -> bool {
    !node.is_list && node.style.is_some_and(|style| style.shape == "ellipse")
}

fn half(node: &Node) -> Half {
    let wide = node.lines.iter().map(|line| width(line)).max().unwrap_or_default() + 18;
    let high = LINE * node.lines.len() as i64 + 12;
    // An ellipse around a box.
    let (wide, high) = if is_round(node) { (wide * 5 / 4, high * 13 / 10) } else { (wide, high) };
    [wide as f64 / 2.0, high as f64 / 2.0]
}

/// Where an edge leaves its first box, and where it meets its second.
type Ends = [[f64; 2]; 2];

fn ends(edge: &Edge, at: &dyn Fn(usize) -> [f64; 2], halves: &[Half], scene: &Scene) -> Ends {
    let (from, to) = (at(edge.from), at(edge.to));
    let border = |centre: [f64; 2], other: [f64; 2], node: usize| {
        let (d, half) = ([other[0] - centre[0], other[1] - centre[1]], halves[node]);
        let (x, y) = (d[0].abs() / half[0], d[1].abs() / half[1]);
        let length = if is_round(&scene.nodes[node]) { (x * x + y * y).sqrt() } else { x.max(y) };
        let part = if length > 1.0 { 1.0 / length } else { 1.0 };
        [centre[0] + d[0] * part, centre[1] + d[1] * part]
    };
    [border(from, to, edge.from), border(to, from, edge.to)]
}

fn line(edge: &Edge, [from, to]: &Ends, out: &mut dyn Write) -> io::Result<()> {
    let [x1, y1, x2, y2] = [from[0], from[1], to[0], to[1]].map(|c| c.round() as i64);
    let dots = if edge.words.is_empty() { " stroke-dasharray=\"2 3\"" } else { "" };
    let colour = edge.colour;
    writeln!(out, "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" stroke=\"{colour}\"{dots}/>")?;
    let d = [to[0] - from[0], to[1] - from[1]];
    let length = (d[0] * d[0] + d[1] * d[1]).sqrt();
    if edge.words.is_empty() || length < 1.0 {
        return Ok(());
    }
    // The head of the arrow: back from the tip, and to both sides.
    let [x, y] = d.map(|part| part / length);
    let corner = |side: f64| [to[0] - 8.0 * x + side * y, to[1] - 8.0 * y - side * x].map(|c| c.round() as i64);
    let ([ax, ay], [bx, by]) = (corner(3.0), corner(-3.0));
    writeln!(out, "<path d=\"M{x2} {y2}L{ax} {ay}L{bx} {by}Z\" fill=\"{colour}\"/>")
}

fn said(edge: &Edge, [from, to]: &Ends, out: &mut dyn Write) -> io::Result<()> {
    if edge.words.is_empty() {
        return Ok(());
    }
    let [x, y] = std::array::from_fn(|axis| ((from[axis] + to[axis]) / 2.0).round() as i64);
    writeln!(
        out,
        "<text x=\"{x}\" y=\"{}\" font-size=\"9\" fill=\"{}\" stroke=\"white\" stroke-width=\"3\" paint-order=\"stroke\">{}</text>",
        y + 3,
        edge.colour,
        html(&edge.words.join(", "))
    )
}

fn node(node: &Node, centre: [f64; 2], half: Half, out: &mut dyn Write) -> io::Result<()> {
    let [x, y] = centre.map(|c| c.round() as i64);
    let [wide, high] = half.map(|h| (2.0 * h).round() as i64);
    if let Some(link) = &node.link {
        write!(out, "<a href=\"{}\">", html(link))?;
    }
    writeln!(out, "<g><title>{}</title>", html(&node.tooltip))?;
    if let Some(style) = node.style {
        let frame = [x - wide / 2, y - high / 2, wide, high];
        let stroke = if node.is_centre { 4 } else { 1 };
        shape(is_round(node), style.style, [style.fill, style.line], frame, stroke, out)?;
        if node.is_list {
            let inner = [frame[0] + 3, frame[1] + 3, wide - 6, high - 6];
            shape(false, style.style, ["none", style.line], inner, 1, out)?;
        }
    }
    let colour = if node.style.is_some() { "black" } else { "#666666" };
    let top = y - LINE * node.lines.len() as i64 / 2 + 11;
    for (line, text) in (0_i64..).zip(&node.lines) {
        writeln!(out, "<text x=\"{x}\" y=\"{}\" fill=\"{colour}\">{}</text>", top + LINE * line, html(text))?;
    }
    writeln!(out, "</g>{}", if node.link.is_some() { "</a>" } else { "" })
}

/// A box or an ellipse: `[x, y, width, height]`.
fn shape(
    is_round: bool,
    style: &str,
    [fill, line]: [&str; 2],
    [x, y, wide, high]: [i64; 4],
    stroke: i64,
    out: &mut dyn Write,
) -> io::Result<()> {
    let stroke = if style.contains("bold") { stroke + 1 } else { stroke };
    let dashes = if style.contains("dashed") { " stroke-dasharray=\"5 3\"" } else { "" };
    let paint = format!("fill=\"{fill}\" stroke=\"{line}\" stroke-width=\"{stroke}\"{dashes}");
    if is_round {
        let (rx, ry) = (wide / 2, high / 2);
        return writeln!(out, "<ellipse cx=\"{}\" cy=\"{}\" rx=\"{rx}\" ry=\"{ry}\" {paint}/>", x + rx, y + ry);
    }
    let corner = if style.contains("rounded") { 8 } else { 0 };
    writeln!(out, "<rect x=\"{x}\" y=\"{y}\" width=\"{wide}\" height=\"{high}\" rx=\"{corner}\" {paint}/>")
}
