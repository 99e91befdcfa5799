//! Ledgers that staff imports from files, by the `counterfoil` command.

use anyhow::{ensure, Result};
use counterfoil_primitives::{summary::SideStatus, Side, Source};
use counterfoil_tests::world::{caught_up, day_that, same, settled, SharedWorld};
use counterfoil_tests::{
    agreement::{make, Wish},
    ledger::right_ledger,
    ledger_desk::Desk,
    trades::{owed_for, payments, record, recorded},
};

/// Minutes from the cut-off to the preset time: two commitments come in between.
const GAP: u16 = 2;

/// The bank imports a wrong file, to which its node commits. It imports the right one before the preset
/// time: that commitment replaces the first one, and the day completes with it, without a break.
pub async fn a_wrong_file_is_replaced_before_the_preset_time(world: SharedWorld) -> Result<()> {
    let shared = world.shared().await?;
    let (chain, bank) = (shared.client(), shared.bank());
    let wish = Wish {
        gap_minutes: GAP,
        credit_source: Source::Ledger,
        ..Wish::default()
    };
    let agreement = make(chain, wish).await?;
    let requests = payments(&agreement, agreement.client(), 0..40)?;
    record(chain, &agreement, agreement.client(), &requests).await?;
    let right = right_ledger(&recorded(chain, &agreement).await?, Side::Credit);
    let mut wrong = right.clone();
    wrong[7].amount += 4_711;

    caught_up(bank, chain).await?;
    let desk = Desk::new(bank, &agreement.bank, &agreement)?;
    desk.import(&wrong).await?;
    let cut_off = agreement.plan.cut_off_at();
    let what = "the commitment to the wrong file";
    let day = day_that(chain, &agreement, cut_off, what, |day| {
        day.credit.commitment.is_some()
    })
    .await?;
    ensure!(
        day.credit.commitment != day.credit.chain,
        "the wrong file is right"
    );

    desk.import(&right).await?;
    let what = "the commitment to the right file";
    let day = day_that(chain, &agreement, cut_off, what, |day| {
        day.credit.replacements == 1
    })
    .await?;
    same("commitment", day.credit.commitment, day.credit.chain)?;

    let day = settled(chain, &agreement).await?;
    let clean = SideStatus::Proven { breaks: 0 };
    same("bank", day.credit.status, clean)?;
    same("commitment", day.credit.commitment, day.credit.chain)?;
    same("replacements", day.credit.replacements, 1)?;
    same("obligation", day.obligation, Some(owed_for(&requests)))
}
