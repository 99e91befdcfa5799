//! Storage invariants.

use crate::{
    booking_steps::is_done, named_trades::positions_of, types::PositionsOfPage, Config, Contents,
    LastNumber, Named, Pallet, Proposals, Waiting,
};
use alloc::collections::{BTreeMap, BTreeSet};
use counterfoil_primitives::{
    amendment::{Content, Selection, Standing},
    ports::Directory,
    AgreementId, BusinessDay, MemberId,
};
use frame_support::{ensure, traits::Get};
use sp_runtime::TryRuntimeError;

type Check = Result<(), TryRuntimeError>;

/// What names a proposal: agreement and number.
type Key = (AgreementId, u32);

impl<T: Config> Pallet<T> {
    /// Checks everything that always holds.
    pub fn do_try_state() -> Check {
        Self::what_waits_is_what_is_not_completed()?;
        Self::contents_are_of_what_waits()?;
        Self::named_is_what_is_open_or_accepted()?;
        Self::accepted_proposals_have_a_next_step()?;
        Self::numbers_were_given()?;
        Self::members_keep_to_their_proposals()
    }

    fn waiting_keys() -> BTreeSet<Key> {
        let mut keys = BTreeSet::new();
        for (agreement, numbers) in Waiting::<T>::iter() {
            keys.extend(numbers.into_iter().map(|number| (agreement, number)));
        }
        keys
    }

    fn what_waits_is_what_is_not_completed() -> Check {
        for numbers in Waiting::<T>::iter_values() {
            ensure!(
                numbers.windows(2).all(|pair| pair[0] < pair[1]),
                "the numbers of what waits do not ascend"
            );
        }
        let not_completed: BTreeSet<Key> = Proposals::<T>::iter()
            .filter(|(_, _, proposal)| !matches!(proposal.standing, Standing::Completed { .. }))
            .map(|(agreement, number, _)| (agreement, number))
            .collect();
        ensure!(
            Self::waiting_keys() == not_completed,
            "what waits is not what is not completed"
        );
        Ok(())
    }

    fn contents_are_of_what_waits() -> Check {
        let keys: BTreeSet<Key> = Contents::<T>::iter_keys().collect();
        ensure!(
            keys == Self::waiting_keys(),
            "contents are kept of other proposals than wait"
        );
        for content in Contents::<T>::iter_values() {
            let is_by_sequences = matches!(
                content,
                Content::Cancel {
                    selection: Selection::Sequences { .. },
                    ..
                }
            );
            ensure!(
                content.is_valid() && !is_by_sequences,
                "a content does not name positions in order"
            );
        }
        Ok(())
    }

    /// Each position that an open or accepted proposal names is named once.
    fn named_is_what_is_open_or_accepted() -> Check {
        let mut expected: BTreeMap<(AgreementId, BusinessDay, u32), PositionsOfPage> =
            BTreeMap::new();
        for (agreement, number, content) in Contents::<T>::iter() {
            let holds = Proposals::<T>::get(agreement, number)
                .is_some_and(|proposal| proposal.holds_trades());
            let Some((day, pages)) = positions_of(&content).filter(|_| holds) else {
                continue;
            };
            for (page, positions) in pages {
                let named = expected.entry((agreement, day, page)).or_default();
                ensure!(
                    !named.meets(&positions),
                    "two proposals name the same trade"
                );
                named.insert_all(&positions);
            }
        }
        let named: BTreeMap<_, _> = Named::<T>::iter().collect();
        ensure!(
            named == expected,
            "what is named is not what open and accepted proposals name"
        );
        Ok(())
    }

    fn accepted_proposals_have_a_next_step() -> Check {
        for (agreement, number, content) in Contents::<T>::iter() {
            let Some(proposal) = Proposals::<T>::get(agreement, number) else {
                continue;
            };
            if let Standing::Accepted { progress, .. } = proposal.standing {
                ensure!(
                    !is_done(&content, progress.next),
                    "an accepted proposal has nothing left to book"
                );
            }
        }
        Ok(())
    }

    fn numbers_were_given() -> Check {
        for (agreement, number, proposal) in Proposals::<T>::iter() {
            ensure!(
                (1..=LastNumber::<T>::get(agreement)).contains(&number),
                "a proposal has a number that was not given"
            );
            ensure!(
                proposal.agreement == agreement && T::Directory::agreement(agreement).is_some(),
                "a proposal is of another agreement, or of none"
            );
        }
        Ok(())
    }

    fn members_keep_to_their_proposals() -> Check {
        let mut counts: BTreeMap<(AgreementId, MemberId), u32> = BTreeMap::new();
        for (agreement, number) in Self::waiting_keys() {
            if let Some(proposal) = Proposals::<T>::get(agreement, number) {
                let count = counts.entry((agreement, proposal.proposer)).or_default();
                *count = count.saturating_add(1);
            }
        }
        ensure!(
            counts
                .into_values()
                .all(|count| count <= T::MaxPerMember::get()),
            "more proposals of a member wait than may"
        );
        Ok(())
    }
}
