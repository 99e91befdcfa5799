//! The step that an honest network takes next, so that histories get far.

use super::{
    book::{sides, Damage},
    op::{Admin, At, Manner, Which, Word},
    world::World,
};
use crate::{Runtime, Trades};
use counterfoil_primitives::{ports::DayTrades, AgreementId};
use pallet_books::Commitments;
use pallet_reconciliation::{SideKey, Sides};

impl World {
    /// Takes the current day of an agreement one step on. Where a party commits, its book has
    /// `damages`.
    pub fn next(&mut self, agreement: AgreementId, damages: &[(u16, Damage)]) {
        let day = self.day(At {
            agreement,
            day: Which::Current,
        });
        let view = self.view(agreement);
        if !view.includes(day) {
            return;
        }
        let [cut_off, preset, deadline] = [
            view.cut_off_of(day),
            view.preset_of(day),
            view.deadline_of(day),
        ]
        .map(|moment| moment.expect("the day has begun"));
        let keys = sides(agreement, day);
        let find = |wanted: &dyn Fn(SideKey) -> bool| keys.into_iter().find(|key| wanted(*key));
        let is_open = |key: SideKey| !Sides::<Runtime>::get(key).is_closed();

        if self.upcoming() < cut_off {
            self.pass_to(cut_off);
        } else if !Trades::is_sealed(agreement, day) {
            self.seal(agreement, day, Manner::HONEST);
        } else if let Some(key) = find(&|key| self.can_commit(key)) {
            self.commit(key, Manner::HONEST, &Word::Book(damages.to_vec()));
        } else if self.upcoming() < preset {
            self.pass_to(preset);
        } else if let Some(key) = find(&|key| is_open(key) && self.can_prove(key)) {
            self.report(key, Manner::HONEST, None);
        } else if let Some(key) = find(&|key| self.can_default(key)) {
            self.mark_defaulted(key, Manner::HONEST);
        } else if find(&is_open).is_some() {
            self.pass_to(deadline);
        } else if let Some(key) = find(&|key| needs_repair(key)) {
            self.repair(key, Manner::HONEST, false);
        } else if self.model.can_pay(agreement, day) {
            self.pay(agreement, day, Manner::HONEST);
        } else {
            self.administer(agreement, Admin::Mint);
        }
    }

    /// Whether an honest report would be taken, of a book that somebody has.
    fn can_prove(&self, key: SideKey) -> bool {
        let commitment = Commitments::<Runtime>::get(key);
        self.can_report(key)
            && commitment.is_some_and(|commitment| self.drafts.book(key, &commitment).is_some())
    }
}

fn needs_repair(key: SideKey) -> bool {
    let record = Sides::<Runtime>::get(key);
    record.proven.is_some_and(|breaks| breaks > 0) && !record.repaired
}
