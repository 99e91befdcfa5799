//! `day seal`: the end of a day's trades.

use super::show::show;
use crate::{
    commands::{Context, DayArguments},
    output::Rendered,
};
use anyhow::{bail, Result};
use counterfoil_client::{chain::call::Call, time::moment_text};
use counterfoil_primitives::{summary::DayStatus, Moment};

pub(super) async fn seal(context: &Context, named: DayArguments) -> Result<Rendered> {
    let operator = context.operator()?;
    let chain = context.chain().await?;
    let at = chain.finalized().await?;
    let agreement = at.agreement(named.agreement).await?;
    at.member_of(&operator).await?;
    let day = at.day(named.agreement, named.day).await?;
    if day.status == DayStatus::Open {
        let times = Times {
            cut_off: day.cut_off_at,
            finalized: at.now().await?,
            best: chain.best().await?.now().await?,
        };
        // The cut-off is on the next day, by its offset.
        if let Some(why) = times.too_early(agreement.offset_minutes(named.day.next())) {
            bail!(why);
        }
        let call = Call::new("Trades", "seal", &(named.agreement, named.day));
        chain.submit_unordered(&call, &operator).await?;
    }
    show(context, named).await
}

/// The chain's clock beside a day's cut-off.
struct Times {
    cut_off: Moment,
    finalized: Moment,
    best: Moment,
}

impl Times {
    /// Why the day cannot be sealed yet, if it cannot; times are shown by `offset`.
    fn too_early(&self, offset: i16) -> Option<String> {
        let text = |moment| moment_text(moment, offset);
        let cut_off = text(self.cut_off);
        if self.finalized >= self.cut_off {
            return None;
        }
        Some(if self.best >= self.cut_off {
            format!(
                "the cut-off, {cut_off}, is past but not final yet: the last final block is of {}, the newest of {}. Seal the day once a block after the cut-off is final; where finality stands still, see that more than two thirds of the validators' nodes run",
                text(self.finalized),
                text(self.best)
            )
        } else {
            format!(
                "the day takes trades until {cut_off}; by the chain's clock it is {}",
                text(self.best)
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Moment = 60_000;

    fn too_early(finalized: Moment, best: Moment) -> Option<String> {
        let times = Times {
            cut_off: 30 * MINUTE,
            finalized,
            best,
        };
        times.too_early(60)
    }

    #[test]
    fn a_day_is_sealed_once_its_cut_off_is_final() {
        assert_eq!(too_early(30 * MINUTE, 31 * MINUTE), None);
    }

    #[test]
    fn a_day_before_its_cut_off_takes_trades() {
        let why = too_early(28 * MINUTE, 29 * MINUTE).unwrap();
        for part in [
            "takes trades until 1970-01-01 01:30:00 +01:00",
            "it is 1970-01-01 01:29:00",
        ] {
            assert!(why.contains(part), "{why}");
        }
    }

    #[test]
    fn a_cut_off_that_is_past_but_not_final_is_not_said_to_come() {
        let why = too_early(20 * MINUTE, 30 * MINUTE).unwrap();
        for part in [
            "is past but not final yet",
            "01:20:00 +01:00",
            "01:30:00 +01:00",
        ] {
            assert!(why.contains(part), "{why}");
        }
        assert!(!why.contains("takes trades"), "{why}");
    }
}
