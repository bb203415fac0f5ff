//! `scrutiny lsp`: a server for editors, over standard input and output. It reads the files that open
//! texts refer to, writes none, and never uses the network.
//!
//! One thread reads what comes; the other deals with it in turn, and finds what there is to find when
//! nothing waits any more. So fast typing costs one look at the text and not one for each letter.

mod address;
mod analysis;
mod answers;
mod documents;
mod neighbours;
mod requests;
mod session;
mod wire;

use std::io::BufReader;
use std::sync::mpsc::{TryRecvError, sync_channel};
use std::thread;

use anyhow::Result;

use self::session::Session;
use super::Exit;
use super::output::Output;

/// Serve an editor: findings while you type, questions explained, words suggested
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  scrutiny lsp

Editors start this by themselves; docs/editors.md says how to set them up. It
speaks the Language Server Protocol over standard input and output, writes no
file and never uses the network.")]
pub(super) struct Args {
    /// For editors that name the way to talk; there is no other
    #[arg(long)]
    stdio: bool,
}

/// How many messages wait to be dealt with before no more are read.
const WAITING: usize = 64;

pub(super) fn run(_: &Args, output: &mut Output) -> Result<Exit> {
    let (sender, receiver) = sync_channel(WAITING);
    thread::spawn(move || {
        let mut input = BufReader::new(std::io::stdin());
        while let Ok(Some(incoming)) = wire::read(&mut input) {
            if sender.send(incoming).is_err() {
                break;
            }
        }
    });
    let mut session = Session::new();
    let mut is_ended = false;
    loop {
        if session.is_idle() {
            match receiver.recv() {
                Ok(incoming) => session.take(incoming),
                Err(_) => return Ok(session.end()),
            }
        }
        while !is_ended && session.waiting() < WAITING {
            match receiver.try_recv() {
                Ok(incoming) => session.take(incoming),
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => is_ended = true,
            }
        }
        match session.step() {
            Ok(messages) => {
                for message in &messages {
                    output.print_bytes(&wire::frame(message))?;
                }
            }
            Err(exit) => return Ok(exit),
        }
    }
}
