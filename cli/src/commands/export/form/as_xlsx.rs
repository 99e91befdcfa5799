//! Rows as a workbook. No cell is a formula: texts are written as texts, whatever they begin with.

use super::Rows;
use crate::commands::export::{about::About, cell::Cell};
use anyhow::{ensure, Result};
use counterfoil_client::{money::Money, time::date_of};
use counterfoil_primitives::{Amount, BusinessDay};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::io::Write;

/// The sheet that says what the export is about.
const ABOUT: &str = "about";

/// The index of the last row that a sheet may have.
const LAST_ROW: u32 = 1_048_575;

/// The width of columns, in characters.
const WIDTH: u8 = 22;

/// A sheet's numbers are floats, which show fifteen digits as they were written. Amounts from here on, in
/// minor units, are written as text.
const TOO_LONG: Amount = 1_000_000_000_000_000;

/// How cells are shown.
struct Formats {
    head: Format,
    day: Format,
    amount: Format,
}

/// A workbook that is being written.
pub(super) struct XlsxRows<W> {
    writer: W,
    workbook: Workbook,
    about: About,
    formats: Formats,
    next: u32,
}

impl Formats {
    fn of(money: &Money) -> Self {
        let decimals = "0".repeat(money.exponent() as usize);
        let point = if decimals.is_empty() { "" } else { "." };
        Self {
            head: Format::new().set_bold(),
            day: Format::new().set_num_format("yyyy-mm-dd"),
            amount: Format::new().set_num_format(format!("#,##0{point}{decimals}")),
        }
    }
}

impl<W: Write + Send> XlsxRows<W> {
    pub fn begin(writer: W, columns: &[&str], about: &About) -> Result<Self> {
        let formats = Formats::of(&about.money);
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.set_name(about.kind.name())?;
        sheet.set_freeze_panes(1, 0)?;
        for (column, name) in (0..).zip(columns) {
            sheet.write_string_with_format(0, column, *name, &formats.head)?;
            sheet.set_column_width(column, WIDTH)?;
        }
        Ok(Self {
            writer,
            workbook,
            about: about.clone(),
            formats,
            next: 1,
        })
    }
}

impl<W: Write + Send> Rows for XlsxRows<W> {
    fn row(&mut self, cells: &[Cell]) -> Result<()> {
        ensure!(
            self.next <= LAST_ROW,
            "a sheet of a workbook holds no more than {LAST_ROW} rows; name a file that ends in .csv, or fewer days"
        );
        let sheet = self.workbook.worksheet_from_index(0)?;
        for (column, cell) in (0..).zip(cells) {
            let place = (self.next, column);
            write(sheet, place, cell, &self.about.money, &self.formats)?;
        }
        self.next += 1;
        Ok(())
    }

    fn finish(self: Box<Self>, notes: &[String]) -> Result<()> {
        let Self {
            writer,
            mut workbook,
            about,
            formats,
            ..
        } = *self;
        let sheet = workbook.add_worksheet();
        sheet.set_name(ABOUT)?;
        sheet.set_column_width(0, WIDTH)?;
        sheet.set_column_width(1, WIDTH)?;
        let notes = notes.iter().map(|note| ("note", Cell::text(note)));
        for (row, (name, cell)) in (0..).zip(about.facts().into_iter().chain(notes)) {
            sheet.write_string_with_format(row, 0, name, &formats.head)?;
            write(sheet, (row, 1), &cell, &about.money, &formats)?;
        }
        Ok(workbook.save_to_writer(writer)?)
    }
}

fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    money: &Money,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => return Ok(()),
        Cell::Number(number) => sheet.write_number(row, column, *number)?,
        Cell::Day(day) => match date(*day) {
            Some(date) => sheet.write_datetime_with_format(row, column, &date, &formats.day)?,
            None => sheet.write_string(row, column, cell.plain(money))?,
        },
        Cell::Amount { minor, .. } => {
            let text = cell.plain(money);
            match number(*minor, &text) {
                Some(number) => {
                    sheet.write_number_with_format(row, column, number, &formats.amount)?
                }
                None => sheet.write_string(row, column, text)?,
            }
        }
        Cell::Text(_) | Cell::Moment(_) => sheet.write_string(row, column, cell.plain(money))?,
    };
    Ok(())
}

/// A day as sheets count days; `None` where they do not reach.
fn date(day: BusinessDay) -> Option<ExcelDateTime> {
    let date = date_of(day)?;
    let year = u16::try_from(date.year()).ok()?;
    let month = u8::try_from(date.month()).ok()?;
    ExcelDateTime::from_ymd(year, month, u8::try_from(date.day()).ok()?).ok()
}

/// An amount as a sheet's number, read from its decimals; `None` where a sheet would show other digits.
fn number(minor: Amount, text: &str) -> Option<f64> {
    text.parse().ok().filter(|_| minor < TOO_LONG)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::export::about::tests::about;

    #[test]
    fn an_amount_of_fifteen_digits_is_a_number_that_shows_them_all() {
        let money = Money::of("CZK").unwrap();
        for minor in [0, 1, 10, 125_050, 900_719_925_474_099, TOO_LONG - 1] {
            let text = Cell::amount(minor).plain(&money);
            let number = number(minor, &text).unwrap();
            assert_eq!(format!("{number:.2}"), text);
        }
    }

    #[test]
    fn an_amount_of_sixteen_digits_is_no_number() {
        assert_eq!(number(TOO_LONG, "10000000000000.00"), None);
        assert_eq!(number(Amount::MAX, "1"), None);
    }

    #[test]
    fn a_number_shows_the_decimals_of_its_currency() {
        let shown = |currency| Formats::of(&Money::of(currency).unwrap()).amount;
        assert_eq!(shown("CZK"), Format::new().set_num_format("#,##0.00"));
        assert_eq!(shown("JPY"), Format::new().set_num_format("#,##0"));
    }

    #[test]
    fn more_rows_than_a_sheet_holds_are_refused_with_a_remedy() {
        let mut bytes = Vec::new();
        let mut rows = XlsxRows::begin(&mut bytes, &["trade_id"], &about("CZK")).unwrap();
        rows.next = LAST_ROW;
        rows.row(&[Cell::text("1/42")]).unwrap();
        let error = rows.row(&[Cell::text("1/43")]).unwrap_err().to_string();
        assert!(error.contains(".csv"), "{error}");
    }

    #[test]
    fn a_day_that_sheets_do_not_count_is_no_date() {
        assert!(date(BusinessDay(20_780)).is_some());
        assert!(date(BusinessDay(u32::MAX)).is_none());
    }
}
