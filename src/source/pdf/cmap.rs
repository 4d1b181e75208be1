//! What the codes of a font stand for: its `ToUnicode` map (ISO 32000-1, 9.10.3).
//!
//! Our own reader, because that of `lopdf` fills a table with every code of a range, and a range may have four thousand
//! million of them.

use super::lexer::{Lexer, Token};

/// Codes and what they stand for.
#[derive(Debug, Default)]
pub struct CMap {
    /// First and last code, and what the first stands for; of a range, the last unit of it counts up.
    ranges: Vec<(u32, u32, Vec<u16>)>,
    /// How many bytes codes have, where the map says so.
    widths: Vec<usize>,
}

impl CMap {
    /// Reads a map; what is not of its form is passed over.
    pub fn parse(bytes: &[u8]) -> CMap {
        let mut map = CMap::default();
        let mut pending: Vec<Token> = Vec::new();
        for token in Lexer::new(bytes) {
            let Token::Word(word) = &token else {
                pending.push(token);
                continue;
            };
            match word.as_slice() {
                b"endcodespacerange" => map.widths.extend(strings(&pending).map(<[u8]>::len)),
                b"endbfchar" => {
                    let strings: Vec<&[u8]> = strings(&pending).collect();
                    for pair in strings.chunks_exact(2) {
                        map.ranges.push((code(pair[0]), code(pair[0]), units(pair[1])));
                    }
                }
                b"endbfrange" => map.read_ranges(&pending),
                _ => {}
            }
            pending.clear();
        }
        map.ranges.sort_by_key(|(first, _, _)| *first);
        map
    }

    fn read_ranges(&mut self, tokens: &[Token]) {
        let mut rest = tokens;
        while let [Token::String(first, _), Token::String(last, _), target, behind @ ..] = rest {
            let (first, last) = (code(first), code(last));
            rest = behind;
            match target {
                Token::String(target, _) => self.ranges.push((first, last, units(target))),
                Token::Open => {
                    let end = rest.iter().position(|token| *token == Token::Close).unwrap_or(rest.len());
                    for (at, target) in strings(&rest[..end]).enumerate() {
                        let at = first.saturating_add(at as u32);
                        self.ranges.push((at, at, units(target)));
                    }
                    rest = rest.get(end + 1..).unwrap_or_default();
                }
                _ => {}
            }
        }
    }

    /// How many bytes codes have; `None` if the map does not say.
    pub fn width(&self) -> Option<usize> {
        self.widths.iter().copied().filter(|width| (1..=4).contains(width)).max()
    }

    /// What a code stands for.
    pub fn get(&self, code: u32) -> Option<String> {
        let behind = self.ranges.partition_point(|(first, _, _)| *first <= code);
        let (first, _, target) = self.ranges[..behind].iter().rev().take(8).find(|(_, last, _)| code <= *last)?;
        let mut units = target.clone();
        if let Some(last) = units.last_mut() {
            *last = last.wrapping_add((code - first) as u16);
        }
        Some(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
    }
}

fn strings(tokens: &[Token]) -> impl Iterator<Item = &[u8]> {
    tokens.iter().filter_map(|token| match token {
        Token::String(bytes, _) => Some(bytes.as_slice()),
        _ => None,
    })
}

fn code(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |code, byte| code << 8 | u32::from(*byte))
}

fn units(bytes: &[u8]) -> Vec<u16> {
    match bytes {
        [byte] => vec![u16::from(*byte)],
        bytes => bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::CMap;

    #[test]
    fn reads_maps() {
        let map = CMap::parse(
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfchar <0003> <0020> <0005> <00660066>\n\
              endbfchar 2 beginbfrange <0010> <FFFFFFFF> <0041> <0006> <0007> [<0058> <D83DDE00>] endbfrange",
        );
        assert_eq!(map.width(), Some(2));
        let get = |code| map.get(code).unwrap_or_default();
        assert_eq!([get(3), get(5), get(0x12), get(6), get(7), get(1)], [" ", "ff", "C", "X", "😀", ""]);
    }
}
