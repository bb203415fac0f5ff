//! Start-up, one file and the whole archive, beside a program that does nothing, reading, and the bare
//! events of the YAML parser.

use std::path::Path;

use crate::group::{Comparison, Figure, Goal, Group};
use crate::measure::{Load, Threads};
use crate::{EACH, EVENTS, NOTHING, READ, itself, program};

/// The partnership that is followed through the archive.
const PARTNERSHIP: &str = "Brindlecombe";

/// How often a program that takes some milliseconds is run for one figure.
const SHORT_RUNS: u32 = 200;

pub(crate) fn one_file(file: &Path) -> Group {
    let name = |mode: &str| Load::new(mode, itself()).times(SHORT_RUNS);
    let ratio =
        |name, under, figure, goal| Comparison::ratio(name, "validate", under, figure, goal);
    use Figure::{Processor, Wall};
    Group {
        title: "Start-up, and one file",
        loads: vec![
            name("nothing").args([NOTHING]),
            name("read").args([READ]).args([file]),
            name("parser events").args([EVENTS]).args([file]),
            Load::new("help", program()).args(["validate", "--help"]).times(SHORT_RUNS),
            Load::new("validate", program()).args(["validate"]).args([file]).times(SHORT_RUNS),
        ],
        comparisons: vec![
            ratio("validate / nothing, processor", "nothing", Processor, Goal::AtMost(1.7)),
            ratio("validate / nothing, wall", "nothing", Wall, Goal::AtMost(1.7)),
            ratio("validate / reading, processor", "read", Processor, Goal::None),
            ratio("validate / parser events, processor", "parser events", Processor, Goal::None),
            Comparison::ratio(
                "help / nothing, processor",
                "help",
                "nothing",
                Processor,
                Goal::None,
            ),
        ],
    }
}

pub(crate) fn archive(archive: &Path) -> Group {
    let own = |name: &str, mode: &str| Load::new(name, itself()).args([mode]).args([archive]);
    let scrutiny =
        |name: &str, command: &str| Load::new(name, program()).args([command]).args([archive]);
    use Figure::{Processor, Wall};
    let ratio = Comparison::ratio;
    Group {
        title: "The archive: 5,480 files",
        loads: vec![
            own("read", READ),
            own("parser events", EVENTS),
            own("parser events, one thread", EVENTS).threads(Threads::One),
            scrutiny("validate", "validate"),
            scrutiny("validate, one thread", "validate").threads(Threads::One),
            scrutiny("collate", "collate"),
            scrutiny("trend of one", "trend").args(["--partnership", PARTNERSHIP]),
        ],
        comparisons: vec![
            ratio(
                "validate / events, processor",
                "validate",
                "parser events",
                Processor,
                Goal::AtMost(0.333),
            ),
            ratio(
                "validate / events, one thread, processor",
                "validate, one thread",
                "parser events, one thread",
                Processor,
                Goal::AtMost(0.333),
            ),
            ratio("validate / reading, processor", "validate", "read", Processor, Goal::None),
            ratio(
                "one thread / all threads, wall",
                "validate, one thread",
                "validate",
                Wall,
                Goal::AtLeast(1.8),
            ),
            ratio(
                "events: one thread / all, wall",
                "parser events, one thread",
                "parser events",
                Wall,
                Goal::None,
            ),
            ratio(
                "collate / validate, processor",
                "collate",
                "validate",
                Processor,
                Goal::AtMost(1.3),
            ),
            ratio(
                "trend of one / validate, processor",
                "trend of one",
                "validate",
                Processor,
                Goal::AtMost(1.3),
            ),
            Comparison::peak("peak memory of validate, MB", "validate", Goal::AtMost(80.0)),
            Comparison::peak("peak memory of collate, MB", "collate", Goal::AtMost(120.0)),
            Comparison::peak("peak memory of trend, MB", "trend of one", Goal::AtMost(120.0)),
        ],
    }
}

pub(crate) fn partnerships(archive: &Path) -> Group {
    let each = |name: &str, command: &str| {
        Load::new(name, itself()).args([EACH]).args([program()]).args([command]).args([archive])
    };
    Group {
        title: "137 partnerships, one after another",
        loads: vec![each("validate each", "validate"), each("trend of each", "trend")],
        comparisons: vec![Comparison::ratio(
            "trend / validate of each, processor",
            "trend of each",
            "validate each",
            Figure::Processor,
            Goal::AtMost(1.3),
        )],
    }
}
