//! What is wrong with a member's node, and what waits for the member: the checks of `counterfoil doctor`.
//!
//! Facts are gathered first, each within its time: that a question has no answer is a fact, too. What is
//! found of them follows by pure functions. Nothing is sent to the chain, and no key is shown to a node.
//!
//! | module | what it holds |
//! |---|---|
//! | [`finding`] | what a check found, and what helps |
//! | [`asking`] | questions whose answers may not come |
//! | `gather` | the facts, from the node and from the member's endpoint |
//! | `request` | the request for a book by which a node shows its clock and for whom it acts |
//! | [`connection`] | does a node answer, of a chain that this release knows |
//! | [`blocks`] | is it in step: peers, blocks, finality |
//! | [`clocks`] | do the clocks of chain, node and this machine agree |
//! | [`membership`] | who the member is, and whether it may act |
//! | [`keys`] | does the node hold the member's keys |
//! | `endpoint_address` | can a node be asked at an address |
//! | [`endpoint`] | does the member's endpoint answer others as it should |
//! | [`mappings`] | can the mappings of its ledgers be read |
//! | [`business`] | what is on chain of the member's agreements |
//! | `days` | books and commitments that are awaited |
//! | `proposals` | amendments that await an answer |
//! | `obligations` | what is owed and waits |
//! | `calendars` | calendars that run out |

pub mod asking;
pub mod blocks;
pub mod business;
mod calendars;
pub mod clocks;
pub mod connection;
mod days;
pub mod endpoint;
mod endpoint_address;
#[cfg(test)]
mod examples;
pub mod finding;
mod gather;
pub mod keys;
pub mod mappings;
pub mod membership;
mod obligations;
mod proposals;
mod request;

pub use asking::{Asked, Unanswered};
pub use business::{Business, Named};
pub use finding::{Finding, State};
pub use gather::{examine, fetches_blocks, Whom};
pub use mappings::MappingFile;
pub use membership::Membership;

use asking::found_of;
use blocks::Blocks;
use clocks::Clocks;
use connection::Runtime;
use counterfoil_primitives::Role;
use endpoint::Endpoint;
use keys::Keys;

/// What is known of a member's node, and of what waits for the member.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The node; why there is none where none was reached.
    pub node: Asked<Node>,
    /// The mappings that were named.
    pub mappings: Vec<MappingFile>,
}

/// What is known of a node that was reached.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where it answers.
    pub url: String,
    /// Its runtime.
    pub runtime: Asked<Runtime>,
    /// How it is in step.
    pub blocks: Blocks,
    /// What its chain says; `None` where the chain is not one that this release knows.
    pub chain: Option<OfChain>,
}

/// What a chain that this release knows says of clocks and of the member.
#[derive(Clone, Debug)]
pub struct OfChain {
    /// The clocks.
    pub clocks: Clocks,
    /// Who the member is.
    pub membership: Asked<Membership>,
    /// What concerns a member; `None` where there is no such member.
    pub member: Option<OfMember>,
}

/// What is known of a member.
#[derive(Clone, Debug)]
pub struct OfMember {
    /// Its keys in the node's keystore.
    pub keys: Keys,
    /// Its endpoint; `None` where nobody asks a member of its role.
    pub endpoint: Option<Endpoint>,
    /// What waits for it.
    pub business: Asked<Business>,
}

/// What is found of the facts, in the order in which to put it right.
pub fn findings(facts: &Facts) -> Vec<Finding> {
    let mut found = match &facts.node {
        Ok(node) => of_node(node),
        Err(why) => vec![connection::not_reached(why)],
    };
    found.extend(mappings::of_files(&facts.mappings));
    if facts.mappings.is_empty() {
        found.extend(mappings_to_name(facts));
    }
    found
}

fn of_node(node: &Node) -> Vec<Finding> {
    let mut found = connection::findings(&node.url, &node.runtime);
    found.extend(blocks::findings(&node.blocks));
    if let Some(chain) = &node.chain {
        found.extend(clocks::findings(&chain.clocks));
        found.extend(membership::findings(&chain.membership));
        if let (Ok(Membership::Member(known)), Some(member)) = (&chain.membership, &chain.member) {
            found.extend(of_member(known, member));
        }
    }
    found
}

fn of_member(known: &membership::Known, member: &OfMember) -> Vec<Finding> {
    let mut found = keys::findings(known, &member.keys);
    found.extend(member.endpoint.as_ref().map(endpoint::finding));
    found.extend(found_of("business", &member.business, |business| {
        let mut waiting = Vec::new();
        if known.view.role == Role::Client {
            waiting.extend(membership::suspensions(known.id, &business.suspended()));
        }
        waiting.extend(days::findings(business));
        waiting.extend(proposals::findings(business));
        waiting.extend(obligations::findings(business));
        waiting.extend(calendars::findings(business));
        waiting
    }));
    found
}

fn mappings_to_name(facts: &Facts) -> Vec<Finding> {
    let chain = facts
        .node
        .as_ref()
        .ok()
        .and_then(|node| node.chain.as_ref());
    let member = chain.and_then(|chain| chain.member.as_ref());
    let business = member.and_then(|member| member.business.as_ref().ok());
    business.map(mappings::of_agreements).unwrap_or_default()
}

#[cfg(test)]
mod tests;
