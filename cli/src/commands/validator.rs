//! `validator`: the members that make and finalise blocks.

use super::{council::administer, Context};
use crate::output::{table, Rendered};
use anyhow::{ensure, Result};
use clap::{Args, Subcommand};
use counterfoil_client::chain::{call::Call, session_keys::SessionKeys};
use counterfoil_primitives::{validator::ValidatorView, MemberId};
use serde_json::json;

#[derive(Debug, Subcommand)]
pub(crate) enum Validator {
    /// Lists validators, and members that have keys: who is in the list that was decided last, who makes
    /// blocks in this session, and who will in the next.
    List,
    /// Has one's own node make session keys, and sets them. They count two sessions later; the node needs the
    /// former ones until then.
    SetKeys,
    /// Takes away the session keys of a member that is no validator: one's own, or, through the council,
    /// another member's.
    PurgeKeys(PurgeKeys),
}

#[derive(Debug, Args)]
pub(crate) struct PurgeKeys {
    /// The member's number.
    member: MemberId,
}

impl Validator {
    pub(crate) async fn run(self, context: &Context) -> Result<Rendered> {
        match self {
            Self::List => {
                let chain = context.chain().await?;
                Ok(list(&context.state(&chain).await?.validators().await?))
            }
            Self::SetKeys => set_keys(context).await,
            Self::PurgeKeys(PurgeKeys { member }) => purge_keys(context, member).await,
        }
    }
}

fn list(validators: &[ValidatorView]) -> Rendered {
    let mark = |flag: bool| String::from(if flag { "yes" } else { "-" });
    let rows = validators.iter().map(|validator| {
        [
            validator.member.to_string(),
            mark(validator.in_list),
            mark(validator.active),
            mark(validator.queued),
            mark(validator.has_keys),
        ]
    });
    let header = [
        "member",
        "in the list",
        "active",
        "next session",
        "has keys",
    ];
    Rendered::new(json!({ "validators": validators }), table(&header, rows))
}

async fn set_keys(context: &Context) -> Result<Rendered> {
    let operator = context.operator()?;
    let chain = context.chain_to_wait_on().await?;
    let member = context.state(&chain).await?.member_of(&operator).await?;
    let keys = chain.make_session_keys(member).await?;
    chain
        .submit_signed_until(&keys.call(), &operator, context.until())
        .await?;
    Ok(keys_set(member, &keys))
}

/// What is said of keys that were set.
fn keys_set(member: MemberId, keys: &SessionKeys) -> Rendered {
    let digits: String = keys.keys.iter().map(|byte| format!("{byte:02x}")).collect();
    let text = format!("member {member} has the session keys 0x{digits}");
    let json = json!({ "member": member, "keys": format!("0x{digits}") });
    Rendered::new(json, text)
}

async fn purge_keys(context: &Context, member: MemberId) -> Result<Rendered> {
    let operator = context.operator()?;
    let chain = context.chain_to_wait_on().await?;
    let call = Call::new("Validators", "purge_keys", &member);
    let at = context.state(&chain).await?;
    let own = at.member_of(&operator).await?;
    if own == member {
        // The chain refuses it too, but says that the call is not free.
        check_purge(&at.validators().await?, member)?;
        chain
            .submit_signed_until(&call, &operator, context.until())
            .await?;
    } else if let Some(open) = administer(context, &chain, &operator, &call).await? {
        return Ok(open);
    }
    let text = format!("member {member} has no session keys any more");
    Ok(Rendered::new(json!({ "purged": member }), text))
}

/// Whether a member may take its keys away.
fn check_purge(validators: &[ValidatorView], member: MemberId) -> Result<()> {
    let view = validators.iter().find(|view| view.member == member);
    ensure!(
        view.is_some_and(|view| view.has_keys),
        "member {member} has no session keys: there are none to take away"
    );
    ensure!(
        view.is_none_or(|view| !view.in_list && !view.active && !view.queued),
        "member {member} is a validator in the list, in this session or in the next. Remedy: have the \
         council take it off the list, by `counterfoil council propose validators`, and wait until two \
         sessions have ended"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(has_keys: bool, in_list: bool, active: bool, queued: bool) -> ValidatorView {
        ValidatorView {
            member: 2,
            has_keys,
            in_list,
            active,
            queued,
        }
    }

    #[test]
    fn a_member_that_has_keys_and_is_no_validator_takes_them_away() {
        assert!(check_purge(&[view(true, false, false, false)], 2).is_ok());
        for validators in [vec![], vec![view(false, false, false, false)]] {
            let error = check_purge(&validators, 2).unwrap_err().to_string();
            assert!(error.contains("has no session keys"), "{error}");
        }
        for validator in [
            view(true, true, false, false),
            view(true, false, true, false),
            view(true, false, false, true),
        ] {
            let error = check_purge(&[validator], 2).unwrap_err().to_string();
            assert!(error.contains("council propose validators"), "{error}");
        }
    }

    #[test]
    fn a_validator_that_comes_and_one_that_goes_are_told_apart() {
        let coming = ValidatorView {
            member: 2,
            has_keys: true,
            in_list: true,
            active: false,
            queued: true,
        };
        let going = ValidatorView {
            member: 3,
            has_keys: true,
            in_list: false,
            active: true,
            queued: false,
        };
        let said = list(&[coming, going]);
        insta::assert_snapshot!(said.text, @r"
        ┌────────┬─────────────┬────────┬──────────────┬──────────┐
        │ member ┆ in the list ┆ active ┆ next session ┆ has keys │
        ╞════════╪═════════════╪════════╪══════════════╪══════════╡
        │ 2      ┆ yes         ┆ -      ┆ yes          ┆ yes      │
        │ 3      ┆ -           ┆ yes    ┆ -            ┆ yes      │
        └────────┴─────────────┴────────┴──────────────┴──────────┘
        ");
        assert_eq!(said.json["validators"][0]["in_list"], true);
        assert_eq!(said.json["validators"][1]["queued"], false);
    }

    #[test]
    fn keys_that_are_set_are_told_in_hexadecimal() {
        let keys = SessionKeys {
            keys: vec![1, 0xab],
            proof: Vec::new(),
        };
        let said = keys_set(2, &keys);
        assert_eq!(said.json, json!({ "member": 2, "keys": "0x01ab" }));
        assert_eq!(said.text, "member 2 has the session keys 0x01ab");
    }
}
