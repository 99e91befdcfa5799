//! A state machine over all calls.
//!
//! A history is a list of operations: what members, honest and hostile, can send, what the
//! council carries, and how time passes. Each transaction goes through the pool's check and
//! into a block of its own. After each block everything that must hold is looked at: what each
//! pallet says of its own storage, and a model of the days that shares no code with the pallets.
//!
//! | module | what it holds |
//! |---|---|
//! | [`operation`] | the operations, and how they can go wrong |
//! | [`draw`] | how histories of them are drawn |
//! | [`members`] | the chain's members, and who may do what |
//! | [`world`] | the chain under test: its blocks and its clock |
//! | [`signing`] | transactions, rightly and wrongly signed |
//! | [`books`] | the parties' books, and the damage in them |
//! | [`lies`] | reports, and what can be wrong with one |
//! | [`execute`] | the operations, carried out |
//! | [`batches`], [`refunds`], [`written_trades`], [`written_refunds`] | those by which clients record |
//! | [`commits`], [`reports`] | those about books |
//! | [`administration`], [`council`], [`session_keys`] | those by which the chain is administered |
//! | [`accounts`] | those by which members change their accounts |
//! | [`settlement`], [`suspension`] | those by which what is owed is paid, and clients are stopped |
//! | [`amendments`] | those by which members put false records right |
//! | [`honest_step`] | the step that an honest network takes next |
//! | [`model`] | what must hold of days, sides and money |
//! | [`given_back`] | what must hold of refunds and their payments |
//! | [`cross_pallet`] | what must hold between the pallets' storages |
//! | [`unentitled`] | each call once, by all that it is not for |
//! | [`rejected_books`] | a side whose whole book is rejected |
//! | [`replaced_commitments`] | a party that commits again before the preset time |
//! | [`late_proofs`] | a side that defaulted, and is proven late |
//! | [`settled_periods`] | periods of several days, paid in the asset or outside the chain |
//! | [`dying_asset`] | an asset that is destroyed: what is owed in it, and what goes on |
//! | [`paid_back`] | a payment that is given back, wrongly and rightly, and who pays then |
//! | [`after_the_end`] | an agreement that ends: what its days take until it closes |
//! | [`timing`] | a payment that a ledger has on another day than the chain |
//! | [`put_right`] | false records that are cancelled, replaced and supplemented, wrongly and rightly |

mod accounts;
mod administration;
mod after_the_end;
mod amendments;
mod batches;
mod books;
mod commits;
mod council;
mod cross_pallet;
mod draw;
mod dying_asset;
mod execute;
mod given_back;
mod honest_step;
mod late_proofs;
mod lies;
mod members;
mod model;
mod operation;
mod paid_back;
mod put_right;
mod refunds;
mod rejected_books;
mod replaced_commitments;
mod reports;
mod session_keys;
mod settled_periods;
mod settlement;
mod signing;
mod suspension;
mod timing;
mod unentitled;
mod world;
mod written_refunds;
mod written_trades;

use draw::histories;
use operation::Operation;
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use world::{on_chain, World};

/// How many histories a run tries, unless `PROPTEST_CASES` says otherwise.
const CASES: u32 = 48;

fn settings() -> ProptestConfig {
    let settings = ProptestConfig::default();
    match std::env::var_os("PROPTEST_CASES") {
        Some(_) => settings,
        None => ProptestConfig {
            cases: CASES,
            ..settings
        },
    }
}

/// Runs a history, and hands back the chain's end.
fn run(history: &[Operation]) -> World {
    let mut world = World::new();
    for operation in history {
        world.execute(operation);
    }
    world
}

proptest! {
    #![proptest_config(settings())]

    #[test]
    fn no_history_of_calls_breaks_what_must_hold(history in histories()) {
        on_chain(|| { run(&history); });
    }
}

/// The histories are worth something only where they get far. A settlement period of several days seldom
/// falls due within one: [`settled_periods`] leads there. Some end an agreement, whose close is reached, too.
#[test]
fn histories_reach_every_end_of_a_side_and_of_a_day() {
    let mut runner = TestRunner::deterministic();
    let mut reached = model::Reached::default();
    for _ in 0..64 {
        let history = histories().new_tree(&mut runner).expect("it is drawn");
        on_chain(|| reached.add(&run(&history.current()).model));
    }
    assert!(reached.everything(), "{reached:?}");
}
