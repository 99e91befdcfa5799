//! The step that an honest network takes next, so that histories get far.

use super::{
    books::{committed, sides, Damage},
    model::is_kept,
    operation::{At, Manner, Which, Word},
    world::World,
};
use crate::{Runtime, Trades};
use counterfoil_primitives::{ports::DayTrades, AgreementId, BusinessDay, Side, SideId};
use pallet_books::Replacements;
use pallet_reconciliation::Sides;

impl World {
    /// Takes the current day of an agreement one step on. Where a party commits, its book has
    /// `damages`.
    pub fn honest_step(&mut self, agreement_id: AgreementId, damages: &[(u16, Damage)]) {
        let day = self.day(At {
            agreement: agreement_id,
            day: Which::Current,
        });
        self.honest_step_of(agreement_id, day, damages);
    }

    /// Takes a day one step on, whatever became of the days before it.
    pub fn honest_step_of(
        &mut self,
        agreement_id: AgreementId,
        day: BusinessDay,
        damages: &[(u16, Damage)],
    ) {
        let agreement = self.agreement(agreement_id);
        if !is_kept(&agreement, day) {
            return;
        }
        let times = self.times(agreement_id, day).expect("the day has begun");
        let cut_off = agreement.cut_off_of(day).expect("the day has begun");
        let sides = sides(agreement_id, day);
        let bank = SideId::new(agreement_id, day, Side::Credit);
        let find =
            |wanted: &dyn Fn(SideId) -> bool| sides.into_iter().find(|side_id| wanted(*side_id));
        let is_open = |side_id: SideId| !Sides::<Runtime>::get(side_id).is_closed();

        if self.upcoming() < cut_off {
            self.pass_to(cut_off);
        } else if !Trades::is_sealed(agreement_id, day) {
            self.seal(agreement_id, day, Manner::HONEST);
        } else if let Some(side_id) = find(&|side_id| self.can_commit(side_id)) {
            self.commit(side_id, Manner::HONEST, &Word::Book(damages.to_vec()));
        } else if self.upcoming() < times.preset && may_replace(bank) && !damages.is_empty() {
            self.commit(bank, Manner::HONEST, &Word::Book(damages.to_vec()));
        } else if self.upcoming() < times.preset {
            self.pass_to(times.preset);
        } else if let Some(side_id) = find(&|side_id| self.can_prove(side_id)) {
            self.report(side_id, Manner::HONEST, None);
        } else if let Some(side_id) = find(&|side_id| self.can_default(side_id)) {
            self.mark_defaulted(side_id, Manner::HONEST);
        } else if find(&is_open).is_some() {
            self.pass_to(times.deadline);
        } else if let Some(side_id) = find(&|side_id| needs_repair(side_id)) {
            self.repair(side_id, Manner::HONEST, false);
        } else {
            self.settle_step(agreement_id, day);
        }
    }

    /// Whether an honest report would be taken, of a book that somebody has.
    fn can_prove(&self, side_id: SideId) -> bool {
        self.can_report(side_id)
            && committed(side_id)
                .is_some_and(|commitment| self.drafts.book(side_id, &commitment).is_some())
    }
}

/// Whether the party has not replaced what it committed to: it does so once at most.
fn may_replace(side_id: SideId) -> bool {
    Replacements::<Runtime>::get(side_id, 0) == 0
}

fn needs_repair(side_id: SideId) -> bool {
    let record = Sides::<Runtime>::get(side_id);
    record.proven.is_some_and(|breaks| breaks > 0) && !record.repaired
}
