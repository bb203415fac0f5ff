//! Escaping against every template that tries to get round it, and mistakes by their places.

use super::super::kind::{Format, Kind};
use super::super::sample::{self, Fill};
use super::*;

/// What a hostile writer would put into a field.
const HOSTILE: &str = "<script>alert(1)</script> <img src=x onerror=y> \" ' & [a](javascript:b) \
        ![c](d) | `e` *f* {{ title }} &lt;g&gt;";

fn own(text: &str) -> Own {
    let find = |wanted: &str| match wanted {
        "beside.md" => Ok(Some("{% macro say(text) %}{{ text }}{% endmacro %}".to_owned())),
        "long.md" => Ok(Some(format!("\n{{{{ {}1 }}}}", "1+".repeat(50_000)))),
        _ => Ok(None),
    };
    Own { name: "own.md".to_owned(), text: text.to_owned(), find: Arc::new(find) }
}

/// A template that prints every text of a report in a way of its own.
fn printing(way: &str) -> (String, usize) {
    let full = serde_json::to_value(sample::report(Fill::Full, "text")).expect("plain data");
    let (mut template, mut count) = (String::new(), 0);
    for path in sample::fields(&full) {
        let lists: Vec<&str> = path.split("[]").collect();
        let (last, lists) = lists.split_last().expect("a path has a part");
        let mut value = String::new();
        for (depth, list) in lists.iter().enumerate() {
            let of = format!("{value}{}", subscripts(list, value.is_empty()));
            template.push_str(&format!("{{% for v{depth} in {of} %}}"));
            value = format!("v{depth}");
        }
        let value = format!("{value}{}", subscripts(last, value.is_empty()));
        if is_text(&full, &path) {
            count += 1;
            template.push_str(&way.replace("VALUE", &value));
            template.push('\n');
        }
        template.push_str(&"{% endfor %}".repeat(lists.len()));
    }
    (template, count)
}

/// Names as the template language takes them, whatever they are.
fn subscripts(path: &str, is_first: bool) -> String {
    let names = path.split('.').filter(|name| !name.is_empty()).enumerate();
    names
        .map(|(at, name)| match is_first && at == 0 {
            true => name.to_owned(),
            false => format!("[\"{name}\"]"),
        })
        .collect()
}

fn is_text(full: &serde_json::Value, path: &str) -> bool {
    full.pointer(&format!("/{}", path.replace("[]", "/0").replace('.', "/")))
        .is_some_and(serde_json::Value::is_string)
}

#[test]
fn no_template_switches_escaping_off() {
    let ways = [
        "{{ VALUE }}",
        "a {{ VALUE | inline }}",
        "{{ VALUE | cell }}",
        "{{ VALUE | prose }}",
        "{{ VALUE | inside(2) }}",
        "{{ VALUE | prose | inside(2) }}",
        "a {{ VALUE | upper | lower }}",
        "a {{ VALUE | replace(\"a\", \"<b>\") }}",
        "a {{ VALUE ~ \"<b>\" }}",
        "a {{ [VALUE, VALUE] | join(\"<b>\") }}",
        "a {{ (VALUE | prose)[0:400] }}",
        "a {{ VALUE | prose | replace(\"\\\\\", \"\") }}",
        "a {{ VALUE | cell | lower }}",
        "a {{ [VALUE | prose] | first | upper }}",
        "{% autoescape false %}a {{ VALUE }}{% endautoescape %}",
        "{% autoescape \"none\" %}a {{ VALUE | inline }}{% endautoescape %}",
        "{% autoescape \"html\" %}a {{ VALUE }}{% endautoescape %}",
        "{% autoescape false %}{% set x %}a {{ VALUE }}{% endset %}{{ x }}{% endautoescape %}",
        "{% set x %}{{ VALUE }}{% endset %}a {{ x }} {{ x | trim }}",
        "{% set x %}{{ VALUE }}{% endset %}{% autoescape false %}a {{ x[1:] }}{% endautoescape %}",
        "{% macro m(x) %}{{ x }}{{ caller() }}{% endmacro %}a {% call m(VALUE) %}{{ VALUE }}{% endcall %}",
        "{% from \"beside.md\" import say %}a {{ say(VALUE) }}",
        "{% filter upper %}a {{ VALUE }}{% endfilter %}",
    ];
    let report = sample::report(Fill::Full, HOSTILE);
    for way in ways {
        let (template, count) = printing(way);
        assert!(count > 250, "{count} texts");
        for format in Format::ALL {
            let text = render_own(format, &own(&template), &report);
            let text = text.unwrap_or_else(|fault| panic!("{way}: {fault:?}"));
            assert!(text.to_lowercase().contains("lert(1)"), "{way}: {text}");
            let bare = match format {
                // What is escaped is no markup.
                Format::Markdown => text.replace("\\<", "").replace("\\[", ""),
                Format::Html => ["<p>", "</p>", "<em>", "</em>", "<code>", "</code>"]
                    .iter()
                    .fold(text.clone(), |text, own| text.replace(own, "")),
            };
            assert!(!bare.contains("<s") && !bare.contains("<S"), "{way}: {text}");
            assert!(!bare.contains("<img") && !bare.contains("<b>"), "{way}: {text}");
            let is_markdown = format == Format::Markdown;
            assert!(!is_markdown || !bare.contains("[a](javascript"), "{way}: {text}");
        }
    }
}

#[test]
fn a_template_has_no_word_that_declares_a_text_safe() {
    for word in ["safe", "escape", "e", "tojson", "format", "list", "indent", "urlencode"] {
        let fault = render_own(
            Format::Html,
            &own(&format!("{{{{ title | {word} }}}}")),
            &sample::report(Fill::Full, HOSTILE),
        );
        let fault = fault.expect_err(word);
        assert!(fault.message.contains("no such filter"), "{word}: {}", fault.message);
    }
}

#[test]
fn built_in_templates_fit_every_report() {
    for format in Format::ALL {
        for kind in Kind::ALL {
            let template = own(built_in(kind, format));
            assert_eq!(check(format, &template), [], "{} {}", kind.word(), format.word());
        }
    }
}

#[test]
fn points_at_what_is_wrong() {
    let check = |text: &str, meant: &str, message: &str| {
        let faults = check(Format::Markdown, &own(text));
        let [fault] = faults.as_slice() else { panic!("{text}: {faults:?}") };
        assert_eq!(&text[fault.place.clone()], meant, "{text}");
        assert!(fault.message.contains(message), "{text}: {}", fault.message);
        assert!(!fault.help.is_empty());
    };
    check("é {{ control.partnreship }}", "control.partnreship", "no field");
    check("{% if kind == \"never\" %}{{ nothing.here }}{% endif %}", "nothing.here", "no field");
    check("a\n{% for q in steps %}{{ q.titel }}{% endfor %}", "q.titel", "no field");
    check("{{ title | sfae }}", "sfae", "no such filter");
    check("{{ title is blue }}", "blue", "no such word");
    check("{% include \"gone.md\" %}", "include \"gone.md\"", "cannot be found");
    check("{{ steps }}", "steps", "one by one");
    check("{% if title %}", "%}", "cannot be read");
    let endless = "{% for a in range(90000) %}{% for b in range(90000) %}{% endfor %}{% endfor %}";
    check(endless, endless, "come to an end");
    check("{% include \"long.md\" %}", "include \"long.md\"", "long.md, line 2: This expression");
}

/// Each would take all of the stack.
#[test]
fn refuses_what_the_engine_cannot_take_apart() {
    let many = |text: &str| text.repeat(50_000);
    for (text, mark) in [
        (format!("{{{{ {}1 }}}}", many("1+")), "{{"),
        (format!("{{{{ {}title }}}}", many("not ")), "{{"),
        (format!("{{{{ {}1 }}}}", many("-")), "{{"),
        (format!("{{{{ title{} }}}}", many("|upper")), "{{"),
        (format!("{{{{ title{} }}}}", many("[0]")), "{{"),
        (format!("{{{{ {}1{} }}}}", many("["), many("]")), "{{"),
        (format!("{{% set a = {}1 %}}", many("1 if a else ")), "{%"),
        (format!("{{% if title %}}{}{{% endif %}}", many("{% elif title %}")), "{%"),
    ] {
        let faults = check(Format::Markdown, &own(&text));
        let [fault] = faults.as_slice() else { panic!("{} faults", faults.len()) };
        assert_eq!(&text[fault.place.clone()], mark);
        assert!(fault.message.contains("more than"), "{}", fault.message);
    }
    // What may just be so long goes through.
    let longest = format!("{{{{ {}1 }}}}", "-".repeat(1990));
    assert_eq!(check(Format::Markdown, &own(&longest)), []);
}
