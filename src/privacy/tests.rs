//! What is found and what is not: a table for each pattern, with disguises; and what holds for every
//! text.

use proptest::prelude::*;

use super::*;

/// The parts of a text that look like a pattern.
fn found(pattern: Pattern, text: &str) -> Vec<&str> {
    let all = scan(text, Dress::Text, None);
    all.iter().filter(|own| own.pattern == pattern).map(|own| &text[own.range.clone()]).collect()
}

/// Each text with what is found in it, or with nothing. The sieve must let through all that a reading
/// of the whole text finds.
fn check(pattern: Pattern, table: &[(&str, &str)]) {
    for (text, expected) in table {
        let expected: Vec<&str> = expected.split('|').filter(|own| !own.is_empty()).collect();
        assert_eq!(found(pattern, text), expected, "{pattern:?} in {text:?}");
        assert_eq!(whole(text), scan(text, Dress::Text, None), "the sieve on {text:?}");
        // The same in the midst of a longer text.
        let long = format!("Prose without anything.\n\n{text}\n\n{}", "More prose.\n".repeat(20));
        assert_eq!(found(pattern, &long), expected, "{pattern:?} in the midst of a text, {text:?}");
    }
}

/// What a reading without the sieve finds.
fn whole(text: &str) -> Vec<Match> {
    let mut all = Vec::new();
    read(text, 0, plain::Tags::Shown, None, &mut all);
    settle(all)
}

#[test]
fn nhs_numbers() {
    check(
        Pattern::NhsNumber,
        &[
            // Written together, spaced, with hyphens; named or not.
            ("Seen with 401 023 2137 on file", "401 023 2137"),
            ("Seen with 4010232137 on file", "4010232137"),
            ("ref 401-023-2137", "401-023-2137"),
            ("NHS number: 401 023 2137.", "401 023 2137"),
            ("NHS no. 4010232137", "4010232137"),
            ("(NHS 4010232137)", "4010232137"),
            // Named, a digit may be wrong, and the layout another.
            ("NHS number 401 023 2138", "401 023 2138"),
            ("NHS number: 40 10 23 21 37", "40 10 23 21 37"),
            ("NHS Number 500 000 0007", "500 000 0007"),
            ("CHI number 0101010000", "0101010000"),
            // Disguises.
            ("NHS number **401 023** 2137", "401 023** 2137"),
            ("4\u{200b}01 023 21\u{ad}37", "4\u{200b}01 023 21\u{ad}37"),
            ("４０１ ０２３ ２１３７", "４０１ ０２３ ２１３７"),
            ("number 401 023\n    2137 is", "401 023\n    2137"),
            ("# number 401 023\n# 2137 is", "401 023\n# 2137"),
            ("401\u{a0}023\u{a0}2137", "401\u{a0}023\u{a0}2137"),
            ("401–023–2137", "401–023–2137"),
            ("4*0*10232137", "4*0*10232137"),
            // Never issued, wrong, or something else.
            ("NHS number 999 123 4560", ""),
            ("999 000 0018", ""),
            ("401 023 2138", ""),
            ("501 023 2137", ""),
            ("in 2026 401 of 2023 and 2137", ""),
            ("£4010232137", "4010232137"),
            ("order 14010232137", ""),
            ("ISBN 978-4010232137", ""),
            ("call NHS 0300 123 4567", ""),
            ("1.4010232137", ""),
        ],
    );
}

#[test]
fn national_insurance_numbers() {
    check(
        Pattern::InsuranceNumber,
        &[
            ("his AB123456C was", "AB123456C"),
            ("AB 12 34 56 C", "AB 12 34 56 C"),
            ("ab 12 34 56 c", "ab 12 34 56 c"),
            ("AB-12-34-56-C", "AB-12-34-56-C"),
            ("NI number AB123456", "AB123456"),
            ("National Insurance number: AB 12 34 56", "AB 12 34 56"),
            ("A\u{200d}B12\u{ad}3456C", "A\u{200d}B12\u{ad}3456C"),
            ("ＡＢ１２３４５６Ｃ", "ＡＢ１２３４５６Ｃ"),
            ("АВ123456С", "АВ123456С"),
            ("AB 12 34\n  56 C", "AB 12 34\n  56 C"),
            ("**AB** 123456 C", "AB** 123456 C"),
            // Letters and pairs that are not issued.
            ("QQ123456C", ""),
            ("DA123456C", ""),
            ("AO123456C", ""),
            ("GB123456A", ""),
            ("ZZ123456A", ""),
            ("NI number TN123456A", ""),
            ("AB123456E", ""),
            ("AB123456", ""),
            ("by 2026-27 a plan", ""),
            ("as of 202627 a plan", ""),
            ("XAB123456C", ""),
            ("AB1234567C", ""),
        ],
    );
}

#[test]
fn pupil_numbers() {
    check(
        Pattern::PupilNumber,
        &[
            ("UPN B801200005001", "B801200005001"),
            ("moved with B801200005001 to", "B801200005001"),
            ("b801200005001", "b801200005001"),
            ("B 801 2000 05001", "B 801 2000 05001"),
            ("B8012\u{200b}00005001", "B8012\u{200b}00005001"),
            ("Ｂ801200005001", "Ｂ801200005001"),
            ("P207000016049", "P207000016049"),
            ("B207000016049", ""),
            ("UPN B207000016049", "B207000016049"),
            ("pupil number: B207000016049", "B207000016049"),
            ("I801200005001", ""),
            ("order B8012000050012", ""),
            ("B80120000500", ""),
        ],
    );
    // A temporary number ends with a letter, which counts as its place among the letters.
    let temporary = |last: char, value: usize| {
        let digits = "80120000500";
        let sum: usize = digits.bytes().zip(2..).map(|(d, w)| usize::from(d - b'0') * w).sum();
        let check = char::from(b"ABCDEFGHJKLMNPQRTUVWXYZ"[(sum + value * 13) % 23]);
        format!("{check}{digits}{last}")
    };
    for (last, value) in [('A', 0), ('J', 8), ('T', 16), ('Z', 22)] {
        let number = temporary(last, value);
        assert_eq!(found(Pattern::PupilNumber, &number), [number.as_str()]);
        let wrong = temporary(last, value + 1);
        assert_eq!(found(Pattern::PupilNumber, &wrong), Vec::<&str>::new());
    }
}

#[test]
fn court_case_numbers() {
    check(
        Pattern::CourtCase,
        &[
            ("case ZE21C00123", "ZE21C00123"),
            ("Case No: BM23P01234.", "BM23P01234"),
            ("ze21c00123", "ze21c00123"),
            ("ZE 21 C 00123", "ZE 21 C 00123"),
            ("ZE21/C/00123", "ZE21/C/00123"),
            ("Z\u{200b}E21C00123", "Z\u{200b}E21C00123"),
            ("1234-5678-9012-3452", "1234-5678-9012-3452"),
            ("1234 5678 9012 3452", "1234 5678 9012 3452"),
            ("1234-5678-9012-3456", ""),
            ("[2023] EWFC 123 (B)", ""),
            ("ZE21C0012", ""),
            ("AZE21C00123", ""),
            ("ZE21C001234", ""),
            ("Q2 2026 C 10000", ""),
            ("section 47 and 12345", ""),
        ],
    );
}

#[test]
fn dates_of_birth() {
    check(
        Pattern::BirthDate,
        &[
            ("born on 3 March 2015", "3 March 2015"),
            ("born 3rd of March 2015", "3rd of March 2015"),
            ("was born in March 2015 and", "March 2015"),
            ("DOB: 03/03/2015", "03/03/2015"),
            ("dob 3.3.15", "3.3.15"),
            ("(child)dob 3 March 2015", "3 March 2015"),
            ("D.O.B. 2015-03-03", "2015-03-03"),
            ("date of birth is 3 Mar 2015", "3 Mar 2015"),
            ("Date of\n  birth: March 3, 2015", "March 3, 2015"),
            ("03/03/2015 (DOB)", "03/03/2015"),
            ("her birthday, 3 March,", "3 March"),
            ("bo\u{ad}rn 3 March 2015", "3 March 2015"),
            ("born on **3** March 2015", "3** March 2015"),
            ("ｂｏｒｎ ３ March ２０１５", "３ March ２０１５"),
            ("date of birth: 03032015", "03032015"),
            // No date, or no birth.
            ("born in the county", ""),
            ("reviewed on 3 March 2015", ""),
            ("newborn babies in 2015", ""),
            ("The unborn protocol. Agreed on 3 March 2015", ""),
            ("12 of them were born prematurely", ""),
        ],
    );
}

#[test]
fn telephone_numbers() {
    check(
        Pattern::Telephone,
        &[
            ("call 07111 222333", "07111 222333"),
            ("call 07111222333.", "07111222333"),
            ("07111 222 333", "07111 222 333"),
            ("+44 7111 222333", "+44 7111 222333"),
            ("+44 (0)7111 222333", "+44 (0)7111 222333"),
            ("0044 7111 222333", "0044 7111 222333"),
            ("07111-222-333", "07111-222-333"),
            ("01999 555012", "01999 555012"),
            ("(01999) 555012", "(01999) 555012"),
            ("020 3999 5012", "020 3999 5012"),
            ("0199 955 5012", "0199 955 5012"),
            ("07111\n  222333", "07111\n  222333"),
            ("0711\u{200b}1 222333", "0711\u{200b}1 222333"),
            ("０７１１１ ２２２３３３", "０７１１１ ２２２３３３"),
            ("**07111** 222333", "07111** 222333"),
            ("tel:07111222333", "07111222333"),
            ("07700 900123", "07700 900123"),
            ("020 7946 0123", "020 7946 0123"),
            ("01632 960123", "01632 960123"),
            // Services, and what is no number.
            ("0300 123 4567", ""),
            ("0800 1111", ""),
            ("0808 800 5000", ""),
            ("call 101 or 999", ""),
            ("on 01-02-2026 10:00", ""),
            ("2026-09-30 and 2026-10-02", ""),
            ("£01999555012", ""),
            ("ref 2026/0711122233", ""),
            ("0.07111222333", ""),
            ("07111 22", ""),
        ],
    );
}

#[test]
fn personal_addresses() {
    check(
        Pattern::Email,
        &[
            ("write to jack.smith@example.org", "jack.smith@example.org"),
            ("<jsmith@mail.example.org>", "jsmith@mail.example.org"),
            ("jack\\_smith@example.org", "jack\\_smith@example.org"),
            ("JACK@EXAMPLE.ORG,", "JACK@EXAMPLE.ORG"),
            ("jack(at)example.org", "jack(at)example.org"),
            ("jack [at] example [dot] org", "jack [at] example [dot] org"),
            ("ja\u{200b}ck@example.org", "ja\u{200b}ck@example.org"),
            ("jack＠example.org", "jack＠example.org"),
            ("sam.jones.mash@example.org", "sam.jones.mash@example.org"),
            // Addresses of roles are information.
            ("safeguarding@example.org", ""),
            ("front.door@example.org", ""),
            ("northmoormash@example.org", ""),
            ("childrens-services@example.org", ""),
            ("info@example.org and foi@example.org", ""),
            ("northmoor@northmoor.example", ""),
            ("at 5 @ the school", ""),
            ("user@host", ""),
        ],
    );
}

#[test]
fn handles() {
    check(
        Pattern::Handle,
        &[
            ("on Snapchat as @jack_s12", "@jack_s12"),
            ("(@jacksmith)", "@jacksmith"),
            ("Snapchat: jack_s12", "jack_s12"),
            ("Instagram username jack.s7", "jack.s7"),
            ("instagram.com/jack.s7", "jack.s7"),
            ("https://www.tiktok.com/@jack", "@jack"),
            ("@ja\u{200b}cksmith", "@ja\u{200b}cksmith"),
            ("＠jacksmith", "＠jacksmith"),
            ("@media print", ""),
            ("@police to confirm", ""),
            ("@page {", ""),
            ("met @ the school", ""),
            ("uses Snapchat every day", ""),
            ("Instagram and TikTok were named", ""),
            ("safeguarding@example.org", ""),
        ],
    );
}

#[test]
fn postcodes() {
    check(
        Pattern::Postcode,
        &[
            ("at SW1A 2AA today", "SW1A 2AA"),
            ("SW1A2AA", "SW1A2AA"),
            ("M1 1AE", "M1 1AE"),
            ("M11AE", "M11AE"),
            ("DN55 1PT", "DN55 1PT"),
            ("CR2 6XH.", "CR2 6XH"),
            ("ec1a 1bb", "ec1a 1bb"),
            ("SW1A\n   2AA", "SW1A\n   2AA"),
            ("SW1A\u{a0}2AA", "SW1A\u{a0}2AA"),
            ("ＳＷ１Ａ ２ＡＡ", "ＳＷ１Ａ ２ＡＡ"),
            ("S\u{ad}W1A 2AA", "S\u{ad}W1A 2AA"),
            ("**SW1A** 2AA", "SW1A** 2AA"),
            // Half a postcode, letters that are not used, and other codes.
            ("the SW1A area", ""),
            ("QX1 1AA", ""),
            ("SW1A 2CA", ""),
            ("AB12 3CD", ""),
            ("ZZ99 3AA", ""),
            ("s1 1st", ""),
            ("b143df", "b143df"),
            ("wording: b143df", ""),
            ("[Question 3.2, wording b143df]", ""),
            ("[Question 3.2, wording B14 3DF]", "B14 3DF"),
            ("Nothing to show.,,,wording b143df,police", ""),
            ("agreed the wording b143df, was", "b143df"),
            ("in the wording b143df was", "b143df"),
            ("\"wording\": \"b143df\"", ""),
            ("wording: B14 3DF", "B14 3DF"),
            ("fill: #e99eb;", ""),
            ("A-07 and Q2 4th", ""),
            ("section S47 2 days", ""),
            ("SW1A 2AAB", ""),
        ],
    );
}

#[test]
fn street_addresses() {
    check(
        Pattern::Street,
        &[
            ("lives at 12 Acacia Avenue with", "12 Acacia Avenue"),
            ("12a Long Meadow Lane", "12a Long Meadow Lane"),
            ("Flat 3, 120 High Street", "120 High Street"),
            ("14, Station Road", "14, Station Road"),
            ("7 Mill Hill, Northmoor", "7 Mill Hill"),
            ("12 Acacia\n  Avenue", "12 Acacia\n  Avenue"),
            ("12 **Acacia** Avenue", "12 **Acacia** Avenue"),
            ("12 Aca\u{200b}cia Avenue", "12 Aca\u{200b}cia Avenue"),
            ("１２ Acacia Avenue", "１２ Acacia Avenue"),
            // Dates, documents, courts.
            ("on 12 March Street work began", ""),
            ("in 2026 High Street was", ""),
            ("Step 3 Partnership Drive", ""),
            ("the 12 Family Court hearings", ""),
            ("20 November 2026", ""),
            ("12 Police officers", ""),
            ("the 3 Local Place plans", ""),
            ("High Street", ""),
        ],
    );
}

#[test]
fn names_beside_relatives() {
    check(
        Pattern::Relative,
        &[
            ("her son Jack was seen", "Jack"),
            ("her son, Jack, was seen", "Jack"),
            ("the son (Jack) was seen", "Jack"),
            ("a daughter called Amina", "Amina"),
            ("the mother Jane Smith said", "Jane Smith"),
            ("Mother: Jane", "Jane"),
            ("**Mother**: Jane", "Jane"),
            ("the mother : Jane", "Jane"),
            ("{\"mother\": \"Jane\"}", ""),
            ("a so**n**: Jack", "Jack"),
            ("child Jack was", "Jack"),
            ("son JACK was", "JACK"),
            ("Jack's mother said", "Jack"),
            ("Jack’s mother said", "Jack"),
            ("Jack, her son, said", "Jack"),
            ("Jack (son) said", "Jack"),
            ("his uncle Seán O'Neill", "Seán O'Neill"),
            ("her son\n    Jack was", "Jack"),
            ("her son\n    # Jack was", "Jack"),
            ("her so\u{200b}n J\u{ad}ack was", "J\u{ad}ack"),
            ("her son **Jack** was", "Jack"),
            ("her so**n** Jack was", "Jack"),
            ("her son 𝐉𝐚𝐜𝐤 was", "𝐉𝐚𝐜𝐤"),
            ("her son Ｊａｃｋ was", "Ｊａｃｋ"),
            ("her son Јасk was", "Јасk"),
            ("\"her son\\u0020Jack\"", "Jack"),
            ("her son\nJack was", "Jack"),
            ("her son\nJack: a report", "Jack"),
            ("her son Jack: a report", "Jack"),
            ("Mother: Jane\nAsked: by whom?", "Jane"),
            ("her son Jack\nSmith: a report", "Jack\nSmith"),
            ("Asked: by Jane's\nmother, yes", "Jane"),
            ("Jack:\nher son was seen", ""),
            // What lines of forms begin with.
            ("Title: Voice of the child\nAsked: Are they heard?", ""),
            ("> Title: Voice of the child\n> Asked: Are they heard?", ""),
            ("Title: Voice of the child\r\n  Asked: Are they heard?", ""),
            ("Title: The mother\nASKED: Is she heard?", ""),
            ("Title: The mother,\nAsked: Is she heard?", ""),
            // Words, pseudonyms, headings, ends of sentences.
            ("Child Protection conferences", ""),
            ("the child Protection Plan", ""),
            ("Child A and Mother B", ""),
            ("mother tongue", ""),
            ("Father Christmas came", ""),
            ("with the mother. Jack was", ""),
            ("the mother and father", ""),
            ("every child in Northmoor", ""),
            ("a pupil Referral Unit", ""),
            ("Every Child Matters", ""),
            ("In Northmoor, her son was", ""),
            ("the child's School", ""),
            ("a person Jack knows", ""),
            ("child MARAC", ""),
            ("for the baby In March", ""),
            ("the father, Police said, was", ""),
        ],
    );
}

#[test]
fn exact_ages() {
    check(
        Pattern::ExactAge,
        &[
            ("a 7-year-old girl", "7-year-old"),
            ("a 7 year old girl", "7 year old"),
            ("the boy is 7 years old", "7 years old"),
            ("a seven-year-old was seen", "seven-year-old"),
            ("a 6-month-old baby", "6-month-old"),
            ("a boy aged 7 was", "aged 7"),
            ("a boy, aged seven, was", "aged seven"),
            ("Age: 7", "Age: 7"),
            ("the girl (age 14)", "age 14"),
            ("a 15yo", "15yo"),
            ("a 7-year-\n  old girl", "7-year-\n  old"),
            ("a seven years\n  old boy", "seven years\n  old"),
            ("a **7**-year-old girl", "7**-year-old"),
            ("a ７-year-old girl", "７-year-old"),
            ("a 7\u{2011}year\u{2011}old girl", "7\u{2011}year\u{2011}old"),
            ("ag\u{ad}ed 7", "ag\u{ad}ed 7"),
            // Groups, ranges, limits, grown-ups, things.
            ("children aged 7", ""),
            ("young people aged 16 and 17", ""),
            ("aged 10 to 17", ""),
            ("aged 16–17", ""),
            ("aged 16 or over", ""),
            ("aged 18+", ""),
            ("16 to 17-year-old children", ""),
            ("7-year-olds", ""),
            ("under 5-year-old", ""),
            ("at age 16", ""),
            ("from the age of 16", ""),
            ("a 45-year-old woman", ""),
            ("the plan is 3 years old", ""),
            ("a 5-year-old policy", ""),
            ("managed 7 cases", ""),
            ("over 3 years", ""),
        ],
    );
}

#[test]
fn small_counts() {
    check(
        Pattern::SmallCount,
        &[
            ("two children were", "two children"),
            ("3 children were", "3 children"),
            ("Four young people said", "Four young people"),
            ("one girl in the group", "one girl"),
            ("five of the pupils", "five of the pupils"),
            ("three looked-after children", "three looked-after children"),
            ("one young person", "one young person"),
            ("two\n  children", "two\n  children"),
            ("t\u{200b}wo children", "t\u{200b}wo children"),
            ("**two** children", "two** children"),
            ("２ children", "２ children"),
            // More, ratios, homes, idioms, parts of documents.
            ("six children", ""),
            ("12 children", ""),
            ("1,003 children", ""),
            ("1.5 children", ""),
            ("one in five children", ""),
            ("one child in five", ""),
            ("2 out of 5 children", ""),
            ("two children’s homes", ""),
            ("three children's services", ""),
            ("one child at a time", ""),
            ("Step 3 Children are heard", ""),
            ("under 5 children", ""),
            ("3. Children are heard", ""),
            ("one child protection conference", ""),
            ("someone children trust", ""),
        ],
    );
}

#[test]
fn known_names() {
    let names = Names::parse("# the review\nJack Smith\nZoë\n\nO'Neill\n").expect("a list");
    let check = |text: &str, expected: &[&str]| {
        let all = scan(text, Dress::Text, Some(&names));
        let own = all.iter().filter(|own| own.pattern == Pattern::KnownName);
        let own: Vec<&str> = own.map(|own| &text[own.range.clone()]).collect();
        assert_eq!(own, expected, "{text:?}");
    };
    check("Then Jack Smith said", &["Jack Smith"]);
    check("JACK SMITH'S file", &["JACK SMITH"]);
    check("Smith, Jack", &["Smith, Jack"]);
    check("jack-smith", &["jack-smith"]);
    check("Jack\n    Smith", &["Jack\n    Smith"]);
    check("J\u{200b}ack S\u{ad}mith", &["J\u{200b}ack S\u{ad}mith"]);
    check("𝐉𝐚𝐜𝐤 Smith", &["𝐉𝐚𝐜𝐤 Smith"]);
    check("Ja**ck** Smith", &["Ja**ck** Smith"]);
    check("Јack Smith", &["Јack Smith"]);
    check("Zoe’s plan, Zoë, ZOE\u{308}", &["Zoe", "Zoë", "ZOE\u{308}"]);
    check("Mr O’Neill", &["O’Neill"]);
    check("Jackson Smithers and Jack", &[]);
    check("Zoeller", &[]);
    assert_eq!(Names::parse("Amina\nX\n").err(), Some(NameFault::TooShort(2)));
    assert_eq!(Names::parse("# nobody\n\n").err(), Some(NameFault::Empty));
}

#[test]
fn web_pages() {
    let check = |text: &str, expected: &[&str]| {
        let all = scan(text, Dress::Html, None);
        let own: Vec<&str> = all.iter().map(|own| &text[own.range.clone()]).collect();
        assert_eq!(own, expected, "{text:?}");
    };
    check("<p>her son <strong>Jack</strong> was</p>", &["Jack"]);
    check("<p>her s<b>o</b>n Jack was</p>", &["Jack"]);
    check("<p>her son&nbsp;Jack&#39;s school</p>", &["Jack"]);
    check("<td>son</td><td>Jack</td>", &[]);
    check("<svg><title>her son Jack</title></svg>", &["Jack"]);
    check("<img alt=\"her son Jack\">", &["Jack"]);
    check("<!-- her son Jack -->", &["Jack"]);
    check("<style>@media print { p { color: #000 } }</style>", &[]);
}

#[test]
fn calendars() {
    let check = |text: &str, expected: &[&str]| {
        let all = scan(text, Dress::Calendar, None);
        let own: Vec<&str> = all.iter().map(|own| &text[own.range.clone()]).collect();
        assert_eq!(own, expected, "{text:?}");
    };
    check("SUMMARY:See her son Jack today\r\n", &["Jack"]);
    check("SUMMARY:See her so\r\n n Jack today\r\n", &["Jack"]);
    check("SUMMARY:See her son Ja\r\n ck today\r\n", &["Ja\r\n ck"]);
    check("SUMMARY:See her son\n\t Jack today\n", &["Jack"]);
    check("DESCRIPTION:See her son \\\r\n nJack today\r\n", &["Jack"]);
    check("DESCRIPTION:Born 3 Ma\r\n rch 2\r\n 014\\, at home\r\n", &["3 Ma\r\n rch 2\r\n 014"]);
    // One line has nothing to do with the next.
    check("DESCRIPTION:See her son\r\nLOCATION:Jack Street\r\n", &[]);
    check("\r\n ", &[]);
}

#[test]
fn names_of_files() {
    let check = |name: &str, expected: usize| {
        assert_eq!(scan_name(name, None).len(), expected, "{name}");
    };
    check("2026-27-q2/scrutineer.yaml", 0);
    check("northmoor/2026-27-q2/self-assessment-2026-09-30.yaml", 0);
    check("son-Jack.yaml", 1);
    check("dob-2015-03-03.md", 1);
    check("401-023-2137.yaml", 1);
    check("letter_SW1A_2AA.txt", 1);
}

#[test]
fn the_lists_are_in_order() {
    assert!(words::KNOWN.is_sorted());
    assert!(words::AREAS.is_sorted());
}

/// Whatever is masked, at most its first letter is left.
fn check_mask(text: &str, range: Range<usize>) {
    let secret = &text[range];
    let masked = mask(secret);
    assert!(!masked.contains(secret), "{masked:?} shows {secret:?}");
    let shown: Vec<char> = masked.chars().filter(|letter| letter.is_alphanumeric()).collect();
    assert!(shown.len() <= 1 && !shown.iter().any(char::is_ascii_digit), "{masked:?}");
}

/// Texts in which much is found.
fn rich() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "One ",
        "five young people",
        "seven-year-old",
        "Éamon",
        "Łukasz's mother",
        "12 Élan Road",
        "’s",
        "\t",
        "~ ",
        "` ",
        "doB 3 March 2015",
        "years old",
        "The girl ",
        "Born ",
        "dob ",
        "called ",
        "Acacia Lane",
        "four ",
        "_",
        "snapchat ",
        "Age: 12",
        "son ",
        "Jack",
        "Asked: ",
        ": ",
        "JACK",
        " aged 7",
        "a 7-year-old",
        "two ",
        "children",
        "401 023 2137",
        "NHS number ",
        "AB123456C",
        "B801200005001",
        "ZE21C00123",
        "DOB ",
        "3 March 2015",
        "07111 222333",
        "jack@example.org",
        "@jack_s",
        "SW1A 2AA",
        "12 Acacia Avenue",
        "\n",
        "\n  ",
        "\n# ",
        "**",
        "\u{200b}",
        "\u{ad}",
        "é",
        "’s ",
        "𝐉",
        "１",
        "\\u004a",
        "&#74;",
        " ",
        ". ",
        "(",
        ")",
        "<b>",
        "her ",
        "mother",
        "-",
        "\\",
        "\r\n",
        "\u{301}",
        "ﬁ",
        "\u{fdfa}",
    ]);
    prop::collection::vec(part, 0..24).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, ..ProptestConfig::default() })]

    #[test]
    fn places_lie_in_the_text_and_masks_hide_them(text in rich()) {
        let names = Names::parse("Jack\nmother March").expect("a list");
        for dress in [Dress::Text, Dress::Html, Dress::Calendar] {
            for list in [None, Some(&names)] {
                let mut last = 0;
                for own in scan(&text, dress, list) {
                    prop_assert!(own.range.start >= last && own.range.end > own.range.start);
                    prop_assert!(text.get(own.range.clone()).is_some(), "{:?}", own);
                    last = own.range.end;
                    check_mask(&text, own.range);
                }
            }
        }
    }

    #[test]
    fn any_text_can_be_read(text in any::<String>()) {
        for dress in [Dress::Text, Dress::Html, Dress::Calendar] {
            for own in scan(&text, dress, None) {
                prop_assert!(text.get(own.range.clone()).is_some());
            }
        }
        scan_name(&text, None);
    }

    #[test]
    fn the_sieve_loses_nothing(text in rich()) {
        // A text that is short enough to be one stretch, however little of it is let through.
        prop_assume!(text.matches('\n').count() <= 2);
        prop_assert_eq!(whole(&text), scan(&text, Dress::Text, None));
    }
}

#[test]
fn a_capital_with_an_accent_hides_nothing() {
    for text in [
        "Éamon's mother said that the budget was late.",
        "The plan of Łukasz's mother",
        "Éamon, her son, said so.",
        "Ömer (son) was there.",
        "They live at 12 Élan Road.",
        "There were two\tchildren at home.",
        "There were `two` children at home.",
        "The form says doB 3 March 2015.",
    ] {
        assert_eq!(scan(text, Dress::Text, None), whole(text), "{text}");
        assert!(!whole(text).is_empty(), "{text}");
    }
}

/// Each would take minutes if what is long were gone through for each of its parts.
#[test]
fn long_words_and_rows_take_no_time() {
    for part in
        ["É", "aÉ", "snap", "aged", "one", "snapchat", "snapchat_", "<a", "<!--", "aged two "]
    {
        scan(&part.repeat(200_000), Dress::Text, None);
    }
    scan(&"<a".repeat(200_000), Dress::Html, None);
}

#[test]
fn a_letter_before_a_capital_is_told_from_a_sign() {
    for (text, expected) in
        [("×Jack's mother", true), ("“Jack’s mother”", true), ("éJack's mother", false)]
    {
        assert_eq!(scan(text, Dress::Text, None), whole(text), "{text}");
        assert_eq!(!whole(text).is_empty(), expected, "{text}");
    }
}

#[test]
fn a_wide_gap_hides_nothing() {
    let wide = " ".repeat(150);
    for text in [
        "a boy, aged @7, spoke",
        "her son@Jack spoke",
        "a girl,@aged 7@years@old",
        "12@Elm@Road",
        "There were@two@children at home.",
        "born@on@3@March@2015",
        "AB@12@34@56@C",
        "07700@900@123",
        "jack.smith (@at@) example.net",
    ] {
        let text = text.replace('@', &wide);
        assert_eq!(scan(&text, Dress::Text, None), whole(&text), "{text}");
        assert!(!whole(&text).is_empty(), "{text}");
    }
}

/// A page of ordinary prose of a public body, in which nothing gives anybody away.
const PAGE: &str = include_str!("prose/page.md");

#[test]
fn ordinary_prose_gives_nothing_away() {
    assert!(PAGE.lines().count() >= 150 && PAGE.len() > 9000);
    let wrong: Vec<(Pattern, &str)> = scan(PAGE, Dress::Text, None)
        .iter()
        .map(|own| (own.pattern, &PAGE[own.range.clone()]))
        .collect();
    assert_eq!(wrong, []);
}
