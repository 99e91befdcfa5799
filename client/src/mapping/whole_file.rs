//! What only all lines of a file together tell: that one is a total of the others, what their amounts
//! count, and whether a decimal comma was taken for the end of a field.

use super::{
    amounts::AmountReader,
    layout::Column,
    line_error::Refused,
    sheet::Sheet,
    totals::{self, totals},
};
use crate::money::AmountError;
use anyhow::{bail, Result};
use counterfoil_primitives::Amount;

/// A line that is taken by itself.
#[derive(Clone, Copy)]
pub(super) struct Taken {
    /// Its index among the file's records.
    pub record: usize,
    /// What was read in its column of amounts.
    pub amount: Amount,
}

/// What is wrong with some of the lines that are `taken`, in their order, beside the others. Lines
/// that are refused by themselves tell nothing of others. What is wrong with the column is an error.
pub(super) fn check(
    sheet: &Sheet,
    column: &Column,
    reader: &AmountReader,
    taken: &[Taken],
) -> Result<Vec<Refused>> {
    let mut refused = refused_totals(sheet, taken);
    let is_left = |line: &&Taken| !refused.iter().any(|total| total.record == line.record);
    let left: Vec<&Taken> = taken.iter().filter(is_left).collect();
    let texts: Vec<(u64, &str)> = left
        .iter()
        .map(|line| {
            let row = sheet.row(line.record);
            (row.line, row.record.text(column.index))
        })
        .collect();
    check_split(sheet, column, reader, &left, &texts)?;
    for at in reader.judge(&texts)? {
        let error = AmountError::MayBeThousands;
        let row = sheet.row(left[at].record);
        let problem = error.of(texts[at].1);
        refused.push(row.refuse(row.at(column, problem, error.remedy().into())));
    }
    Ok(refused)
}

/// The lines that are totals of those above them.
fn refused_totals(sheet: &Sheet, taken: &[Taken]) -> Vec<Refused> {
    if sheet.has_no_totals() {
        return Vec::new();
    }
    let amounts: Vec<Amount> = taken.iter().map(|line| line.amount).collect();
    let ends_file = taken
        .last()
        .is_some_and(|line| line.record + 1 == sheet.len());
    let is_named = |at: usize| sheet.row(taken[at].record).says_total();
    totals(&amounts, ends_file, is_named)
        .into_iter()
        .map(|at| {
            let row = sheet.row(taken[at].record);
            let problem = "the amount is the sum of all lines above, as in a total".into();
            row.refuse(row.error(problem, totals::remedy(None)))
        })
        .collect()
}

/// Refuses amounts of which an unquoted decimal comma cut the decimals off, so that they stand in the
/// next column, which is ignored.
fn check_split(
    sheet: &Sheet,
    column: &Column,
    reader: &AmountReader,
    lines: &[&Taken],
    texts: &[(u64, &str)],
) -> Result<()> {
    let Some(places) = reader.cut_places(sheet.delimiter()) else {
        return Ok(());
    };
    let Some(next) = sheet.unread_after(column) else {
        return Ok(());
    };
    let cells: Vec<&str> = lines
        .iter()
        .map(|line| sheet.row(line.record).record.text(next.index))
        .map(|cell| sheet.format().guards.off(cell))
        .collect();
    let are_digits = |cell: &str| {
        (1..=places).contains(&cell.len()) && cell.bytes().all(|byte| byte.is_ascii_digit())
    };
    let are_whole = texts.iter().all(|(_, text)| reader.is_whole(text));
    let Some((line, text)) = texts.first().filter(|_| are_whole) else {
        return Ok(());
    };
    let are_decimals = cells.iter().all(|cell| are_digits(cell));
    if !are_decimals || !cells.iter().any(|cell| cell.len() == places) {
        return Ok(());
    }
    let cell = cells.first().copied().unwrap_or_default();
    bail!(
        "line {line}, {}: no amount has decimals, and the column {:?} after it has digits on every line, as if {text},{cell} \
         stood there unquoted and its comma ended the field; export amounts in quotation marks, or separate fields by another \
         character. If the column is right, set decimal = \".\" under [amount] in the mapping",
        column.name,
        next.name
    )
}
