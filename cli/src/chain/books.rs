//! Books over a node's own methods: importing one's ledger, reading one's own book, and fetching
//! a party's.

use super::Chain;
use crate::signer::Operator;
use anyhow::{anyhow, bail, Context, Result};
use codec::{Decode, Encode};
use counterfoil_primitives::{
    align::{Book, LedgerEntry},
    commitment::Place,
    fetch::{Answer, Question, Request, MAX_LIFETIME, MAX_PAGES, METHOD},
    store::IMPORT_PAGE,
    tree, AgreementId, BusinessDay, Commitment, Entry, MemberId, Side,
};
use serde_json::Value as Json;
use sp_core::{sr25519, Pair, H256};
use std::time::Duration;
use subxt::rpcs::{client::RpcParams, rpc_params, Error as RpcError};

/// How long a node may take for one answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// The name of a side in a node's methods.
pub const fn side_name(side: Side) -> &'static str {
    match side {
        Side::Debit => "debit",
        Side::Credit => "credit",
    }
}

impl Chain {
    async fn ask(&self, method: &str, parameters: RpcParams) -> Result<Json> {
        let answer = tokio::time::timeout(PATIENCE, self.rpc.request::<Json>(method, parameters))
            .await
            .map_err(|_| anyhow!("{} does not answer {method}", self.url))?;
        answer.map_err(|error| match error {
            RpcError::User(error) => {
                let more = error
                    .data
                    .map(|data| format!(" ({data})"))
                    .unwrap_or_default();
                anyhow!("{method}: {}{more}", error.message)
            }
            error => anyhow!("{method}: {error}"),
        })
    }

    /// Sends a ledger to one's own node, page by page. It replaces an import of the same side
    /// that is not committed to yet. `progress` is told the lines sent.
    pub async fn import_ledger(
        &self,
        agreement: AgreementId,
        day: BusinessDay,
        side: Side,
        lines: &[LedgerEntry],
        mut progress: impl FnMut(u64),
    ) -> Result<()> {
        let side = side_name(side);
        self.ask(
            "counterfoil_beginImport",
            rpc_params![agreement, day.0, side],
        )
        .await
        .context("the node begins no import; it must be your own, with unsafe methods on")?;
        for (index, page) in lines.chunks(IMPORT_PAGE as usize).enumerate() {
            let bytes = format!("0x{}", hex::encode(page.encode()));
            self.ask(
                "counterfoil_importBook",
                rpc_params![agreement, day.0, side, index, bytes],
            )
            .await
            .with_context(|| format!("page {index} of the ledger is not taken"))?;
            progress(page.len() as u64);
        }
        Ok(())
    }

    /// Says that the party stands by the imported ledger with this hash. Nothing replaces it once
    /// the book is committed to.
    pub async fn confirm_import(
        &self,
        agreement: AgreementId,
        day: BusinessDay,
        side: Side,
        hash: H256,
    ) -> Result<Json> {
        let side = side_name(side);
        let hash = format!("0x{}", hex::encode(hash));
        self.ask(
            "counterfoil_confirmImport",
            rpc_params![agreement, day.0, side, hash],
        )
        .await
    }

    /// What the node says of its own book: one of `counterfoil_bookState`, `bookSuspense` and
    /// `bookResult`.
    pub async fn own_book(
        &self,
        method: &str,
        agreement: AgreementId,
        day: BusinessDay,
        side: Side,
    ) -> Result<Json> {
        self.ask(method, rpc_params![agreement, day.0, side_name(side)])
            .await
    }

    /// Fetches a party's book as it was committed to, by the signed request that any member of
    /// the agreement may send. The book must rehash to the commitment.
    pub async fn fetch_book(
        &self,
        place: &Place,
        commitment: &Commitment,
        addressee: MemberId,
        requester: (MemberId, &Operator),
    ) -> Result<Book> {
        let ask = |question| self.fetch(place, addressee, requester, question);
        let Answer::Roots { slots, extras } = ask(Question::Roots).await? else {
            bail!("the node answers something else than page roots");
        };
        if !commitment.has_page_roots(place, &slots, &extras) {
            bail!("the node's page roots are not those that the party committed to");
        }
        let mut book = Book::default();
        for pages in chunks(slots.len()) {
            let Answer::Slots(answer) = ask(Question::Slots(pages.clone())).await? else {
                bail!("the node answers something else than pages");
            };
            check_pages(&pages, &answer, &slots, |page| tree::slots_page_root(page))?;
            book.slots.extend(answer.into_iter().flatten());
        }
        for pages in chunks(extras.len()) {
            let Answer::Extras(answer) = ask(Question::Extras(pages.clone())).await? else {
                bail!("the node answers something else than pages of extras");
            };
            check_pages(&pages, &answer, &extras, |page: &Vec<Entry>| {
                tree::extras_page_root(page)
            })?;
            book.extras.extend(answer.into_iter().flatten());
        }
        Ok(book)
    }

    async fn fetch(
        &self,
        place: &Place,
        addressee: MemberId,
        (requester, operator): (MemberId, &Operator),
        question: Question,
    ) -> Result<Answer> {
        let request = Request {
            genesis: place.genesis,
            addressee,
            requester,
            agreement: place.agreement,
            day: place.day,
            side: place.side,
            question,
            expires_at: crate::time::now() + MAX_LIFETIME / 2,
            nonce: nonce(),
        };
        let signed = operator.sign_request(request);
        let bytes = format!("0x{}", hex::encode(signed.encode()));
        let answer = self.ask(METHOD, rpc_params![bytes]).await?;
        let text = answer.as_str().context("the node's answer is no text")?;
        let bytes = hex::decode(text.trim_start_matches("0x"))
            .context("the node's answer is no hexadecimal")?;
        match Answer::decode(&mut &bytes[..]).context("the node's answer has an unknown shape")? {
            Answer::Refused(why) => bail!("the node refuses to show the book: {why}"),
            answer => Ok(answer),
        }
    }
}

/// Sixteen bytes that nobody used before: half of a fresh seed.
fn nonce() -> [u8; 16] {
    let (_, seed) = sr25519::Pair::generate();
    let mut nonce = [0; 16];
    nonce.copy_from_slice(&seed[..16]);
    nonce
}

/// The pages `0..count`, in as many questions as it takes.
fn chunks(count: usize) -> impl Iterator<Item = Vec<u32>> {
    let pages: Vec<u32> = (0..count as u32).collect();
    pages
        .chunks(MAX_PAGES)
        .map(<[u32]>::to_vec)
        .collect::<Vec<_>>()
        .into_iter()
}

fn check_pages<P>(
    asked: &[u32],
    answer: &[P],
    roots: &[H256],
    root_of: impl Fn(&P) -> H256,
) -> Result<()> {
    if asked.len() != answer.len() {
        bail!("the node answers {} pages of {}", answer.len(), asked.len());
    }
    for (page, content) in asked.iter().zip(answer) {
        if root_of(content) != roots[*page as usize] {
            bail!("page {page} is not the one that the party committed to");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_hold_as_many_pages_as_a_node_answers_at_once() {
        let questions: Vec<Vec<u32>> = chunks(MAX_PAGES + 1).collect();
        assert_eq!(questions.len(), 2);
        assert_eq!(questions[1], vec![MAX_PAGES as u32]);
        assert_eq!(chunks(0).count(), 0);
    }

    #[test]
    fn a_page_that_is_not_the_committed_one_is_refused() {
        let page = vec![None, Some(Entry::default())];
        let root = tree::slots_page_root(&page);
        let check = |roots: &[H256]| {
            check_pages(&[0], std::slice::from_ref(&page), roots, |page| {
                tree::slots_page_root(page)
            })
        };
        assert!(check(&[root]).is_ok());
        assert!(check(&[H256::zero()]).is_err());
        assert!(
            check_pages(&[0, 1], std::slice::from_ref(&page), &[root, root], |p| {
                tree::slots_page_root(p)
            })
            .is_err()
        );
    }

    #[test]
    fn no_nonce_comes_twice() {
        assert_ne!(nonce(), nonce());
    }
}
