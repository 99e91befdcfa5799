//! A party's book from the party's node.
//!
//! What is asked, and what is believed of the answers, is decided in
//! [`counterfoil_primitives::book_exchange`], for clients and for the reconciler alike.

use super::Chain;
use crate::{operator::Operator, time};
use anyhow::{Context, Result};
use codec::Encode;
use counterfoil_primitives::{
    align::Book,
    book_exchange::{
        all_pages, decode_answer, questions, Answer, CommittedBook, Question, SignedRequest, METHOD,
    },
    commitment::Place,
    Commitment, MemberId,
};
use serde_json::Value as Json;
use sp_core::{sr25519, Pair};
use std::future::Future;
use subxt::rpcs::rpc_params;

impl Chain {
    /// Fetches a party's book as it was committed to, by the signed request that any member of
    /// the agreement may send. The book must rehash to the commitment.
    pub async fn fetch_book(
        &self,
        place: &Place,
        commitment: &Commitment,
        addressee: MemberId,
        (requester, operator): (MemberId, &Operator),
    ) -> Result<Book> {
        let book = CommittedBook {
            place: *place,
            commitment: *commitment,
        };
        whole_book(&book, |question| {
            let request = book.request(addressee, requester, question, time::now(), nonce());
            self.carry(operator.sign_request(request))
        })
        .await
    }

    /// Carries a request to the node, and its answer back.
    pub(crate) async fn carry(&self, signed: SignedRequest) -> Result<Answer> {
        let bytes = format!("0x{}", hex::encode(signed.encode()));
        read_answer(&self.ask(METHOD, rpc_params![bytes]).await?)
    }
}

/// Asks for all of a book, and takes from the answers what the party committed to.
async fn whole_book<Asking: Future<Output = Result<Answer>>>(
    committed: &CommittedBook,
    ask: impl Fn(Question) -> Asking,
) -> Result<Book> {
    let roots = committed.take_roots(ask(Question::Roots).await?)?;
    let mut book = Book::default();
    let wanted = all_pages(&roots.slots);
    for (question, wanted) in questions(&wanted, Question::Slots) {
        let pages = committed.take_slots(wanted, ask(question).await?)?;
        book.slots.extend(pages.into_iter().flatten());
    }
    let wanted = all_pages(&roots.extras);
    for (question, wanted) in questions(&wanted, Question::Extras) {
        let pages = committed.take_extras(wanted, ask(question).await?)?;
        book.extras.extend(pages.into_iter().flatten());
    }
    Ok(book)
}

/// The answer in the result of a node's method.
pub(crate) fn read_answer(result: &Json) -> Result<Answer> {
    let text = result.as_str().context("the node's answer is no text")?;
    let bytes = hex::decode(text.strip_prefix("0x").unwrap_or(text))
        .context("the node's answer is no hexadecimal")?;
    Ok(decode_answer(&bytes)?)
}

/// Sixteen bytes that nobody used before: half of a fresh seed.
pub(crate) fn nonce() -> [u8; 16] {
    let (_, seed) = sr25519::Pair::generate();
    let mut nonce = [0; 16];
    nonce.copy_from_slice(&seed[..16]);
    nonce
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_primitives::{
        book_exchange::{Unreadable, Unusable},
        tree::{self, PAGE_SIZE},
        BusinessDay, Entry, Side, SideId,
    };
    use futures::executor::block_on;
    use sp_core::H256;

    fn place() -> Place {
        Place {
            genesis: H256::repeat_byte(3),
            side_id: SideId::new(1, BusinessDay(20_000), Side::Credit),
        }
    }

    /// A book of two pages of slots and one of extras.
    fn book() -> Book {
        let entry = |amount| Entry {
            amount,
            ..Entry::default()
        };
        Book {
            slots: (0..300).map(|amount| Some(entry(amount))).collect(),
            extras: vec![entry(1_000)],
        }
    }

    /// What an honest node answers.
    fn answer(question: &Question) -> Answer {
        let book = book();
        let slots: Vec<_> = book.slots.chunks(PAGE_SIZE as usize).collect();
        match question {
            Question::Roots => Answer::Roots {
                slots: slots
                    .iter()
                    .map(|page| tree::slots_page_root(page))
                    .collect(),
                extras: tree::extras_page_roots(&book.extras),
            },
            Question::Slots(pages) => {
                let page = |page: &u32| slots[*page as usize].to_vec();
                Answer::Slots(pages.iter().map(page).collect())
            }
            Question::Extras(_) => Answer::Extras(vec![book.extras]),
        }
    }

    /// The book that is taken from a node which changes its answers like this.
    fn taken(change: fn(&mut Answer)) -> Result<Book> {
        let committed = CommittedBook {
            place: place(),
            commitment: Commitment::of_book(&place(), &book().slots, &book().extras),
        };
        let ask = |question: Question| async move {
            let mut answer = answer(&question);
            change(&mut answer);
            Ok(answer)
        };
        block_on(whole_book(&committed, ask))
    }

    fn refusal(change: fn(&mut Answer)) -> Unusable {
        taken(change).unwrap_err().downcast().unwrap()
    }

    #[test]
    fn a_book_is_taken_as_it_was_committed_to() {
        assert_eq!(taken(|_| ()).unwrap(), book());
    }

    #[test]
    fn a_book_is_taken_only_as_it_was_committed_to() {
        let swapped = refusal(|answer| {
            if let Answer::Slots(pages) = answer {
                pages.swap(0, 1);
            }
        });
        assert_eq!(swapped, Unusable::FalsePage(0));
        let short = refusal(|answer| {
            if let Answer::Extras(pages) = answer {
                pages[0].clear();
            }
        });
        assert_eq!(short, Unusable::FalsePage(0));
        let roots = refusal(|answer| {
            if let Answer::Roots { slots, .. } = answer {
                slots.pop();
            }
        });
        assert_eq!(roots, Unusable::FalseRoots);
    }

    #[test]
    fn a_nodes_refusal_is_told_in_its_words() {
        let refused = refusal(|answer| *answer = Answer::Refused("not yet".into()));
        assert!(refused.to_string().contains("not yet"));
    }

    #[test]
    fn an_answer_is_read_within_its_limits() {
        let read = |bytes: &[u8]| read_answer(&Json::String(format!("0x{}", hex::encode(bytes))));
        let mut bytes = answer(&Question::Roots).encode();
        assert_eq!(read(&bytes).unwrap(), answer(&Question::Roots));
        bytes.push(0);
        let error: Unreadable = read(&bytes).unwrap_err().downcast().unwrap();
        assert_eq!(error, Unreadable::Trailing);
        let many = Answer::Slots(vec![vec![None; 2_000_000]]).encode();
        let error: Unreadable = read(&many).unwrap_err().downcast().unwrap();
        assert_eq!(error, Unreadable::NoAnswer);
        assert!(read_answer(&Json::Null).is_err());
        assert!(read_answer(&Json::String("0xzz".into())).is_err());
    }

    #[test]
    fn no_nonce_comes_twice() {
        assert_ne!(nonce(), nonce());
    }
}
