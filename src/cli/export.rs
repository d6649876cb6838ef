//! `brief export`: the briefing, or what it has on a topic, in a form for other programs.

use super::args::{Args, Export, Exported};
use super::{open_at, print, soundness};
use crate::export::{self, Extract};
use crate::load::Shelf;
use anyhow::Result;
use std::process::ExitCode;

/// Prints the briefing in the form that is asked for.
pub(super) fn run(shelf: &Shelf, args: &Args, wanted: &Export) -> Result<ExitCode> {
    let (briefing, topic) = open_at(shelf, args)?;
    let extract = Extract::new(&briefing, topic);
    let form = match wanted.form {
        Exported::Md => export::markdown,
        Exported::Html => export::html,
        Exported::Json => export::json,
        Exported::Csv => export::csv,
        Exported::W3c => export::w3c,
    };
    Ok(print::finish(print::written(|out| form(&extract, out)), soundness(&briefing)))
}
