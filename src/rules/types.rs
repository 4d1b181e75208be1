//! The types of mentions: the classes of the ontology, and the values that texts give.

use crate::ontology::{ClassId, ClassSet, Ontology};

/// A kind of value that is recognised by its form and not by a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum ValueType {
    /// A date, or a range of dates.
    Date,
    /// A whole number that counts something.
    Number,
    /// `third`, `3rd`.
    Ordinal,
    /// A web address.
    Url,
    /// What stands in quotation marks and may be a title.
    Quote,
    /// A region of a country ("Sicily", "Texas").
    Region,
    /// An adjective of a country ("Swedish").
    Demonym,
    /// A date that is counted from the announcement's own: "yesterday", "next week". It is a `Date` as well.
    RelativeDate,
}

impl ValueType {
    /// All of them, with the names that rules use.
    pub const ALL: [(ValueType, &'static str); 8] = [
        (ValueType::Date, "Date"),
        (ValueType::Number, "Number"),
        (ValueType::Ordinal, "Ordinal"),
        (ValueType::Url, "Url"),
        (ValueType::Quote, "Quote"),
        (ValueType::Region, "Region"),
        (ValueType::Demonym, "Demonym"),
        (ValueType::RelativeDate, "RelativeDate"),
    ];
}

/// The type of one mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Type {
    /// A class of the ontology.
    Class(ClassId),
    /// A value.
    Value(ValueType),
}

impl Type {
    /// How many types there can be.
    pub(super) const SLOTS: usize = ClassId::LIMIT + ValueType::ALL.len();
}

/// A set of types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct TypeSet {
    classes: ClassSet,
    values: u8,
}

impl TypeSet {
    /// No type.
    pub const EMPTY: TypeSet = TypeSet { classes: ClassSet::EMPTY, values: 0 };

    /// The set that `name` means in a rule: a class with its subclasses, or a value type.
    pub fn named(name: &str, ontology: &Ontology) -> Option<TypeSet> {
        if let Some(class) = ontology.class(name) {
            return Some(TypeSet { classes: ontology[class].descendants, values: 0 });
        }
        let (value, _) = ValueType::ALL.iter().find(|(_, n)| *n == name)?;
        Some(TypeSet::value(*value))
    }

    /// The set of one value type.
    pub fn value(value: ValueType) -> TypeSet {
        TypeSet { classes: ClassSet::EMPTY, values: 1 << value as u8 }
    }

    /// The set of this type alone.
    pub fn of(ty: Type) -> TypeSet {
        let mut types = TypeSet::EMPTY;
        types.insert(ty);
        types
    }

    /// The set of these classes.
    pub fn of_classes(classes: ClassSet) -> TypeSet {
        TypeSet { classes, values: 0 }
    }

    /// Whether `ty` is in the set.
    pub fn contains(self, ty: Type) -> bool {
        match ty {
            Type::Class(class) => self.classes.contains(class),
            Type::Value(value) => self.values >> value as u8 & 1 == 1,
        }
    }

    /// Adds `ty`.
    pub fn insert(&mut self, ty: Type) {
        match ty {
            Type::Class(class) => self.classes.insert(class),
            Type::Value(value) => self.values |= 1 << value as u8,
        }
    }

    /// Whether the two have a type in common.
    pub fn meets(self, other: TypeSet) -> bool {
        self.classes.meets(other.classes) || self.values & other.values != 0
    }

    /// The types of both.
    #[must_use]
    pub fn union(self, other: TypeSet) -> TypeSet {
        TypeSet { classes: self.classes.union(other.classes), values: self.values | other.values }
    }

    /// The classes among them.
    pub fn classes(self) -> ClassSet {
        self.classes
    }

    /// The types, each as a number below [`Type::SLOTS`].
    pub(super) fn slots(self) -> impl Iterator<Item = usize> {
        let values = (0..ValueType::ALL.len()).filter(move |value| self.values >> value & 1 == 1);
        self.classes.iter().map(ClassId::index).chain(values.map(|value| ClassId::LIMIT + value))
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.classes.is_empty() && self.values == 0
    }
}
