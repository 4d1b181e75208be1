//! Where ways through a pattern meet: only there can a matcher come to the same instruction at the same token twice, and
//! only there need it remember that it has been.

use super::program::Inst;

/// The instructions that can be reached in more than one way, numbered from 0 in their order.
#[derive(Clone, Debug, Default)]
pub struct Joins {
    of: Vec<u32>,
    count: u32,
}

/// Stands for an instruction that can be reached in one way only.
const NONE: u32 = u32::MAX;

impl Joins {
    /// Finds them. Instructions lead forward only, so that nothing is reached again from itself.
    pub(super) fn of(insts: &[Inst]) -> Joins {
        let mut ways = vec![0u32; insts.len()];
        for (at, inst) in insts.iter().enumerate() {
            match inst {
                Inst::Split(first, second) => {
                    ways[*first as usize] += 1;
                    ways[*second as usize] += 1;
                }
                // One word is at hand, so that each way counts once.
                Inst::Switch(table) => table.targets().into_iter().for_each(|target| ways[target as usize] += 1),
                Inst::Jump(target) => ways[*target as usize] += 1,
                // Two mentions may end at the same token, or where another that began elsewhere ends.
                Inst::Mention(_) => ways[at + 1] += 2,
                Inst::Token(_) | Inst::Save(_) | Inst::Start | Inst::End | Inst::Border | Inst::Absent(_) => {
                    ways[at + 1] += 1;
                }
                Inst::Match => {}
            }
        }
        let mut joins = Joins::default();
        for ways in ways {
            joins.of.push(if ways > 1 { joins.count } else { NONE });
            joins.count += u32::from(ways > 1);
        }
        joins
    }

    /// The number of an instruction, if it is one of them.
    #[inline]
    pub fn get(&self, inst: u32) -> Option<usize> {
        self.of.get(inst as usize).filter(|number| **number != NONE).map(|number| *number as usize)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.count as usize
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }
}
