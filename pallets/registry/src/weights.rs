//! What the registry's calls weigh.
//!
//! `()` carries estimates: database accesses by the weights of ParityDB, and a stated time for
//! the work between them. Nothing here is called often.

use frame_support::weights::{constants::ParityDbWeight, Weight};

/// What the registry's calls weigh.
pub trait WeightInfo {
    /// [`crate::Pallet::register_member`].
    fn register_member() -> Weight;
    /// [`crate::Pallet::remove_member`].
    fn remove_member() -> Weight;
    /// [`crate::Pallet::create_agreement`], by the clients.
    fn create_agreement(clients: u32) -> Weight;
    /// [`crate::Pallet::set_conditions`].
    fn set_conditions() -> Weight;
    /// [`crate::Pallet::set_clients`], by the clients and those before them.
    fn set_clients(clients: u32, former: u32) -> Weight;
    /// [`crate::Pallet::set_limits`].
    fn set_limits() -> Weight;
    /// [`crate::Pallet::set_terms`].
    fn set_terms() -> Weight;
    /// [`crate::Pallet::add_product`], by the versions.
    fn add_product(versions: u32) -> Weight;
    /// [`crate::Pallet::rotate_operator`].
    fn rotate_operator() -> Weight;
    /// [`crate::Pallet::set_endpoint`].
    fn set_endpoint() -> Weight;
    /// The check of an operator's authority, and of what it asks for.
    fn authorize() -> Weight;
}

/// A call's own work: decoding, checks, an event.
const CALL: u64 = 20_000_000;

/// The work for an item of a list: a client or a version.
const ITEM: u64 = 2_000_000;

/// An sr25519 signature checked.
const SIGNATURE: u64 = 60_000_000;

fn work(time: u64, reads: u64, writes: u64) -> Weight {
    Weight::from_parts(time, 0).saturating_add(ParityDbWeight::get().reads_writes(reads, writes))
}

impl WeightInfo for () {
    // Reads: member, key, retired key, account. Writes: the same.
    fn register_member() -> Weight {
        work(CALL, 4, 4)
    }

    // Reads: member, names. Writes: member, key, retired key.
    fn remove_member() -> Weight {
        work(CALL, 2, 3)
    }

    // Reads: agreement, three members and how often each is named; two for each client. Writes:
    // agreement, three names; one for each client.
    fn create_agreement(clients: u32) -> Weight {
        let clients = u64::from(clients);
        work(CALL + ITEM * clients, 7 + 2 * clients, 4 + clients)
    }

    // Reads: agreement, time. Writes: agreement.
    fn set_conditions() -> Weight {
        work(CALL, 2, 1)
    }

    // Reads: agreement; member and name of each client, the name of each former one. Writes:
    // agreement, those names.
    fn set_clients(clients: u32, former: u32) -> Weight {
        let (clients, former) = (u64::from(clients), u64::from(former));
        work(
            CALL + ITEM * (clients + former),
            1 + 2 * clients + former,
            1 + clients + former,
        )
    }

    // Reads: agreement. Writes: agreement.
    fn set_limits() -> Weight {
        work(CALL, 1, 1)
    }

    // Reads: agreement, product, time. Writes: product.
    fn set_terms() -> Weight {
        work(CALL, 3, 1)
    }

    // Reads: agreement, product. Writes: product. A version is decoded, checked and told.
    fn add_product(versions: u32) -> Weight {
        work(CALL + ITEM * u64::from(versions), 2, 1)
    }

    // Reads: key, member, new key, retired key, account. Writes: member, both keys, retired key,
    // account, last authority.
    fn rotate_operator() -> Weight {
        work(CALL, 5, 6)
    }

    // Reads: key, member. Writes: member, last authority.
    fn set_endpoint() -> Weight {
        work(CALL, 2, 2)
    }

    // Reads: member, time, genesis hash, new key, retired key, last authority.
    fn authorize() -> Weight {
        work(SIGNATURE, 6, 0)
    }
}
