//! What the pool takes of confirmations that a book took the corrections.

use super::*;

/// The confirmation of a repair of the bank's book, with this commitment.
fn repair_call(commitment: Commitment) -> Call<Test> {
    Call::confirm_repair {
        agreement: AGREEMENT,
        day: DAY,
        side: Side::Credit,
        commitment,
    }
}

#[test]
fn a_confirmed_repair_is_stale() {
    at_preset(300, || {
        prove_breaks();
        let call = repair_call(repaired());
        apply(BANK, &call).unwrap();
        assert_eq!(status(CREDIT), SideStatus::Repaired { breaks: 3 });
        let again = validity(TransactionSource::External, BANK, &call);
        assert_eq!(again, Err(InvalidTransaction::Stale.into()));
    });
}

#[test]
fn a_repair_is_pending_once_and_not_in_the_place_of_a_report() {
    at_preset(300, || {
        prove_breaks();
        let repair = repair_call(repaired());
        let validity = validity(TransactionSource::External, BANK, &repair).unwrap();
        let tag = ("counterfoil", ("reconciliation", CREDIT, 6_u8));
        assert_eq!(validity.provides, vec![tag.encode()]);
        assert_eq!(validity.requires, Vec::<Vec<u8>>::new());
    });
}

#[test]
fn a_repair_that_would_be_refused_does_not_enter_the_pool() {
    at_preset(300, || {
        let refused = |member, call: &Call<Test>| {
            validity(TransactionSource::External, member, call).unwrap_err()
        };
        let call = repair_call(repaired());
        assert_eq!(refused(BANK, &call), named(Error::NothingToRepair));
        prove_breaks();
        assert_eq!(refused(COMPANY, &call), named(Error::NotTheParty));
        let unrepaired = repair_call(committed(CREDIT).unwrap());
        assert_eq!(refused(BANK, &unrepaired), named(Error::NotRepaired));
    });
}

#[test]
fn a_repair_is_free_for_the_sides_party_alone() {
    use frame_support::dispatch::CheckIfFeeless;
    at_preset(3, || {
        let call = RuntimeCall::from(repair_call(Default::default()));
        assert!(call.is_feeless(&signed(BANK)));
        for other in [COMPANY, RECONCILER, STRANGER, 200] {
            assert!(!call.is_feeless(&signed(other)), "{other}");
        }
        let of_no_agreement = RuntimeCall::from(Call::confirm_repair {
            agreement: AGREEMENT + 1,
            day: DAY,
            side: Side::Credit,
            commitment: Default::default(),
        });
        assert!(!of_no_agreement.is_feeless(&signed(BANK)));
    });
}
