//! Reads payments and refunds line by line, and tells which lines cannot stand beside others.

use super::{Context, Payment, PaymentMapping, Reading, MAX_PAYMENT_ID};
use crate::{
    local_time::Clock,
    mapping::{
        ids::IdReader,
        kinds::{no_kinds, KindReader, Refunds},
        layout::Column,
        read_reference, read_user, reference_of,
        row::Row,
        spoilt_ids::lost_digits,
        whole_file::{self, Taken},
        AmountReader, Apart, LineError, ProductReader, Sheet, TimeReader,
    },
    printable_text::quoted,
    text::reference_text,
};
use anyhow::{bail, Result};
use counterfoil_primitives::{Kind, Reference};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The lines on which payments stand, by what each has for itself.
#[derive(Default)]
pub(super) struct Seen {
    pub ids: HashMap<String, (Kind, u64)>,
    /// With the originals of refunds.
    pub references: BTreeMap<(Kind, Reference), (Option<String>, u64)>,
}

pub(super) struct Reader<'a> {
    context: &'a Context<'a>,
    payment_id: IdReader,
    refunds: Option<Refunds>,
    user: Column,
    reference: Option<Column>,
    time_column: Column,
    time: TimeReader,
    clock: Clock<'a>,
    amount_column: Column,
    amount: AmountReader,
    product_column: Option<Column>,
    product: ProductReader,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        mapping: &PaymentMapping,
        sheet: &Sheet,
        context: &'a Context<'a>,
    ) -> Result<Self> {
        let optional =
            |name: &Option<String>| name.as_ref().map(|name| sheet.column(name)).transpose();
        let user = sheet.column(&mapping.user)?;
        sheet.check_long_ids(&user)?;
        let amount_column = sheet.column(&mapping.amount.column)?;
        Ok(Self {
            context,
            payment_id: IdReader::new("payment_id", &mapping.payment_id, sheet)?,
            refunds: refunds(mapping, sheet)?,
            user,
            reference: optional(&mapping.reference)?,
            time_column: sheet.column(&mapping.time.column)?,
            time: TimeReader::new(&mapping.time)?,
            clock: Clock::new(context.offset_on, mapping.time.repeated_hour),
            amount: AmountReader::new(&mapping.amount, context.money, mapping.kind.as_ref())?,
            amount_column,
            product_column: optional(&mapping.product.column)?,
            product: ProductReader::new(&mapping.product, &mapping.products)?,
        })
    }

    pub(super) fn read(&self, row: &Row<'_>, apart: &mut Apart) -> Result<Payment, LineError> {
        row.check_shape(&self.needed())?;
        row.check_no_total(self.named())?;
        let id = self
            .payment_id
            .read(row, "give the id that the payment has at its source")?;
        if id.len() > MAX_PAYMENT_ID {
            return Err(row.at(
                self.payment_id.first(),
                format!("is longer than {MAX_PAYMENT_ID} bytes"),
                "give a shorter id".into(),
            ));
        }
        let original = match &self.refunds {
            Some(refunds) => refunds.original(row)?,
            None => None,
        };
        let text = |column: &Column| row.text(column);
        let amount = row.value(&self.amount_column)?;
        let gross = self.amount.read(amount).map_err(|error| {
            row.at(&self.amount_column, error.of(amount), error.remedy().into())
        })?;
        let user = read_user(row.id(&self.user)?)
            .map_err(|(problem, remedy)| row.at(&self.user, problem, remedy))?;
        let product = match &self.product_column {
            Some(column) => self
                .product
                .read(text(column)?)
                .map_err(|(problem, remedy)| row.at(column, problem, remedy))?,
            None => self
                .product
                .read("")
                .map_err(|(problem, remedy)| row.error(problem, remedy))?,
        };
        let own = || reference_of(self.context.client, &id);
        let reference = match &self.reference {
            Some(column) => match text(column)? {
                // Few sources give a refund a reference of its own.
                "" if original.is_some() => own(),
                reference => read_reference(reference)
                    .map_err(|(problem, remedy)| row.at(column, problem, remedy))?,
            },
            None => own(),
        };
        let time = self
            .time
            .read(row, &self.time_column, &self.clock, self.context.day)?;
        apart.add(row.line, &time);
        Ok(Payment {
            record: row.index,
            line: row.line,
            id,
            reference,
            user,
            product,
            gross,
            occurred_at: time.moment,
            original,
        })
    }

    /// The id of a line that is refused, which may be a refund's original.
    pub(super) fn id_of_refused(&self, row: &Row<'_>) -> Option<String> {
        self.refunds.as_ref()?;
        self.payment_id.read(row, "give the payment's id").ok()
    }

    /// The columns that no payment leaves blank.
    fn needed(&self) -> Vec<&Column> {
        let own = [&self.user, &self.time_column, &self.amount_column];
        let ids = self.payment_id.columns();
        ids.chain(own).chain(&self.product_column).collect()
    }

    /// The columns that name a payment or its payer.
    fn named(&self) -> impl Iterator<Item = &Column> {
        self.payment_id.columns().chain([&self.user])
    }

    /// Refuses lines that are wrong beside the others.
    pub(super) fn check_together(&self, sheet: &Sheet, reading: &mut Reading) -> Result<()> {
        let taken: Vec<Taken> = reading
            .payments
            .iter()
            .map(|payment| Taken {
                record: payment.record,
                amount: payment.gross,
            })
            .collect();
        let refused = whole_file::check(sheet, &self.amount_column, &self.amount, &taken)?;
        for refused in refused.iter().filter(|_| self.refunds.is_some()) {
            let at = reading
                .payments
                .binary_search_by_key(&refused.record, |payment| payment.record);
            if let Ok(at) = at {
                let id = reading.payments[at].id.clone();
                reading.missing.insert(id, refused.error.to_string());
            }
        }
        let records: BTreeSet<usize> = refused.iter().map(|refused| refused.record).collect();
        reading
            .payments
            .retain(|payment| !records.contains(&payment.record));
        reading.refused.extend(refused);
        reading.refused.sort_by_key(|refused| refused.record);
        Ok(())
    }

    /// A payment stands in a file once. The chain's trades are told apart by their references, so
    /// of two payments with one the second would pass for recorded.
    pub(super) fn check_new(
        &self,
        row: &Row<'_>,
        payment: &Payment,
        seen: &Seen,
    ) -> Result<(), LineError> {
        if let Some((kind, first)) = seen.ids.get(&payment.id) {
            let remedy = if *kind != payment.kind() {
                "a refund needs an id of its own: make payment_id in the mapping from several columns, one of which tells refunds from payments, or correct the id".into()
            } else if lost_digits(&payment.id).is_some() {
                // Of numbers as long as these, a spreadsheet makes one of several.
                "a spreadsheet writes zeros from the 16th digit on, so these may be two payments: export ids as text; if it is one payment at its source too, export it once".into()
            } else if self.payment_id.columns().count() > 1 {
                "take one of the lines out; each payment is recorded once".into()
            } else {
                format!(
                    "if it is one payment, take one of the lines out; if ids begin again, as those of a till do each day, make the id from several columns in the mapping: payment_id = [{:?}, {:?}]",
                    self.time_column.name, self.payment_id.first().name
                )
            };
            return Err(row.at(
                self.payment_id.first(),
                format!(
                    "the {} {} is already on line {first}",
                    kind.name(),
                    quoted(&payment.id)
                ),
                remedy,
            ));
        }
        let first = seen
            .references
            .get(&(payment.kind(), payment.reference))
            // Refunds of one payment may all carry its reference.
            .filter(|(original, _)| original.is_none() || *original != payment.original);
        match (&self.reference, first) {
            (Some(column), Some((_, first))) => Err(row.at(
                column,
                format!(
                    "the reference {} is already on line {first}",
                    reference_text(&payment.reference)
                ),
                "give each payment a reference of its own, or take one of the lines out".into(),
            )),
            _ => Ok(()),
        }
    }
}

/// How the file tells refunds from payments, where it does.
fn refunds(mapping: &PaymentMapping, sheet: &Sheet) -> Result<Option<Refunds>> {
    match (&mapping.kind, &mapping.original) {
        (None, None) => Ok(None),
        (None, Some(_)) => bail!(no_kinds()),
        (Some(kind), original) => {
            let kinds = KindReader::new(kind, &mapping.amount, sheet)?;
            let original = original.as_ref();
            let original = original.map(|columns| IdReader::new("original", columns, sheet));
            Refunds::new(kinds, original.transpose()?).map(Some)
        }
    }
}
