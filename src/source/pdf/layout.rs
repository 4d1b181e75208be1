//! From glyphs to lines in reading order.
//!
//! Glyphs that follow each other on one baseline make a segment; segments make regions by cutting the page along white
//! gutters and gaps (the XY-cut of Nagy and Seth), so that columns are read one after the other; a region is read line by
//! line.

use super::interpret::Glyph;

/// A line of a region.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its segments from left to right; more than one where there are wide gaps.
    pub segments: Vec<Segment>,
    /// True if it begins something new: there is more room above it than between lines, or its letters have another size.
    pub apart: bool,
    /// How far it is indented in its region, in halves of the size of its letters.
    pub indent: usize,
}

/// Glyphs that follow each other.
#[derive(Clone, Debug)]
pub struct Segment {
    /// The glyphs from left to right.
    pub glyphs: Vec<Glyph>,
    left: f32,
    right: f32,
    /// The baseline.
    pub y: f32,
    /// The size of most of its letters.
    size: f32,
}

impl Line {
    /// The baseline.
    pub fn y(&self) -> f32 {
        self.segments.first().map_or(0.0, |segment| segment.y)
    }

    /// The size of most of its letters.
    pub fn size(&self) -> f32 {
        self.segments.first().map_or(0.0, |segment| segment.size)
    }

    /// The words.
    pub fn words(&self) -> String {
        let glyphs = self.segments.iter().flat_map(|segment| segment.glyphs.iter());
        glyphs.map(|glyph| glyph.words.as_str()).collect()
    }
}

/// The lines of a page, in reading order.
pub fn lines(glyphs: Vec<Glyph>) -> Vec<Line> {
    let mut out = Vec::new();
    for region in regions(segments(glyphs), 0) {
        out.extend(region_lines(region));
    }
    out
}

fn segments(glyphs: Vec<Glyph>) -> Vec<Segment> {
    let mut out: Vec<Segment> = Vec::new();
    for glyph in glyphs {
        if let Some(last) = out.last_mut()
            && last.takes(&glyph)
        {
            // Some programs print bold letters twice.
            let again = last
                .glyphs
                .iter()
                .rev()
                .take(3)
                .any(|old| old.words == glyph.words && (old.x - glyph.x).abs() < 0.1 * glyph.size);
            if !again {
                last.right = last.right.max(glyph.x + glyph.width);
                last.glyphs.push(glyph);
            }
            continue;
        }
        let (left, y, size) = (glyph.x, glyph.y, glyph.size);
        out.push(Segment { right: glyph.x + glyph.width, glyphs: vec![glyph], left, y, size });
    }
    out.retain(|segment| segment.glyphs.iter().any(|glyph| !glyph.words.trim().is_empty()));
    for segment in &mut out {
        let mut sizes: Vec<f32> = segment.glyphs.iter().map(|glyph| glyph.size).collect();
        segment.size = median(&mut sizes);
    }
    out
}

impl Segment {
    /// True if a glyph goes on with it: on its line (or a little above or below: 2nd, H2O), and not far away.
    fn takes(&self, glyph: &Glyph) -> bool {
        let size = self.size.max(glyph.size);
        let gap = glyph.x - self.right;
        (glyph.y - self.y).abs() < 0.45 * size && gap > -0.6 * size && gap < 1.2 * size
    }

    fn top(&self) -> f32 {
        self.y + 0.75 * self.size
    }

    fn bottom(&self) -> f32 {
        self.y - 0.25 * self.size
    }

    fn letters(&self) -> usize {
        self.glyphs.len()
    }
}

fn median(numbers: &mut [f32]) -> f32 {
    numbers.sort_by(f32::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(0.0)
}

/// Cuts a page into regions, in reading order.
fn regions(mut segments: Vec<Segment>, depth: usize) -> Vec<Vec<Segment>> {
    if segments.len() < 4 || depth > 16 {
        return vec![segments];
    }
    if let Some(x) = gutter(&mut segments) {
        let (left, right): (Vec<_>, Vec<_>) = segments.into_iter().partition(|segment| segment.left < x);
        return [left, right].into_iter().flat_map(|side| regions(side, depth + 1)).collect();
    }
    if let Some(y) = gap(&mut segments) {
        let (above, below): (Vec<_>, Vec<_>) = segments.into_iter().partition(|segment| segment.y > y);
        return [above, below].into_iter().flat_map(|side| regions(side, depth + 1)).collect();
    }
    vec![segments]
}

/// The place of a white gutter from top to bottom with running text on both sides. Labels beside values have such a gutter
/// too; their lines are short, and are left beside each other.
fn gutter(segments: &mut [Segment]) -> Option<f32> {
    segments.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut sizes: Vec<f32> = segments.iter().map(|segment| segment.size).collect();
    let least = 0.9 * median(&mut sizes);
    let mut right = f32::MIN;
    for (at, segment) in segments.iter().enumerate() {
        if at > 0 && segment.left - right > least && is_running(&segments[..at]) && is_running(&segments[at..]) {
            return Some((right + segment.left) / 2.0);
        }
        right = right.max(segment.right);
    }
    None
}

fn is_running(segments: &[Segment]) -> bool {
    let letters: usize = segments.iter().map(Segment::letters).sum();
    segments.len() >= 3 && letters >= 20 * segments.len()
}

/// The height of the widest white gap between lines, if it is wider than lines are usually apart.
fn gap(segments: &mut [Segment]) -> Option<f32> {
    segments.sort_by(|a, b| b.top().total_cmp(&a.top()));
    let mut best: Option<(f32, f32)> = None;
    let mut bottom = f32::MAX;
    for segment in segments.iter() {
        let room = bottom - segment.top();
        if bottom < f32::MAX && room > 0.7 * segment.size && best.is_none_or(|(widest, _)| room > widest) {
            best = Some((room, (bottom + segment.top()) / 2.0));
        }
        bottom = bottom.min(segment.bottom());
    }
    best.map(|(_, y)| y)
}

fn region_lines(mut segments: Vec<Segment>) -> Vec<Line> {
    segments.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.left.total_cmp(&b.left)));
    let margin = segments.iter().map(|segment| segment.left).fold(f32::MAX, f32::min);
    let mut lines: Vec<Vec<Segment>> = Vec::new();
    for segment in segments {
        match lines.last_mut() {
            Some(line) if (line[0].y - segment.y).abs() < 0.45 * line[0].size.max(segment.size) => line.push(segment),
            _ => lines.push(vec![segment]),
        }
    }
    let mut steps: Vec<f32> = lines.windows(2).map(|pair| pair[0][0].y - pair[1][0].y).collect();
    steps.sort_by(f32::total_cmp);
    // Of a few lines, half may begin paragraphs; lines are never so far apart as that.
    let usual = steps.get(steps.len().saturating_sub(1) / 2).copied().unwrap_or(0.0);
    let mut out: Vec<Line> = Vec::new();
    for mut segments in lines {
        segments.sort_by(|a, b| a.left.total_cmp(&b.left));
        let (y, size, left) = (segments[0].y, segments[0].size, segments[0].left);
        let apart = out.last().is_none_or(|above| {
            let step = above.y() - y;
            let other = above.segments[0].size;
            step > 1.35 * usual.clamp(size, 1.5 * size.max(0.1)) || (other - size).abs() > 0.12 * size.max(other)
        });
        let indent = if size > 0.0 { ((left - margin) / (0.5 * size)).round().clamp(0.0, 40.0) as usize } else { 0 };
        out.push(Line { segments, apart, indent });
    }
    out
}
