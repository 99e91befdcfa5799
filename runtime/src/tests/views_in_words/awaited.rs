//! What people read of what a day waits for, from whom, and until when.

use super::*;
use crate::{
    tests::amendments::{accept, cancellation, missing, pass_answers, propose, recorded},
    views,
    views_in_words::AwaitedInWords,
    Books,
};
use counterfoil_primitives::{
    ports::{DayTrades, Directory},
    summary::DaySummary,
    Moment, Side, SideId, MAX_ROUNDS,
};
use frame_support::assert_ok;
use pallet_reconciliation::{AcceptedHeader, ListedPage, SideRecord};
use sp_core::H256;
use sp_keyring::Sr25519Keyring::{Bob, Charlie, Dave};

/// The day of [`TODAY`] by its number.
const DAY: BusinessDay = BusinessDay(20_780);
const BANKS: SideId = SideId::new(1, DAY, Side::Credit);

const CUT_OFF: &str = "2026-11-24T00:30:00+01:00";
const PRESET: &str = "2026-11-24T01:00:00+01:00";
const DEADLINE: &str = "2026-11-24T13:00:00+01:00";

const PARTIES: [&str; 2] = ["2 (Fund house)", "3 (Bank)"];
const RECONCILER: [&str; 1] = ["4 (Reconciler)"];
const REPORTERS: [&str; 3] = ["4 (Reconciler)", "2 (Fund house)", "3 (Bank)"];

fn set_clock(now: Moment) {
    pallet_timestamp::Now::<Runtime>::put(now);
}

fn signed(key: Sr25519Keyring) -> RuntimeOrigin {
    RuntimeOrigin::signed(key.to_account_id())
}

fn summary() -> DaySummary {
    views::day(1, DAY).expect("it has begun")
}

fn awaited() -> Vec<AwaitedInWords> {
    let day = <Runtime as CounterfoilApi<Block>>::day_in_words(1, DAY);
    day.expect("it has begun").awaited
}

/// What the bank's side waits for, on a day for whose company's side it waits too.
fn of_bank() -> Option<AwaitedInWords> {
    awaited().into_iter().nth(1)
}

fn expected<const N: usize>(
    what: &str,
    from: [&str; N],
    until: Option<&str>,
    is_late: bool,
) -> AwaitedInWords {
    AwaitedInWords {
        what: what.into(),
        from: from.map(String::from).into(),
        until: until.map(String::from),
        is_late,
    }
}

/// Runs `test` right after the day was sealed.
fn on_sealed_day(test: impl FnOnce(DaySummary)) {
    on_development_chain(|| {
        set_clock(summary().cut_off_at);
        assert_ok!(Trades::seal(signed(Dave), 1, DAY));
        test(summary());
    });
}

/// The bank commits to what the chain has.
fn commit() {
    let commitment = Trades::chain_commitment(BANKS).expect("the day is sealed");
    let bank = signed(Charlie);
    assert_ok!(Books::commit(bank, 1, DAY, Side::Credit, 0, 0, commitment));
}

/// The record of the bank's side.
fn set_record(record: SideRecord) {
    pallet_reconciliation::Sides::<Runtime>::insert(BANKS, record);
}

#[test]
fn an_open_day_waits_for_trades_and_then_for_its_seal() {
    on_development_chain(|| {
        let clients = ["1 (Till)", "5 (Web shop)"];
        let trades = expected("trades, until the cut-off", clients, Some(CUT_OFF), false);
        assert_eq!(awaited(), [trades]);
        let what = "the seal, which the reconciler's node makes";
        let DaySummary {
            cut_off_at,
            preset_at,
            ..
        } = summary();
        for (now, is_late) in [(cut_off_at, false), (preset_at, true)] {
            set_clock(now);
            let seal = expected(what, RECONCILER, Some(PRESET), is_late);
            assert_eq!(awaited(), [seal]);
        }
    });
}

#[test]
fn of_a_suspended_client_no_trades_are_awaited() {
    on_development_chain(|| {
        assert_ok!(Registry::suspend_client(signed(Bob), 1, 5));
        assert_eq!(awaited()[0].from, ["1 (Till)"]);
    });
}

#[test]
fn after_the_end_of_an_agreement_refunds_alone_are_awaited() {
    on_development_chain(|| {
        let end = DAY.next();
        assert_ok!(Registry::end_agreement(RuntimeOrigin::root(), 1, end));
        assert_eq!(awaited()[0].what, "trades, until the cut-off");
        let after = <Runtime as CounterfoilApi<Block>>::day_in_words(1, end);
        let awaited = after.expect("it is tomorrow").awaited;
        assert_eq!(awaited[0].what, "refunds, until the cut-off");
    });
}

#[test]
fn a_sealed_day_waits_for_both_commitments_and_after_the_deadline_for_the_marks() {
    on_sealed_day(|day| {
        let [company, bank] = PARTIES;
        for (now, is_late) in [(day.cut_off_at, false), (day.preset_at, true)] {
            set_clock(now);
            let of = |name: &str, party| {
                let what = format!("the commitment to the {name}'s book");
                expected(&what, [party], Some(PRESET), is_late)
            };
            assert_eq!(awaited(), [of("company", company), of("bank", bank)]);
        }
        set_clock(day.deadline_at);
        let mark = |name: &str| {
            let what = format!("the mark that the {name}'s side defaulted");
            expected(&what, REPORTERS, None, false)
        };
        assert_eq!(awaited(), [mark("company"), mark("bank")]);
    });
}

#[test]
fn of_a_party_whose_book_is_its_ledger_the_ledger_is_awaited() {
    on_development_chain(|| {
        let tomorrow = DAY.next();
        let agreement = Registry::agreement(1).expect("it is there");
        let mut conditions = *agreement.conditions_on(DAY).expect("it has begun");
        conditions.credit_source = Source::Ledger;
        let root = RuntimeOrigin::root();
        assert_ok!(Registry::set_conditions(root, 1, tomorrow, conditions));
        set_clock(
            agreement
                .cut_off_of(tomorrow)
                .expect("it is after the first"),
        );
        assert_ok!(Trades::seal(signed(Dave), 1, tomorrow));
        let day = <Runtime as CounterfoilApi<Block>>::day_in_words(1, tomorrow);
        let awaited = day.expect("it has begun").awaited;
        let what: Vec<_> = awaited.iter().map(|one| one.what.as_str()).collect();
        let expected = [
            "the commitment to the company's book",
            "the bank's ledger, and the commitment to it",
        ];
        assert_eq!(what, expected);
    });
}

#[test]
fn after_a_rejected_book_another_commitment_is_awaited_until_the_deadline() {
    on_sealed_day(|_| {
        set_record(SideRecord {
            round: 1,
            ..Default::default()
        });
        let what = "the commitment to the bank's book, since the book before was rejected";
        let another = expected(what, [PARTIES[1]], Some(DEADLINE), false);
        assert_eq!(of_bank(), Some(another));
    });
}

#[test]
fn of_a_side_without_rounds_nothing_is_awaited_but_its_mark() {
    on_sealed_day(|_| {
        set_record(SideRecord {
            round: MAX_ROUNDS,
            ..Default::default()
        });
        let what = format!("the mark that the bank's side defaulted, from {DEADLINE} on");
        let mark = expected(&what, REPORTERS, None, false);
        assert_eq!(of_bank(), Some(mark));
    });
}

#[test]
fn a_committed_side_waits_for_the_reconcilers_report_and_after_the_deadline_for_anybodys() {
    on_sealed_day(|day| {
        commit();
        let report = |what: &str| {
            let what = format!("the report of the bank's book{what}");
            expected(&what, RECONCILER, Some(DEADLINE), false)
        };
        let early = format!(", from {PRESET} on");
        assert_eq!(of_bank(), Some(report(&early)));
        set_clock(day.preset_at);
        assert_eq!(of_bank(), Some(report("")));
        set_clock(day.deadline_at);
        let what = "the report of the bank's book, or the mark that the side defaulted";
        let late = expected(what, REPORTERS, Some(DEADLINE), true);
        assert_eq!(of_bank(), Some(late));
    });
}

#[test]
fn a_report_that_is_not_whole_reads_with_its_pages() {
    on_sealed_day(|day| {
        commit();
        set_clock(day.preset_at);
        let page = |page, accepted| ListedPage {
            page,
            root: H256::zero(),
            accepted,
        };
        let header = AcceptedHeader {
            dirty: vec![page(0, true), page(1, false)],
            ..Default::default()
        };
        pallet_reconciliation::Headers::<Runtime>::insert(BANKS, header);
        let what = of_bank().expect("a report is awaited").what;
        let expected = "the report of the bank's book, of which 1 of 2 pages are in";
        assert_eq!(what, expected);
    });
}

#[test]
fn a_side_with_breaks_waits_for_its_repair_and_one_without_for_nothing() {
    on_sealed_day(|_| {
        let proven = |breaks| SideRecord {
            proven: Some(breaks),
            ..Default::default()
        };
        set_record(proven(1));
        let what = "the repair of the bank's book, which its node makes";
        let repair = expected(what, [PARTIES[1]], None, false);
        assert_eq!(of_bank(), Some(repair));
        set_record(SideRecord {
            repaired: true,
            ..proven(1)
        });
        assert_eq!(of_bank(), None);
        set_record(proven(0));
        assert_eq!(of_bank(), None);
    });
}

#[test]
fn a_side_that_defaulted_waits_for_its_late_proof_as_long_as_that_is_taken() {
    on_sealed_day(|day| {
        set_record(SideRecord {
            defaulted: true,
            ..Default::default()
        });
        let late_until = day.credit.late_until.expect("it has begun");
        let until = Some("2026-12-24T00:00:00+01:00");
        let what = "a late commitment to the bank's book, if it is to be compared";
        let commitment = expected(what, [PARTIES[1]], until, false);
        assert_eq!(of_bank(), Some(commitment));
        let chain = Trades::chain_commitment(BANKS).expect("the day is sealed");
        pallet_books::Commitments::<Runtime>::insert(BANKS, 0, chain);
        let what = "a late report of the bank's book";
        let report = expected(what, REPORTERS, until, false);
        assert_eq!(of_bank(), Some(report));
        set_clock(late_until);
        assert_eq!(of_bank(), None);
    });
}

#[test]
fn no_late_commitment_is_awaited_of_a_side_without_rounds() {
    on_sealed_day(|_| {
        set_record(SideRecord {
            defaulted: true,
            round: MAX_ROUNDS,
            ..Default::default()
        });
        assert_eq!(of_bank(), None);
    });
}

#[test]
fn a_reconciled_day_waits_for_its_payment_and_a_settled_one_does_not() {
    on_development_chain(|| {
        reconcile(DAY, 1_250);
        let what = "the payment of 12.50 CZK, which the debtor's node makes";
        let payment = expected(what, [PARTIES[0]], None, false);
        assert_eq!(awaited().last(), Some(&payment));
        let paid = BusinessDay(20_779);
        reconcile(paid, 0);
        let day = <Runtime as CounterfoilApi<Block>>::day_in_words(1, paid);
        let awaited = day.expect("it has begun").awaited;
        assert!(awaited.iter().all(|one| !one.what.contains("payment")));
    });
}

/// What the day waits for beside its trades.
fn of_proposals() -> Vec<AwaitedInWords> {
    awaited().split_off(1)
}

#[test]
fn a_day_waits_for_answers_to_a_proposal_that_names_its_trades_and_then_for_its_booking() {
    on_development_chain(|| {
        recorded();
        let number = propose(cancellation());
        let [answer] = &of_proposals()[..] else {
            panic!("there is one proposal")
        };
        assert_eq!(answer.what, format!("an answer to amendment {number}"));
        assert_eq!(
            (&answer.from[..], answer.is_late),
            (&["3 (Bank)".to_owned()][..], false)
        );
        let until = answer.until.as_deref().expect("answers have a time");
        assert!(until.starts_with("2026-12-03T"), "{until}");
        accept(number);
        let what = format!("the booking of amendment {number}, which the parties' nodes do");
        assert_eq!(of_proposals(), [expected(&what, PARTIES, None, false)]);
    });
}

#[test]
fn a_day_waits_for_no_answer_that_comes_too_late() {
    on_development_chain(|| {
        recorded();
        pass_answers(propose(cancellation()));
        let awaited = awaited();
        assert!(awaited.iter().all(|one| !one.what.contains("amendment")));
    });
}

#[test]
fn no_booking_is_awaited_once_the_agreement_has_closed() {
    on_development_chain(|| {
        recorded();
        accept(propose(cancellation()));
        let close = DAY.next();
        assert_ok!(Registry::end_agreement(RuntimeOrigin::root(), 1, close));
        pallet_registry::Agreements::<Runtime>::mutate(1, |agreement| {
            let agreement = agreement.as_mut().expect("it is there");
            (agreement.refund_days, agreement.amend_days) = (0, 0);
        });
        set_clock(crate::tests::NOON + counterfoil_primitives::day::DAY);
        let day = <Runtime as CounterfoilApi<Block>>::day_in_words(1, DAY);
        let day = day.expect("it has begun");
        assert!(day
            .awaited
            .iter()
            .all(|one| !one.what.contains("amendment")));
        let standing = &day.amendments[0].standing;
        assert!(standing.ends_with("it can lapse"), "{standing}");
    });
}

#[test]
fn a_day_reads_with_the_proposals_that_name_trades_or_missing_payments_of_it() {
    on_development_chain(|| {
        recorded();
        let numbers = [propose(cancellation()), propose(missing())];
        let listed = |day| {
            let day = <Runtime as CounterfoilApi<Block>>::day_in_words(1, day);
            let amendments = day.expect("it has begun").amendments;
            let numbers = amendments.into_iter().map(|one| one.number);
            numbers.collect::<Vec<_>>()
        };
        assert_eq!(listed(DAY), numbers);
        assert!(listed(DAY.previous()).is_empty());
    });
}
