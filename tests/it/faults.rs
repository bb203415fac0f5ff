//! The commands that write are killed at every system call that they make, and every write, sync,
//! rename and opening of a file is made to fail: the file on the disk is the old one or the new one,
//! whole, every time. A writer that is naive must fail the same test.
//!
//! The calls are taken from a trace of the real program. It is traced with ptrace by the test itself,
//! so that nothing has to be installed.

#![cfg(all(target_os = "linux", target_arch = "x86_64"))]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use nix::errno::Errno;
use nix::sys::ptrace::{self, Options};
use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::Pid;

use super::program::{copy, run};

/// A program that changes a folder, and the file in it that matters.
struct Writer {
    name: &'static str,
    program: &'static str,
    arguments: &'static [&'static str],
    file: &'static str,
}

const SCRUTINY: &str = env!("CARGO_BIN_EXE_scrutiny");

const WRITERS: [Writer; 7] = [
    Writer {
        name: "set",
        program: SCRUTINY,
        arguments: &["set", "a.yaml", "1.1", "rating=amber", "because=Seen in two audits."],
        file: "a.yaml",
    },
    Writer {
        name: "action add",
        program: SCRUTINY,
        arguments: &["action", "add", "a.yaml", "--on", "1.1", "--task", "Publish the plan"],
        file: "a.yaml",
    },
    Writer {
        name: "evidence add",
        program: SCRUTINY,
        arguments: &["evidence", "add", "a.yaml", "1.1", "--source", "Minutes"],
        file: "a.yaml",
    },
    Writer {
        name: "init",
        program: SCRUTINY,
        arguments: &[
            "init",
            "--checklist",
            "six-steps-2019",
            "--partnership",
            "Northmoor",
            "--period",
            "2026-27 Q3",
            "-o",
            "new.yaml",
        ],
        file: "new.yaml",
    },
    Writer { name: "fmt", program: SCRUTINY, arguments: &["fmt", "b.yaml"], file: "b.yaml" },
    Writer {
        name: "report",
        program: SCRUTINY,
        arguments: &["report", "a.yaml", "-o", "new.md"],
        file: "new.md",
    },
    Writer {
        name: "report over another",
        program: SCRUTINY,
        arguments: &["report", "a.yaml", "-o", "old.md", "--force"],
        file: "old.md",
    },
];

/// It empties the file, writes the beginning, and then the rest.
const NAIVE: Writer = Writer {
    name: "a naive writer",
    program: "/bin/sh",
    arguments: &["-c", "printf 'scrutiny: ' > a.yaml; printf 'assessment\n' >> a.yaml"],
    file: "a.yaml",
};

/// What is done to a program at one of its system calls.
#[derive(Clone, Copy, Debug)]
enum Fault {
    Kill,
    Fail(Errno),
}

/// How a program ended.
#[derive(Debug, PartialEq)]
enum End {
    Code(i32),
    Killed,
}

/// A program that is stopped at its first own instruction, and followed call by call.
struct Traced {
    pid: Pid,
    child: std::process::Child,
}

impl Traced {
    /// Starts a program under trace. A shell stops itself, and then becomes the program.
    fn start(writer: &Writer, folder: &Path) -> Self {
        let complaint = File::create(folder.join("stderr")).expect("a file can be made");
        let child = Command::new("/bin/sh")
            .args(["-c", "kill -STOP $$; exec \"$0\" \"$@\"", writer.program])
            .args(writer.arguments)
            .current_dir(folder)
            .env_clear()
            .env("RAYON_NUM_THREADS", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::from(complaint))
            .spawn()
            .expect("a shell starts");
        let pid = Pid::from_raw(i32::try_from(child.id()).expect("a process has a small number"));
        waitpid(pid, Some(WaitPidFlag::WUNTRACED)).expect("the shell stops itself");
        let options = Options::PTRACE_O_TRACESYSGOOD
            | Options::PTRACE_O_TRACEEXEC
            | Options::PTRACE_O_EXITKILL;
        ptrace::seize(pid, options).expect("a process may trace its children on this machine");
        kill(pid, Signal::SIGCONT).expect("the shell can be woken");
        let traced = Traced { pid, child };
        traced.until(|status| matches!(status, WaitStatus::PtraceEvent(_, Signal::SIGTRAP, 4)));
        traced
    }

    /// Lets the program run to the next stop of a kind, passing its signals on.
    fn until(&self, is_it: impl Fn(&WaitStatus) -> bool) {
        loop {
            let status = self.wait();
            if is_it(&status) {
                return;
            }
            let signal = match status {
                WaitStatus::Stopped(_, signal) if signal != Signal::SIGTRAP => Some(signal),
                _ => None,
            };
            ptrace::cont(self.pid, signal).expect("the program can go on");
        }
    }

    fn wait(&self) -> WaitStatus {
        waitpid(self.pid, Some(WaitPidFlag::__WALL)).expect("the program can be waited for")
    }

    /// Goes on to the beginning or the end of the next system call; or tells how the program ended.
    fn step(&self) -> Result<(), End> {
        let mut signal = None;
        loop {
            ptrace::syscall(self.pid, signal.take()).expect("the program can go on");
            match self.wait() {
                WaitStatus::PtraceSyscall(_) => return Ok(()),
                WaitStatus::Exited(_, code) => return Err(End::Code(code)),
                WaitStatus::Signaled(..) => return Err(End::Killed),
                WaitStatus::Stopped(_, other) => signal = Some(other),
                _ => {}
            }
        }
    }

    /// The number of the call that is about to be made.
    fn call(&self) -> u64 {
        ptrace::getregs(self.pid).expect("a stopped program can be looked into").orig_rax
    }

    fn finish(&self) -> End {
        loop {
            if let Err(end) = self.step() {
                return end;
            }
        }
    }
}

impl Drop for Traced {
    fn drop(&mut self) {
        let _ = kill(self.pid, Signal::SIGKILL);
        let _ = self.child.wait();
    }
}

/// The numbers of all calls that a program makes.
fn trace(writer: &Writer, folder: &Path) -> Vec<u64> {
    let traced = Traced::start(writer, folder);
    let mut calls = Vec::new();
    // The first stop is the end of the call by which the shell became the program.
    let mut is_end = true;
    loop {
        match traced.step() {
            Ok(()) if is_end => {}
            Ok(()) => calls.push(traced.call()),
            Err(end) => {
                assert_eq!(end, End::Code(0), "{} is right when left alone", writer.name);
                return calls;
            }
        }
        is_end = !is_end;
    }
}

/// Runs a program up to its n-th call and does something to it there.
fn disturb(writer: &Writer, folder: &Path, nth: usize, fault: Fault) -> End {
    let traced = Traced::start(writer, folder);
    // One stop for the end of the first call, and two for each call before.
    for _ in 0..=2 * nth + 1 {
        if let Err(end) = traced.step() {
            return end;
        }
    }
    match fault {
        Fault::Kill => {
            kill(traced.pid, Signal::SIGKILL).expect("the program can be killed");
            traced.wait();
            End::Killed
        }
        Fault::Fail(errno) => {
            let mut registers = ptrace::getregs(traced.pid).expect("it is stopped");
            registers.orig_rax = u64::MAX;
            ptrace::setregs(traced.pid, registers).expect("it is stopped");
            if let Err(end) = traced.step() {
                return end;
            }
            registers.rax = (-i64::from(errno as i32)) as u64;
            ptrace::setregs(traced.pid, registers).expect("it is stopped");
            traced.finish()
        }
    }
}

/// The calls that are made to fail: write, writev, pwrite64, fsync, fdatasync, the renames, linkat,
/// openat, fchmod, flock.
const FAILING: [u64; 12] = [1, 20, 18, 74, 75, 82, 264, 316, 265, 257, 91, 73];

const ERRORS: [Errno; 3] = [Errno::ENOSPC, Errno::EIO, Errno::EACCES];

/// What the points of a writer came to.
#[derive(Debug, Default)]
struct Outcome {
    killed: usize,
    failed: usize,
    torn: Vec<String>,
}

/// The folder that the writers change.
fn folder(at: &Path) {
    let head = "scrutiny: assessment\nchecklist: six-steps-2019\n\
        partnership: Northmoor Safeguarding Children Partnership\nperiod: 2026-27 Q2\n\
        perspective: scrutineer\nas-at: 2026-09-30\ncovers: [1]\n";
    let whole = "ratings:\n  1.1:\n    rating: green # last time\n    because: |\n      Long.\n";
    let loose = "ratings:\n      1.1:\n         because:   Long.\n         rating:   green\n";
    fs::write(at.join("a.yaml"), format!("{head}{whole}")).expect("a file can be written");
    fs::write(at.join("b.yaml"), format!("{head}{loose}")).expect("a file can be written");
    fs::write(at.join("old.md"), "An older report.\n").expect("a file can be written");
}

/// Runs a writer once for each point, and looks at the file each time.
fn suffer(writer: &Writer) -> Outcome {
    let begin = tempfile::tempdir().expect("a temporary folder");
    folder(begin.path());
    let read = |folder: &Path| fs::read(folder.join(writer.file)).ok();
    let old = read(begin.path());
    let after = tempfile::tempdir().expect("a temporary folder");
    copy(begin.path(), after.path(), &[]);
    let calls = trace(writer, after.path());
    let new = read(after.path());
    assert_ne!(old, new, "{} changes the file", writer.name);
    let mut points: Vec<(usize, Fault)> = (0..calls.len()).map(|nth| (nth, Fault::Kill)).collect();
    let failing = calls.iter().enumerate().filter(|(_, call)| FAILING.contains(call));
    points.extend(failing.flat_map(|(nth, _)| ERRORS.map(|errno| (nth, Fault::Fail(errno)))));
    let next = AtomicUsize::new(0);
    let work = || {
        let mut outcome = Outcome::default();
        while let Some((nth, fault)) = points.get(next.fetch_add(1, Ordering::Relaxed)) {
            let place = tempfile::tempdir().expect("a temporary folder");
            copy(begin.path(), place.path(), &[]);
            let end = disturb(writer, place.path(), *nth, *fault);
            let now = read(place.path());
            let point = format!("{} at call {nth} ({}), {fault:?}", writer.name, calls[*nth]);
            if now != old && now != new {
                outcome.torn.push(point.clone());
            }
            match fault {
                Fault::Kill => {
                    assert_eq!(end, End::Killed, "{point} was not reached");
                    outcome.killed += 1;
                    if now == old && has_left_over(place.path()) {
                        check_next(writer, place.path(), &new, &point);
                    }
                }
                Fault::Fail(_) => {
                    outcome.failed += 1;
                    check_end(&end, now == new, place.path(), &point, writer);
                }
            }
        }
        outcome
    };
    let parts: Vec<Outcome> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..2).map(|_| scope.spawn(work)).collect();
        threads.into_iter().map(|thread| thread.join().expect("no point panics")).collect()
    });
    parts.into_iter().fold(Outcome::default(), |mut all, part| {
        all.killed += part.killed;
        all.failed += part.failed;
        all.torn.extend(part.torn);
        all
    })
}

/// Whether a text that was not yet moved to its place is left in a folder.
fn has_left_over(folder: &Path) -> bool {
    let entries = fs::read_dir(folder).expect("a folder can be read");
    let mut names = entries.map(|entry| entry.expect("it can be read").file_name());
    names.any(|name| name.to_string_lossy().starts_with(".scrutiny-"))
}

/// What a killed run leaves behind does not stand in the way of the next.
fn check_next(writer: &Writer, folder: &Path, new: &Option<Vec<u8>>, point: &str) {
    let output = run(folder, writer.arguments, b"");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "after {point}: {said}");
    assert_eq!(&fs::read(folder.join(writer.file)).ok(), new, "after {point}");
}

/// A failure is told in one sentence, and success is never claimed for a file that was not written.
fn check_end(end: &End, is_new: bool, folder: &Path, point: &str, writer: &Writer) {
    if writer.program != SCRUTINY {
        return;
    }
    let complaint = fs::read_to_string(folder.join("stderr")).unwrap_or_default();
    let End::Code(code) = end else { panic!("{point} was killed") };
    assert!(!complaint.contains("panicked"), "{point}: {complaint}");
    assert!([0, 1, 2, 127].contains(code), "{point} ended with {code}: {complaint}");
    assert!(*code != 0 || is_new, "{point} claims to have written: {complaint}");
    for word in ["Os {", "ErrorKind", "Error(", "src/"] {
        assert!(!complaint.contains(word), "{point}: {complaint}");
    }
    let errors = complaint.lines().filter(|line| line.starts_with("error: ")).count();
    assert!(errors <= 1, "{point}: {complaint}");
}

#[test]
fn no_fault_tears_a_file() {
    let mut counts = BTreeMap::new();
    for writer in &WRITERS {
        let outcome = suffer(writer);
        assert!(outcome.killed > 50 && outcome.failed > 20, "{}: {outcome:?}", writer.name);
        assert!(outcome.torn.is_empty(), "{:#?}", outcome.torn);
        counts.insert(writer.name, (outcome.killed, outcome.failed));
    }
    let (killed, failed) = counts.values().fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1));
    let line =
        format!("faults: killed at {killed} points, failed at {failed}, 0 torn: {counts:?}\n");
    std::io::stderr().write_all(line.as_bytes()).expect("it can be told");
}

#[test]
fn a_naive_writer_is_found_out() {
    let outcome = suffer(&NAIVE);
    assert!(!outcome.torn.is_empty(), "the faults tear nothing");
}

/// A call by which the new text is saved beside the file: after the file was read, and before it is
/// looked at for the last time.
const FSYNC: u64 = 74;

/// What another program does to a file between our reading and our writing is never overwritten.
#[test]
fn what_another_program_writes_is_never_overwritten() {
    const THEIRS: &str = "scrutiny: assessment # theirs\n";
    let replace = |file: &Path, text: &[u8]| {
        let beside = file.with_extension("theirs");
        fs::write(&beside, text).expect("it can be written");
        fs::rename(beside, file).expect("it can be moved");
    };
    let meddle = |file: &Path, way: usize| match way {
        0 => fs::write(file, THEIRS).expect("it can be written"),
        1 => replace(file, THEIRS.as_bytes()),
        2 => {
            let text = fs::read_to_string(file).expect("it can be read");
            fs::write(file, text.replace("Long", "Lang")).expect("it can be written");
        }
        3 => replace(file, &fs::read(file).expect("it can be read")),
        4 => fs::remove_file(file).expect("it can be removed"),
        _ => {
            fs::remove_file(file).expect("it can be removed");
            fs::create_dir(file).expect("a folder can be made");
        }
    };
    let [set, ..] = &WRITERS;
    for way in 0..6 {
        let place = tempfile::tempdir().expect("a temporary folder");
        folder(place.path());
        let file = place.path().join(set.file);
        let traced = Traced::start(set, place.path());
        traced.step().expect("the first stop is the end of the call that starts it");
        loop {
            traced.step().expect("it saves what it writes");
            if traced.call() == FSYNC {
                break;
            }
            traced.step().expect("it saves what it writes");
        }
        meddle(&file, way);
        let theirs = fs::read(&file).ok();
        assert_eq!(traced.finish(), End::Code(2), "way {way}");
        let said = fs::read_to_string(place.path().join("stderr")).expect("it says something");
        let sentence = "error: a.yaml was changed by another program in the meantime: \
                        nothing was written, try again\n";
        assert_eq!(said, sentence, "way {way}");
        assert_eq!(fs::read(&file).ok(), theirs, "way {way}");
        assert_eq!(file.is_dir(), way == 5);
    }
}
