//! `scrutiny report`: a report on one assessment, of any kind and in any format; and the templates
//! that lay reports out.

mod own;
mod templates;

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::{Subcommand, ValueEnum};
use jiff::civil::Date;

use super::assess::{Read, assessments, keep};
use super::audience::Readers;
use super::load::Loader;
use super::names::NamesArgs;
use super::output::{Destination, Output};
use super::programme::ReadProgramme;
use super::publish::{Finished, stop_if_personal};
use super::screen::FindingFormat;
use super::survey::{is_wrong, survey};
use super::{Exit, inputs, parse_date};
use crate::actions::same_name;
use crate::finding::{Level, Located};
use crate::model::audience::Audience;
use crate::model::standing;
use crate::privacy::Dress;
use crate::report::kind::{Format, Kind};
use crate::report::{Order, Report, has_words_for_young_people, html, markdown, template};
use crate::text::{join_words, quoted};

/// Make a report on an assessment
#[derive(clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "\
Examples:
  scrutiny report northmoor/2026-27-q2/scrutineer.yaml
  scrutiny report q2.yaml --kind quarterly --since q1.yaml
  scrutiny report q2.yaml --kind step --step 3
  scrutiny report q2.yaml --kind annual --audience public -o statement.md
  scrutiny report q2.yaml --template templates/quarterly.md
  scrutiny report template show quarterly > templates/quarterly.md
  scrutiny report scrutineer.yaml --kind annual --programme programme.yaml
  scrutiny report - --as-at 2026-12-01 < q2.yaml

A file called template is reached as ./template."
)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    /// The assessment, or - for standard input
    #[arg(value_name = "FILE", required = true)]
    file: Option<PathBuf>,
    /// For whom and for what it is laid out
    #[arg(long, value_name = "KIND", default_value = "full")]
    kind: KindWord,
    /// The step of a report of the kind step, such as 3
    #[arg(long, value_name = "ID", required_if_eq("kind", "step"))]
    step: Option<String>,
    /// Say what moved since this earlier assessment
    #[arg(long, value_name = "PREVIOUS")]
    since: Option<PathBuf>,
    /// Say how scrutiny was done, from this programme: in quarterly and annual reports
    #[arg(long, value_name = "PROGRAMME")]
    programme: Option<PathBuf>,
    /// Who will read it [default: internal; public for the kind young-people]
    #[arg(long, value_name = "WHO")]
    audience: Option<Readers>,
    /// What it is written in [default: markdown, or what the template is of]
    #[arg(long, value_name = "NAME")]
    format: Option<FormatWord>,
    /// Lay it out with this template, a .md or .html file
    #[arg(long, value_name = "TEMPLATE")]
    template: Option<PathBuf>,
    #[command(flatten)]
    destination: Destination,
    #[command(flatten)]
    names: NamesArgs,
    /// Judge what is overdue on this day, such as 2026-09-30 [default: the file's as-at]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    as_at: Option<Date>,
}

#[derive(Subcommand)]
enum Command {
    Template(templates::Args),
}

/// A kind of report, as typed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum KindWord {
    /// Everything: ratings, reasons, evidence and the action plan
    Full,
    /// What moved, where things stand and what presses
    Quarterly,
    /// The scrutineer's statement for a year
    Annual,
    /// One page with what the committee is asked to do
    Committee,
    /// A seven-minute briefing
    Briefing,
    /// A page in plain words for young readers
    YoungPeople,
    /// One step; say which with --step
    Step,
}

impl From<KindWord> for Kind {
    fn from(word: KindWord) -> Self {
        match word {
            KindWord::Full => Kind::Full,
            KindWord::Quarterly => Kind::Quarterly,
            KindWord::Annual => Kind::Annual,
            KindWord::Committee => Kind::Committee,
            KindWord::Briefing => Kind::Briefing,
            KindWord::YoungPeople => Kind::YoungPeople,
            KindWord::Step => Kind::Step,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FormatWord {
    /// Markdown
    Markdown,
    /// A web page in one file
    Html,
    /// For programs: the report as a value, docs/templates.md names its fields
    Json,
}

pub(super) fn run(args: &Args, output: &mut Output) -> Result<Exit> {
    let file = match (&args.command, &args.file) {
        (Some(Command::Template(args)), _) => return templates::run(args, output),
        (None, Some(file)) => file,
        (None, None) => bail!("name the assessment to report on"),
    };
    let kind = Kind::from(args.kind);
    let loader = Loader::with_names(args.names.read()?);
    let inputs = inputs::find(std::slice::from_ref(file))?;
    let survey = survey(&inputs, &loader, keep)?;
    if refuses(&survey.findings, output)? {
        return Ok(Exit::Findings);
    }
    let read = only(assessments(survey.files)?, file)?;
    let Ok(old) = earlier(args.since.as_deref(), &read, &loader, output)? else {
        return Ok(Exit::Findings);
    };
    refuse(args, kind, &read)?;
    let Ok(done) = programme(args, kind, &read, &loader, output)? else {
        return Ok(Exit::Findings);
    };
    let overview = done.as_ref().map(|own| own.overview(read.as_at(args.as_at)));
    let order = Order {
        kind,
        audience: audience(args, kind),
        step: args.step.as_deref(),
        since: old.as_ref().map(|old| old.basis(None)),
        programme: overview.as_ref(),
    };
    let report = Report::of(read.material(args.as_at), &order);
    let Some(Laid { text, dress }) = lay_out(args, &read, kind, &report, &loader, output)? else {
        return Ok(Exit::Findings);
    };
    let from: Vec<PathBuf> =
        [file].into_iter().chain(&args.since).chain(&args.programme).cloned().collect();
    let finished = [Finished { text: &text, dress, file: args.destination.file() }];
    let inputs = inputs::find(&from)?;
    if let Some(exit) = stop_if_personal(order.audience, &finished, &inputs, &loader, output)? {
        return Ok(exit);
    }
    args.destination.deliver(&text, output)?;
    Ok(exit(&survey.findings))
}

/// A report that is laid out.
struct Laid {
    text: String,
    dress: Dress,
}

/// The report in the format that was asked for; nothing where a template has a mistake, which is then
/// shown.
fn lay_out(
    args: &Args,
    read: &Read,
    kind: Kind,
    report: &Report,
    loader: &Loader,
    output: &mut Output,
) -> Result<Option<Laid>> {
    let named = args.template.as_deref().map(own::read).transpose()?;
    let format = match (args.format, &named) {
        (Some(FormatWord::Json), Some(_)) => {
            bail!(
                "--template lays out markdown or html; --format json prints the values as they are"
            )
        }
        (Some(FormatWord::Json), None) => {
            let text = format!("{}\n", serde_json::to_string_pretty(report)?);
            return Ok(Some(Laid { text, dress: Dress::Text }));
        }
        (Some(FormatWord::Markdown), _) => Format::Markdown,
        (Some(FormatWord::Html), _) => Format::Html,
        (None, Some(template)) => template.format,
        (None, None) => Format::Markdown,
    };
    let template = match named {
        Some(template) if template.format != format => {
            bail!("{} is not a template of a report in {}", template.own.name, format.word())
        }
        Some(template) => Some(template),
        None => own::of_workspace(read, kind, format)?,
    };
    let dress = match format {
        Format::Markdown => Dress::Text,
        Format::Html => Dress::Html,
    };
    let Some(template) = template else {
        let text = match format {
            Format::Markdown => markdown::render_report(kind, report),
            Format::Html => html::render(kind, report),
        };
        return Ok(Some(Laid { text, dress }));
    };
    match template::render_report(format, &template.own, report) {
        Ok(text) => Ok(Some(Laid { text, dress })),
        Err(fault) => {
            refuses(&template.findings(&[fault], loader), output)?;
            Ok(None)
        }
    }
}

/// The earlier assessment, where one was named; an error where something stands in its way, which is
/// then shown.
pub(super) fn earlier(
    since: Option<&Path>,
    read: &Read,
    loader: &Loader,
    output: &mut Output,
) -> Result<Result<Option<Read>, Refused>> {
    let Some(file) = since else { return Ok(Ok(None)) };
    let inputs = inputs::find(&[file.to_owned()])?;
    let mut survey = survey(&inputs, loader, keep)?;
    // What is only unfinished in it is no news.
    survey.findings.retain(|finding| finding.rule.level == Level::Error);
    if refuses(&survey.findings, output)? {
        return Ok(Err(Refused));
    }
    let old = only(assessments(survey.files)?, file)?;
    if old.partnership() != read.partnership() {
        bail!(
            "{} is on {} and {} is on {}: only assessments of one partnership have moved",
            old.path,
            old.partnership(),
            read.path,
            read.partnership()
        );
    }
    let end = |read: &Read| read.assessment.period.value().map(|period| period.to);
    if end(&old) > end(read) {
        bail!(
            "{} is on a later period than {}: name the earlier one after --since",
            old.path,
            read.path
        );
    }
    Ok(Ok(Some(old)))
}

/// The programme that says how scrutiny was done, where one was named. None is looked for, so that
/// nothing reaches readers that nobody named.
fn programme(
    args: &Args,
    kind: Kind,
    read: &Read,
    loader: &Loader,
    output: &mut Output,
) -> Result<Result<Option<ReadProgramme>, Refused>> {
    let Some(file) = &args.programme else { return Ok(Ok(None)) };
    let is_told = matches!(kind, Kind::Quarterly | Kind::Annual);
    if !is_told && args.template.is_none() && args.format != Some(FormatWord::Json) {
        bail!("--programme goes with --kind quarterly or annual, or with a template of your own");
    }
    let inputs = inputs::find(std::slice::from_ref(file))?;
    let mut survey = survey(&inputs, loader, super::programme::keep)?;
    // What is only unfinished in it is no news.
    survey.findings.retain(|finding| finding.rule.level == Level::Error);
    if refuses(&survey.findings, output)? {
        return Ok(Err(Refused));
    }
    let own = super::programme::only(survey.files.into_iter().flatten().collect(), file)?;
    let overview = own.overview(None);
    if same_name(&overview.basis.partnership()) != same_name(&read.partnership()) {
        bail!(
            "{} is on {} and {} is on {}: name the programme of the same partnership",
            own.path,
            overview.basis.partnership(),
            read.path,
            read.partnership()
        );
    }
    let year = overview.basis.programme.year.value();
    if let (Some(year), Some(period)) = (year, read.assessment.period.value())
        && (period.to < year.from || year.to < period.from)
    {
        bail!(
            "{} is for {} and {} is on {}: name the programme of the same year",
            own.path,
            year.name,
            read.path,
            period.name
        );
    }
    Ok(Ok(Some(own)))
}

/// That an earlier assessment cannot be used, and why has been shown.
pub(super) struct Refused;

/// Refuses a kind of report that cannot be made from this assessment.
fn refuse(args: &Args, kind: Kind, read: &Read) -> Result<()> {
    let checklist = read.checklist();
    let name = &checklist.id.value;
    match (&args.step, kind) {
        (Some(step), Kind::Step) if checklist.step(step).is_none() => {
            let steps: Vec<&str> =
                checklist.steps.iter().map(|step| step.id.value.as_str()).collect();
            bail!(
                "{name} has no step {}: its steps are {}",
                quoted(step),
                join_words(&steps, "and")
            );
        }
        (Some(_), Kind::Step) => {
            let step = args.step.as_deref().and_then(|id| checklist.step(id));
            if !step.is_some_and(|step| standing::covers(&read.assessment, step)) {
                bail!(
                    "{} does not cover step {}",
                    read.path,
                    args.step.as_deref().unwrap_or_default()
                );
            }
        }
        (Some(_), _) => bail!("--step goes with --kind step"),
        (None, Kind::YoungPeople) if !has_words_for_young_people(checklist) => bail!(
            "{name} has no words for young readers: add `young-people = \"...\"` to its questions, \
             in a checklist that extends it if it is not yours"
        ),
        (None, _) => {}
    }
    Ok(())
}

/// Who will read it. What is written for young readers is written for everybody.
fn audience(args: &Args, kind: Kind) -> Audience {
    match (args.audience, kind) {
        (Some(readers), _) => readers.into(),
        (None, Kind::YoungPeople) => Audience::Public,
        (None, _) => Audience::Internal,
    }
}

/// The one assessment that was named.
pub(super) fn only(mut read: Vec<Read>, file: &Path) -> Result<Read> {
    match (read.pop(), read.is_empty()) {
        (Some(one), true) => Ok(one),
        (last, _) => {
            read.extend(last);
            let paths: Vec<&str> = read.iter().map(|one| one.path.as_str()).collect();
            bail!(
                "{} holds {} assessments: name the one to report on, {}",
                inputs::shown(file),
                paths.len(),
                join_words(&paths, "or")
            );
        }
    }
}

/// Whether the findings stand in the way of making anything out of the files; if so they are shown.
pub(super) fn refuses(findings: &[Located], output: &mut Output) -> Result<bool> {
    let errors: Vec<Located> =
        findings.iter().filter(|finding| finding.level == Level::Error).cloned().collect();
    if !errors.is_empty() {
        let shown = output.screen.findings(&errors, FindingFormat::Human);
        output.complain(&shown)?;
    }
    let is_wrong = is_wrong(findings);
    if is_wrong {
        output.complain("Nothing was made: repair the errors above first.\n")?;
    }
    Ok(is_wrong)
}

/// What is unfinished in a final assessment is an error, and the run says so.
pub(super) fn exit(findings: &[Located]) -> Exit {
    let is_error = |finding: &Located| finding.level == Level::Error;
    if findings.iter().any(is_error) { Exit::Findings } else { Exit::Clean }
}
