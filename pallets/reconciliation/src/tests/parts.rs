//! Reports that come in parts: in any order, from anyone entitled, repeated without harm.

use super::*;
use crate::{weighing, Event, ExtraBreaks, Headers, SlotBreaks, WeightInfo};
use frame_support::{traits::Get, weights::RuntimeDbWeight};

#[test]
fn parts_in_any_order_prove_the_side() {
    for order in [
        [0, 1, 2],
        [0, 2, 1],
        [1, 0, 2],
        [1, 2, 0],
        [2, 0, 1],
        [2, 1, 0],
    ] {
        at_preset(300, || {
            let book = broken_book();
            commit(CREDIT, &book);
            let report = report_of(CREDIT, &book);
            assert_ok!(report_header(RECONCILER, CREDIT, &report.header));
            for part in order {
                assert_eq!(status(CREDIT), SideStatus::Committed);
                let accepted = match part {
                    0 => report_slots(RECONCILER, CREDIT, 0, &report.slots[0].1),
                    1 => report_slots(BANK, CREDIT, 1, &report.slots[1].1),
                    _ => report_extras(COMPANY, CREDIT, 0, &report.extras[0].1),
                };
                assert_ok!(accepted);
            }
            assert_eq!(status(CREDIT), SideStatus::Proven { breaks: 3 });
        });
    }
}

#[test]
fn breaks_come_out_by_position_whatever_the_order_of_parts() {
    at_preset(300, || {
        let book = broken_book();
        commit(CREDIT, &book);
        let report = report_of(CREDIT, &book);
        assert_ok!(report_header(RECONCILER, CREDIT, &report.header));
        assert_ok!(report_extras(RECONCILER, CREDIT, 0, &report.extras[0].1));
        assert_ok!(report_slots(RECONCILER, CREDIT, 1, &report.slots[1].1));
        assert_ok!(report_slots(RECONCILER, CREDIT, 0, &report.slots[0].1));
        assert_eq!(
            slot_breaks(CREDIT),
            vec![(3, Cause::Missing), (257, Cause::Missing)]
        );
    });
}

#[test]
fn breaks_of_a_side_show_only_once_it_is_proven() {
    at_preset(300, || {
        let book = broken_book();
        commit(CREDIT, &book);
        let report = report_of(CREDIT, &book);
        assert_ok!(report_header(RECONCILER, CREDIT, &report.header));
        assert_ok!(report_slots(RECONCILER, CREDIT, 0, &report.slots[0].1));
        assert_eq!(slot_breaks(CREDIT), vec![]);
    });
}

#[test]
fn a_repeated_part_is_refused_and_changes_nothing() {
    at_preset(300, || {
        let book = broken_book();
        commit(CREDIT, &book);
        let report = report_of(CREDIT, &book);
        assert_ok!(report_header(RECONCILER, CREDIT, &report.header));
        assert_noop!(
            report_header(BANK, CREDIT, &report.header),
            Error::<Test>::HeaderKnown
        );
        assert_ok!(report_slots(RECONCILER, CREDIT, 0, &report.slots[0].1));
        assert_noop!(
            report_slots(BANK, CREDIT, 0, &report.slots[0].1),
            Error::<Test>::PageKnown
        );
        assert_ok!(report_extras(RECONCILER, CREDIT, 0, &report.extras[0].1));
        assert_noop!(
            report_extras(BANK, CREDIT, 0, &report.extras[0].1),
            Error::<Test>::PageKnown
        );
    });
}

#[test]
fn the_summary_counts_listed_and_accepted_pages() {
    at_preset(300, || {
        let book = broken_book();
        commit(CREDIT, &book);
        let report = report_of(CREDIT, &book);
        assert_ok!(report_header(RECONCILER, CREDIT, &report.header));
        assert_ok!(report_slots(RECONCILER, CREDIT, 1, &report.slots[1].1));
        let summary = Reconciliation::side_summary(CREDIT);
        assert_eq!((summary.listed_pages, summary.accepted_pages), (3, 1));
        assert_eq!(summary.status, SideStatus::Committed);
    });
}

#[test]
fn a_false_total_shows_when_all_parts_are_in_and_rejects_the_book() {
    at_preset(300, || {
        let book = broken_book();
        commit(CREDIT, &book);
        falsify_total(CREDIT, 1);
        let report = report_of(CREDIT, &book);
        report_whole(CREDIT, &report);
        assert_eq!(status(CREDIT), SideStatus::Awaited);
        assert_eq!(committed(CREDIT), None);
        assert!(events().contains(&Event::BookRejected {
            agreement: AGREEMENT,
            day: DAY,
            date: "2024-10-04".try_into().unwrap(),
            side: Side::Credit,
            reason: crate::Rejection::FalseTotal,
            again: true,
        }));
        assert_eq!(SlotBreaks::<Test>::iter().count(), 0);
        assert_eq!(ExtraBreaks::<Test>::iter().count(), 0);
        assert_eq!(Headers::<Test>::get(CREDIT), None);
    });
}

#[test]
fn a_part_that_ends_no_side_is_not_charged_for_the_end() {
    at_preset(300, || {
        let book = broken_book();
        commit(CREDIT, &book);
        let report = report_of(CREDIT, &book);
        assert_ok!(report_header(RECONCILER, CREDIT, &report.header));
        let slots = BoundedVec::truncate_from(report.slots[0].1.clone());
        let extras = BoundedVec::truncate_from(report.extras[0].1.clone());
        let by = || signed(RECONCILER);
        let costs = [
            Reconciliation::report_slots(by(), AGREEMENT, DAY, Side::Credit, 0, 0, slots),
            Reconciliation::report_extras(by(), AGREEMENT, DAY, Side::Credit, 0, 0, extras),
        ];
        let expected = [
            crate::weighing::report_slots::<Test>(1, None),
            crate::weighing::report_extras::<Test>(1, None),
        ];
        assert_eq!(
            costs.map(|cost| cost.unwrap().actual_weight),
            expected.map(Some)
        );
    });
}

#[test]
fn each_slot_is_charged_for_the_link_of_a_refund() {
    let db: RuntimeDbWeight = <<Test as frame_system::Config>::DbWeight as Get<_>>::get();
    let reads = |slots: u32| db.reads(slots.into());
    assert!(reads(1).ref_time() > 0);
    for slots in [0, 1, 256] {
        let measured = <() as WeightInfo>::report_slots(slots);
        let charged = weighing::report_slots::<Test>(slots as usize, None);
        assert_eq!(charged, measured.saturating_add(reads(slots)));
        let measured = <() as WeightInfo>::validate_report_slots(slots);
        let charged = weighing::validate_report_slots::<Test>(slots as usize);
        assert_eq!(charged, measured.saturating_add(reads(slots)));
    }
}

#[test]
fn what_the_last_part_costs_depends_on_what_it_takes_away() {
    for (falsity, discarded) in [(0, 0), (1, 1)] {
        at_preset(3, || {
            let mut book = chain_book(CREDIT);
            book.slots[1] = None;
            commit(CREDIT, &book);
            falsify_total(CREDIT, falsity);
            let report = report_of(CREDIT, &book);
            assert_ok!(report_header(RECONCILER, CREDIT, &report.header));
            let slots = BoundedVec::truncate_from(report.slots[0].1.clone());
            let by = signed(RECONCILER);
            let cost = Reconciliation::report_slots(by, AGREEMENT, DAY, Side::Credit, 0, 0, slots);
            let expected = crate::weighing::report_slots::<Test>(1, Some(discarded));
            assert_eq!(cost.unwrap().actual_weight, Some(expected));
        });
    }
}

#[test]
fn a_false_total_of_the_chains_own_entries_is_rejected_by_an_empty_header() {
    at_preset(3, || {
        commit(CREDIT, &chain_book(CREDIT));
        falsify_total(CREDIT, 1);
        assert_noop!(report_clean(RECONCILER, CREDIT), Error::<Test>::NotClean);
        assert_ok!(report_header(RECONCILER, CREDIT, &Default::default()));
        assert_eq!(status(CREDIT), SideStatus::Awaited);
    });
}

#[test]
fn an_empty_header_proves_a_clean_side() {
    at_preset(3, || {
        commit(CREDIT, &chain_book(CREDIT));
        assert_ok!(report_header(RECONCILER, CREDIT, &Default::default()));
        assert_eq!(status(CREDIT), SideStatus::Proven { breaks: 0 });
    });
}

#[test]
fn a_report_that_is_refused_at_once_costs_a_look() {
    at_preset(3, || {
        let by = || signed(RECONCILER);
        let (day, side, page) = (DAY, Side::Credit, 0);
        let refused = [
            Reconciliation::report_clean(signed(STRANGER), AGREEMENT, day, side),
            Reconciliation::report_clean(by(), AGREEMENT, day, side),
            Reconciliation::report_header(by(), AGREEMENT, day, side, 0, Default::default()),
            Reconciliation::report_slots(by(), AGREEMENT, day, side, 0, page, Default::default()),
            Reconciliation::report_extras(by(), AGREEMENT, day, side, 0, page, Default::default()),
            Reconciliation::mark_defaulted(by(), AGREEMENT, day, side),
            Reconciliation::mark_defaulted(RuntimeOrigin::none(), AGREEMENT, day, side),
        ];
        for refused in refused {
            let cost = refused.unwrap_err().post_info.actual_weight;
            assert_eq!(cost, Some(<()>::validate_mark_defaulted()));
        }
    });
}

#[test]
fn a_part_that_is_refused_for_what_it_says_costs_its_whole_check() {
    at_preset(300, || {
        let book = broken_book();
        commit(CREDIT, &book);
        let report = report_of(CREDIT, &book);
        assert_ok!(report_header(RECONCILER, CREDIT, &report.header));
        let page = report.slots[0].0;
        let by = signed(RECONCILER);
        let nothing = Default::default();
        let refused =
            Reconciliation::report_slots(by, AGREEMENT, DAY, Side::Credit, 0, page, nothing);
        let cost = refused.unwrap_err().post_info.actual_weight;
        assert_eq!(cost, Some(<()>::validate_report_slots(0)));
    });
}
