//! Whether a member keeps the book of a side.

use counterfoil_primitives::{ports::Directory, AgreementId, MemberId, Side};
use frame_support::ensure;

/// Why a member does not act for a side. Each pallet has an error for either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartyRefused {
    /// There is no such agreement.
    UnknownAgreement,
    /// Another member keeps the side's book.
    NotTheParty,
}

/// Refuses a member that does not keep the book of a side of the agreement: only its party commits to it,
/// and confirms that it is repaired.
pub fn ensure_party<D: Directory>(
    member: MemberId,
    agreement_id: AgreementId,
    side: Side,
) -> Result<(), PartyRefused> {
    let agreement = D::agreement(agreement_id).ok_or(PartyRefused::UnknownAgreement)?;
    ensure!(agreement.party(side) == member, PartyRefused::NotTheParty);
    Ok(())
}
