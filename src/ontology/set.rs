//! Small identifiers for classes and relations, and sets of classes.
//!
//! Matching asks "is this mention an event?" for every token of every rule, so a class is a bit.

/// A class of an [`Ontology`](super::Ontology): its place in the order of IRIs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClassId(pub(super) u8);

/// A relation of an [`Ontology`](super::Ontology): its place in the order of IRIs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RelationId(pub(super) u16);

impl ClassId {
    /// Most classes that an ontology may have.
    pub const LIMIT: usize = u64::BITS as usize;

    /// From 0, less than [`ClassId::LIMIT`].
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

impl RelationId {
    /// Most relations that an ontology may have.
    pub const LIMIT: usize = 1000;

    /// From 0, less than [`RelationId::LIMIT`].
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// A set of classes of one ontology.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClassSet(u64);

impl ClassSet {
    /// No class.
    pub const EMPTY: ClassSet = ClassSet(0);

    /// Whether `class` is in the set.
    pub fn contains(self, class: ClassId) -> bool {
        self.0 >> class.0 & 1 == 1
    }

    /// Whether every class of this set is in `other`.
    pub fn is_subset(self, other: ClassSet) -> bool {
        self.0 & !other.0 == 0
    }

    /// Whether the two have a class in common.
    pub fn meets(self, other: ClassSet) -> bool {
        self.0 & other.0 != 0
    }

    /// The classes of both.
    #[must_use]
    pub fn union(self, other: ClassSet) -> ClassSet {
        ClassSet(self.0 | other.0)
    }

    /// The classes that are in both.
    #[must_use]
    pub fn intersection(self, other: ClassSet) -> ClassSet {
        ClassSet(self.0 & other.0)
    }

    /// Adds `class`.
    pub fn insert(&mut self, class: ClassId) {
        self.0 |= 1 << class.0;
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The classes, in their order.
    pub fn iter(self) -> impl Iterator<Item = ClassId> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let class = (rest != 0).then(|| ClassId(rest.trailing_zeros() as u8))?;
            rest &= rest - 1;
            Some(class)
        })
    }
}

impl FromIterator<ClassId> for ClassSet {
    fn from_iter<I: IntoIterator<Item = ClassId>>(classes: I) -> ClassSet {
        let mut set = ClassSet::EMPTY;
        classes.into_iter().for_each(|class| set.insert(class));
        set
    }
}

impl From<ClassId> for ClassSet {
    fn from(class: ClassId) -> ClassSet {
        ClassSet(1 << class.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{ClassId, ClassSet};

    #[test]
    fn sets() {
        let set: ClassSet = [ClassId(0), ClassId(63), ClassId(7)].into_iter().collect();
        assert_eq!(set.iter().collect::<Vec<_>>(), [ClassId(0), ClassId(7), ClassId(63)]);
        assert!(set.contains(ClassId(63)) && !set.contains(ClassId(62)));
        assert!(ClassSet::from(ClassId(7)).is_subset(set) && !set.is_subset(ClassSet::from(ClassId(7))));
        assert!(ClassSet::EMPTY.is_subset(set) && !ClassSet::EMPTY.meets(set));
    }
}
