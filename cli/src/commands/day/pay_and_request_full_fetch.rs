//! `day request-full-fetch`, `day pay`: a member's call that names a day and nothing else.

use super::show::show;
use crate::{
    commands::{Context, DayArguments},
    output::Rendered,
};
use anyhow::Result;
use counterfoil_client::chain::call::Call;

/// Makes the call with the account's next nonce: a block takes it even if it fails, and the chain names
/// what it refuses.
pub(super) async fn call(
    context: &Context,
    named: DayArguments,
    pallet: &'static str,
    name: &'static str,
) -> Result<Rendered> {
    let operator = context.operator()?;
    let chain = context.chain().await?;
    chain.finalized().await?.agreement(named.agreement).await?;
    let arguments = (named.agreement, named.day);
    let call = Call::new(pallet, name, &arguments);
    chain.submit_signed(&call, &operator).await?;
    show(context, named).await
}
