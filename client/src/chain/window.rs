//! A client's window: which of its sequences are used.

use super::read::At;
use crate::error::{Error, Result};
use counterfoil_primitives::{window::MAX_ASKED, MemberId, Sequence};
use std::future::Future;

impl At {
    /// The highest sequence that a client has used.
    pub async fn highest_sequence(&self, client: MemberId) -> Result<Option<Sequence>> {
        self.api("highest_sequence", client).await
    }

    /// What a client's window shows of each of these sequences, in their order: whether it is used;
    /// `None` below the window, which does not tell. They may be any number: the chain is asked for
    /// [`MAX_ASKED`] at a time.
    pub async fn used_sequences(
        &self,
        client: MemberId,
        sequences: &[Sequence],
    ) -> Result<Vec<Option<bool>>> {
        in_pieces(sequences, |piece| {
            self.api("used_sequences", (client, piece))
        })
        .await
    }
}

/// Asks for the sequences in pieces that the chain answers, one after the other, and joins the answers.
async fn in_pieces<'a, Answer>(
    sequences: &'a [Sequence],
    ask: impl Fn(&'a [Sequence]) -> Answer,
) -> Result<Vec<Option<bool>>>
where
    Answer: Future<Output = Result<Option<Vec<Option<bool>>>>>,
{
    let mut all = Vec::with_capacity(sequences.len());
    for piece in sequences.chunks(MAX_ASKED) {
        all.extend(of_each(piece.len(), ask(piece).await?)?);
    }
    Ok(all)
}

/// The answer to a number of sequences, which must tell of each.
fn of_each(asked: usize, answer: Option<Vec<Option<bool>>>) -> Result<Vec<Option<bool>>> {
    let came = answer.as_ref().map(Vec::len);
    match (answer, came) {
        (Some(used), Some(came)) if came == asked => Ok(used),
        (_, came) => Err(Error::undecodable(
            "what the window shows",
            match came {
                Some(came) => format!("{came} answers to {asked} sequences"),
                None => format!("the chain does not answer {asked} sequences at once"),
            },
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::executor::block_on;
    use std::{cell::RefCell, error::Error as _};

    const COUNT: usize = 2 * MAX_ASKED + 3;

    /// Asks for [`COUNT`] sequences, each piece of which `answer` answers. Returns the pieces' lengths too.
    fn asked(
        answer: impl Fn(&[Sequence]) -> Option<Vec<Option<bool>>>,
    ) -> (Result<Vec<Option<bool>>>, Vec<usize>) {
        let sequences: Vec<Sequence> = (0..COUNT as Sequence).collect();
        let pieces = RefCell::new(Vec::new());
        let joined = block_on(in_pieces(&sequences, |piece| {
            pieces.borrow_mut().push(piece.len());
            std::future::ready(Ok(answer(piece)))
        }));
        (joined, pieces.into_inner())
    }

    /// Every third sequence is used.
    fn is_used(sequence: Sequence) -> Option<bool> {
        Some(sequence.is_multiple_of(3))
    }

    fn of_piece(piece: &[Sequence]) -> Vec<Option<bool>> {
        piece.iter().copied().map(is_used).collect()
    }

    #[test]
    fn more_sequences_than_one_call_takes_are_asked_for_in_pieces_and_joined_in_order() {
        let (joined, pieces) = asked(|piece| Some(of_piece(piece)));
        assert_eq!(pieces, [MAX_ASKED, MAX_ASKED, 3]);
        let wanted: Vec<_> = (0..COUNT as Sequence).map(is_used).collect();
        assert!(joined.unwrap() == wanted);
    }

    #[test]
    fn a_piece_that_is_answered_in_part_fails_the_whole() {
        let (joined, pieces) = asked(|piece| {
            let mut used = of_piece(piece);
            if piece.len() < MAX_ASKED {
                used.pop();
            }
            Some(used)
        });
        assert_eq!(pieces.len(), 3);
        assert_eq!(reason(joined), "2 answers to 3 sequences");
    }

    #[test]
    fn a_piece_that_is_not_answered_fails_the_whole() {
        let (joined, pieces) = asked(|_| None);
        assert_eq!(pieces.len(), 1);
        assert!(reason(joined).contains("does not answer"));
    }

    fn reason(joined: Result<Vec<Option<bool>>>) -> String {
        let error = joined.unwrap_err();
        error.source().expect("it has a reason").to_string()
    }
}
