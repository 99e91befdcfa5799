//! Members.

use super::super::{
    arguments::Arguments,
    at::At,
    page,
    schema::Schema,
    written::{date, moment, name, with},
};
use counterfoil_primitives::{day_times::begun_anywhere, MemberId, MemberView, Role};
use jsonrpsee::core::RpcResult;
use serde_json::{json, Value as Json};
use sp_core::{
    crypto::{AccountId32, Ss58Codec},
    sr25519,
};

/// A page of the members, by number.
pub fn list(at: &At<'_>, of: &Arguments) -> RpcResult<Json> {
    let ids = at.source.members(at.block.hash)?;
    let pages = page::json(ids.len(), of);
    let mut members = Vec::new();
    for id in page::of_list(ids, of) {
        let found = at.source.member(at.block.hash, id)?;
        members.extend(found.map(|view| member(id, &view)));
    }
    Ok(with(pages, json!({ "members": members })))
}

fn member(id: MemberId, view: &MemberView) -> Json {
    let later = view.accounts_from.iter();
    let later = later
        .map(|(from, account)| json!({ "from": date(*from), "account": account.to_ss58check() }));
    let set_by_member = view.set_by_member.iter().map(|from| date(*from));
    let operator = AccountId32::from(sr25519::Public::from(view.operator.clone()));
    json!({
        "member": id,
        "role": name(view.role),
        "name": view.name.as_str(),
        "account": view.account.to_ss58check(),
        "accounts_from": later.collect::<Vec<_>>(),
        "accounts_set_by_member": set_by_member.collect::<Vec<_>>(),
        "account_change": open_change(view),
        "operator": operator.to_ss58check(),
        "endpoint": view.endpoint.as_str(),
    })
}

/// The change of account that can be objected to, or null.
fn open_change(view: &MemberView) -> Json {
    let mut later = view.accounts_from.iter();
    let open = later.find(|(from, _)| Some(*from) == view.open_change);
    open.map_or(Json::Null, |(from, account)| {
        json!({
            "from": date(*from),
            "account": account.to_ss58check(),
            "until": moment(begun_anywhere(*from)),
        })
    })
}

/// The schema of [`list`].
pub fn list_schema() -> Schema {
    let roles = Schema::names_of(name::<Role>);
    let later = Schema::object([
        ("from", Schema::date(), "The first day that uses it."),
        ("account", Schema::text(), "Its address."),
    ]);
    let change = Schema::object([
        ("from", Schema::date(), "The first day that is paid to it."),
        ("account", Schema::text(), "Its address."),
        (
            "until",
            Schema::moment(),
            "Until when it can be objected to.",
        ),
    ]);
    let member = Schema::object([
        ("member", Schema::number(), "Its number."),
        ("role", roles, "What it does."),
        ("name", Schema::text(), "What people call it."),
        ("account", Schema::text(), "The account that it began with."),
        (
            "accounts_from",
            later.list(),
            "The accounts that follow, ascending.",
        ),
        (
            "accounts_set_by_member",
            Schema::date().list(),
            "The first days of accounts that it set by itself: it is only paid to them.",
        ),
        (
            "account_change",
            change.or_null(),
            "A change that can be objected to.",
        ),
        (
            "operator",
            Schema::text(),
            "The address of its operator key.",
        ),
        (
            "endpoint",
            Schema::text(),
            "Where its node answers; empty where it answers nobody.",
        ),
    ]);
    let members = [("members", member.list(), "By number.")];
    Schema::object(page::fields().into_iter().chain(members))
}
