//! Storage invariants.

mod amendments;
mod credits;
mod links;

use crate::{
    pages, read_by_other_pallets, Config, Days, Links, PageRoots, Pages, Pallet, Recorded, Seals,
    WindowChunks, Windows,
};
use alloc::{collections::BTreeMap, vec::Vec};
use counterfoil_primitives::{
    ports::{DayTrades, Directory},
    tree,
    window::{chunk_of, ring_slot},
    AgreementId, BusinessDay, Commitment, DayTotals, Entry, Kind, Side, SideId, Trade,
};
use frame_support::ensure;
use links::LinkMap;
use sp_runtime::TryRuntimeError;

type Trades = BTreeMap<(AgreementId, BusinessDay), BTreeMap<u32, Vec<Trade>>>;

impl<T: Config> Pallet<T> {
    /// Checks storage against itself.
    pub fn do_try_state() -> Result<(), TryRuntimeError> {
        let mut trades = Trades::new();
        for ((agreement, day, page), content) in Pages::<T>::iter() {
            let pages = trades.entry((agreement, day)).or_default();
            pages.insert(page, content.into_inner());
        }
        Self::check_page_sizes(&trades)?;
        Self::check_totals(&trades)?;
        let links: LinkMap = Links::<T>::iter().collect();
        Self::check_amounts(&trades, &links)?;
        Self::check_links(&trades, &links)?;
        Self::check_amendments(&trades, &links)?;
        Self::check_credits(&trades)?;
        Self::check_page_roots(&trades)?;
        Self::check_seals(&trades)?;
        Self::check_recorded()?;
        Self::check_windows()?;
        Self::check_sequences(&trades)
    }

    /// What a block remembers as touched is there, once.
    fn check_recorded() -> Result<(), TryRuntimeError> {
        let recorded = Recorded::<T>::get();
        for (index, touched) in recorded.iter().enumerate() {
            let page = (touched.agreement, touched.booked, touched.page);
            ensure!(
                Pages::<T>::contains_key(page),
                "a page that a call touched is not there"
            );
            ensure!(
                !recorded[..index].contains(touched),
                "what a call touched is remembered twice"
            );
        }
        Ok(())
    }

    /// Pages are full but for the last, and as many as the day's count says.
    fn check_page_sizes(trades: &Trades) -> Result<(), TryRuntimeError> {
        for ((agreement, day), pages) in trades {
            let count = Days::<T>::get(agreement, day).count();
            ensure!(
                pages.keys().copied().eq(0..tree::page_count(count)),
                "a day's pages do not follow from its count"
            );
            ensure!(
                pages
                    .iter()
                    .all(|(page, content)| content.len() as u32 == tree::page_len(count, *page)),
                "a page has not the size that the day's count gives"
            );
        }
        Ok(())
    }

    /// A day's totals are the sums over its pages.
    fn check_totals(trades: &Trades) -> Result<(), TryRuntimeError> {
        for (agreement, day, totals) in Days::<T>::iter() {
            let pages = trades.get(&(agreement, day));
            let mut sum = DayTotals::default();
            for trade in pages.into_iter().flat_map(|pages| pages.values().flatten()) {
                sum.add(trade);
            }
            ensure!(
                totals == sum,
                "a day's totals are not the sums of its pages"
            );
        }
        Ok(())
    }

    /// The amounts of each payment without a link are what the terms of the day on which it occurred give,
    /// and no day holds a trade of a later one.
    fn check_amounts(trades: &Trades, links: &LinkMap) -> Result<(), TryRuntimeError> {
        for ((agreement_id, day), pages) in trades {
            let agreement = T::Directory::agreement(*agreement_id)
                .ok_or("a trade is of an agreement that is not there")?;
            let mut terms = BTreeMap::new();
            for (trade, position) in pages.values().flatten().zip(0..) {
                let occurred = agreement
                    .day_of(trade.occurred_at)
                    .filter(|occurred| occurred <= day)
                    .ok_or("a trade occurred after the day that took it")?;
                let place = (*agreement_id, *day, position);
                if trade.kind == Kind::Refund || links.contains_key(&place) {
                    continue;
                }
                let (version, terms) = terms
                    .entry((trade.product, occurred))
                    .or_insert_with(|| {
                        T::Directory::terms_on(*agreement_id, trade.product, occurred)
                    })
                    .ok_or("a trade's product was not sold on its day")?;
                ensure!(
                    version == trade.terms_version,
                    "a trade's terms are not those of its day"
                );
                ensure!(
                    terms.amounts(trade.gross) == trade.amounts(),
                    "a trade's amounts do not follow from its terms"
                );
            }
        }
        Ok(())
    }

    /// The page roots are those of the full pages, and of the last one once the day is sealed. All
    /// chapters but the last are full.
    fn check_page_roots(trades: &Trades) -> Result<(), TryRuntimeError> {
        let stored: BTreeMap<_, _> = PageRoots::<T>::iter()
            .map(|(chapter, roots)| (chapter, roots.into_inner()))
            .collect();
        ensure!(
            stored
                .keys()
                .all(|(agreement, day, _)| trades.contains_key(&(*agreement, *day))),
            "a day without trades has page roots"
        );
        let mut expected = BTreeMap::new();
        for ((agreement, day), content) in trades {
            let sealed = Self::is_sealed(*agreement, *day);
            let rooted = |page: &&Vec<Trade>| sealed || page.len() as u32 == tree::PAGE_SIZE;
            let roots: Vec<_> = content
                .values()
                .filter(rooted)
                .map(|page| pages::roots(page))
                .collect();
            for (chapter, roots) in (0u32..).zip(roots.chunks(tree::CHAPTER_SIZE as usize)) {
                expected.insert((*agreement, *day, chapter), roots.to_vec());
            }
        }
        ensure!(
            stored == expected,
            "a day's page roots are not those of its pages"
        );
        Ok(())
    }

    /// A seal holds the commitments to the day's own trades.
    fn check_seals(trades: &Trades) -> Result<(), TryRuntimeError> {
        for (agreement, day, seal) in Seals::<T>::iter() {
            for side in Side::BOTH {
                let slots: Vec<Option<Entry>> = trades
                    .get(&(agreement, day))
                    .into_iter()
                    .flat_map(|pages| pages.values().flatten())
                    .map(|trade| Some(trade.entry(side)))
                    .collect();
                let place = read_by_other_pallets::place::<T>(SideId::new(agreement, day, side));
                ensure!(
                    seal.of(side) == Commitment::of_book(&place, &slots, &[]),
                    "a seal does not commit to its day's trades"
                );
            }
        }
        Ok(())
    }

    /// Chunks lie in their slots of the ring, and the highest sequence is used and has none above.
    fn check_windows() -> Result<(), TryRuntimeError> {
        for (client, slot, chunk) in WindowChunks::<T>::iter() {
            let highest = Windows::<T>::get(client);
            ensure!(
                ring_slot(chunk.index) == slot,
                "a chunk lies in another chunk's slot"
            );
            ensure!(
                highest.is_some_and(|highest| chunk.index <= chunk_of(highest)),
                "a chunk lies above the highest sequence"
            );
        }
        for (client, highest) in Windows::<T>::iter() {
            ensure!(
                Self::is_used(client, highest) == Some(true),
                "the highest sequence of a client is not used"
            );
        }
        Ok(())
    }

    /// No two trades have the same id, and no trade's sequence is free.
    fn check_sequences(trades: &Trades) -> Result<(), TryRuntimeError> {
        let mut ids: Vec<_> = trades
            .values()
            .flat_map(|pages| pages.values().flatten())
            .map(|trade| trade.id)
            .collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        ensure!(ids.len() == count, "two trades have the same id");
        ensure!(
            ids.iter()
                .all(|id| Self::is_used(id.client, id.sequence) != Some(false)),
            "a trade's sequence is free"
        );
        Ok(())
    }
}
