//! The ports, which answer by the script.

use super::*;

impl Time for MockPorts {
    type Moment = Moment;
    fn now() -> Moment {
        chain(|chain| chain.now)
    }
}

impl ports::Directory for MockPorts {
    fn agreement(id: AgreementId) -> Option<AgreementView> {
        let (debit_source, credit_source) = chain(|chain| chain.sources);
        (id == AGREEMENT).then(|| AgreementView {
            bank: BANK,
            company: COMPANY,
            reconcilers: vec![(DAY_ONE, 4)],
            clients: vec![CLIENT],
            suspended: vec![],
            currency: Currency::truncated("CZK"),
            decimals: 2,
            first_day: DAY_ONE,
            end: chain(|chain| chain.end),
            caps: Caps {
                pages: 64,
                extras: 4096,
            },
            max_gross: None,
            deadline_minutes: 720,
            max_late_minutes: 720,
            refund_days: 1,
            amend_days: 1,
            answer_days: 10,
            conditions: vec![(
                DAY_ONE,
                Conditions {
                    utc_offset: UtcOffset(0),
                    cut_off: TimeOfDay(30),
                    preset: TimeOfDay(60),
                    debit_source,
                    credit_source,
                    ..Default::default()
                },
            )],
        })
    }
    fn agreements() -> Vec<AgreementId> {
        vec![AGREEMENT]
    }
    fn terms_on(_: AgreementId, _: ProductId, _: BusinessDay) -> Option<(u16, Terms)> {
        None
    }
    fn terms(_: AgreementId, _: ProductId) -> Vec<Terms> {
        vec![]
    }
    fn account(_: MemberId, _: BusinessDay) -> Option<AccountId32> {
        None
    }
    fn paying_account(_: MemberId, _: BusinessDay) -> Option<AccountId32> {
        None
    }
    fn endpoint(_: MemberId) -> Option<Vec<u8>> {
        None
    }
    fn member_of(account: &AccountId32) -> Option<MemberId> {
        (1..=4).find(|member| operator(*member) == *account)
    }
    fn operator(member: MemberId) -> Option<OperatorId> {
        let public = sp_core::sr25519::Public::from_raw([member as u8; 32]);
        (1..=4).contains(&member).then(|| public.into())
    }
    fn acts_for(member: MemberId) -> bool {
        chain(|chain| chain.keys.contains(&member))
    }
    fn sign_payload(_: MemberId, _: &[u8]) -> Option<OperatorSignature> {
        None
    }
}

impl DayTrades for MockPorts {
    fn totals(_: AgreementId, day: BusinessDay) -> DayTotals {
        let mut totals = DayTotals::default();
        chain(|chain| {
            let trades = chain.trades.entry(day).or_default();
            trades.iter().for_each(|trade| totals.add(trade));
        });
        totals
    }
    fn is_sealed(_: AgreementId, day: BusinessDay) -> bool {
        chain(|chain| chain.sealed.contains(&day))
    }
    fn page(_: AgreementId, day: BusinessDay, page: u32) -> Vec<Trade> {
        count_a_page();
        chain(|chain| {
            let trades = chain.trades.entry(day).or_default();
            let page = trades.chunks(tree::PAGE_SIZE as usize).nth(page as usize);
            page.unwrap_or_default().to_vec()
        })
    }
    fn trade_at(_: AgreementId, day: BusinessDay, position: u32) -> Option<Trade> {
        chain(|chain| chain.trades.get(&day)?.get(position as usize).copied())
    }
    fn link(_: AgreementId, day: BusinessDay, position: u32) -> Option<Link> {
        chain(|chain| chain.links.get(&(day, position)).copied())
    }
    fn refunded_payments(
        agreement: AgreementId,
        day: BusinessDay,
        page: u32,
    ) -> Vec<RefundedPayment> {
        count_a_page();
        let first = page * tree::PAGE_SIZE;
        (first..first + tree::PAGE_SIZE)
            .filter_map(|position| {
                let original = Self::link(agreement, day, position)?.original;
                let paid = Self::trade_at(agreement, original.day, original.position)?;
                Some(RefundedPayment {
                    position,
                    id: original.id,
                    reference: paid.reference,
                })
            })
            .collect()
    }
    fn page_roots(side_id: SideId) -> Vec<H256> {
        chain_slots(side_id)
            .chunks(tree::PAGE_SIZE as usize)
            .map(tree::slots_page_root)
            .collect()
    }
    fn chain_commitment(side_id: SideId) -> Option<Commitment> {
        Self::is_sealed(side_id.agreement, side_id.day).then(|| {
            let slots = chain_slots(side_id);
            Commitment::of_book(&Self::place(side_id), &slots, &[])
        })
    }
    fn place(side_id: SideId) -> Place {
        Place {
            genesis: H256::repeat_byte(9),
            side_id,
        }
    }
    fn is_used(_: MemberId, _: Sequence) -> Option<bool> {
        None
    }
}

impl ports::SideView for MockPorts {
    fn side_status(side_id: SideId) -> SideStatus {
        READS.with_borrow_mut(|reads| reads.sides += 1);
        let round = Self::round(side_id);
        let committed = crate::Commitments::<Test>::contains_key(side_id, round);
        let scripted = chain(|chain| chain.statuses.get(&side_id).copied());
        match scripted {
            Some(status) => status,
            None if committed => SideStatus::Committed,
            None => SideStatus::Awaited,
        }
    }
    fn round(side_id: SideId) -> Round {
        chain(|chain| chain.rounds.get(&side_id).copied().unwrap_or_default())
    }
    fn may_commit(side_id: SideId) -> Result<(), CommitRefused> {
        if Self::round(side_id) >= MAX_ROUNDS {
            return Err(CommitRefused::NoMoreRounds);
        }
        if chain(|chain| chain.closed.contains(&side_id)) {
            return Err(CommitRefused::TooLate);
        }
        Ok(())
    }
    fn is_before_preset(_: SideId) -> bool {
        chain(|chain| chain.before_preset)
    }
    fn has_defaulted(side_id: SideId) -> bool {
        chain(|chain| chain.defaulted.contains(&side_id))
    }
    fn may_be_proven_late(side_id: SideId) -> bool {
        chain(|chain| chain.late.contains(&side_id))
    }
    fn extra_breaks(_: SideId) -> Vec<(Entry, Cause)> {
        chain(|chain| chain.extra_breaks.clone())
    }
}

impl ports::ConfirmRepair for MockPorts {
    fn submit_confirm_repair(party: MemberId, side_id: SideId, commitment: Commitment) -> bool {
        chain(|chain| {
            chain.confirmations.push((party, side_id, commitment));
            !chain.refuses_confirmations
        })
    }
}

impl ports::Obligations for MockPorts {
    fn obligation(_: AgreementId, day: BusinessDay) -> Option<SignedAmount> {
        chain(|chain| chain.obligations.get(&day).map(|(amount, _)| *amount))
    }
    fn is_settled(_: AgreementId, day: BusinessDay) -> bool {
        READS.with_borrow_mut(|reads| reads.obligations += 1);
        chain(|chain| {
            let obligation = chain.obligations.get(&day);
            obligation.is_some_and(|(_, paid)| *paid)
        })
    }
}
