//! The chain of the examples: one agreement, and a day of it that is reconciled and not paid.

use super::super::source::{Block, Part, Source};
use crate::service::partial::Hash;
use counterfoil_primitives::{
    amendment::{Answers, Ground, Proposal, Standing},
    calendar::CalendarView,
    settlement::{Obligation, ObligationView, Rail, SettlementPeriod, Waiting},
    summary::{
        BreakList, DayStatus, DaySummary, ExtraBreakView, SideStatus, SideSummary, SlotBreakView,
    },
    timing::{End, Late, OtherEnd, TimingEnd},
    AgreementId, AgreementView, BusinessDay, Calendar, CalendarName, CalendarNames, Caps, Cause,
    Commitment, Conditions, Currency, DayTotals, Entry, Kind, KindTotals, Link, MemberId,
    MemberView, Moment, OperatorId, Original, Reference, Relation, Role, Side, SideId, SideTotals,
    Trade, TradeId, UserId, Witness, WorkingDays,
};
use jsonrpsee::core::RpcResult;
use sp_core::{crypto::AccountId32, sr25519};

/// The agreement.
pub const AGREEMENT: AgreementId = 1;
/// Its day that is reconciled: 2026-11-28.
pub const DAY: BusinessDay = BusinessDay(20_785);
/// The last final block, and the time of it: the day after, at 12:03 UTC.
pub const LAST: u32 = 1_200;
const NOW: Moment = 20_786 * 86_400_000 + 43_380_000;
/// A block of which only the hash is known.
pub const WITHOUT_STATE: u32 = 7;

/// The chain.
pub struct Example;

/// The hash of a block.
pub fn hash_of(number: u32) -> Hash {
    Hash::from_low_u64_be(number.into())
}

fn reference(text: &str) -> Reference {
    counterfoil_primitives::written::label::read_reference(text).expect("it is a reference")
}

fn payment() -> Trade {
    Trade {
        id: TradeId {
            client: 1,
            sequence: 42,
        },
        kind: Kind::Payment,
        reference: reference("6f1c1c2e-8d5b-5e0a-9c55-0d6a3a9f4b21"),
        user: UserId::from_text("C-1042").expect("it is a payer"),
        product: 1,
        gross: 125_050,
        debit: 124_425,
        credit: 625,
        occurred_at: NOW - 86_400_000,
        terms_version: 0,
    }
}

fn refund() -> Trade {
    let payment = payment();
    Trade {
        id: TradeId {
            client: 1,
            sequence: 43,
        },
        kind: Kind::Refund,
        reference: reference("R-2026-0001"),
        gross: 25_010,
        debit: 24_885,
        credit: 125,
        occurred_at: payment.occurred_at + 3_600_000,
        ..payment
    }
}

fn totals(trade: &Trade) -> KindTotals {
    KindTotals {
        count: 1,
        gross: trade.gross,
        debit: trade.debit,
        credit: trade.credit,
    }
}

fn side(side: Side, breaks: u32) -> SideSummary {
    let commitment = Commitment {
        slots_root: Hash::repeat_byte(0x51),
        extras_root: Hash::repeat_byte(0xe0),
        slots: 2,
        extras: 0,
        totals: SideTotals {
            payments: payment().amount(side),
            refunds: refund().amount(side),
        },
    };
    SideSummary {
        status: SideStatus::Proven { breaks },
        commitment: Some(commitment),
        chain: Some(commitment),
        ..SideSummary::default()
    }
}

fn account(byte: u8) -> AccountId32 {
    AccountId32::new([byte; 32])
}

fn agreement() -> AgreementView {
    let conditions = Conditions {
        rail: Rail::Asset(1),
        ..Conditions::default()
    };
    AgreementView {
        bank: 3,
        company: 2,
        reconcilers: vec![(DAY.previous(), 4)],
        clients: vec![1],
        suspended: Vec::new(),
        currency: Currency::truncated("CZK"),
        decimals: 2,
        first_day: DAY.previous(),
        end: None,
        caps: Caps {
            pages: 64,
            extras: 4_096,
        },
        max_gross: None,
        deadline_minutes: 720,
        max_late_minutes: 1_440,
        refund_days: 180,
        amend_days: 365,
        answer_days: 10,
        conditions: vec![(DAY.previous(), conditions)],
    }
}

fn only<T>(id: AgreementId, value: impl FnOnce() -> T) -> RpcResult<Option<T>> {
    Ok((id == AGREEMENT).then(value))
}

fn owed() -> ObligationView {
    ObligationView {
        agreement: AGREEMENT,
        period: SettlementPeriod {
            first: DAY,
            last: DAY,
        },
        obligation: Obligation {
            days: 1,
            amount: 500,
            due_since: Some(NOW),
            ..Obligation::new(DAY, Rail::Asset(1))
        },
        debtor: Some(2),
        creditor: Some(3),
        days: vec![(DAY, 500)],
        declarations: Vec::new(),
        waiting: Some(Waiting::Short { by: 100 }),
    }
}

fn proposal() -> Proposal {
    Proposal {
        agreement: AGREEMENT,
        proposer: 3,
        ground: Ground::NotPaid,
        evidence: Hash::zero(),
        fingerprint: Hash::repeat_byte(0xf1),
        stated: DayTotals {
            payments: totals(&payment()),
            refunds: KindTotals::default(),
        },
        proposed_at: NOW - 3_600_000,
        answer_until: NOW + 864_000_000,
        answers: Answers {
            bank: Some(true),
            company: None,
        },
        standing: Standing::Open,
    }
}

impl Source for Example {
    fn finalized(&self) -> Block {
        Block {
            number: LAST,
            hash: hash_of(LAST),
        }
    }

    fn by_hash(&self, hash: Hash) -> RpcResult<Option<Block>> {
        // One block more than those that are final.
        let number = (0..=LAST + 1).find(|number| hash_of(*number) == hash);
        Ok(number.map(|number| Block { number, hash }))
    }

    fn by_number(&self, number: u32) -> RpcResult<Option<Block>> {
        let hash = hash_of(number);
        Ok((number <= LAST + 1).then_some(Block { number, hash }))
    }

    fn time(&self, at: Hash) -> Option<Moment> {
        (at != hash_of(WITHOUT_STATE)).then_some(NOW)
    }

    fn agreements(&self, _: Hash) -> RpcResult<Vec<AgreementId>> {
        Ok(vec![AGREEMENT])
    }

    fn agreement(&self, _: Hash, id: AgreementId) -> RpcResult<Option<AgreementView>> {
        only(id, agreement)
    }

    fn agreement_calendars(
        &self,
        _: Hash,
        _: AgreementId,
    ) -> RpcResult<Vec<(BusinessDay, CalendarNames)>> {
        let names = CalendarNames::truncate_from(vec![CalendarName::truncated("CZ")]);
        Ok(vec![(DAY.previous(), names)])
    }

    fn members(&self, _: Hash) -> RpcResult<Vec<MemberId>> {
        Ok(vec![3])
    }

    fn member(&self, _: Hash, _: MemberId) -> RpcResult<Option<MemberView>> {
        Ok(Some(MemberView {
            role: Role::Bank,
            name: "Savings bank".try_into().expect("it is short"),
            account: account(3),
            accounts_from: vec![(BusinessDay(20_788), account(4))],
            set_by_member: vec![BusinessDay(20_788)],
            open_change: Some(BusinessDay(20_788)),
            operator: OperatorId::from(sr25519::Public::from_raw([7; 32])),
            endpoint: "https://bank.example:9944".try_into().expect("it is short"),
        }))
    }

    fn day(&self, _: Hash, of: AgreementId, day: BusinessDay) -> RpcResult<Option<DaySummary>> {
        Ok((of == AGREEMENT && day == DAY).then(|| DaySummary {
            day,
            status: DayStatus::Reconciled,
            trades: 2,
            payments: totals(&payment()),
            refunds: totals(&refund()),
            cut_off_at: NOW - 7_200_000,
            due_with: day,
            preset_at: NOW - 3_600_000,
            deadline_at: NOW + 39_600_000,
            debit: side(Side::Debit, 2),
            credit: side(Side::Credit, 0),
            obligation: Some(500),
            period: SettlementPeriod {
                first: day,
                last: day,
            },
            paid_at: None,
        }))
    }

    fn trades(&self, _: Hash, _: AgreementId, _: BusinessDay, page: u32) -> RpcResult<Vec<Trade>> {
        Ok(match page {
            0 => vec![payment(), refund()],
            _ => Vec::new(),
        })
    }

    fn link(
        &self,
        _: Hash,
        _: AgreementId,
        day: BusinessDay,
        position: u32,
    ) -> RpcResult<Option<Link>> {
        let original = Original {
            id: payment().id,
            day,
            position: 0,
        };
        Ok((position == 1).then_some(Link {
            relation: Relation::Refund,
            original,
            paid: payment().gross,
            refunded_before: 0,
        }))
    }

    /// One at a time: those of a large day come in parts, too.
    fn breaks(&self, _: Hash, side_id: SideId, from: u32) -> RpcResult<Part<BreakList>> {
        if side_id.side == Side::Credit {
            return Ok((BreakList::default(), None));
        }
        let right = payment().entry(Side::Debit);
        let slot = SlotBreakView {
            position: 0,
            cause: Cause::GrossBooked,
            found: Some(Entry {
                amount: payment().gross,
                ..right
            }),
            right,
        };
        let extra = ExtraBreakView {
            entry: Entry {
                reference: reference("R-2026-0002"),
                ..right
            },
            cause: Cause::OtherDay,
            witness: Some(Witness {
                day: DAY.previous(),
                position: 9,
            }),
        };
        let of = |slots, extras| BreakList { slots, extras };
        Ok(match from {
            0 => (of(vec![slot], Vec::new()), Some(1)),
            1 => (of(Vec::new(), vec![extra]), None),
            _ => (BreakList::default(), None),
        })
    }

    fn timing_differences(
        &self,
        _: Hash,
        side_id: SideId,
        from: u32,
    ) -> RpcResult<Part<Vec<TimingEnd>>> {
        let end = TimingEnd {
            end: End::Extra(0),
            entry: Entry::default(),
            recorded: Witness {
                day: DAY.previous(),
                position: 9,
            },
            booked: side_id.day,
            late: Late::Ledger,
            other: OtherEnd::Found,
        };
        Ok(match from {
            0 => (Vec::new(), Some(1)),
            1 => (vec![end], None),
            _ => (Vec::new(), None),
        })
    }

    fn obligation(
        &self,
        _: Hash,
        of: AgreementId,
        day: BusinessDay,
    ) -> RpcResult<Option<ObligationView>> {
        Ok((of == AGREEMENT && day == DAY).then(owed))
    }

    fn unpaid_obligations(&self, _: Hash, _: AgreementId) -> RpcResult<Vec<ObligationView>> {
        Ok(vec![owed()])
    }

    fn proposals(&self, _: Hash, _: AgreementId) -> RpcResult<Vec<(u32, Proposal)>> {
        Ok(vec![(1, proposal())])
    }

    fn proposal(&self, _: Hash, _: AgreementId, number: u32) -> RpcResult<Option<Proposal>> {
        Ok((number == 1).then(proposal))
    }

    fn last_proposal(&self, _: Hash, _: AgreementId) -> RpcResult<u32> {
        Ok(1)
    }

    fn calendars(&self, _: Hash) -> RpcResult<Vec<CalendarView>> {
        let dates = vec![(BusinessDay(20_811), false)];
        Ok(vec![CalendarView {
            name: CalendarName::truncated("CZ"),
            calendar: Calendar {
                weekly: WorkingDays::MONDAY_TO_FRIDAY,
                dates: dates.try_into().expect("it is one"),
                filled_until: BusinessDay(20_818),
            },
            agreements: vec![AGREEMENT],
        }])
    }
}
