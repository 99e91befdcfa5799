//! `member`: who takes part.

mod accounts;

use self::accounts::{
    accounts_text, open_change_json, open_change_text, ChangeAccount, ObjectAccount, SetAccount,
};
use super::{council::administer, Context};
use crate::output::{names_and_values, Rendered};
use anyhow::{anyhow, Context as _, Result};
use clap::{Args, Subcommand, ValueEnum};
use counterfoil_client::{chain::call::Call, operator::Operator, time::day_text};
use counterfoil_primitives::{MemberId, MemberView, Role};
use serde_json::{json, Value as Json};
use sp_core::crypto::{AccountId32, Ss58Codec};
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(crate) enum Member {
    /// Shows a member. The default is the member whose key is given.
    Show(Show),
    /// Registers a member. Proposes it to the council.
    Register(Register),
    /// Removes a member that no agreement names and that has no post: no seat in the council, and no place
    /// among the validators. Proposes it to the council.
    Remove(Remove),
    /// Sets where the member's own node answers other members.
    SetEndpoint(SetEndpoint),
    /// Sets which account a member pays from and is paid to, from a day that has begun nowhere. Days
    /// before it keep the account that they had. Proposes it to the council.
    SetAccount(SetAccount),
    /// Changes the account that the member itself is paid to, from a day that begins at least a day from now.
    /// Until then the change can be objected to. What the member owes is still paid from the account that the
    /// council set. A company is paid where it pays from, so the council sets its account.
    ChangeAccount(ChangeAccount),
    /// Takes back the change of account that a member asked for, until its first day begins anywhere. The
    /// member's own; another member's is proposed to the council.
    ObjectAccount(ObjectAccount),
    /// Replaces the member's operator key, which is the key given, and retires it. At most once a day.
    RotateOperator(RotateOperator),
    /// Replaces the operator key of a member that has lost its own. Proposes it to the council.
    ReplaceOperator(ReplaceOperator),
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct RotateOperator {
    /// A file whose first line is the new operator key's secret. It signs that it is to act for the
    /// member.
    #[arg(long)]
    new_key_file: Option<PathBuf>,
    /// The new operator key: a secret phrase, a seed, or a development path like //Alice. Put real keys
    /// into a file.
    #[arg(long)]
    new_suri: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ReplaceOperator {
    /// The member's number.
    #[arg(long)]
    id: MemberId,
    /// The new key: an address, or a development path like //Alice.
    #[arg(long, value_parser = account)]
    new: AccountId32,
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    /// The member's number.
    #[arg(long)]
    id: Option<MemberId>,
}

#[derive(Debug, Args)]
pub(crate) struct Register {
    /// The member's number.
    #[arg(long)]
    id: MemberId,
    /// What it does.
    #[arg(long, value_enum)]
    role: RoleName,
    /// What people call it.
    #[arg(long)]
    name: String,
    /// Its operator key: an address, or a development path like //Alice.
    #[arg(long, value_parser = account)]
    operator: AccountId32,
    /// The account that it pays from and is paid to. The default is the operator key's account.
    #[arg(long, value_parser = account)]
    account: Option<AccountId32>,
    /// Where its node answers, http or https; empty if nobody asks it.
    #[arg(long, default_value = "")]
    endpoint: String,
}

#[derive(Debug, Args)]
pub(crate) struct Remove {
    /// The member's number.
    #[arg(long)]
    id: MemberId,
}

#[derive(Debug, Args)]
pub(crate) struct SetEndpoint {
    /// The address, http or https.
    endpoint: String,
}

/// A role, as staff names it.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum RoleName {
    /// Records trades.
    Client,
    /// Sells products, pays.
    Company,
    /// Keeps credit entries, is paid.
    Bank,
    /// Compares and reports.
    Reconciler,
}

impl From<RoleName> for Role {
    fn from(role: RoleName) -> Self {
        match role {
            RoleName::Client => Self::Client,
            RoleName::Company => Self::Company,
            RoleName::Bank => Self::Bank,
            RoleName::Reconciler => Self::Reconciler,
        }
    }
}

/// An account by its address, or by a development path.
pub(super) fn account(text: &str) -> Result<AccountId32> {
    if text.starts_with("//") {
        return Ok(Operator::from_suri(text)?.account());
    }
    AccountId32::from_ss58check(text).map_err(|_| anyhow!("{text:?} is not an address"))
}

impl Member {
    pub(crate) async fn run(self, context: &Context) -> Result<Rendered> {
        match self {
            Self::Show(Show { id }) => {
                let at = context.state(&context.chain().await?).await?;
                let id = match id {
                    Some(id) => id,
                    None => at.member_of(&context.operator()?).await?,
                };
                show(context, id).await
            }
            Self::Register(register) => register.run(context).await,
            Self::Remove(remove) => remove.run(context).await,
            Self::SetEndpoint(set) => set.run(context).await,
            Self::SetAccount(set) => set.run(context).await,
            Self::ChangeAccount(change) => change.run(context).await,
            Self::ObjectAccount(object) => object.run(context).await,
            Self::RotateOperator(rotate) => rotate.run(context).await,
            Self::ReplaceOperator(replace) => replace.run(context).await,
        }
    }
}

async fn show(context: &Context, id: MemberId) -> Result<Rendered> {
    let at = context.state(&context.chain().await?).await?;
    let member = at.member(id).await?;
    Ok(Rendered::new(to_json(id, &member), to_text(id, &member)))
}

fn role_name(role: Role) -> String {
    format!("{role:?}").to_lowercase()
}

/// The address of a member's operator key.
fn operator_text(member: &MemberView) -> String {
    AccountId32::from(sp_core::sr25519::Public::from(member.operator.clone())).to_ss58check()
}

fn to_json(id: MemberId, member: &MemberView) -> Json {
    let accounts = member.accounts_from.iter().map(
        |(from, account)| json!({ "from": day_text(*from), "account": account.to_ss58check() }),
    );
    let set_by_member = member.set_by_member.iter().map(|from| day_text(*from));
    json!({
        "member": id,
        "role": role_name(member.role),
        "name": member.name.to_string(),
        "account": member.account.to_ss58check(),
        "accounts_from": accounts.collect::<Vec<_>>(),
        "accounts_set_by_member": set_by_member.collect::<Vec<_>>(),
        "account_change": open_change_json(member),
        "operator": operator_text(member),
        "endpoint": member.endpoint.to_string(),
    })
}

fn to_text(id: MemberId, member: &MemberView) -> String {
    let mut rows = vec![
        ("member", id.to_string()),
        ("role", role_name(member.role)),
        ("name", member.name.to_string()),
        ("account", accounts_text(member)),
    ];
    rows.extend(open_change_text(member).map(|text| ("account change", text)));
    rows.extend([
        ("operator key", operator_text(member)),
        ("endpoint", member.endpoint.to_string()),
    ]);
    names_and_values(rows)
}

impl Register {
    async fn run(&self, context: &Context) -> Result<Rendered> {
        let operator = context.operator()?;
        let chain = context.chain_to_wait_on().await?;
        let own = self
            .account
            .clone()
            .unwrap_or_else(|| self.operator.clone());
        let arguments = (
            self.id,
            Role::from(self.role),
            self.name.as_bytes(),
            own,
            &self.operator,
            self.endpoint.as_bytes(),
        );
        let call = Call::new("Registry", "register_member", &arguments);
        match administer(context, &chain, &operator, &call).await? {
            Some(open) => Ok(open),
            None => show(context, self.id).await,
        }
    }
}

impl Remove {
    async fn run(&self, context: &Context) -> Result<Rendered> {
        let operator = context.operator()?;
        let chain = context.chain_to_wait_on().await?;
        let call = Call::new("Registry", "remove_member", &self.id);
        if let Some(open) = administer(context, &chain, &operator, &call).await? {
            return Ok(open);
        }
        let text = format!("member {} is removed", self.id);
        Ok(Rendered::new(json!({ "removed": self.id }), text))
    }
}

impl SetEndpoint {
    async fn run(&self, context: &Context) -> Result<Rendered> {
        let operator = context.operator()?;
        let chain = context.chain_to_wait_on().await?;
        let member = context.state(&chain).await?.member_of(&operator).await?;
        let endpoint = self.endpoint.as_bytes();
        let call = Call::new("Registry", "set_endpoint", &endpoint);
        chain
            .submit_signed_until(&call, &operator, context.until())
            .await?;
        show(context, member).await
    }
}

impl RotateOperator {
    async fn run(&self, context: &Context) -> Result<Rendered> {
        let operator = context.operator()?;
        let chain = context.chain_to_wait_on().await?;
        let member = context.state(&chain).await?.member_of(&operator).await?;
        let new = Operator::named(self.new_suri.as_deref(), self.new_key_file.as_deref())?
            .context("no new key: give it with --new-key-file or --new-suri")?;
        let proof = new.prove_rotation(chain.genesis(), member);
        let call = Call::new("Registry", "rotate_operator", &(new.id(), proof));
        chain
            .submit_signed_until(&call, &operator, context.until())
            .await?;
        show(context, member).await
    }
}

impl ReplaceOperator {
    async fn run(&self, context: &Context) -> Result<Rendered> {
        let operator = context.operator()?;
        let chain = context.chain_to_wait_on().await?;
        let call = Call::new("Registry", "replace_operator", &(self.id, &self.new));
        match administer(context, &chain, &operator, &call).await? {
            Some(open) => Ok(open),
            None => show(context, self.id).await,
        }
    }
}
