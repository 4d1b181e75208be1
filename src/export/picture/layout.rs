//! Where the boxes of a picture stand.
//!
//! Parts that hang together are laid out one by one with springs (Fruchterman and Reingold 1991; repulsion ends at a distance, as in
//! their grid variant, and a weak pull to the middle keeps a part together), pushed apart until no two
//! boxes overlap, and put side by side on shelves. There is no chance in it: boxes begin on a spiral in the order of a walk
//! from the one with most edges. Only `+ - × ÷ √` are used, which give the same on every machine.

use std::{cmp::Reverse, collections::VecDeque};

/// Half the width and half the height of a box.
pub(super) type Half = [f64; 2];

/// How far related boxes want to be from each other.
const LENGTH: f64 = 150.0;
/// How far boxes push each other away: beyond, a part would grow with the number of its boxes, and its picture become empty.
const REACH: f64 = 3.0 * LENGTH;
/// How strongly a box is drawn to the middle of its part, as a share of its distance.
const CENTRE: f64 = 0.04;
/// Boxes are wider than high: what is as far to the side counts for less.
const FLAT: f64 = 0.55;
/// What stays free around a box, and between parts.
const GAP: [f64; 2] = [18.0, 16.0];
/// Steps that are worth it for a picture, each of pairs of boxes.
const STEPS: usize = 300_000_000;
/// Cosine and sine of the golden angle, by which each box on the spiral is turned on.
const TURN: [f64; 2] = [-0.737_368_878_078_319_7, 0.675_490_294_261_523_8];

/// The centre of each box, and the width and height of all; coordinates grow to the right and down from 0.
pub(super) fn layout(halves: &[Half], edges: &[(usize, usize)]) -> (Vec<[f64; 2]>, [f64; 2]) {
    let mut near: Vec<Vec<usize>> = vec![Vec::new(); halves.len()];
    for &(from, to) in edges.iter().filter(|(from, to)| from != to) {
        near[from].push(to);
        near[to].push(from);
    }
    near.iter_mut().for_each(|others| {
        others.sort_unstable();
        others.dedup();
    });
    let mut places = vec![[0.0, 0.0]; halves.len()];
    let parts = parts(&near);
    for part in &parts {
        spiral(part, &mut places);
        spring(part, &near, &mut places);
        part_boxes(part, halves, &mut places);
    }
    let size = shelve(&parts, halves, &mut places);
    (places, size)
}

/// The parts that hang together, the largest first, each in the order of a walk from the box with most edges.
fn parts(near: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..near.len()).collect();
    order.sort_by_key(|at| (Reverse(near[*at].len()), *at));
    let mut seen = vec![false; near.len()];
    let mut parts = Vec::new();
    for start in order {
        let mut part = Vec::new();
        let mut queue = VecDeque::from([start]);
        while let Some(at) = queue.pop_front() {
            if !std::mem::replace(&mut seen[at], true) {
                part.push(at);
                queue.extend(near[at].iter().filter(|other| !seen[**other]));
            }
        }
        if !part.is_empty() {
            parts.push(part);
        }
    }
    parts.sort_by_key(|part| (Reverse(part.len()), part[0]));
    parts
}

fn spiral(part: &[usize], places: &mut [[f64; 2]]) {
    let mut direction = [1.0, 0.0];
    for (at, node) in part.iter().enumerate() {
        let radius = LENGTH * (at as f64).sqrt();
        places[*node] = [direction[0] * radius / FLAT, direction[1] * radius];
        let [x, y] = direction;
        direction = [x * TURN[0] - y * TURN[1], x * TURN[1] + y * TURN[0]];
    }
}

fn rounds(part: &[usize], most: usize) -> usize {
    (STEPS / (part.len() * part.len())).clamp(20, most)
}

fn spring(part: &[usize], near: &[Vec<usize>], places: &mut [[f64; 2]]) {
    let rounds = rounds(part, 400);
    let count = part.len() as f64;
    for round in 0..rounds {
        let heat = LENGTH * count.sqrt() / 4.0 * (1.0 - round as f64 / rounds as f64) + 1.0;
        let mut pull = vec![[0.0, 0.0]; part.len()];
        let middle: [f64; 2] = std::array::from_fn(|axis| part.iter().map(|at| places[*at][axis]).sum::<f64>() / count);
        for (at, one) in part.iter().enumerate() {
            for (further, other) in part.iter().enumerate().skip(at + 1) {
                let d = apart(places[*one], places[*other]);
                let square = (d[0] * d[0] + d[1] * d[1]).max(1.0);
                if square >= REACH * REACH {
                    continue;
                }
                let force = LENGTH * LENGTH * (1.0 / square - 1.0 / (REACH * REACH));
                for axis in 0..2 {
                    pull[at][axis] += d[axis] * force;
                    pull[further][axis] -= d[axis] * force;
                }
            }
            let away = apart(places[*one], middle);
            pull[at] = std::array::from_fn(|axis| pull[at][axis] - away[axis] * CENTRE);
            for other in &near[*one] {
                let d = apart(places[*one], places[*other]);
                let force = (d[0] * d[0] + d[1] * d[1]).sqrt() / LENGTH;
                for axis in 0..2 {
                    pull[at][axis] -= d[axis] * force;
                }
            }
        }
        for (at, node) in part.iter().enumerate() {
            let [x, y] = pull[at];
            let strength = (x * x + y * y).sqrt().max(1e-9);
            let step = strength.min(heat) / strength;
            places[*node][0] += x * step / FLAT;
            places[*node][1] += y * step;
        }
    }
}

/// From the other to the one, as the springs see it.
fn apart(one: [f64; 2], other: [f64; 2]) -> [f64; 2] {
    [(one[0] - other[0]) * FLAT, one[1] - other[1]]
}

/// Pushes boxes apart that overlap, each by half of what is too much, the shorter way.
fn part_boxes(part: &[usize], halves: &[Half], places: &mut [[f64; 2]]) {
    for _ in 0..rounds(part, 1000) {
        let mut is_free = true;
        for (at, one) in part.iter().enumerate() {
            for other in &part[at + 1..] {
                let over: [f64; 2] = std::array::from_fn(|axis| {
                    halves[*one][axis] + halves[*other][axis] + GAP[axis]
                        - (places[*one][axis] - places[*other][axis]).abs()
                });
                if over[0] <= 0.0 || over[1] <= 0.0 {
                    continue;
                }
                is_free = false;
                let axis = usize::from(over[1] < over[0]);
                let forward = places[*one][axis] >= places[*other][axis];
                let half = if forward { over[axis] / 2.0 } else { -over[axis] / 2.0 };
                places[*one][axis] += half;
                places[*other][axis] -= half;
            }
        }
        if is_free {
            break;
        }
    }
}

/// Puts the parts side by side, in rows as wide as the widest part or as makes a picture of 3 by 2. Gives the size of all.
fn shelve(parts: &[Vec<usize>], halves: &[Half], places: &mut [[f64; 2]]) -> [f64; 2] {
    let extent = |part: &[usize], places: &[[f64; 2]], axis: usize| {
        let low = part.iter().map(|at| places[*at][axis] - halves[*at][axis]).fold(f64::INFINITY, f64::min);
        let high = part.iter().map(|at| places[*at][axis] + halves[*at][axis]).fold(f64::NEG_INFINITY, f64::max);
        (low, high - low)
    };
    let sizes: Vec<[f64; 2]> =
        parts.iter().map(|part| [extent(part, places, 0).1 + GAP[0], extent(part, places, 1).1 + GAP[1]]).collect();
    let area: f64 = sizes.iter().map(|size| size[0] * size[1]).sum();
    let widest = sizes.iter().map(|size| size[0]).fold(0.0, f64::max);
    let wide = widest.max((area * 1.5).sqrt());
    let (mut corner, mut shelf, mut most) = ([0.0, 0.0], 0.0_f64, 0.0_f64);
    for (part, size) in parts.iter().zip(&sizes) {
        if corner[0] > 0.0 && corner[0] + size[0] > wide {
            corner = [0.0, corner[1] + shelf];
            shelf = 0.0;
        }
        for axis in 0..2 {
            let low = extent(part, places, axis).0;
            part.iter().for_each(|at| places[*at][axis] += corner[axis] - low);
        }
        corner[0] += size[0];
        shelf = shelf.max(size[1]);
        most = most.max(corner[0]);
    }
    [most, corner[1] + shelf]
}

#[cfg(test)]
mod tests {
    use super::layout;

    /// A star, a ring, a pair and some that stand alone.
    fn sample() -> (Vec<[f64; 2]>, Vec<(usize, usize)>) {
        let mut edges: Vec<(usize, usize)> = (1..30).map(|leaf| (0, leaf)).collect();
        edges.extend((30..40).map(|at| (at, if at == 39 { 30 } else { at + 1 })));
        edges.push((40, 41));
        edges.push((41, 41));
        let halves = (0..50_i32).map(|at| [60.0 + f64::from(at % 7) * 10.0, 12.0 + f64::from(at % 3) * 8.0]);
        (halves.collect(), edges)
    }

    #[test]
    fn no_box_lies_on_another_and_all_lie_in_the_picture() {
        let (halves, edges) = sample();
        let (places, size) = layout(&halves, &edges);
        for (at, (one, half)) in places.iter().zip(&halves).enumerate() {
            assert!((0..2).all(|axis| one[axis] >= half[axis] - 1.0 && one[axis] + half[axis] <= size[axis] + 1.0));
            for (other, their) in places[..at].iter().zip(&halves) {
                let apart = (0..2).any(|axis| (one[axis] - other[axis]).abs() >= half[axis] + their[axis]);
                assert!(apart, "{at}: {one:?} {other:?}");
            }
        }
        assert_eq!(layout(&halves, &edges), (places, size));
        assert_eq!(layout(&[], &[]).0.len(), 0);
    }
}
