//! A report that has something in every field, and one that has nothing in any that may be empty: what
//! templates are checked against. Both are made from the types alone, so that a field which is added
//! is in them at once.

use serde::Deserialize;
use serde::de::value::{Error, StrDeserializer};
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::Report;

/// How much a sample holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fill {
    /// Every field, and two items in every list.
    Full,
    /// Nothing where there may be nothing.
    Empty,
}

/// A report in which every text is the given one.
pub(super) fn report(fill: Fill, text: &'static str) -> Report {
    value(fill, text)
}

/// A published value in which every text is the given one.
fn value<T: Deserialize<'static>>(fill: Fill, text: &'static str) -> T {
    T::deserialize(Sample { fill, text }).expect("a value consists of texts and numbers")
}

#[derive(Clone, Copy)]
struct Sample {
    fill: Fill,
    text: &'static str,
}

impl Deserializer<'static> for Sample {
    type Error = Error;

    fn deserialize_any<V: Visitor<'static>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::custom("a report consists of texts, numbers, lists and groups of fields"))
    }

    fn deserialize_bool<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_bool(self.fill == Fill::Full)
    }

    fn deserialize_i32<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_i32(i32::from(self.fill == Fill::Full))
    }

    fn deserialize_u32<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_u32(u32::from(self.fill == Fill::Full))
    }

    fn deserialize_u64<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_u64(u64::from(self.fill == Fill::Full))
    }

    fn deserialize_f64<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_f64(if self.fill == Fill::Full { 1.0 } else { 0.0 })
    }

    fn deserialize_str<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_borrowed_str(self.text)
    }

    fn deserialize_string<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_borrowed_str(self.text)
    }

    fn deserialize_option<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.fill {
            Fill::Full => visitor.visit_some(self),
            Fill::Empty => visitor.visit_none(),
        }
    }

    fn deserialize_seq<V: Visitor<'static>>(self, visitor: V) -> Result<V::Value, Error> {
        let left = if self.fill == Fill::Full { 2 } else { 0 };
        visitor.visit_seq(Items { sample: self, left })
    }

    fn deserialize_struct<V: Visitor<'static>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_map(Fields { sample: self, left: fields })
    }

    forward_to_deserialize_any! {
        <V: Visitor<'static>>
        i8 i16 i64 i128 u8 u16 u128 f32 char bytes byte_buf unit unit_struct newtype_struct
        tuple tuple_struct map identifier ignored_any
    }

    fn deserialize_enum<V: Visitor<'static>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(StrDeserializer::new(variants.first().copied().unwrap_or_default()))
    }
}

struct Items {
    sample: Sample,
    left: usize,
}

impl SeqAccess<'static> for Items {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'static>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        seed.deserialize(self.sample).map(Some)
    }
}

struct Fields {
    sample: Sample,
    left: &'static [&'static str],
}

impl MapAccess<'static> for Fields {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'static>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let Some((first, rest)) = self.left.split_first() else { return Ok(None) };
        self.left = rest;
        seed.deserialize(StrDeserializer::new(first)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'static>>(&mut self, seed: V) -> Result<V::Value, Error> {
        seed.deserialize(self.sample)
    }
}

/// The fields of a report by their paths, such as `steps[].questions[].id`, in the order of the value.
pub(super) fn fields(report: &serde_json::Value) -> Vec<String> {
    let mut paths = Vec::new();
    gather(report, String::new(), &mut paths);
    paths
}

fn gather(value: &serde_json::Value, path: String, paths: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                paths.push(path.clone());
                gather(value, path, paths);
            }
        }
        serde_json::Value::Array(items) => {
            for item in items.iter().take(1) {
                gather(item, format!("{path}[]"), paths);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::report::action_list::ActionList;
    use crate::report::collate::Collated;
    use crate::report::compare::Perspectives;
    use crate::report::diff::Pairs;
    use crate::report::due::DueList;
    use crate::report::editions::EditionsWords;
    use crate::report::enquiry::Enquiries;
    use crate::report::gaps::Gaps;
    use crate::report::programme::Published;
    use crate::report::returns::ReturnList;
    use crate::report::trend::Timeline;

    /// The fields that the documentation names. Rows below a line "In `a` and `b`:" are fields of
    /// each of these.
    fn documented(text: &str) -> BTreeSet<String> {
        let mut places = vec![String::new()];
        let mut named = BTreeSet::new();
        for line in text.lines() {
            if line.starts_with("In `") && line.ends_with(':') {
                let paths = line.split('`').skip(1).step_by(2);
                places = paths.map(|path| format!("{path}.")).collect();
            } else if let Some((field, _)) =
                line.strip_prefix("| `").and_then(|line| line.split_once("` |"))
            {
                named.extend(places.iter().map(|place| format!("{place}{field}")));
            }
        }
        named
    }

    /// Holds a section of the documentation to the fields of a value.
    fn hold(page: &str, text: &str, fields: BTreeSet<String>) {
        let named = documented(text);
        let missing: Vec<&String> = fields.difference(&named).collect();
        let invented: Vec<&String> = named.difference(&fields).collect();
        assert!(missing.is_empty(), "{page} does not name {missing:?}");
        assert!(invented.is_empty(), "{page} names what there is not: {invented:?}");
    }

    fn fields_of<T: Deserialize<'static> + serde::Serialize>() -> BTreeSet<String> {
        let full = serde_json::to_value(value::<T>(Fill::Full, "text")).expect("plain data");
        fields(&full).into_iter().collect()
    }

    #[test]
    fn the_documentation_names_every_field_and_no_other() {
        let fields = fields_of::<Report>();
        assert!(fields.len() > 400, "{} fields", fields.len());
        let text = include_str!("../../docs/templates.md");
        let (_, text) = text.split_once("## The value").expect("the fields have a section");
        hold("docs/templates.md", text, fields);
        assert!(text.contains(&format!("`version` is {}", super::super::VERSION)));
    }

    #[test]
    fn the_documentation_names_every_field_of_other_outputs() {
        let text = include_str!("../../docs/outputs.md").replace('\r', "");
        let section = |command: &str| {
            let (_, rest) = text
                .split_once(&format!("\n## `{command} --format json`\n"))
                .unwrap_or_else(|| panic!("there is no section on {command}"));
            rest.split("\n## ").next().unwrap_or(rest).to_owned()
        };
        let check = |command: &str, fields: BTreeSet<String>, least: usize| {
            assert!(fields.len() > least, "{command}: {} fields", fields.len());
            hold(&format!("docs/outputs.md, {command},"), &section(command), fields);
        };
        check("programme", fields_of::<Published>(), 100);
        check("due", fields_of::<DueList>(), 20);
        // What a report has too is described with it.
        let is_own =
            |field: &String| !field.contains("question.") && !field.starts_with("control.");
        check("enquiry", fields_of::<Enquiries>().into_iter().filter(is_own).collect(), 25);
        check("returns", fields_of::<ReturnList>(), 15);
        check("gaps", fields_of::<Gaps>(), 40);
        check("compare", fields_of::<Perspectives>(), 60);
        check("diff", fields_of::<Pairs>(), 60);
        check("trend", fields_of::<Timeline>(), 60);
        check("collate", fields_of::<Collated>(), 80);
        check("actions", fields_of::<ActionList>(), 45);
        check("checklist compare", fields_of::<EditionsWords>(), 40);
    }
}
