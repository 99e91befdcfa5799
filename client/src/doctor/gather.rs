//! The facts, from the node and from the member's endpoint. Each question has its time; those that do not
//! need one another's answers are asked side by side.

use super::{
    asking::{within, Asked, LONG_PATIENCE, PATIENCE},
    blocks::{is_fetching, Blocks, Fetched, Health, Newest},
    business::{names_from, own_side, since, Business, Named},
    clocks::{node_clock, probes, BlockTime, Clocks, NodeClock},
    connection::Runtime,
    endpoint::Endpoint,
    endpoint_address::can_be_asked,
    keys::{AsValidator, Held, Keys},
    mappings::MappingFile,
    membership::{Known, Membership},
    request, Facts, Node, OfChain, OfMember,
};
use crate::{
    chain::{own_book::NO_SUCH_METHOD, read::At, views::Agreement, Chain},
    operator::Operator,
    time,
};
use anyhow::{Context, Result};
use codec::Encode;
use counterfoil_primitives::{
    book_exchange::REQUEST_LIFETIME, institution_account, summary::DayStatus, BusinessDay,
    MemberId, MemberView, Side, SideId, UtcOffset,
};
use futures::{join, stream, StreamExt, TryStreamExt};
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use std::{future::Future, path::PathBuf};
use subxt::rpcs::{client::RpcParams, rpc_params, Error as RpcError};

/// Reads side by side.
const PARALLEL: usize = 8;

/// The session keys of a validator, as the chain keeps them: two public keys of 32 bytes.
type SessionKeys = [u8; 64];

/// The kind of a chain whose members are on several machines.
const LIVE: &str = "Live";

/// A side for a request that is refused before anybody looks at it.
const ANY_SIDE: SideId = SideId::new(0, BusinessDay(0), Side::Debit);

/// Whom the doctor is asked about: a member by its number, its operator key, or both.
#[derive(Clone, Default)]
pub struct Whom {
    /// The member's number.
    pub member: Option<MemberId>,
    /// The member's operator key.
    pub operator: Option<Operator>,
    /// Mappings of its ledgers.
    pub mappings: Vec<PathBuf>,
}

/// Gathers the facts of the node to which `connect` connects. What cannot be learnt is a fact itself.
pub async fn examine(connect: impl Future<Output = Result<Chain>>, whom: &Whom) -> Facts {
    let files = whom.mappings.iter();
    let mappings = files.map(|path| MappingFile::read(path)).collect();
    let node = match within(PATIENCE, connect).await {
        Ok(chain) => Ok(node(&chain, whom).await),
        Err(why) => Err(why),
    };
    Facts { node, mappings }
}

/// Whether a node fetches blocks that it does not have yet. One that does not say is taken to have them all.
pub async fn fetches_blocks(chain: &Chain) -> bool {
    let (health, sync) = join!(health(chain), sync_state(chain));
    is_fetching(&health, &sync)
}

async fn health(chain: &Chain) -> Asked<Health> {
    within(PATIENCE, answer(chain, "system_health")).await
}

async fn sync_state(chain: &Chain) -> Asked<Fetched> {
    within(PATIENCE, answer(chain, "system_syncState")).await
}

async fn node(chain: &Chain, whom: &Whom) -> Node {
    let (runtime, health, sync, newest) = join!(
        within(PATIENCE, runtime(chain)),
        health(chain),
        sync_state(chain),
        within(PATIENCE, newest(chain)),
    );
    let of_chain = match runtime.as_ref().is_ok_and(Runtime::is_known) {
        true => Some(of_chain(chain, whom).await),
        false => None,
    };
    Node {
        url: chain.url().into(),
        runtime,
        blocks: Blocks {
            health,
            sync,
            newest,
        },
        chain: of_chain,
    }
}

/// What a method without parameters answers.
async fn answer<T: DeserializeOwned>(chain: &Chain, method: &str) -> Result<T, RpcError> {
    chain.rpc().request(method, rpc_params![]).await
}

async fn runtime(chain: &Chain) -> Result<Runtime> {
    let answer: Json = answer(chain, "state_getRuntimeVersion").await?;
    Runtime::read(&answer).context("the node names its runtime in an unknown form")
}

async fn newest(chain: &Chain) -> Result<Newest> {
    Ok(Newest {
        finalized: chain.finalized().await?.number().await?,
        best: chain.best().await?.number().await?,
    })
}

async fn of_chain(chain: &Chain, whom: &Whom) -> OfChain {
    let membership = within(PATIENCE, membership(chain, whom)).await;
    let known = match &membership {
        Ok(Membership::Member(known)) => Some(known),
        _ => None,
    };
    let member = async {
        match known {
            Some(known) => Some(of_member(chain, known, whom).await),
            None => None,
        }
    };
    let (block, node, member) = join!(
        within(PATIENCE, block_time(chain)),
        within(PATIENCE, clock_of_node(chain)),
        member,
    );
    OfChain {
        clocks: Clocks { block, node },
        membership,
        member,
    }
}

async fn block_time(chain: &Chain) -> Result<BlockTime> {
    Ok(BlockTime {
        tolerance: chain.clock_tolerance()?,
        block: chain.best().await?.now().await?,
        read_at: time::now(),
    })
}

async fn clock_of_node(chain: &Chain) -> Result<NodeClock> {
    let (late, early) = probes(time::now(), chain.clock_tolerance()?);
    let ask = |ends_at| {
        chain.carry(request::of_member(
            chain.genesis(),
            0,
            ANY_SIDE,
            None,
            ends_at,
        ))
    };
    let late = request::reply(ask(late).await?);
    let early = request::reply(ask(early).await?);
    Ok(node_clock(late.refusal(), early.refusal()))
}

async fn membership(chain: &Chain, whom: &Whom) -> Result<Membership> {
    let at = chain.finalized().await?;
    let mut of_key = None;
    if let Some(operator) = &whom.operator {
        let account = operator.account();
        let address = account.to_string();
        of_key = at.api::<Option<MemberId>>("member_of", account).await?;
        if of_key.is_none() {
            return Ok(Membership::KeyOfNobody { address });
        }
    }
    if let (Some(named), Some(of)) = (whom.member, of_key) {
        if named != of {
            return Ok(Membership::KeyOfAnother { named, of });
        }
    }
    let id = whom.member.or(of_key).context("no member is named")?;
    let view = at.api::<Option<MemberView>>("member", id).await?;
    Ok(view.map_or(Membership::NoMember(id), |view| {
        Membership::Member(Box::new(Known { id, view }))
    }))
}

async fn of_member(chain: &Chain, known: &Known, whom: &Whom) -> OfMember {
    let (operator, session, business) = join!(
        within(PATIENCE, operator_key(chain, known)),
        within(PATIENCE, as_validator(chain, known.id)),
        within(LONG_PATIENCE, business(chain, known.id)),
    );
    let endpoint = match known.keeps_books() {
        true => Some(endpoint(chain, known, whom, &business).await),
        false => None,
    };
    OfMember {
        keys: Keys { operator, session },
        endpoint,
        business,
    }
}

/// Whether the node says that it holds keys.
async fn held(chain: &Chain, method: &str, parameters: RpcParams) -> Result<Held, RpcError> {
    match chain.rpc().request::<bool>(method, parameters).await {
        Ok(true) => Ok(Held::Yes),
        Ok(false) => Ok(Held::No),
        Err(RpcError::User(error)) if error.code == NO_SUCH_METHOD => Ok(Held::Denied),
        Err(error) => Err(error),
    }
}

async fn operator_key(chain: &Chain, known: &Known) -> Result<Held, RpcError> {
    let public = AsRef::<[u8]>::as_ref(&known.view.operator);
    let public = format!("0x{}", hex::encode(public));
    held(chain, "author_hasKey", rpc_params![public, "oper"]).await
}

async fn as_validator(chain: &Chain, member: MemberId) -> Result<AsValidator> {
    let at = chain.finalized().await?;
    let mut all = at.validators().await?.into_iter();
    let view = all.find(|view| view.member == member);
    let account = institution_account(member).encode();
    let keys: Option<SessionKeys> = at.storage("Session", "NextKeys", &[account]).await?;
    let held = match keys {
        Some(keys) => {
            let keys = format!("0x{}", hex::encode(keys));
            Some(held(chain, "author_hasSessionKeys", rpc_params![keys]).await?)
        }
        None => None,
    };
    Ok(AsValidator { view, held })
}

/// Asks the endpoint of a bank or a company for its own book.
async fn endpoint(
    chain: &Chain,
    known: &Known,
    whom: &Whom,
    business: &Asked<Business>,
) -> Endpoint {
    let url = known.view.endpoint.to_string();
    let side_id = business.as_ref().ok().and_then(own_side);
    let is_party = business.as_ref().ok().map(|_| side_id.is_some());
    let operator = whom.operator.as_ref().filter(|_| side_id.is_some());
    let side_id = side_id.unwrap_or(ANY_SIDE);
    let ends_at = time::now().saturating_add(REQUEST_LIFETIME);
    let signed = request::of_member(chain.genesis(), known.id, side_id, operator, ends_at);
    let reply = match can_be_asked(&url) {
        true => Some(within(PATIENCE, request::over_http(&url, &signed, PATIENCE)).await),
        false => None,
    };
    let kind = within(PATIENCE, answer::<Json>(chain, "system_chainType")).await;
    Endpoint {
        member: known.id,
        url,
        is_live: kind.is_ok_and(|kind| kind == LIVE),
        is_signed: operator.is_some(),
        is_party,
        reply,
    }
}

async fn business(chain: &Chain, member: MemberId) -> Result<Business> {
    let at = chain.finalized().await?;
    let now = at.now().await?;
    let today = UtcOffset(0).day_of(now);
    let all: Vec<Agreement> = stream::iter(at.agreements().await?)
        .map(|id| at.agreement(id))
        .buffered(PARALLEL)
        .try_collect()
        .await?;
    let own = all
        .into_iter()
        .filter(|agreement| agreement.view.names(member));
    let mut agreements = Vec::new();
    for agreement in own {
        agreements.push(named(&at, agreement, today).await?);
    }
    Ok(Business {
        member,
        now,
        today,
        agreements,
        calendars: at.calendars().await?,
    })
}

/// Reads what waits under an agreement; `today` is by UTC, as nodes look at calendars.
async fn named(at: &At, agreement: Agreement, today: BusinessDay) -> Result<Named> {
    let id = agreement.id;
    let mut days = match at.today(id).await? {
        Some(local) => at.waiting_days(id, since(local)).await?,
        None => Vec::new(),
    };
    days.retain(|day| day.summary.status != DayStatus::Settled);
    Ok(Named {
        days,
        proposals: at.amendments(id).await?,
        obligations: at.unpaid_obligations(id).await?,
        calendars: names_from(&at.agreement_calendars(id).await?, today),
        agreement,
    })
}
