//! `day seal`: the end of a day's trades.

use super::show::show;
use crate::{
    chain::call::Call,
    commands::{Context, Place},
    output::Rendered,
    time::moment_text,
};
use anyhow::{bail, Result};
use counterfoil_primitives::summary::DayStatus;

pub(super) async fn seal(context: &Context, place: Place) -> Result<Rendered> {
    let operator = context.operator()?;
    let chain = context.chain().await?;
    let at = chain.finalised().await?;
    let agreement = at.agreement(place.agreement).await?;
    at.member_of(&operator).await?;
    let day = at.day(place.agreement, place.day).await?;
    if day.status == DayStatus::Open && at.now().await? < day.cut_off_at {
        let offset = agreement.offset_minutes(place.day);
        bail!(
            "the day takes trades until {}",
            moment_text(day.cut_off_at, offset)
        );
    }
    if day.status == DayStatus::Open {
        let call = Call::new("Trades", "seal", &(place.agreement, place.day));
        chain.submit_unordered(&call, &operator).await?;
    }
    show(context, place).await
}
