//! What a generated assessment says, before it is decided how it is written.

use super::dice::Dice;

/// A value that is to be written.
pub(super) enum Field {
    /// No value where a text could stand.
    Missing,
    /// No value where keys or items could stand.
    Empty,
    /// A word, an id or a date.
    Word(String),
    /// Some text, which the page makes up.
    Prose,
    /// Words, one after another.
    Words(Vec<String>),
    /// Items, one after another.
    Items(Vec<Field>),
    /// Keys with values.
    Group(Vec<(String, Field)>),
}

impl Field {
    /// What stands where this is missing.
    fn missing(&self) -> Field {
        match self {
            Field::Missing | Field::Word(_) | Field::Prose => Field::Missing,
            Field::Empty | Field::Words(_) | Field::Items(_) | Field::Group(_) => Field::Empty,
        }
    }
}

/// The questions that a generated assessment can answer, and those answered beforehand.
pub(super) const QUESTIONS: [&str; 5] = ["1.1", "1.2", "2.1", "3.2", "6.4"];
pub(super) const CONTEXT: [&str; 3] = ["c1", "c2", "c10"];
pub(super) const STEPS: [&str; 3] = ["1", "3", "6"];

fn word(text: &str) -> Field {
    Field::Word(text.to_owned())
}

/// Makes up assessments.
pub(super) struct Author<'d> {
    dice: &'d mut Dice,
    actions: usize,
}

/// Keys with values, some of which are left out and some of which are written without a value.
struct Keys<'a, 'd> {
    author: &'a mut Author<'d>,
    entries: Vec<(String, Field)>,
}

impl<'d> Keys<'_, 'd> {
    /// A key that stands there in so many of a hundred groups.
    fn give(&mut self, percent: usize, name: &str, make: impl FnOnce(&mut Author<'d>) -> Field) {
        if self.author.dice.falls(percent) {
            let field = make(self.author);
            let is_missing = percent < 100 && self.author.dice.falls(12);
            let field = if is_missing { field.missing() } else { field };
            self.entries.push((name.to_owned(), field));
        }
    }

    /// The group, in three of ten files in another order than the usual.
    fn group(mut self) -> Field {
        if self.author.dice.falls(30) {
            self.author.dice.shuffle(&mut self.entries);
        }
        Field::Group(self.entries)
    }
}

impl<'d> Author<'d> {
    pub(super) fn new(dice: &'d mut Dice) -> Self {
        Author { dice, actions: 0 }
    }

    fn keys(&mut self) -> Keys<'_, 'd> {
        Keys { author: self, entries: Vec::new() }
    }

    /// A whole file; its first key says what it is.
    pub(super) fn assessment(&mut self) -> Field {
        let mut keys = self.keys();
        keys.give(100, "checklist", |_| word("six-steps-2019"));
        keys.give(100, "partnership", |_| word("Northmoor Partnership"));
        keys.give(100, "period", |_| word("2026-27 Q2"));
        keys.give(100, "perspective", |_| word("agreed"));
        keys.give(60, "assessor", |_| Field::Prose);
        keys.give(70, "as-at", |_| word("2026-09-30"));
        keys.give(50, "status", |_| word("draft"));
        keys.give(30, "covers", |own| own.words(&STEPS));
        keys.give(50, "summary", |_| Field::Prose);
        keys.give(40, "assurance", |_| word("partly-assured"));
        keys.give(40, "notes", |_| Field::Prose);
        keys.give(50, "context", |own| own.by_id(&CONTEXT, Author::context));
        keys.give(95, "ratings", |own| own.by_id(&QUESTIONS, Author::answer));
        keys.give(60, "steps", |own| own.by_id(&STEPS, Author::step));
        keys.give(50, "actions", Author::actions);
        keys.give(30, "evidence", |own| own.by_id(&["E-01", "E-02"], Author::cited));
        let Field::Group(mut entries) = keys.group() else { unreachable!("it is a group") };
        entries.insert(0, ("scrutiny".to_owned(), word("assessment")));
        Field::Group(entries)
    }

    /// Some of several ids, each with what stands under it; now and then not in order.
    fn by_id(&mut self, ids: &[&str], make: impl Fn(&mut Self) -> Field) -> Field {
        let mut entries = Vec::new();
        for id in ids {
            if self.dice.falls(45) {
                let field = make(self);
                let field = if self.dice.falls(10) { field.missing() } else { field };
                entries.push(((*id).to_owned(), field));
            }
        }
        if self.dice.falls(25) {
            self.dice.shuffle(&mut entries);
        }
        Field::Group(entries)
    }

    fn words(&mut self, from: &[&str]) -> Field {
        let count = self.dice.between(0, 3).min(from.len());
        Field::Words(from[..count].iter().map(|word| (*word).to_owned()).collect())
    }

    fn context(&mut self) -> Field {
        if self.dice.falls(70) {
            return Field::Prose;
        }
        let mut keys = self.keys();
        keys.give(80, "answer", |_| Field::Prose);
        keys.give(50, "wording", |_| word("8c1f2a"));
        keys.give(30, "evidence", Author::evidence);
        keys.give(30, "notes", |_| Field::Prose);
        keys.group()
    }

    fn answer(&mut self) -> Field {
        let mut keys = self.keys();
        keys.give(85, "rating", |own| word(own.dice.one_of(&["green", "amber", "Red"])));
        keys.give(40, "wording", |_| word("8c1f2a"));
        keys.give(70, "because", |_| Field::Prose);
        keys.give(50, "evidence", Author::evidence);
        keys.give(40, "remaining", |_| Field::Prose);
        keys.give(50, "actions", Author::actions);
        keys.give(25, "views", |own| own.by_id(&["self", "scrutineer"], |_| word("green")));
        keys.give(20, "reason", |_| Field::Prose);
        keys.give(20, "dissent", |_| Field::Prose);
        keys.give(20, "review-by", |_| word("2027-03-31"));
        keys.give(30, "notes", |_| Field::Prose);
        keys.group()
    }

    fn step(&mut self) -> Field {
        let mut keys = self.keys();
        keys.give(60, "summary", |_| Field::Prose);
        keys.give(60, "assurance", |_| word("assured"));
        keys.give(40, "notes", |_| Field::Prose);
        keys.give(40, "actions", Author::actions);
        keys.group()
    }

    /// A list; now and then the one item alone, which counts as a list of one.
    fn items(&mut self, make: impl Fn(&mut Self) -> Field) -> Field {
        if self.dice.falls(4) {
            return make(self);
        }
        let count = self.dice.below(3);
        Field::Items((0..count).map(|_| make(self)).collect())
    }

    fn actions(&mut self) -> Field {
        self.items(Author::action)
    }

    fn action(&mut self) -> Field {
        self.actions += 1;
        let id = format!("A-{:02}", self.actions);
        let mut keys = self.keys();
        keys.give(100, "id", |_| Field::Word(id));
        keys.give(90, "task", |_| Field::Prose);
        keys.give(70, "lead", |_| word("Police"));
        keys.give(70, "due", |_| word("2026-12-18"));
        keys.give(60, "status", |_| word("open"));
        keys.give(30, "success", |_| Field::Prose);
        keys.give(40, "response", Author::response);
        keys.give(30, "evidence", Author::evidence);
        keys.give(20, "impact", |_| Field::Prose);
        keys.give(20, "review-by", |_| word("2027-03-31"));
        keys.give(10, "closed", |_| word("2026-12-10"));
        keys.give(20, "carried-from", |_| word("2025-26 Q4/A-90"));
        keys.give(30, "covers", |own| own.words(&QUESTIONS));
        keys.give(20, "notes", |_| Field::Prose);
        keys.group()
    }

    fn response(&mut self) -> Field {
        let mut keys = self.keys();
        keys.give(90, "said", |_| word("partly"));
        keys.give(50, "date", |_| word("2026-10-02"));
        keys.give(40, "reason", |_| Field::Prose);
        keys.group()
    }

    fn evidence(&mut self) -> Field {
        self.items(|own| if own.dice.falls(50) { Field::Prose } else { own.piece() })
    }

    fn cited(&mut self) -> Field {
        self.piece()
    }

    fn piece(&mut self) -> Field {
        let mut keys = self.keys();
        keys.give(100, "source", |_| Field::Prose);
        keys.give(50, "method", |_| word("audit"));
        keys.give(50, "date", |_| word("2026-06-11"));
        keys.give(40, "voice", |own| own.words(&["children", "families"]));
        keys.give(40, "says", |_| Field::Prose);
        keys.give(20, "restricted", |_| word("true"));
        keys.group()
    }
}
