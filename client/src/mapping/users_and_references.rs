//! Payers and references of a file's lines, and the reference that follows from a payment's id.

use crate::{printable_text::quoted, refused_payer_or_reference::label_error};
use anyhow::Result;
use counterfoil_primitives::{
    written::{label, UnreadableLabel},
    MemberId, Reference, UserId,
};
use uuid::Uuid;

/// Under which all clients' namespaces lie. It never changes: references follow from it.
const NAMESPACE: Uuid = Uuid::from_bytes(*b"counterfoil/refs");

/// The reference of a payment without a UETR: UUID version 5 of the client and the id that the
/// payment has at its source. Bank and company find the same reference by themselves.
pub fn reference_of(client: MemberId, payment_id: &str) -> Reference {
    let namespace = Uuid::new_v5(&NAMESPACE, &client.to_be_bytes());
    Reference(*Uuid::new_v5(&namespace, payment_id.as_bytes()).as_bytes())
}

pub(super) fn read_user(text: &str) -> Result<UserId, (String, String)> {
    label::read_user(text).map_err(|error| {
        let (problem, remedy) = label_error(text, error);
        let remedy = match error {
            UnreadableLabel::Empty => {
                "give the payer; if the line is a total or a remark, take it out".into()
            }
            UnreadableLabel::TooLong => "give a shorter id of the payer".into(),
            UnreadableLabel::Blanks | UnreadableLabel::Invisible => remedy,
        };
        (problem, remedy)
    })
}

pub(super) fn read_reference(text: &str) -> Result<Reference, (String, String)> {
    Uuid::try_parse(text)
        .map(|uuid| Reference(*uuid.as_bytes()))
        .map_err(|_| {
            (
                format!("{} is not a reference", quoted(text)),
                "a reference is a UUID, like a payment's UETR".into(),
            )
        })
}

/// A reference as the chain may hold it: a UUID, or the text that a person recorded.
pub(super) fn read_recorded_reference(text: &str) -> Result<Reference, (String, String)> {
    read_reference(text)
        .or_else(|(problem, _)| label::read_reference(text).map_err(|_| problem))
        .map_err(|problem| {
            let remedy = "a reference is a UUID, like a payment's UETR, or the text of up to 16 bytes with which the payment was recorded";
            (problem, remedy.into())
        })
}
