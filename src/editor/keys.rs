//! What a schema says of a place: the keys and words that can stand there, each with its description.

use serde_json::Value;

/// The parts of a schema that speak of a place. References, alternatives and lists are looked through.
pub(crate) fn at<'s>(schema: &'s Value, keys: &[String]) -> Vec<&'s Value> {
    let mut parts = vec![schema];
    for key in keys {
        let groups = parts.iter().flat_map(|part| open(schema, part));
        parts = groups.filter_map(|group| below(group, key)).collect();
    }
    parts
}

/// The keys that can stand in the group at a place, with their descriptions.
pub(crate) fn properties<'s>(schema: &'s Value, keys: &[String]) -> Vec<(&'s str, &'s Value)> {
    let parts = at(schema, keys);
    let groups = parts.iter().flat_map(|part| open(schema, part));
    let properties = groups.filter_map(|group| group.get("properties")?.as_object());
    let mut found: Vec<(&str, &Value)> = Vec::new();
    for (key, value) in properties.flatten() {
        if !found.iter().any(|(known, _)| *known == key) {
            found.push((key, value));
        }
    }
    found
}

/// The words that can stand as the value at a place.
pub(crate) fn words<'s>(schema: &'s Value, keys: &[String]) -> Vec<&'s str> {
    let parts = at(schema, keys);
    let mut found = Vec::new();
    for part in parts.iter().flat_map(|part| open(schema, part)) {
        let listed = part.get("enum").and_then(Value::as_array).into_iter().flatten();
        for word in listed.chain(part.get("const")).filter_map(Value::as_str) {
            if !found.contains(&word) {
                found.push(word);
            }
        }
    }
    found
}

/// What is said of a place.
pub(crate) fn description<'s>(schema: &'s Value, keys: &[String]) -> Option<&'s str> {
    let parts = at(schema, keys);
    parts.iter().find_map(|part| part.get("description")?.as_str()).filter(|text| !text.is_empty())
}

/// Whether the value of a key stands on the lines below it.
pub(crate) fn is_group(schema: &Value, property: &Value) -> bool {
    let parts = open(schema, property);
    let is_of = |part: &&Value, kind: &str| match part.get("type") {
        Some(Value::String(own)) => own == kind,
        Some(Value::Array(all)) => all.iter().any(|own| own == kind),
        _ => false,
    };
    let has_more = parts.iter().any(|part| is_of(part, "object"));
    has_more && !parts.iter().any(|part| is_of(part, "string"))
}

fn below<'s>(group: &'s Value, key: &str) -> Option<&'s Value> {
    let known = group.get("properties").and_then(|all| all.get(key));
    known.or_else(|| group.get("additionalProperties").filter(|rest| rest.is_object()))
}

/// A schema with all that it consists of.
fn open<'s>(schema: &'s Value, part: &'s Value) -> Vec<&'s Value> {
    let mut all = vec![part];
    let mut next = 0;
    while let Some(part) = all.get(next).copied() {
        next += 1;
        if let Some(path) = part.get("$ref").and_then(Value::as_str) {
            all.extend(path.strip_prefix('#').and_then(|path| schema.pointer(path)));
        }
        for word in ["anyOf", "allOf"] {
            all.extend(part.get(word).and_then(Value::as_array).into_iter().flatten());
        }
        all.extend(["items", "then", "else"].iter().filter_map(|word| part.get(word)));
    }
    all
}
