//! The references of refunds: each its own, though a source may give a refund its payment's.

use crate::{import::Prepared, journal::Journal, mapping::reference_of};
use anyhow::Result;
use counterfoil_primitives::{AgreementId, Kind, MemberId, Reference};
use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
};

/// Payments, and refunds with references that tell them apart: a refund that carries its original's, or the
/// same one as another refund of that original, gets the reference that its own id makes.
pub(in crate::import) fn with_own_references<'a>(
    client: MemberId,
    agreement: AgreementId,
    journal: Option<&Journal>,
    payments: &'a [Prepared],
) -> Result<Cow<'a, [Prepared]>> {
    let carried = Carried::by(payments);
    let mut with_own = Cow::Borrowed(payments);
    for (index, refund) in payments.iter().enumerate() {
        let Some(original) = refund.original.as_deref() else {
            continue;
        };
        let own = reference_of(client, &refund.id);
        let reference = refund.trade.reference;
        if reference == own {
            continue;
        }
        let is_originals = reference == reference_of(client, original)
            || carried.is_shared(original, reference)
            || is_recorded_of(agreement, journal, original, reference)?;
        if is_originals {
            with_own.to_mut()[index].trade.reference = own;
        }
    }
    Ok(with_own)
}

/// Whether the journal has the reference as a payment's with this id.
fn is_recorded_of(
    agreement: AgreementId,
    journal: Option<&Journal>,
    original: &str,
    reference: Reference,
) -> Result<bool> {
    let Some(journal) = journal else {
        return Ok(false);
    };
    let line = journal.line(agreement, original)?;
    Ok(line.is_some_and(|line| line.kind == Kind::Payment && line.trade.reference == reference))
}

/// The references that a file's lines carry.
struct Carried<'a> {
    /// Of payments, by their ids.
    payments: HashMap<&'a str, Reference>,
    /// Of how many refunds of an original.
    refunds: BTreeMap<(&'a str, Reference), usize>,
}

impl<'a> Carried<'a> {
    fn by(lines: &'a [Prepared]) -> Self {
        let mut carried = Self {
            payments: HashMap::new(),
            refunds: BTreeMap::new(),
        };
        if lines.iter().all(|line| line.kind() == Kind::Payment) {
            return carried;
        }
        for line in lines {
            let reference = line.trade.reference;
            match &line.original {
                None => {
                    carried.payments.insert(&line.id, reference);
                }
                Some(original) => {
                    *carried
                        .refunds
                        .entry((original.as_str(), reference))
                        .or_default() += 1;
                }
            }
        }
        carried
    }

    /// Whether the original carries the reference, or several of its refunds do.
    fn is_shared(&self, original: &str, reference: Reference) -> bool {
        let refunds = self.refunds.get(&(original, reference));
        self.payments.get(original) == Some(&reference) || refunds.is_some_and(|count| *count > 1)
    }
}
