//! Reports by those who may not report, or too early.

use super::*;

#[test]
fn a_stranger_may_not_report() {
    with_broken_book(|report| {
        assert_noop!(
            report_header(STRANGER, CREDIT, &report.header),
            Error::<Test>::NotEntitled
        );
    });
}

#[test]
fn a_client_may_not_report() {
    with_broken_book(|report| {
        assert_noop!(
            report_header(CLIENT, CREDIT, &report.header),
            Error::<Test>::NotEntitled
        );
    });
}

#[test]
fn who_is_no_member_may_not_report() {
    with_broken_book(|report| {
        assert_noop!(
            report_header(200, CREDIT, &report.header),
            sp_runtime::DispatchError::BadOrigin
        );
    });
}

#[test]
fn a_report_before_the_preset_time_is_refused() {
    with_broken_book(|report| {
        set_block_time(preset() - 1);
        assert_noop!(
            report_header(RECONCILER, CREDIT, &report.header),
            Error::<Test>::BeforePreset
        );
    });
}

#[test]
fn a_report_of_an_unsealed_day_is_refused() {
    with_broken_book(|report| {
        world(|world| world.sealed.clear());
        assert_noop!(
            report_header(RECONCILER, CREDIT, &report.header),
            Error::<Test>::NotSealed
        );
        world(|world| world.sealed.insert(DAY));
    });
}

#[test]
fn a_report_without_commitment_is_refused() {
    at_preset(300, || {
        assert_noop!(
            report_clean(RECONCILER, CREDIT),
            Error::<Test>::NotCommitted
        );
    });
}

#[test]
fn a_report_of_an_unknown_agreement_is_refused() {
    with_broken_book(|_| {
        assert_noop!(
            report_clean(RECONCILER, SideId::new(AGREEMENT + 1, DAY, Side::Credit)),
            Error::<Test>::UnknownAgreement
        );
    });
}

#[test]
fn who_may_report_a_day_is_decided_by_the_day() {
    with_broken_book(|report| {
        // The stranger reconciles from this day on, the reconciler the days before it.
        world(|world| world.agreement.reconcilers.push((DAY, STRANGER)));
        assert_noop!(
            report_header(RECONCILER, CREDIT, &report.header),
            Error::<Test>::NotEntitled
        );
        let request = |member| Reconciliation::request_full_fetch(signed(member), AGREEMENT, DAY);
        assert_noop!(request(RECONCILER), Error::<Test>::NotEntitled);
        assert_ok!(request(STRANGER));
        assert_ok!(report_header(STRANGER, CREDIT, &report.header));
    });
}

#[test]
fn the_former_reconciler_finishes_its_days() {
    with_broken_book(|report| {
        world(|world| world.agreement.reconcilers.push((DAY.next(), STRANGER)));
        assert_noop!(
            report_header(STRANGER, CREDIT, &report.header),
            Error::<Test>::NotEntitled
        );
        assert_ok!(report_header(RECONCILER, CREDIT, &report.header));
    });
}
