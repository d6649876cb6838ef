//! `brief versions`, `stances`, `timeline`, `coverage`: the tables, on the screen, as text, as JSON.

use super::args::{Args, By, Command, Coverage, Of, Sort, Stances, Table};
use super::print::{self, Dress};
use super::{CONTENT, find_topic};
use crate::export;
use crate::grid::{self, Ask, Chart, Face, Grid, Order};
use crate::model::Briefing;
use anyhow::Result;
use std::process::ExitCode;

/// A table that is asked for, and how to say it.
pub(super) struct Wanted {
    /// Which table.
    pub(super) ask: Ask,
    json: bool,
    width: usize,
}

/// What the arguments ask of a table, if they ask for one.
struct Asked<'a> {
    chart: Chart,
    table: &'a Table,
    face: Face,
    sort: Sort,
}

impl<'a> Asked<'a> {
    const fn of(args: &'a Args) -> Option<Self> {
        let (chart, table, face, sort) = match &args.command {
            Some(Command::Versions(table)) => (Chart::Versions, table, Face::Front, Sort::File),
            Some(Command::Timeline(table)) => (Chart::Timeline, table, Face::Front, Sort::File),
            Some(Command::Stances(Stances { table, by: By::Topic, sort })) => {
                (Chart::Stances, table, Face::Front, *sort)
            }
            Some(Command::Stances(Stances { table, by: By::Version, sort })) => {
                (Chart::Stances, table, Face::Back, *sort)
            }
            Some(Command::Coverage(Coverage { table, of: Of::Topics, sort })) => {
                (Chart::Coverage, table, Face::Front, *sort)
            }
            Some(Command::Coverage(Coverage { table, of: Of::Cards, sort })) => {
                (Chart::Coverage, table, Face::Back, *sort)
            }
            Some(
                Command::Check(_)
                | Command::New(_)
                | Command::Quote(_)
                | Command::Anchor(_)
                | Command::List(_)
                | Command::Search(_)
                | Command::Schema
                | Command::Export(_)
                | Command::Config
                | Command::Completions(_)
                | Command::Man,
            )
            | None => return None,
        };
        Some(Self { chart, table, face, sort })
    }
}

/// Whether what is read is to be printed, also on a terminal.
pub(super) fn is_printed(args: &Args) -> bool {
    args.plain || Asked::of(args).is_some_and(|Asked { table, .. }| table.plain || table.json)
}

impl Wanted {
    /// The table that the arguments ask for, if they ask for one.
    ///
    /// # Errors
    ///
    /// When there is no such topic.
    pub(super) fn find(briefing: &Briefing, args: &Args) -> Result<Option<Self>> {
        let Some(Asked { chart, table, face, sort }) = Asked::of(args) else { return Ok(None) };
        let topic = find_topic(briefing, args.topic())?;
        Ok(Some(Self {
            ask: Ask { face, order: sort.order(), ..Ask::new(chart, topic) },
            json: table.json,
            width: super::width(table.width.or(args.width)),
        }))
    }

    /// Prints the table. The exit code says whether there is anything in it, and whether all is sound.
    pub(super) fn print(&self, briefing: &Briefing, dress: Dress) -> ExitCode {
        let grid = Grid::new(briefing, &self.ask);
        let code = if grid.rows.is_empty() { CONTENT } else { 0 };
        let printed = print::written(|out| {
            if self.json {
                export::table(briefing, &self.ask, &grid, out)
            } else {
                dress.write(&grid::plain(briefing, &self.ask, &grid, self.width), out)
            }
        });
        print::finish(printed, code.max(super::soundness(briefing)))
    }
}

impl Sort {
    const fn order(self) -> Order {
        match self {
            Self::File => Order::File,
            Self::Name => Order::Name,
            Self::Most => Order::Most,
        }
    }
}
