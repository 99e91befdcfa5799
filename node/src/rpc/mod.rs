//! JSON-RPC: methods of our own, and those of the SDK ([`sdk`]).
//!
//! | module | methods | who may call |
//! |---|---|---|
//! | [`fetch`] | `counterfoil_fetchBook` | members, by a signed request |
//! | [`import`] | `counterfoil_beginImport`, `importBook`, `confirmImport` | the node's own staff |
//! | [`own_books`] | `counterfoil_bookState`, `bookPage`, … | the node's own staff |
//! | [`reads`] | `counterfoil_day`, `subscribeEntries`, …, `rpc.discover` | whoever may call the SDK's |
//! | [`submit`] | `author_submitExtrinsic`, `author_submitAndWatchExtrinsic` | whoever may call the SDK's |
//! | [`sdk`] | the SDK's own | as the SDK lets them |
//!
//! They share:
//!
//! | module | what it holds |
//! |---|---|
//! | [`finalized_state`] | what they ask of the chain: its finalised state |
//! | [`acts_for`] | for whom this node acts |
//! | [`staff_only`] | what staff's methods have in common |
//! | [`mod@request_nonces`] | which signed requests were answered before |
//! | [`error`] | the errors that they answer with |
//!
//! What is the staff's own is unsafe in the SDK's sense: it answers only where the node's
//! operator allows unsafe methods.

mod acts_for;
mod error;
mod fetch;
pub mod finalized_state;
mod import;
mod own_books;
mod reads;
mod request_nonces;
pub mod sdk;
mod staff_only;
mod submit;
#[cfg(test)]
mod testing;

use crate::{
    books_in_database::Books,
    ledger_copies::{Imports, Ledgers},
    service::partial::{Client, OffchainDb, Pool},
};
use counterfoil_primitives::Moment;
use fetch::FetchApiServer;
use finalized_state::Chain;
use import::ImportApiServer;
use jsonrpsee::RpcModule;
use own_books::ViewApiServer;
use pallet_transaction_payment_rpc::{TransactionPayment, TransactionPaymentApiServer};
use sp_keystore::KeystorePtr;
use std::{sync::Arc, time::SystemTime};
use substrate_frame_rpc_system::{System, SystemApiServer};

/// What the methods work on.
#[derive(Clone)]
pub struct Parts {
    /// The chain.
    pub client: Arc<Client>,
    /// Transactions that wait.
    pub pool: Arc<Pool>,
    /// The keys of this node's members.
    pub keystore: KeystorePtr,
    /// The party's books.
    pub books: Books<OffchainDb>,
    /// The party's books, for whoever changes an import.
    pub imports: Imports<OffchainDb>,
    /// The durable copies of imports.
    pub ledgers: Ledgers,
    /// Which requests were answered before.
    pub nonces: request_nonces::Nonces<OffchainDb>,
}

/// Which requests for books were answered before; shared by all connections.
pub fn nonces(books: &Books<OffchainDb>) -> request_nonces::Nonces<OffchainDb> {
    request_nonces::Nonces::new(books.storage().clone())
}

/// The time by this node's clock.
fn now() -> Moment {
    SystemTime::UNIX_EPOCH
        .elapsed()
        .map_or(0, |since| since.as_millis() as Moment)
}

/// All methods of ours.
pub fn module(parts: Parts) -> Result<RpcModule<()>, Box<dyn std::error::Error + Send + Sync>> {
    let Parts {
        client,
        pool,
        keystore,
        books,
        imports,
        ledgers,
        nonces,
    } = parts;
    let chain = Chain::new(client.clone());
    let mut module = RpcModule::new(());
    module.merge(System::new(client.clone(), pool).into_rpc())?;
    module.merge(TransactionPayment::new(client.clone()).into_rpc())?;
    module.merge(reads::module(reads::Node::new(client))?)?;
    let fetch = fetch::Fetch::new(chain.clone(), keystore.clone(), books.clone(), nonces);
    module.merge(fetch.into_rpc())?;
    module.merge(import::Import::new(chain, keystore, imports, ledgers).into_rpc())?;
    module.merge(own_books::View::new(books).into_rpc())?;
    Ok(module)
}
