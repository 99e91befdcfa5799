//! Calls that members' nodes submit without a nonce: what the pool takes of them.

mod repairs;

use super::*;
use crate::{validate::POOL_REACH, Call};
use codec::Encode;
use counterfoil_primitives::{ports::CommitRefused, refusal::FIRST_OF_REPORTS};
use counterfoil_support::ValidateUnordered;
use sp_runtime::transaction_validity::{
    InvalidTransaction, TransactionSource, TransactionValidityError, ValidTransaction,
};

fn validity(
    source: TransactionSource,
    member: MemberId,
    call: &Call<Test>,
) -> Result<ValidTransaction, TransactionValidityError> {
    call.validate_unordered(member, source)
}

fn invalid(call: &Call<Test>) -> TransactionValidityError {
    validity(TransactionSource::External, RECONCILER, call).unwrap_err()
}

/// How the pool names an error: by its index in the pallet's metadata.
fn named(error: Error<Test>) -> TransactionValidityError {
    let index = error.encode()[0];
    InvalidTransaction::Custom(FIRST_OF_REPORTS + index).into()
}

fn clean() -> Call<Test> {
    Call::report_clean {
        agreement: AGREEMENT,
        day: DAY,
        side: Side::Credit,
    }
}

fn header_call(header: &ReportHeader) -> Call<Test> {
    Call::report_header {
        agreement: AGREEMENT,
        day: DAY,
        side: Side::Credit,
        round: Reconciliation::round(CREDIT),
        header: header.clone(),
    }
}

fn slots_call(page: u32, slots: &[SlotDiff]) -> Call<Test> {
    Call::report_slots {
        agreement: AGREEMENT,
        day: DAY,
        side: Side::Credit,
        round: Reconciliation::round(CREDIT),
        page,
        slots: BoundedVec::truncate_from(slots.to_vec()),
    }
}

fn extras_call(page: u32, extras: &[ReportedExtra]) -> Call<Test> {
    Call::report_extras {
        agreement: AGREEMENT,
        day: DAY,
        side: Side::Credit,
        round: Reconciliation::round(CREDIT),
        page,
        extras: BoundedVec::truncate_from(extras.to_vec()),
    }
}

#[test]
fn a_report_without_a_nonce_is_applied() {
    at_preset(3, || {
        commit(CREDIT, &chain_book(CREDIT));
        apply(RECONCILER, &clean()).unwrap();
        assert_eq!(status(CREDIT), SideStatus::Proven { breaks: 0 });
    });
}

#[test]
fn a_report_that_was_applied_is_stale() {
    at_preset(3, || {
        commit(CREDIT, &chain_book(CREDIT));
        apply(RECONCILER, &clean()).unwrap();
        assert_eq!(invalid(&clean()), InvalidTransaction::Stale.into());
    });
}

#[test]
fn a_report_long_before_the_preset_time_does_not_enter_the_pool() {
    at_preset(3, || {
        commit(CREDIT, &chain_book(CREDIT));
        set_block_time(preset() - POOL_REACH - 1);
        assert_eq!(invalid(&clean()), InvalidTransaction::Future.into());
    });
}

#[test]
fn a_report_waits_in_the_pool_for_the_first_block_of_its_time() {
    at_preset(3, || {
        commit(CREDIT, &chain_book(CREDIT));
        set_block_time(preset() - POOL_REACH);
        let report = clean();
        assert!(validity(TransactionSource::Local, RECONCILER, &report).is_ok());
        set_block_time(preset() - 1);
        assert_eq!(
            validity(TransactionSource::InBlock, RECONCILER, &report),
            Err(InvalidTransaction::Future.into())
        );
    });
}

#[test]
fn a_strangers_report_does_not_enter_the_pool() {
    at_preset(3, || {
        commit(CREDIT, &chain_book(CREDIT));
        assert!(matches!(
            validity(TransactionSource::External, STRANGER, &clean()).unwrap_err(),
            TransactionValidityError::Invalid(InvalidTransaction::Custom(_))
        ));
    });
}

#[test]
fn a_false_header_does_not_enter_the_pool() {
    at_preset(300, || {
        let book = broken_book();
        commit(CREDIT, &book);
        let mut header = report_of(CREDIT, &book).header;
        header.dirty.pop();
        assert_eq!(
            invalid(&header_call(&header)),
            named(Error::SlotsRootMismatch)
        );
    });
}

#[test]
fn a_false_part_does_not_enter_the_pool() {
    at_preset(300, || {
        let book = broken_book();
        commit(CREDIT, &book);
        let report = report_of(CREDIT, &book);
        apply(RECONCILER, &header_call(&report.header)).unwrap();
        assert!(matches!(
            invalid(&slots_call(0, &report.slots[1].1)),
            TransactionValidityError::Invalid(InvalidTransaction::Custom(_))
        ));
    });
}

/// The bank commits to `book` with a false total. All of its report, by the reconciler,
/// rejects it, and the bank commits to the same book with the right total. Returns the
/// report's calls.
fn reject_and_commit_again(book: &Book) -> Vec<Call<Test>> {
    commit(CREDIT, book);
    falsify_total(CREDIT, 1);
    let calls = calls_of(&report_of(CREDIT, book));
    for call in &calls {
        apply(RECONCILER, call).unwrap();
    }
    assert_eq!(status(CREDIT), SideStatus::Awaited);
    commit(CREDIT, book);
    calls
}

fn calls_of(report: &Report) -> Vec<Call<Test>> {
    let slots = report.slots.iter();
    let extras = report.extras.iter();
    core::iter::once(header_call(&report.header))
        .chain(slots.map(|(page, slots)| slots_call(*page, slots)))
        .chain(extras.map(|(page, extras)| extras_call(*page, extras)))
        .collect()
}

#[test]
fn what_was_reported_of_a_rejected_book_is_no_report_of_the_next_one() {
    at_preset(300, || {
        for call in reject_and_commit_again(&broken_book()) {
            let in_block = validity(TransactionSource::InBlock, RECONCILER, &call);
            assert_eq!(in_block, Err(InvalidTransaction::Stale.into()));
            assert_eq!(invalid(&call), InvalidTransaction::Stale.into());
        }
    });
}

#[test]
fn the_next_book_is_reported_by_reports_of_its_own() {
    at_preset(300, || {
        let book = broken_book();
        reject_and_commit_again(&book);
        for call in calls_of(&report_of(CREDIT, &book)) {
            apply(RECONCILER, &call).unwrap();
        }
        assert_eq!(status(CREDIT), SideStatus::Proven { breaks: 3 });
    });
}

#[test]
fn the_header_that_rejected_a_book_does_not_reject_the_next_one() {
    at_preset(2, || {
        let extras = |count| (0..count).map(unknown).collect();
        let mut book = chain_book(CREDIT);
        book.extras = extras(601);
        commit(CREDIT, &book);
        let header = header_call(&Default::default());
        apply(RECONCILER, &header).unwrap();
        book.extras = extras(602);
        commit(CREDIT, &book);
        assert_eq!(invalid(&header), InvalidTransaction::Stale.into());
        apply(RECONCILER, &header_call(&Default::default())).unwrap();
        assert_eq!(
            Reconciliation::may_commit(CREDIT),
            Err(CommitRefused::NoMoreRounds)
        );
    });
}

#[test]
fn the_same_report_by_two_members_is_pending_once() {
    at_preset(3, || {
        commit(CREDIT, &chain_book(CREDIT));
        let of = |member| validity(TransactionSource::External, member, &clean()).unwrap();
        assert_eq!(of(RECONCILER).provides, of(BANK).provides);
    });
}

#[test]
fn parts_of_a_report_are_pending_side_by_side() {
    at_preset(300, || {
        let book = broken_book();
        commit(CREDIT, &book);
        let report = report_of(CREDIT, &book);
        apply(RECONCILER, &header_call(&report.header)).unwrap();
        let of = |page: u32, slots| {
            let call = slots_call(page, slots);
            validity(TransactionSource::External, RECONCILER, &call)
                .unwrap()
                .provides
        };
        assert_ne!(of(0, &report.slots[0].1), of(1, &report.slots[1].1));
    });
}

#[test]
fn a_part_waits_in_the_pool_for_its_header() {
    at_preset(300, || {
        let book = broken_book();
        commit(CREDIT, &book);
        let report = report_of(CREDIT, &book);
        let header = header_call(&report.header);
        let part = slots_call(0, &report.slots[0].1);
        let provides = validity(TransactionSource::Local, RECONCILER, &header)
            .unwrap()
            .provides;
        let waiting = validity(TransactionSource::Local, RECONCILER, &part).unwrap();
        assert_eq!(waiting.requires, provides);
        apply(RECONCILER, &header).unwrap();
        let ready = validity(TransactionSource::Local, RECONCILER, &part).unwrap();
        assert_eq!(ready.requires, Vec::<Vec<u8>>::new());
    });
}

#[test]
fn a_part_of_a_page_that_the_book_does_not_have_does_not_wait_for_a_header() {
    at_preset(300, || {
        let book = broken_book();
        commit(CREDIT, &book);
        let report = report_of(CREDIT, &book);
        let slots = |page| slots_call(page, &report.slots[0].1);
        let extras = |page| extras_call(page, &report.extras[0].1);
        assert_eq!(invalid(&slots(2)), named(Error::OutOfRange));
        assert_eq!(invalid(&extras(1)), named(Error::OutOfRange));
        assert_ok!(validity(TransactionSource::External, RECONCILER, &slots(1)));
    });
}

#[test]
fn a_part_enters_no_block_without_its_header() {
    at_preset(300, || {
        let book = broken_book();
        commit(CREDIT, &book);
        let part = slots_call(0, &report_of(CREDIT, &book).slots[0].1);
        assert!(validity(TransactionSource::InBlock, RECONCILER, &part).is_err());
    });
}

#[test]
fn calls_are_free_for_whom_the_agreement_lets_report_alone() {
    use frame_support::dispatch::CheckIfFeeless;
    let (day, side, round, page) = (DAY, Side::Credit, 0, 0);
    let calls = |agreement| {
        [
            Call::report_clean {
                agreement,
                day,
                side,
            },
            Call::report_header {
                agreement,
                day,
                side,
                round,
                header: Default::default(),
            },
            Call::report_slots {
                agreement,
                day,
                side,
                round,
                page,
                slots: Default::default(),
            },
            Call::report_extras {
                agreement,
                day,
                side,
                round,
                page,
                extras: Default::default(),
            },
            Call::mark_overdue {
                agreement,
                day,
                side,
            },
            Call::mark_defaulted {
                agreement,
                day,
                side,
            },
            Call::request_full_fetch { agreement, day },
        ]
        .map(RuntimeCall::from)
    };
    at_preset(3, || {
        for call in calls(AGREEMENT) {
            for member in [RECONCILER, COMPANY, BANK] {
                assert!(call.is_feeless(&signed(member)), "{call:?}");
            }
            for other in [STRANGER, 200] {
                assert!(!call.is_feeless(&signed(other)), "{call:?}");
            }
        }
        for call in calls(AGREEMENT + 1) {
            assert!(!call.is_feeless(&signed(RECONCILER)), "{call:?}");
        }
    });
}
