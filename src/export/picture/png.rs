//! PNG: the SVG as pixels, two for each of its own, in a font that comes with the program.
//!
//! The fonts of a machine have no say, so that the same graph gives the same bytes. DejaVu Sans knows Latin, Greek, Cyrillic,
//! Arabic, Hebrew and more; letters that it does not know (Chinese, Japanese, Korean) are empty boxes. SVG is drawn with
//! the fonts of who looks at it.

use std::io::Write;

use resvg::{tiny_skia, usvg};

use super::{scene::Scene, svg};
use crate::export::Error;

const FONT: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/fonts/DejaVuSans.ttf"));
/// Most pixels of a picture: 64 million take 256 MB while it is drawn.
const MOST: f32 = 64e6;

/// Writes the picture.
pub(super) fn write(scene: &Scene, out: &mut dyn Write) -> Result<(), Error> {
    let mut text = Vec::new();
    svg::write(scene, &mut text)?;
    let mut options = usvg::Options { font_family: svg::FONT.to_owned(), ..usvg::Options::default() };
    options.fontdb_mut().load_font_data(FONT.to_vec());
    let failed = |reason: String| Error::NoPixels { reason };
    let tree = usvg::Tree::from_data(&text, &options).map_err(|error| failed(error.to_string()))?;
    let size = tree.size();
    let scale = (MOST / (size.width() * size.height())).sqrt().min(2.0);
    let pixels = |length: f32| (length * scale).ceil() as u32;
    let (wide, high) = (pixels(size.width()), pixels(size.height()));
    let canvas = tiny_skia::Pixmap::new(wide, high);
    let mut canvas = canvas.ok_or_else(|| failed(format!("{wide} × {high} pixels are too many")))?;
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut canvas.as_mut());
    let bytes = canvas.encode_png().map_err(|error| failed(error.to_string()))?;
    Ok(out.write_all(&bytes)?)
}
