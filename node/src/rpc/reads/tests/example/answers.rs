//! What the example chain answers.

use super::{
    super::super::source::{Block, Part, Source},
    account, agreement, booked_late, cancellation, hash_of, only, owed, payment, proposal,
    recorded, refund, replacement, side, supplement, totals, Example, AGREEMENT, COMPLETED, DAY,
    LAST, NOW, REPLACING, SUPPLEMENTING, WITHOUT_STATE,
};
use crate::service::partial::Hash;
use counterfoil_primitives::{
    amendment::{Content, Proposal},
    awaited_of_day::{of_day, WaitingDay},
    calendar::CalendarView,
    refund::RefundedPayment,
    settlement::{ObligationView, SettlementPeriod},
    summary::{BreakList, DayStatus, DaySummary, ExtraBreakView, SlotBreakView},
    timing::{End, Late, OtherEnd, TimingEnd},
    AgreementId, AgreementView, BusinessDay, Calendar, CalendarName, CalendarNames, Cause, Entry,
    Link, MemberId, MemberView, Moment, OperatorId, Original, ProductId, Relation, Role, Rule,
    Side, SideId, Terms, Trade, Witness, WorkingDays,
};
use futures::{channel::mpsc::unbounded, stream::BoxStream, StreamExt};
use jsonrpsee::core::RpcResult;
use sp_core::sr25519;
use std::sync::atomic::Ordering;

impl Source for Example {
    fn finalized(&self) -> Block {
        Block {
            number: self.last.load(Ordering::SeqCst),
            hash: hash_of(self.last.load(Ordering::SeqCst)),
        }
    }

    fn finality(&self) -> BoxStream<'static, ()> {
        let (watcher, blocks) = unbounded();
        self.watchers.lock().push(watcher);
        blocks.boxed()
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

    fn successors(&self, _: Hash, _: AgreementId) -> RpcResult<Vec<(MemberId, MemberId)>> {
        Ok(vec![(6, 1)])
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

    fn day(&self, at: Hash, of: AgreementId, day: BusinessDay) -> RpcResult<Option<DaySummary>> {
        self.days_read.fetch_add(1, Ordering::SeqCst);
        let agreement = agreement();
        let times = (
            agreement.cut_off_of(day),
            agreement.preset_of(day),
            agreement.deadline_of(day),
        );
        let (Some(cut_off_at), Some(preset_at), Some(deadline_at)) = times else {
            return Ok(None);
        };
        Ok((of == AGREEMENT && day == DAY).then(|| DaySummary {
            day,
            status: DayStatus::Reconciled,
            trades: recorded(at).len() as u32,
            payments: totals(&payment()),
            refunds: totals(&refund()),
            cut_off_at,
            due_with: day,
            preset_at,
            deadline_at,
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

    fn day_hash(&self, at: Hash, _: AgreementId, _: BusinessDay) -> RpcResult<Option<Hash>> {
        Ok(Some(Hash::from_low_u64_be(recorded(at).len() as u64)))
    }

    fn waiting_days(
        &self,
        at: Hash,
        of: AgreementId,
        from: BusinessDay,
    ) -> RpcResult<Vec<WaitingDay>> {
        let waiting = |summary| WaitingDay {
            summary,
            awaited: of_day(&agreement(), &summary, NOW),
        };
        let day = self.day(at, of, DAY)?.filter(|_| from <= DAY);
        Ok(day.map(waiting).into_iter().collect())
    }

    fn trades(&self, at: Hash, _: AgreementId, _: BusinessDay, page: u32) -> RpcResult<Vec<Trade>> {
        Ok(match page {
            0 => recorded(at),
            _ => Vec::new(),
        })
    }

    fn links(
        &self,
        _: Hash,
        _: AgreementId,
        day: BusinessDay,
        page: u32,
    ) -> RpcResult<Vec<(u32, Link)>> {
        let original = Original {
            id: payment().id,
            day,
            position: 0,
        };
        let link = Link {
            relation: Relation::Refund,
            original,
            paid: payment().gross,
            refunded_before: 0,
        };
        Ok((page == 0).then_some((1, link)).into_iter().collect())
    }

    fn refunded_payments(
        &self,
        _: Hash,
        _: AgreementId,
        _: BusinessDay,
        page: u32,
    ) -> RpcResult<Vec<RefundedPayment>> {
        let refunded = RefundedPayment {
            position: 1,
            id: payment().id,
            reference: payment().reference,
        };
        Ok((page == 0).then_some(refunded).into_iter().collect())
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
            entry: booked_late(),
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
            entry: booked_late(),
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

    fn proposal(
        &self,
        _: Hash,
        _: AgreementId,
        number: u32,
    ) -> RpcResult<Option<(Proposal, Option<Content>)>> {
        Ok(match number {
            1 => Some((proposal(), Some(cancellation()))),
            COMPLETED => Some((proposal(), None)),
            REPLACING => Some((proposal(), Some(replacement()))),
            SUPPLEMENTING => Some((proposal(), Some(supplement()))),
            _ => None,
        })
    }

    fn last_proposal(&self, _: Hash, _: AgreementId) -> RpcResult<u32> {
        Ok(1)
    }

    fn products(&self, _: Hash, _: AgreementId) -> RpcResult<Vec<ProductId>> {
        Ok(vec![1])
    }

    fn terms(&self, _: Hash, _: AgreementId, _: ProductId) -> RpcResult<Vec<(BusinessDay, Terms)>> {
        let credit = Rule {
            rate_ppm: 5_000,
            ..Rule::default()
        };
        let terms = Terms {
            credit,
            ..Terms::default()
        };
        Ok(vec![(DAY.previous(), terms)])
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
