//! `agreement create`: an agreement as its file states it.

mod spec;

use super::{asset, paying_options::Paying, show};
use crate::{
    commands::{council::administer, Context},
    output::Rendered,
};
use anyhow::{bail, Result};
use clap::{ArgGroup, Args};
use counterfoil_primitives::AgreementId;
use spec::Spec;
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("anything").multiple(true))]
pub(crate) struct Create {
    /// The agreement's file.
    #[arg(long)]
    file: PathBuf,
    /// The agreement's number, in place of the one in the file.
    #[arg(long)]
    agreement: Option<AgreementId>,
    /// The largest gross amount of a trade, like 12.50, in place of what the file says.
    #[arg(long, value_name = "AMOUNT")]
    max_gross: Option<String>,
    #[command(flatten)]
    paying: Paying,
}

impl Create {
    pub(super) async fn run(&self, context: &Context) -> Result<Rendered> {
        let spec: Spec = counterfoil_client::mapping::load(&self.file)?;
        let Some(id) = self.agreement.or(spec.id) else {
            bail!("the file names no id; give --agreement");
        };
        let operator = context.operator()?;
        let spec = spec.with(self);
        let calls = spec.calls(id, &self.paying)?;
        let chain = context.chain_to_wait_on().await?;
        if let Some(asset) = spec.asset {
            let at = context.state(&chain).await?;
            let currency = (spec.currency.as_str(), spec.currency()?.1);
            asset::check(&at, asset, currency, self.paying.is_other_symbol()).await?;
        }
        let call = chain.batch(&calls)?;
        match administer(context, &chain, &operator, &call).await? {
            Some(open) => Ok(open),
            None => show(&context.state(&chain).await?, id).await,
        }
    }
}
