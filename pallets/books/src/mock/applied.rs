//! What becomes of what the worker sends.

use super::*;

/// What pool and block do with a member's call without a nonce. The storage is checked after it.
pub fn apply(
    member: MemberId,
    call: crate::Call<Test>,
) -> Result<ValidTransaction, TransactionValidityError> {
    let validity = call.validate_unordered(member, TransactionSource::External)?;
    call.dispatch_bypass_filter(RuntimeOrigin::signed(operator(member)))
        .expect("a valid call of a party is applied");
    check_storage();
    Ok(validity)
}

/// Runs the worker and applies all that it sends.
pub fn run_worker_and_apply() {
    run_worker();
    for (member, call) in transactions() {
        apply(member, call).expect("the worker sends what is valid");
    }
    confirmations().into_iter().for_each(confirm);
}

/// What the reconciliation does with a party's confirmation, which must be a right one.
pub fn confirm((party, side_id, commitment): Confirmation) {
    use ports::Directory;
    let agreement = MockPorts::agreement(side_id.agreement).expect("there is such an agreement");
    assert_eq!(agreement.party(side_id.side), party);
    assert_eq!(commitment, chain_commitment(side_id));
    let status = chain(|chain| chain.statuses.get(&side_id).copied());
    let Some(SideStatus::Proven { breaks }) = status else {
        panic!("{side_id} has nothing to repair: {status:?}");
    };
    assert!(breaks > 0);
    set_status(side_id, SideStatus::Repaired { breaks });
}

/// Checks everything that always holds.
pub fn check_storage() {
    Books::do_try_state().expect("the storage holds what it must");
}
