//! What must hold of days, sides and money, whatever was sent: looked at after each block,
//! against what was seen before it.

mod amended;
mod asset_life;
mod booked;
mod ended;
mod owed;
mod periods;
mod proposals;
mod reached;
mod suspended;

pub use amended::{Amended, Place};
pub use ended::{has_closed, is_kept, takes_payments};
pub use owed::{Outside, Owed};
pub use periods::period_of;
pub use reached::Reached;

use super::{
    accounts::FollowedAccounts,
    books::{chain, sides, trades, Drafts},
    given_back::{GivenBack, Recorded},
    members::AGREEMENTS,
};
use crate::{presets::ASSET, views, AccountId, Assets, Reconciliation, Registry, Runtime, Trades};
use asset_life::AssetLife;
use counterfoil_primitives::{
    align::Book,
    ports::{DayTrades, Directory, SideView},
    summary::{DayStatus, SideStatus},
    AgreementId, Amount, BusinessDay, Commitment, Kind, MemberId, Moment, Replacement, Round,
    Sequence, SideId, SignedAmount, Trade, TradeId, TradeRequest,
};
use ended::check_closed_day;
use pallet_books::{Commitments, Replacements};
use pallet_reconciliation::Sides;
use periods::PeriodKey;
use std::collections::{BTreeMap, BTreeSet};
use suspended::Suspended;

/// A day as it was seen.
#[derive(Clone, Debug, Default)]
struct Day {
    status: DayStatus,
    trades: Vec<Trade>,
    obligation: Option<SignedAmount>,
}

/// A side as it was seen.
#[derive(Clone, Debug, Default)]
struct Seen {
    status: SideStatus,
    /// What its party committed to, by round.
    commitments: Vec<Commitment>,
    /// How often the first of them was replaced.
    replacements: Replacement,
    round: Round,
}

pub struct Model {
    days: BTreeMap<(AgreementId, BusinessDay), Day>,
    sides: BTreeMap<SideId, Seen>,
    /// What clients sent.
    asked: BTreeSet<(AgreementId, TradeId, [u8; 16], Amount)>,
    /// What persons wrote: a form names no sequence, and may be taken long after it was sent first.
    written: BTreeSet<(AgreementId, MemberId, [u8; 16], Amount)>,
    recorded: BTreeSet<TradeId>,
    /// How many of the recorded trades persons wrote.
    forms: usize,
    /// How many commitments took the place of another.
    replaced: usize,
    funds: BTreeMap<AccountId, Amount>,
    pub given_back: GivenBack,
    pub amended: Amended,
    pub accounts: FollowedAccounts,
    /// What is owed, by settlement period.
    owed: BTreeMap<PeriodKey, Owed>,
    /// The accounts that the asset's issuer froze.
    frozen: BTreeSet<AccountId>,
    asset: AssetLife,
    suspended: Suspended,
    /// The agreements that have closed.
    closed: BTreeSet<AgreementId>,
}

impl Model {
    pub fn new() -> Self {
        let parties = AGREEMENTS.into_iter().flat_map(|agreement_id| {
            let agreement = Registry::agreement(agreement_id).expect("it is there");
            [agreement.company, agreement.bank]
        });
        let accounts = FollowedAccounts::default();
        Self {
            days: BTreeMap::new(),
            sides: BTreeMap::new(),
            asked: BTreeSet::new(),
            written: BTreeSet::new(),
            recorded: BTreeSet::new(),
            forms: 0,
            replaced: 0,
            funds: parties
                .map(|member| accounts.on(member, BusinessDay(0)))
                .map(|account| (account.clone(), Assets::balance(ASSET, &account)))
                .collect(),
            given_back: GivenBack::default(),
            amended: Amended::default(),
            accounts,
            owed: BTreeMap::new(),
            frozen: BTreeSet::new(),
            asset: AssetLife::Lives,
            suspended: Suspended::new(),
            closed: BTreeSet::new(),
        }
    }

    pub fn has(&self, id: TradeId) -> bool {
        self.recorded.contains(&id)
    }

    pub fn recorded(&self) -> usize {
        self.recorded.len()
    }

    /// The highest sequence that a client used.
    pub fn highest(&self, client: MemberId) -> Option<Sequence> {
        self.of(client).next_back()
    }

    /// A sequence that a client used.
    pub fn used(&self, client: MemberId) -> Option<Sequence> {
        self.of(client).next()
    }

    fn of(&self, client: MemberId) -> impl DoubleEndedIterator<Item = Sequence> + '_ {
        let id = |sequence| TradeId { client, sequence };
        self.recorded
            .range(id(Sequence::MIN)..=id(Sequence::MAX))
            .map(|id| id.sequence)
    }

    pub fn ask(&mut self, client: MemberId, agreement: AgreementId, requests: &[TradeRequest]) {
        self.asked.extend(requests.iter().map(|request| {
            let sequence = request.sequence;
            let id = TradeId { client, sequence };
            (agreement, id, request.user.0, request.gross)
        }));
    }

    /// A person sends a form.
    pub fn ask_by_form(&mut self, client: MemberId, agreement: AgreementId, meant: &TradeRequest) {
        self.written
            .insert((agreement, client, meant.user.0, meant.gross));
    }

    /// A form was recorded.
    pub fn note_form(&mut self) {
        self.forms += 1;
    }

    pub fn is_settled(&self, agreement: AgreementId, day: BusinessDay) -> bool {
        self.days
            .get(&(agreement, day))
            .is_some_and(|day| day.status == DayStatus::Settled)
    }

    /// The trades of a day, as they were seen.
    pub fn trades(&self, agreement: AgreementId, day: BusinessDay) -> &[Trade] {
        self.days
            .get(&(agreement, day))
            .map_or(&[], |day| day.trades.as_slice())
    }

    /// All trades of this kind of an agreement, with their days and positions.
    pub fn of_kind(
        &self,
        agreement: AgreementId,
        kind: Kind,
    ) -> impl Iterator<Item = (BusinessDay, u32, &Trade)> {
        self.days
            .iter()
            .filter(move |((id, _), _)| *id == agreement)
            .flat_map(|((_, day), seen)| {
                let trades = (0..).zip(&seen.trades);
                trades.map(move |(position, trade)| (*day, position, trade))
            })
            .filter(move |(_, _, trade)| trade.kind == kind)
    }

    /// Whether a day was reconciled.
    pub fn is_reconciled(&self, agreement: AgreementId, day: BusinessDay) -> bool {
        let seen = self.days.get(&(agreement, day));
        seen.is_some_and(|day| day.obligation.is_some())
    }

    /// Watches another account, which holds nothing yet.
    pub fn follow(&mut self, account: AccountId) {
        self.funds.insert(account, 0);
    }

    /// The issuer is about to mint or burn.
    pub fn expect_funds(&mut self, account: &AccountId, minted: Amount, burnt: Amount) {
        let funds = self.funds.get_mut(account).expect("it is a party's");
        *funds = *funds + minted - burnt;
    }

    /// The issuer is about to freeze an account, or to thaw it.
    pub fn expect_frozen(&mut self, account: &AccountId, is_frozen: bool) {
        if is_frozen {
            self.frozen.insert(account.clone());
        } else {
            self.frozen.remove(account);
        }
    }

    /// Whether the issuer froze an account.
    pub fn is_frozen(&self, account: &AccountId) -> bool {
        self.frozen.contains(account)
    }

    /// Looks at everything after a block.
    pub fn observe(&mut self, now: Moment, drafts: &Drafts) {
        for agreement_id in AGREEMENTS {
            let agreement = Registry::agreement(agreement_id).expect("it is there");
            let today = agreement.day_of(now).expect("the first day has begun");
            self.observe_close(agreement_id, &agreement, today);
            let days = (agreement.first_day.0..=today.0 + 1).map(BusinessDay);
            for day in days {
                if has_closed(&agreement, day) {
                    check_closed_day(agreement_id, day);
                    continue;
                }
                let times = Registry::due_times(agreement_id, &agreement, day);
                let is_before_preset = times.is_some_and(|times| now < times.preset);
                for side_id in sides(agreement_id, day) {
                    self.observe_side(side_id, is_before_preset, drafts);
                }
                self.observe_day(agreement_id, day, now);
            }
        }
        self.observe_refunds();
        self.observe_amendments(now);
        self.given_back.check();
        self.accounts.check();
        self.check_owed();
        self.check_suspended();
        self.check_funds();
    }

    fn observe_day(&mut self, agreement_id: AgreementId, day: BusinessDay, now: Moment) {
        let agreement = Registry::agreement(agreement_id).expect("it is there");
        let seen = views::day(agreement_id, day).expect("the day is of the agreement");
        let old = self.days.entry((agreement_id, day)).or_default();
        // A payment outside the chain that comes back makes a settled day reconciled again.
        let least = old.status.min(DayStatus::Reconciled);
        assert!(seen.status >= least, "{day:?} went back: {seen:?}");
        let count = Trades::totals(agreement_id, day).count() as usize;
        if count != old.trades.len() {
            assert_eq!(old.status, DayStatus::Open, "a sealed day changed");
            let new = trades(agreement_id, day);
            assert!(new.starts_with(&old.trades), "trades were rewritten");
            for (position, trade) in (0..).zip(&new).skip(old.trades.len()) {
                assert!(self.recorded.insert(trade.id), "twice: {:?}", trade.id);
                if trade.id.is_of_amendment() {
                    let place = (agreement_id, day, position);
                    self.amended.booked.push_back((place, *trade));
                    continue;
                }
                if trade.kind == Kind::Refund {
                    self.given_back.see(Recorded {
                        agreement: agreement_id,
                        day,
                        position,
                        trade: *trade,
                    });
                    continue;
                }
                assert!(takes_payments(&agreement, day), "{trade:?} after the end");
                let asked = (agreement_id, trade.id, trade.user.0, trade.gross);
                let written = (agreement_id, trade.id.client, trade.user.0, trade.gross);
                assert!(
                    self.asked.contains(&asked) || self.written.contains(&written),
                    "nobody sent {trade:?}"
                );
                self.amended.recorded(agreement_id, trade, now);
            }
            old.trades = new;
        }
        let credit = |kind| -> Amount {
            let of_kind = old.trades.iter().filter(|trade| trade.kind == kind);
            of_kind.map(|trade| trade.credit).sum()
        };
        let [paid, returned] = Kind::BOTH.map(|kind| credit(kind) as SignedAmount);
        let owed = paid - returned;
        let is_reconciled = seen.status >= DayStatus::Reconciled;
        assert_eq!(seen.obligation, is_reconciled.then_some(owed), "{day:?}");
        assert!(old.obligation.is_none() || old.obligation == seen.obligation);
        let are_closed = sides(agreement_id, day)
            .iter()
            .all(|side_id| is_closed(self.sides[side_id].status));
        assert_eq!(is_reconciled, are_closed, "{day:?}: {seen:?}");
        let is_new = is_reconciled && old.obligation.is_none();
        old.status = seen.status;
        old.obligation = seen.obligation;
        if is_new {
            self.reconciled(agreement_id, day, owed, now);
        }
        assert_eq!(seen.period, period_of(agreement_id, &agreement, day));
    }

    /// Looks at the refunds that came, once all days are seen: a refund and its payment may be on two.
    fn observe_refunds(&mut self) {
        for refund in self.given_back.take_seen() {
            let original = refund.original();
            let payment = self.found((refund.agreement, original.day, original.position));
            let link = self
                .given_back
                .note(&refund, &payment.expect("it is there"));
            let place = (refund.agreement, refund.day, refund.position);
            self.amended.links.insert(place, link);
        }
    }

    fn observe_side(&mut self, side_id: SideId, is_before_preset: bool, drafts: &Drafts) {
        let commitments: Vec<_> = (0..=Round::MAX)
            .map_while(|round| Commitments::<Runtime>::get(side_id, round))
            .collect();
        let status = Reconciliation::side_status(side_id);
        let round = Sides::<Runtime>::get(side_id).round;
        let old = self.sides.entry(side_id).or_default();
        let was_rejected = round == old.round + 1;
        assert!(was_rejected || round == old.round);
        let replacements = Replacements::<Runtime>::get(side_id, 0);
        if commitments.starts_with(&old.commitments) {
            assert_eq!(replacements, old.replacements, "{side_id}: by what?");
        } else {
            assert!(is_before_preset, "{side_id}: another commitment");
            assert_eq!((commitments.len(), round), (1, 0), "{side_id}");
            assert_eq!(replacements, old.replacements + 1, "{side_id}");
            self.replaced += 1;
        }
        assert!(replacements <= 16, "{side_id}: {replacements} replacements");
        assert!(commitments.len() <= 2, "{side_id}: a third commitment");
        let of_this_round = commitments.get(usize::from(round));
        if status != old.status {
            use SideStatus::*;
            match (old.status, status) {
                (Awaited, Committed) => assert!(of_this_round.is_some(), "{side_id}: to what?"),
                (Awaited | Committed, Defaulted) => {}
                (Committed, Awaited) => {
                    assert!(was_rejected, "{side_id}: rejected by whom?");
                    assert_eq!(of_this_round, None, "{side_id}");
                }
                (Proven { breaks: old } | ProvenLate { breaks: old }, Repaired { breaks }) => {
                    assert_eq!(breaks, old);
                }
                (Committed, Proven { breaks }) | (Defaulted, ProvenLate { breaks }) => {
                    let commitment = of_this_round.expect("a proven side is committed");
                    let book = drafts.book(side_id, commitment);
                    check_proof(side_id, book.expect("nobody has this book"), breaks);
                }
                (old, new) => panic!("{side_id}: from {old:?} to {new:?}"),
            }
        }
        *old = Seen {
            status,
            commitments,
            replacements,
            round,
        };
    }
}

fn is_closed(status: SideStatus) -> bool {
    !matches!(status, SideStatus::Awaited | SideStatus::Committed)
}

/// What was proven is what chain and book differ in.
fn check_proof(side_id: SideId, book: &Book, breaks: u32) {
    let slots = Reconciliation::proven_slot_breaks(side_id);
    let proven: Vec<_> = slots
        .iter()
        .map(|one| (one.position, one.found, one.right))
        .collect();
    let true_ones: Vec<_> = (0u32..)
        .zip(book.slots.iter().zip(chain(side_id)))
        .filter(|(_, (found, right))| **found != Some(*right))
        .map(|(position, (found, right))| (position, *found, right))
        .collect();
    assert_eq!(proven, true_ones, "{side_id}");
    let extras: Vec<_> = Reconciliation::proven_extra_breaks(side_id)
        .iter()
        .map(|one| one.entry)
        .collect();
    assert_eq!(extras, book.extras, "{side_id}");
    assert_eq!(breaks as usize, proven.len() + extras.len(), "{side_id}");
}
