//! False reports: each is refused, and nothing of it is stored.

mod reporters;

use super::*;

/// Commits to the broken book and hands over its honest report.
fn with_broken_book(test: impl FnOnce(Report)) {
    at_preset(300, || {
        let book = broken_book();
        commit(CREDIT, &book);
        test(report_of(CREDIT, &book));
    });
}

/// As above, with the honest header accepted.
fn with_header(test: impl FnOnce(Report)) {
    with_broken_book(|report| {
        assert_ok!(report_header(RECONCILER, CREDIT, &report.header));
        test(report);
    });
}

#[test]
fn a_clean_report_of_a_book_with_breaks_is_refused() {
    with_broken_book(|_| {
        assert_noop!(report_clean(RECONCILER, CREDIT), Error::<Test>::NotClean);
    });
}

#[test]
fn a_header_that_leaves_a_page_out_is_refused() {
    with_broken_book(|mut report| {
        report.header.dirty.pop();
        assert_noop!(
            report_header(RECONCILER, CREDIT, &report.header),
            Error::<Test>::SlotsRootMismatch
        );
    });
}

#[test]
fn a_header_with_a_changed_root_is_refused() {
    with_broken_book(|mut report| {
        report.header.dirty[0].root.0[0] ^= 1;
        assert_noop!(
            report_header(RECONCILER, CREDIT, &report.header),
            Error::<Test>::SlotsRootMismatch
        );
    });
}

#[test]
fn a_header_that_lists_a_clean_page_is_refused() {
    with_broken_book(|mut report| {
        let chain = MockWorld::page_roots(CREDIT);
        report.header.dirty[0].root = chain[0];
        assert_noop!(
            report_header(RECONCILER, CREDIT, &report.header),
            Error::<Test>::NotDifferent
        );
    });
}

#[test]
fn a_header_out_of_order_is_refused() {
    with_broken_book(|mut report| {
        report.header.dirty.reverse();
        assert_noop!(
            report_header(RECONCILER, CREDIT, &report.header),
            Error::<Test>::NotAscending
        );
    });
}

#[test]
fn a_header_with_a_page_beyond_the_day_is_refused() {
    with_broken_book(|mut report| {
        report.header.dirty[1].page = 2;
        assert_noop!(
            report_header(RECONCILER, CREDIT, &report.header),
            Error::<Test>::OutOfRange
        );
    });
}

#[test]
fn a_header_without_the_extras_is_refused() {
    with_broken_book(|mut report| {
        report.header.extras.clear();
        assert_noop!(
            report_header(RECONCILER, CREDIT, &report.header),
            Error::<Test>::WrongExtrasCount
        );
    });
}

#[test]
fn a_header_with_other_extras_is_refused() {
    with_broken_book(|mut report| {
        report.header.extras[0].0[0] ^= 1;
        assert_noop!(
            report_header(RECONCILER, CREDIT, &report.header),
            Error::<Test>::ExtrasRootMismatch
        );
    });
}

#[test]
fn a_header_of_the_other_side_is_refused() {
    at_preset(300, || {
        let mut debit = chain_book(DEBIT);
        debit.slots[0] = None;
        commit(DEBIT, &debit);
        commit(CREDIT, &broken_book());
        let mut header = report_of(DEBIT, &debit).header;
        header.extras = report_of(CREDIT, &broken_book()).header.extras;
        assert_noop!(
            report_header(RECONCILER, CREDIT, &header),
            Error::<Test>::SlotsRootMismatch
        );
    });
}

#[test]
fn a_part_without_header_is_refused() {
    with_broken_book(|report| {
        assert_noop!(
            report_slots(RECONCILER, CREDIT, 0, &report.slots[0].1),
            Error::<Test>::NoHeader
        );
        assert_noop!(
            report_extras(RECONCILER, CREDIT, 0, &report.extras[0].1),
            Error::<Test>::NoHeader
        );
    });
}

#[test]
fn a_page_with_a_break_left_out_is_refused() {
    with_header(|_| {
        assert_noop!(
            report_slots(RECONCILER, CREDIT, 0, &[]),
            Error::<Test>::PageRootMismatch
        );
    });
}

#[test]
fn a_page_with_a_break_added_is_refused() {
    with_header(|report| {
        let mut slots = report.slots[0].1.clone();
        slots.push(SlotDiff {
            offset: 200,
            found: None,
        });
        assert_noop!(
            report_slots(RECONCILER, CREDIT, 0, &slots),
            Error::<Test>::PageRootMismatch
        );
    });
}

#[test]
fn a_page_with_a_break_changed_is_refused() {
    with_header(|report| {
        let mut slots = report.slots[0].1.clone();
        slots[0].found = Some(unknown(5));
        assert_noop!(
            report_slots(RECONCILER, CREDIT, 0, &slots),
            Error::<Test>::PageRootMismatch
        );
    });
}

#[test]
fn a_page_with_a_break_on_another_slot_is_refused() {
    with_header(|report| {
        let mut slots = report.slots[0].1.clone();
        slots[0].offset += 1;
        assert_noop!(
            report_slots(RECONCILER, CREDIT, 0, &slots),
            Error::<Test>::PageRootMismatch
        );
    });
}

#[test]
fn a_page_with_a_slot_that_does_not_differ_is_refused() {
    with_header(|report| {
        let mut slots = report.slots[0].1.clone();
        slots.push(SlotDiff {
            offset: 200,
            found: Some(trade(200).entry(Side::Credit)),
        });
        assert_noop!(
            report_slots(RECONCILER, CREDIT, 0, &slots),
            Error::<Test>::NotDifferent
        );
    });
}

#[test]
fn a_page_with_a_slot_twice_is_refused() {
    with_header(|report| {
        let mut slots = report.slots[0].1.clone();
        slots.push(slots[0]);
        assert_noop!(
            report_slots(RECONCILER, CREDIT, 0, &slots),
            Error::<Test>::NotAscending
        );
    });
}

#[test]
fn a_page_with_a_slot_beyond_its_end_is_refused() {
    with_header(|_| {
        let beyond = SlotDiff {
            offset: 44,
            found: None,
        };
        assert_noop!(
            report_slots(RECONCILER, CREDIT, 1, &[beyond]),
            Error::<Test>::OutOfRange
        );
    });
}

#[test]
fn a_page_sent_for_another_page_is_refused() {
    with_header(|report| {
        assert_noop!(
            report_slots(RECONCILER, CREDIT, 1, &report.slots[0].1),
            Error::<Test>::PageRootMismatch
        );
    });
}

#[test]
fn a_page_that_is_not_listed_is_refused() {
    at_preset(300, || {
        let mut book = chain_book(CREDIT);
        book.slots[3] = None;
        commit(CREDIT, &book);
        let report = report_of(CREDIT, &book);
        assert_ok!(report_header(RECONCILER, CREDIT, &report.header));
        assert_noop!(
            report_slots(RECONCILER, CREDIT, 1, &report.slots[0].1),
            Error::<Test>::PageNotListed
        );
    });
}

#[test]
fn a_page_that_the_book_does_not_have_is_refused() {
    with_header(|report| {
        assert_noop!(
            report_slots(RECONCILER, CREDIT, 2, &report.slots[0].1),
            Error::<Test>::OutOfRange
        );
        assert_noop!(
            report_extras(RECONCILER, CREDIT, 1, &report.extras[0].1),
            Error::<Test>::OutOfRange
        );
    });
}

#[test]
fn changed_extras_are_refused() {
    with_header(|_| {
        assert_noop!(
            report_extras(RECONCILER, CREDIT, 0, &[(unknown(78), None)]),
            Error::<Test>::PageRootMismatch
        );
    });
}

#[test]
fn extras_of_another_number_are_refused() {
    with_header(|report| {
        let mut extras = report.extras[0].1.clone();
        extras.push((unknown(78), None));
        assert_noop!(
            report_extras(RECONCILER, CREDIT, 0, &extras),
            Error::<Test>::WrongExtrasCount
        );
    });
}

#[test]
fn a_witness_for_another_entry_is_refused() {
    with_header(|_| {
        let witness = Witness {
            day: DAY,
            position: 0,
        };
        assert_noop!(
            report_extras(RECONCILER, CREDIT, 0, &[(unknown(77), Some(witness))]),
            Error::<Test>::WrongWitness
        );
    });
}

#[test]
fn a_witness_beyond_the_day_is_refused() {
    with_header(|_| {
        let witness = Witness {
            day: DAY,
            position: 300,
        };
        assert_noop!(
            report_extras(RECONCILER, CREDIT, 0, &[(unknown(77), Some(witness))]),
            Error::<Test>::WrongWitness
        );
    });
}
