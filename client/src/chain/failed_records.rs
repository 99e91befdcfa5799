//! Records of one payment or refund that failed: the call's error is the trade's refusal.
//!
//! A batch tells each refused trade by an event. A call of one trade that is refused fails instead,
//! by the refusal's name, and an event of a failed call is not kept: who wants to know which trade it
//! was must look into the call.

use super::{events::Event, read::At, Chain};
use crate::error::{Explain, Result};
use codec::Decode;
use counterfoil_primitives::{AgreementId, RefundRequest, Sequence, TradeRequest};
use scale_info::TypeDef;

impl At {
    /// The trades of one account's failed records for `agreement` in the block, and why each was
    /// refused. `events` are the block's.
    pub async fn failed_records(
        &self,
        account: &[u8],
        agreement: AgreementId,
        events: &[Event],
    ) -> Result<Vec<(Sequence, String)>> {
        let failed: Vec<_> = events
            .iter()
            .filter_map(|event| Some((event.extrinsic?, self.refusal_of(event)?)))
            .collect();
        if failed.is_empty() {
            return Ok(Vec::new());
        }
        let block = self.opened().await?;
        let calls = block
            .extrinsics()
            .fetch()
            .await
            .of_node("cannot read the block's transactions")?;
        let mut refused = Vec::new();
        for call in calls.iter() {
            let call = call.of_shape("a transaction")?;
            let error = failed.iter().find(|(index, _)| {
                usize::try_from(*index).is_ok_and(|index| index == call.index())
            });
            let by_account = call
                .address_bytes()
                .is_some_and(|address| address.ends_with(account));
            let Some((_, error)) = error.filter(|_| by_account) else {
                continue;
            };
            let arguments = call.call_data_field_bytes();
            let sequence = match (call.pallet_name(), call.call_name()) {
                ("Trades", "record") => one_payment(arguments, agreement),
                ("Trades", "refund") => one_refund(arguments, agreement),
                _ => None,
            };
            refused.extend(sequence.map(|sequence| (sequence, error.clone())));
        }
        Ok(refused)
    }

    /// The refusal of a trade that a call failed with, if it did.
    fn refusal_of(&self, event: &Event) -> Option<String> {
        if !event.is("System", "ExtrinsicFailed") {
            return None;
        }
        let error = event.fields.get("dispatch_error")?;
        let (pallet, error) = self.chain().module_error(error)?;
        // A call that fails for what is wrong with the whole of it refuses no trade.
        (pallet == "Trades" && self.chain().is_refusal(&error)).then_some(error)
    }
}

impl Chain {
    /// Whether the chain can refuse a trade by this name.
    fn is_refusal(&self, name: &str) -> bool {
        let refusals = || {
            let pallet = self.metadata.pallet_by_name("Trades")?;
            let mut events = pallet.event_variants()?.iter();
            let event = events.find(|event| event.name == "TradeRefused")?;
            let mut fields = event.fields.iter();
            let reason = fields.find(|field| field.name.as_deref() == Some("reason"))?;
            match &self.metadata.types().resolve(reason.ty.id)?.type_def {
                TypeDef::Variant(refusals) => Some(&refusals.variants),
                _ => None,
            }
        };
        refusals().is_some_and(|refusals| refusals.iter().any(|refusal| refusal.name == name))
    }
}

/// The sequence of the one payment that the arguments of `record` hold.
fn one_payment(arguments: &[u8], agreement: AgreementId) -> Option<Sequence> {
    one::<TradeRequest>(arguments, agreement).map(|payment| payment.sequence)
}

/// The sequence of the one refund that the arguments of `refund` hold.
fn one_refund(arguments: &[u8], agreement: AgreementId) -> Option<Sequence> {
    one::<RefundRequest>(arguments, agreement).map(|refund| refund.sequence)
}

/// The one request that a call's arguments hold, for this agreement.
fn one<R: Decode>(mut arguments: &[u8], agreement: AgreementId) -> Option<R> {
    let (of, requests) = <(AgreementId, Vec<R>)>::decode(&mut arguments).ok()?;
    let [request] = <[R; 1]>::try_from(requests).ok()?;
    (of == agreement).then_some(request)
}

#[cfg(test)]
mod tests {
    use super::*;
    use codec::Encode;
    use counterfoil_primitives::{Original, Reference, TradeId, UserId};

    fn arguments(sequences: &[Sequence]) -> Vec<u8> {
        let trades: Vec<_> = sequences
            .iter()
            .map(|sequence| TradeRequest {
                sequence: *sequence,
                reference: Reference([1; 16]),
                user: UserId([2; 16]),
                product: 1,
                gross: 100,
                debit: 90,
                credit: 10,
                occurred_at: 1_000,
            })
            .collect();
        (7 as AgreementId, trades).encode()
    }

    fn refunds(sequences: &[Sequence]) -> Vec<u8> {
        let refunds: Vec<_> = sequences
            .iter()
            .map(|sequence| RefundRequest {
                sequence: *sequence,
                reference: Reference([1; 16]),
                user: UserId([2; 16]),
                product: 1,
                original: Original {
                    id: TradeId::default(),
                    day: Default::default(),
                    position: 3,
                },
                refunded_before: 0,
                gross: 100,
                debit: 90,
                credit: 10,
                occurred_at: 1_000,
            })
            .collect();
        (7 as AgreementId, refunds).encode()
    }

    #[test]
    fn a_call_of_one_refund_names_it() {
        assert_eq!(one_refund(&refunds(&[42]), 7), Some(42));
        assert_eq!(one_refund(&refunds(&[42]), 8), None);
        assert_eq!(one_refund(&refunds(&[42, 43]), 7), None);
    }

    #[test]
    fn a_record_of_one_trade_names_it() {
        assert_eq!(one_payment(&arguments(&[42]), 7), Some(42));
    }

    #[test]
    fn a_record_for_another_agreement_or_of_more_trades_names_none() {
        assert_eq!(one_payment(&arguments(&[42]), 8), None);
        assert_eq!(one_payment(&arguments(&[42, 43]), 7), None);
        assert_eq!(one_payment(&arguments(&[]), 7), None);
        assert_eq!(one_payment(&[1, 2, 3], 7), None);
    }
}
