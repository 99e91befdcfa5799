//! Operator keys, which wallets show and take as the accounts that they sign for.

use super::{fields, is_written};
use scale_info::PortableRegistry;

/// The type of an operator's key, as the sources write it.
const OPERATOR: &str = "OperatorId";

/// The path of the type of an account, of the same bytes.
const ACCOUNT: [&str; 3] = ["sp_core", "crypto", "AccountId32"];

pub(super) fn show_operators_as_accounts(registry: &mut PortableRegistry) {
    let account = registry
        .types
        .iter()
        .find(|portable| portable.ty.path.segments == ACCOUNT)
        .map(|portable| portable.id);
    let Some(account) = account else { return };
    fields(registry)
        .filter(|field| is_written(field, &[OPERATOR]))
        .for_each(|field| field.ty = account.into());
}
