//! The ports, which answer from the world.

use super::*;
use counterfoil_primitives::days_due_together;

impl Time for MockWorld {
    type Moment = Moment;
    fn now() -> Moment {
        world(|world| world.now)
    }
}

impl SealDay for MockWorld {
    fn submit_seal(agreement: AgreementId, day: BusinessDay, member: MemberId) -> bool {
        world(|world| world.seals.push((agreement, day, member)));
        true
    }
}

impl OnReconciled for MockWorld {
    fn on_reconciled(agreement: AgreementId, day: BusinessDay, obligation: SignedAmount) {
        world(|world| world.reconciled.push((agreement, day, obligation)));
    }
}

impl Commitments for MockWorld {
    fn commitment(side_id: SideId, round: Round) -> Option<Commitment> {
        world(|world| world.commitments.get(&(side_id, round)).copied())
    }

    fn replacements(side_id: SideId, round: Round) -> Replacement {
        let key = (side_id, round);
        world(|world| world.replacements.get(&key).copied().unwrap_or_default())
    }
}

impl DayTrades for MockWorld {
    fn totals(_: AgreementId, day: BusinessDay) -> DayTotals {
        let mut totals = DayTotals::default();
        for trade in world(|world| world.trades.get(&day).cloned().unwrap_or_default()) {
            totals.add(&trade);
        }
        totals
    }

    fn is_sealed(_: AgreementId, day: BusinessDay) -> bool {
        world(|world| world.sealed.contains(&day))
    }

    fn page(_: AgreementId, day: BusinessDay, page: u32) -> Vec<Trade> {
        let trades = world(|world| world.trades.get(&day).cloned().unwrap_or_default());
        let mut pages = trades.chunks(PAGE_SIZE as usize);
        pages.nth(page as usize).unwrap_or_default().to_vec()
    }

    fn trade_at(_: AgreementId, day: BusinessDay, position: u32) -> Option<Trade> {
        world(|world| world.trades.get(&day)?.get(position as usize).copied())
    }

    fn link(_: AgreementId, day: BusinessDay, position: u32) -> Option<Link> {
        world(|world| world.links.get(&(day, position)).copied())
    }

    fn refunded_payments(
        agreement: AgreementId,
        day: BusinessDay,
        page: u32,
    ) -> Vec<RefundedPayment> {
        let links = world(|world| world.links.clone());
        links
            .into_iter()
            .filter(|((of, position), _)| *of == day && tree::locate(*position).0 == page)
            .filter_map(|((_, position), link)| {
                let Original {
                    id,
                    day,
                    position: paid,
                } = link.original;
                let reference = Self::trade_at(agreement, day, paid)?.reference;
                Some(RefundedPayment {
                    position,
                    id,
                    reference,
                })
            })
            .collect()
    }

    fn page_roots(side_id: SideId) -> Vec<H256> {
        if let Some(roots) = world(|world| world.roots.clone()) {
            return roots;
        }
        chain_book(side_id)
            .slots
            .chunks(PAGE_SIZE as usize)
            .map(tree::slots_page_root)
            .collect()
    }

    fn chain_commitment(side_id: SideId) -> Option<Commitment> {
        Self::is_sealed(side_id.agreement, side_id.day)
            .then(|| commitment_of(side_id, &chain_book(side_id)))
    }

    fn place(side_id: SideId) -> Place {
        Place {
            genesis: H256::repeat_byte(7),
            side_id,
        }
    }

    fn is_used(client: MemberId, sequence: Sequence) -> Option<bool> {
        let id = TradeId { client, sequence };
        let known = |trades: &Vec<Trade>| trades.iter().any(|trade| trade.id == id);
        Some(world(|world| world.trades.values().any(known)))
    }
}

impl Directory for MockWorld {
    fn agreement(id: AgreementId) -> Option<AgreementView> {
        (id == AGREEMENT).then(|| world(|world| world.agreement.clone()))
    }

    fn agreements() -> Vec<AgreementId> {
        vec![AGREEMENT]
    }

    fn due_with(_: AgreementId, day: BusinessDay) -> BusinessDay {
        let closed = world(|world| world.closed.clone());
        days_due_together::due_with(day, |day| !closed.contains(&day))
    }

    fn terms_on(_: AgreementId, _: ProductId, _: BusinessDay) -> Option<(u16, Terms)> {
        Some((1, world(|world| world.terms[1])))
    }

    fn terms(_: AgreementId, _: ProductId) -> Vec<Terms> {
        world(|world| world.terms.clone())
    }

    fn account(member: MemberId, _: BusinessDay) -> Option<AccountId32> {
        Some(AccountId32::new([member as u8; 32]))
    }

    fn paying_account(member: MemberId, day: BusinessDay) -> Option<AccountId32> {
        Self::account(member, day)
    }

    fn endpoint(member: MemberId) -> Option<Vec<u8>> {
        let url = format!("http://member-{member}").into_bytes();
        world(|world| world.endpoints.contains(&member)).then_some(url)
    }

    fn member_of(account: &AccountId32) -> Option<MemberId> {
        let bytes: &[u8; 32] = account.as_ref();
        (1..=9).contains(&bytes[0]).then_some(bytes[0].into())
    }

    fn operator(member: MemberId) -> Option<OperatorId> {
        Some(sr25519::Public::from_raw([member as u8; 32]).into())
    }

    fn acts_for(member: MemberId) -> bool {
        world(|world| world.keys.contains(&member))
    }

    fn sign_payload(member: MemberId, payload: &[u8]) -> Option<OperatorSignature> {
        Self::acts_for(member).then(|| signature(payload))
    }
}
