//! The account that a member pays from and is paid to, which the council sets; and the account that the
//! member is only paid to, which it names by itself, and which can be objected to.

use super::{account, show};
use crate::{
    commands::{ask::ask, council::administer, Context},
    output::Rendered,
};
use anyhow::{bail, ensure, Context as _, Result};
use clap::Args;
use counterfoil_client::{
    chain::call::Call,
    time::{day_text, moment_rfc3339, moment_text, parse_day},
};
use counterfoil_primitives::{
    day_times::begun_anywhere, BusinessDay, MemberId, MemberView, Moment, Role,
};
use serde_json::{json, Value as Json};
use sp_core::crypto::{AccountId32, Ss58Codec};

#[derive(Debug, Args)]
pub(crate) struct SetAccount {
    /// The member's number.
    #[arg(long)]
    id: MemberId,
    /// The first day that uses the account, like 2026-11-25. Tomorrow may have begun elsewhere; the day
    /// after tomorrow has not.
    #[arg(long, value_parser = parse_day)]
    from: BusinessDay,
    /// The account: an address, or a development path like //Bob//treasury.
    #[arg(long, value_parser = account)]
    account: AccountId32,
}

#[derive(Debug, Args)]
pub(crate) struct ChangeAccount {
    /// The first day that is paid to the account, like 2026-11-25: at least a day from now, wherever it
    /// begins. The third day after today's date by UTC always is.
    #[arg(long, value_parser = parse_day)]
    from: BusinessDay,
    /// The account: an address, or a development path like //Bob//treasury.
    #[arg(long, value_parser = account)]
    account: AccountId32,
}

#[derive(Debug, Args)]
pub(crate) struct ObjectAccount {
    /// The member whose change is taken back. The default is the member whose key is given; for another
    /// one this proposes to the council.
    #[arg(long)]
    member: Option<MemberId>,
    /// The first day of the change, like 2026-11-25. Without it and --account, the command shows the change
    /// that is open, and asks whether that is meant. A script names both, so that it takes no later change
    /// back when it runs again.
    #[arg(long, value_parser = parse_day, requires = "account")]
    from: Option<BusinessDay>,
    /// The account of the change: an address, or a development path like //Bob//treasury.
    #[arg(long, value_parser = account, requires = "from")]
    account: Option<AccountId32>,
}

impl SetAccount {
    pub(super) async fn run(&self, context: &Context) -> Result<Rendered> {
        let operator = context.operator()?;
        let chain = context.chain_to_wait_on().await?;
        let arguments = (self.id, self.from, &self.account);
        let call = Call::new("Registry", "set_account", &arguments);
        match administer(context, &chain, &operator, &call).await? {
            Some(open) => Ok(open),
            None => show(context, self.id).await,
        }
    }
}

impl ChangeAccount {
    pub(super) async fn run(&self, context: &Context) -> Result<Rendered> {
        let operator = context.operator()?;
        let chain = context.chain_to_wait_on().await?;
        let at = context.state(&chain).await?;
        let member = at.member_of(&operator).await?;
        // The chain refuses it too, but says that the call is not free.
        ensure!(
            at.role(member).await? != Role::Company,
            "a company is paid where it pays from: have the council set another account, by `counterfoil member set-account`"
        );
        let call = Call::new("Registry", "change_account", &(self.from, &self.account));
        chain
            .submit_signed_until(&call, &operator, context.until())
            .await?;
        show(context, member).await
    }
}

impl ObjectAccount {
    pub(super) async fn run(&self, context: &Context) -> Result<Rendered> {
        let operator = context.operator()?;
        let chain = context.chain_to_wait_on().await?;
        let at = context.state(&chain).await?;
        let own = at.member_of(&operator).await?;
        let member = self.member.unwrap_or(own);
        let (from, account) = match self.from.zip(self.account.clone()) {
            Some(named) => named,
            None => confirmed(member, &at.member(member).await?, ask)?,
        };
        let call = Call::new("Registry", "object_to_account", &(member, from, account));
        if own == member {
            chain
                .submit_signed_until(&call, &operator, context.until())
                .await?;
        } else if let Some(open) = administer(context, &chain, &operator, &call).await? {
            return Ok(open);
        }
        show(context, member).await
    }
}

/// The accounts, each after the first with its first day, and whether the member is only paid to it.
pub(super) fn accounts_text(member: &MemberView) -> String {
    let later = member.accounts_from.iter().map(|(from, account)| {
        let only_paid_to = if member.set_by_member.contains(from) {
            " (set by the member: it is paid to it, and does not pay from it)"
        } else {
            ""
        };
        let (from, account) = (day_text(*from), account.to_ss58check());
        format!("; from {from}: {account}{only_paid_to}")
    });
    std::iter::once(member.account.to_ss58check())
        .chain(later)
        .collect()
}

/// The account that a member asked for by itself, with its first day and the moment until which one can
/// object, where that lies ahead.
struct OpenChange<'a> {
    from: BusinessDay,
    account: &'a AccountId32,
    until: Moment,
}

impl<'a> OpenChange<'a> {
    fn of(member: &'a MemberView) -> Option<Self> {
        let (from, account) = member
            .accounts_from
            .iter()
            .find(|(from, _)| Some(*from) == member.open_change)?;
        Some(Self {
            from: *from,
            account,
            until: begun_anywhere(*from),
        })
    }
}

/// The first day and the account of the change that is open, once somebody confirmed that this one is meant.
/// `ask` puts a question, if there is a terminal.
fn confirmed(
    id: MemberId,
    member: &MemberView,
    ask: fn(&str) -> Result<Option<bool>>,
) -> Result<(BusinessDay, AccountId32)> {
    let open = OpenChange::of(member).with_context(|| {
        format!(
            "member {id} has no change of account that can be objected to; if an account is wrong, have the council set \
             another, by `counterfoil member set-account`"
        )
    })?;
    let (from, account) = (day_text(open.from), open.account.to_ss58check());
    let question =
        format!("Member {id} asked to be paid to {account} from {from} on. Take that back?");
    match ask(&question)? {
        Some(true) => Ok((open.from, open.account.clone())),
        Some(false) => bail!("nothing is sent"),
        None => bail!(
            "nothing is sent, since there is no terminal to ask at; to take back the change that is open, name it by \
             --from {from} --account {account}"
        ),
    }
}

/// The change that can be objected to, for programs.
pub(super) fn open_change_json(member: &MemberView) -> Json {
    OpenChange::of(member).map_or(Json::Null, |open| {
        json!({
            "from": day_text(open.from),
            "account": open.account.to_ss58check(),
            "until": moment_rfc3339(open.until),
        })
    })
}

/// The change that can be objected to, for people.
pub(super) fn open_change_text(member: &MemberView) -> Option<String> {
    let open = OpenChange::of(member)?;
    Some(format!(
        "{} from {}, asked for by the member; `counterfoil member object-account` takes it back before {}",
        open.account.to_ss58check(),
        day_text(open.from),
        moment_text(open.until, 0),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;
    use counterfoil_primitives::OperatorId;

    /// The days that [`member`] changes its account from.
    const DAYS: [BusinessDay; 2] = [BusinessDay(20_788), BusinessDay(20_820)];

    fn account(byte: u8) -> AccountId32 {
        AccountId32::new([byte; 32])
    }

    fn member(open_change: Option<BusinessDay>) -> MemberView {
        MemberView {
            role: Role::Bank,
            name: "Bank".try_into().unwrap(),
            account: account(1),
            accounts_from: DAYS.into_iter().zip([2, 3].map(account)).collect(),
            set_by_member: vec![DAYS[1]],
            open_change,
            operator: OperatorId::from(sp_core::sr25519::Public::from_raw([7; 32])),
            endpoint: Default::default(),
        }
    }

    #[test]
    fn accounts_after_the_first_come_with_their_first_day() {
        let [first, second] = [1, 2].map(|byte| account(byte).to_ss58check());
        let mut shown = member(None);
        shown.accounts_from.truncate(1);
        assert_eq!(
            accounts_text(&shown),
            format!("{first}; from 2026-12-01: {second}")
        );
        shown.accounts_from.clear();
        assert_eq!(accounts_text(&shown), first);
    }

    #[test]
    fn an_account_that_the_member_set_by_itself_is_said_to_pay_nothing() {
        let [first, second, third] = [1, 2, 3].map(|byte| account(byte).to_ss58check());
        assert_eq!(
            accounts_text(&member(None)),
            format!(
                "{first}; from 2026-12-01: {second}; from 2027-01-02: {third} (set by the member: it is \
                 paid to it, and does not pay from it)"
            )
        );
    }

    #[test]
    fn a_change_that_waits_is_shown_with_its_first_day_and_until_when_one_can_object() {
        let address = account(2).to_ss58check();
        let waits = member(Some(DAYS[0]));
        assert_eq!(
            open_change_text(&waits),
            Some(format!(
                "{address} from 2026-12-01, asked for by the member; `counterfoil member object-account` \
                 takes it back before 2026-11-30 09:55:00 +00:00"
            ))
        );
        assert_eq!(
            open_change_json(&waits),
            json!({ "from": "2026-12-01", "account": address, "until": "2026-11-30T09:55:00Z" })
        );
    }

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        object: ObjectAccount,
    }

    fn read(line: &str) -> Result<ObjectAccount, clap::Error> {
        let words = format!("object-account {line}");
        Line::try_parse_from(words.split_whitespace()).map(|line| line.object)
    }

    #[test]
    fn an_objection_names_the_day_and_the_account_or_neither() {
        let named = read("--from 2026-12-01 --account //Bob//treasury").unwrap();
        assert_eq!(named.from, Some(DAYS[0]));
        assert!(named.account.is_some());
        assert_eq!(read("--member 3").unwrap().from, None);
        assert!(read("--from 2026-12-01").is_err());
        assert!(read("--account //Bob//treasury").is_err());
    }

    #[test]
    fn a_change_that_is_not_named_is_taken_back_once_somebody_has_seen_it() {
        let waits = member(Some(DAYS[0]));
        let answered = confirmed(3, &waits, |question| {
            let address = account(2).to_ss58check();
            assert!(question.contains(&address), "{question}");
            assert!(question.contains("from 2026-12-01 on"), "{question}");
            Ok(Some(true))
        });
        assert_eq!(answered.unwrap(), (DAYS[0], account(2)));
    }

    #[test]
    fn a_change_that_nobody_has_seen_is_not_taken_back() {
        let waits = member(Some(DAYS[0]));
        let refused = confirmed(3, &waits, |_| Ok(Some(false))).unwrap_err();
        assert_eq!(refused.to_string(), "nothing is sent");
        let unseen = confirmed(3, &waits, |_| Ok(None)).unwrap_err().to_string();
        let options = format!("--from 2026-12-01 --account {}", account(2).to_ss58check());
        assert!(unseen.ends_with(&options), "{unseen}");
    }

    #[test]
    fn where_no_change_is_open_nobody_is_asked() {
        let refused = confirmed(3, &member(None), |_| bail!("asked")).unwrap_err();
        assert!(refused.to_string().contains("no change of account"));
    }

    #[test]
    fn an_account_that_no_one_can_object_to_is_no_change_that_waits() {
        let settled = member(None);
        assert_eq!(open_change_text(&settled), None);
        assert_eq!(open_change_json(&settled), Json::Null);
    }
}
