//! The arguments by which a command names a day of an agreement.

use super::Context;
use anyhow::Result;
use clap::Args;
use counterfoil_client::{
    chain::{read::At, views::Agreement},
    time::parse_day,
};
use counterfoil_primitives::{AgreementId, BusinessDay, Side, SideId};

/// The arguments by which a command names a day of an agreement.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct DayArguments {
    /// The agreement's number.
    #[arg(long)]
    pub(super) agreement: AgreementId,
    /// The business day, like 2026-11-23.
    #[arg(long, value_parser = parse_day)]
    pub(super) day: BusinessDay,
}

impl DayArguments {
    /// The id of a side of the day.
    pub(super) const fn side_id(self, side: Side) -> SideId {
        SideId::new(self.agreement, self.day, side)
    }

    /// The newest final state, and the agreement in it.
    pub(super) async fn final_agreement(self, context: &Context) -> Result<(At, Agreement)> {
        let at = context.chain().await?.finalized().await?;
        let agreement = at.agreement(self.agreement).await?;
        Ok((at, agreement))
    }
}

#[cfg(test)]
mod tests {
    use crate::commands::Cli;
    use clap::Parser;

    #[test]
    fn a_day_that_is_none_is_refused_with_the_right_form() {
        let line = "counterfoil day show --agreement 1 --day 22.11.2026";
        let error = Cli::try_parse_from(line.split(' '))
            .unwrap_err()
            .to_string();
        assert!(error.contains("2026-11-23"), "{error}");
    }
}
