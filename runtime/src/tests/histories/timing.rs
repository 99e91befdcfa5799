//! A payment that the bank's ledger has on another day than the chain.
//!
//! What the chain says comes of trades that were recorded, and of books that were made from lines of ledgers,
//! committed to and reported. Right before each report, a preview of the same lines has to say the same.

mod compared;
mod in_words;
mod matrix;
mod preview;
mod recorded_after_the_report;

use super::{
    books::{chain, commitment, trades},
    members::AGREEMENTS,
    operation::{Draft, Manner, Pick},
    world::{on_chain, World},
};
use crate::{
    counterfoil_api::runtime_decl_for_counterfoil_api::CounterfoilApi, tests::NOON, Block, Runtime,
};
use counterfoil_primitives::{
    align::align,
    day::DAY,
    timing::{Compared, End, Late, OtherEnd, TimingEnd},
    AgreementId, BusinessDay, Cause, LedgerEntry, Moment, Side, SideId, Trade, Witness,
};

const AGREEMENT: AgreementId = AGREEMENTS[0];
/// The earlier day: 2026-11-23.
const T: BusinessDay = BusinessDay(20_780);
/// The position of the payment on the day of the chain.
const POSITION: u32 = 1;

/// The later day. A payment that was recorded late is on the next one, since it is recorded before T is
/// reported.
const fn later(late: Late) -> BusinessDay {
    match late {
        Late::Ledger => BusinessDay(T.0 + 2),
        Late::Chain => BusinessDay(T.0 + 1),
    }
}

/// The days on which chain and ledger have the payment.
const fn recorded_and_booked(late: Late) -> [BusinessDay; 2] {
    match late {
        Late::Ledger => [T, later(late)],
        Late::Chain => [later(late), T],
    }
}

/// The bank's side of a day.
const fn bank(day: BusinessDay) -> SideId {
    SideId::new(AGREEMENT, day, Side::Credit)
}

/// Both days, and the payment.
struct Days {
    world: World,
    late: Late,
    payment: Trade,
}

impl Days {
    /// Seals T. These sides commit to their ledgers of it.
    fn begin(late: Late, committed: &[Side]) -> Self {
        let mut world = World::new();
        match late {
            Late::Ledger => record(&mut world, &[1, 1, 1]),
            Late::Chain => record(&mut world, &[1, 1]),
        }
        pass_to_cut_off(&mut world, T);
        if late == Late::Chain {
            // An hour ago it was still T.
            record(&mut world, &[1, 60]);
        }
        seal(&mut world, T);
        let [recorded, _] = recorded_and_booked(late);
        let mut days = Self {
            world,
            late,
            payment: trades(AGREEMENT, recorded)[POSITION as usize],
        };
        for side in committed {
            days.commit(SideId::new(AGREEMENT, T, *side));
        }
        days
    }

    /// The ledger of a side: it has the payment on another day than the chain, and all else as the chain.
    fn ledger(&self, side_id: SideId) -> Vec<LedgerEntry> {
        let [_, booked] = recorded_and_booked(self.late);
        let of_day = trades(AGREEMENT, side_id.day);
        let others = of_day.iter().filter(|trade| trade.id != self.payment.id);
        let payment = (side_id.day == booked).then_some(&self.payment);
        others
            .chain(payment)
            .map(|trade| line(trade, side_id.side))
            .collect()
    }

    fn commit(&mut self, side_id: SideId) {
        let lines = self.ledger(side_id);
        commit(&mut self.world, side_id, &lines);
    }

    /// Goes on until a side comes due, if that lies ahead, and proves it.
    fn prove(&mut self, side_id: SideId) {
        if side_id.day != T {
            self.end_later_day();
            self.commit(side_id);
        }
        let lines = self.ledger(side_id);
        prove(&mut self.world, side_id, &lines);
    }

    /// Records what else the later day has, and seals it.
    fn end_later_day(&mut self) {
        if self.late == Late::Ledger {
            self.world.pass_to(NOON + 2 * DAY);
            record(&mut self.world, &[1, 1]);
        }
        let day = later(self.late);
        pass_to_cut_off(&mut self.world, day);
        seal(&mut self.world, day);
    }

    /// The bank's side of T defaults.
    fn default_on_t(&mut self) {
        let times = self.world.times(AGREEMENT, T);
        self.world.pass_to(times.expect("T has begun").deadline);
        assert!(self.world.mark_defaulted(bank(T), Manner::HONEST));
    }

    /// What is to be told of a break of the bank's side.
    fn end(&self, end: End, other: OtherEnd) -> TimingEnd {
        let [recorded, booked] = recorded_and_booked(self.late);
        TimingEnd {
            end,
            entry: self.payment.entry(Side::Credit),
            recorded: Witness {
                day: recorded,
                position: POSITION,
            },
            booked,
            late: self.late,
            other,
        }
    }
}

/// Records payments that occurred so long ago, in minutes.
fn record(world: &mut World, minutes_ago: &[u32]) {
    let drafts: Vec<_> = minutes_ago.iter().copied().map(draft).collect();
    assert!(world.record(AGREEMENT, Manner::HONEST, &drafts));
}

fn draft(minutes_ago: u32) -> Draft {
    Draft {
        sequence: Pick::Fresh(0),
        minutes_ago,
        product: 1,
        gross: 10_000,
        fault: None,
    }
}

/// The line that a side's ledger should have for a trade.
fn line(trade: &Trade, side: Side) -> LedgerEntry {
    LedgerEntry {
        id: Some(trade.id),
        kind: trade.kind,
        reference: trade.reference,
        user: trade.user,
        product: trade.product,
        amount: trade.amount(side),
        occurred_at: trade.occurred_at,
    }
}

fn pass_to_cut_off(world: &mut World, day: BusinessDay) {
    let agreement = world.agreement(AGREEMENT);
    world.pass_to(agreement.cut_off_of(day).expect("the day has begun"));
}

fn seal(world: &mut World, day: BusinessDay) {
    assert!(world.seal(AGREEMENT, day, Manner::HONEST));
}

/// Commits to the book that a node makes of a ledger.
fn commit(world: &mut World, side_id: SideId, lines: &[LedgerEntry]) {
    let book = align(&chain(side_id), &[], lines);
    let commitment = commitment(side_id, &book);
    world.drafts.keep(side_id, &commitment, book);
    assert!(world.commit_under(side_id, (0, 0), Manner::HONEST, commitment));
}

/// Proves a side once it is due. A preview of its ledger right before names the breaks that are proven, and
/// what is known of timing differences.
fn prove(world: &mut World, side_id: SideId, lines: &[LedgerEntry]) {
    let times = world.times(AGREEMENT, side_id.day);
    world.pass_to(times.expect("the day has begun").preset);
    let previewed = preview::check(side_id, lines);
    assert!(breaks(side_id).is_empty());
    world.report(side_id, Manner::HONEST, None);
    assert_eq!(preview::breaks(&previewed), breaks(side_id));
    assert_eq!(preview::ends(&previewed), told(side_id));
}

/// The proven breaks of a side: on which position, why, and where the trade is that an extra repeats.
fn breaks(side_id: SideId) -> Vec<(Option<u32>, Cause, Option<Witness>)> {
    let SideId {
        agreement,
        day,
        side,
    } = side_id;
    let (list, _) = <Runtime as CounterfoilApi<Block>>::breaks(agreement, day, side, 0);
    let slots = list.slots.iter();
    let extras = list.extras.iter();
    slots
        .map(|slot| (Some(slot.position), slot.cause, None))
        .chain(extras.map(|extra| (None, extra.cause, extra.witness)))
        .collect()
}

/// What the chain tells of the timing differences of a side.
fn told(side_id: SideId) -> Vec<TimingEnd> {
    let SideId {
        agreement,
        day,
        side,
    } = side_id;
    <Runtime as CounterfoilApi<Block>>::timing_differences(agreement, day, side, 0).0
}

/// What the chain tells of a side for other days.
fn compared_on(side_id: SideId, positions: Vec<u32>) -> Compared {
    let SideId {
        agreement,
        day,
        side,
    } = side_id;
    <Runtime as CounterfoilApi<Block>>::compared(agreement, day, side, positions)
}
