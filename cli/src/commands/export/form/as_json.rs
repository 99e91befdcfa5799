//! Rows as one JSON document. Amounts are texts, since JSON's numbers are too short for them.

use super::Rows;
use crate::commands::export::{about::About, cell::Cell};
use anyhow::Result;
use counterfoil_client::money::Money;
use serde::{ser::SerializeMap, Serialize, Serializer};
use serde_json::{json, Value as Json};
use std::io::Write;

/// A JSON file that is being written.
pub(super) struct JsonRows<W> {
    writer: W,
    columns: &'static [&'static str],
    money: Money,
    has_rows: bool,
}

/// Cells by the names of their columns, in their order.
struct Named<'a> {
    columns: &'a [&'static str],
    cells: &'a [Cell],
    money: &'a Money,
}

impl Serialize for Named<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.columns.len()))?;
        for (column, cell) in self.columns.iter().zip(self.cells) {
            map.serialize_entry(column, &to_json(cell, self.money))?;
        }
        map.end()
    }
}

fn to_json(cell: &Cell, money: &Money) -> Json {
    match cell {
        Cell::Empty => Json::Null,
        Cell::Number(number) => json!(number),
        cell => Json::String(cell.plain(money)),
    }
}

impl<W: Write> JsonRows<W> {
    pub fn begin(mut writer: W, columns: &'static [&'static str], about: &About) -> Result<Self> {
        let money = about.money;
        let (names, cells): (Vec<_>, Vec<_>) = about.facts().into_iter().unzip();
        let named = Named {
            columns: &names,
            cells: &cells,
            money: &money,
        };
        writer.write_all(b"{\"about\":")?;
        serde_json::to_writer(&mut writer, &named)?;
        writer.write_all(b",\n\"rows\":[")?;
        Ok(Self {
            writer,
            columns,
            money,
            has_rows: false,
        })
    }
}

impl<W: Write> Rows for JsonRows<W> {
    fn row(&mut self, cells: &[Cell]) -> Result<()> {
        let before: &[u8] = if self.has_rows { b",\n" } else { b"\n" };
        self.writer.write_all(before)?;
        self.has_rows = true;
        let named = Named {
            columns: self.columns,
            cells,
            money: &self.money,
        };
        Ok(serde_json::to_writer(&mut self.writer, &named)?)
    }

    fn finish(mut self: Box<Self>, notes: &[String]) -> Result<()> {
        self.writer.write_all(b"\n],\n\"notes\":")?;
        serde_json::to_writer(&mut self.writer, notes)?;
        self.writer.write_all(b"}\n")?;
        Ok(self.writer.flush()?)
    }
}
