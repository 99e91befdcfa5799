//! The client's journal: which sequence each payment has, for ever.
//!
//! A payment gets its sequence once, in the same transaction of the database that notes that it is
//! being sent; only then is it sent. Whatever happens afterwards, it is sent again under the same
//! sequence, and the chain takes a sequence once. So a payment is recorded once, wherever the
//! import is killed.
//!
//! A journal belongs to one client of one chain, and to one process at a time.

mod default_path;
mod payment_state;

pub use payment_state::{request_of, trade_of, Line, Sent, State};

use anyhow::{bail, Context, Result};
use codec::{Decode, Encode};
use counterfoil_primitives::{window::FIRST_SEQUENCE, AgreementId, MemberId, Sequence};
use redb::{
    backends::InMemoryBackend, Database, DatabaseError, ReadableTable, StorageBackend,
    TableDefinition,
};
use sp_core::H256;
use std::{
    collections::HashSet,
    io::ErrorKind,
    path::{Path, PathBuf},
};

const META: TableDefinition<&str, &[u8]> = TableDefinition::new("meta");
const LINES: TableDefinition<(u32, &str), &[u8]> = TableDefinition::new("lines");

const FORMAT: &str = "format";
const OWNER: &str = "owner";
const NEXT: &str = "next";
const LAST_END: &str = "last_end";
const DOUBTFUL_UNTIL: &str = "doubtful_until";
const INCOMPLETE: &str = "incomplete";

/// The format of a journal: what its numbers mean. A journal that names none is of the first.
const THIS_FORMAT: u16 = 2;

/// A payment or a refund: its id at its source, and what is sent of it.
pub type Named<'a, S> = (&'a str, S);

/// A client's journal, open.
#[derive(Debug)]
pub struct Journal {
    database: Database,
    path: PathBuf,
}

impl Journal {
    /// Opens a journal, or begins one. It must be this client's on this chain, and no other
    /// process may have it open.
    pub fn open(path: &Path, genesis: H256, client: MemberId) -> Result<Self> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("cannot make the folder {}", folder.display()))?;
        }
        let database = Database::create(path).map_err(|error| match error {
            DatabaseError::DatabaseAlreadyOpen => anyhow::anyhow!(
                "another import is using the journal {}; let it end, then run this again",
                path.display()
            ),
            error => anyhow::anyhow!(
                "the journal {} cannot be read ({error}); if it is damaged, delete it: it is rebuilt from the chain",
                path.display()
            ),
        })?;
        let journal = Self {
            database,
            path: path.into(),
        };
        journal.check_owner((genesis, client))?;
        Ok(journal)
    }

    /// A copy of a journal in memory, or `None` where there is no file. Nothing is written to the
    /// file. It must be this client's on this chain.
    pub fn peek(path: &Path, genesis: H256, client: MemberId) -> Result<Option<Self>> {
        let bytes = match std::fs::read(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            read => read.with_context(|| format!("cannot read the journal {}", path.display()))?,
        };
        let memory = InMemoryBackend::new();
        memory.set_len(bytes.len() as u64)?;
        memory.write(0, &bytes)?;
        let database = Database::builder()
            .create_with_backend(memory)
            .map_err(|error| {
                anyhow::anyhow!(
                    "the journal {} cannot be read ({error}); end the import that is using it, if one is",
                    path.display()
                )
            })?;
        let journal = Self {
            database,
            path: path.into(),
        };
        journal.check_owner((genesis, client))?;
        Ok(Some(journal))
    }

    fn check_owner(&self, owner: (H256, MemberId)) -> Result<()> {
        let write = self.database.begin_write()?;
        {
            let mut meta = write.open_table(META)?;
            write.open_table(LINES)?;
            let found = meta.get(OWNER)?.map(|bytes| bytes.value().to_vec());
            match found {
                None => {
                    meta.insert(OWNER, owner.encode().as_slice())?;
                    meta.insert(FORMAT, THIS_FORMAT.encode().as_slice())?;
                }
                Some(bytes) if bytes == owner.encode() => {
                    let format: Option<u16> = value(&meta, FORMAT)?;
                    if format != Some(THIS_FORMAT) {
                        bail!(
                            "the journal {} was written by another version of this program; move it away and import again: what is recorded is found on the chain",
                            self.path.display()
                        );
                    }
                }
                Some(_) => bail!(
                    "the journal {} is of another client or another chain; name another file for the journal",
                    self.path.display()
                ),
            }
        }
        write.commit()?;
        Ok(())
    }

    /// The sequence that the next new payment gets, or `None` where none was given yet.
    pub fn next(&self) -> Result<Option<Sequence>> {
        next_of(&self.database.begin_read()?.open_table(META)?)
    }

    /// The block from which on nothing lands any more of all that was sent.
    pub fn last_end(&self) -> Result<u64> {
        Ok(self.meta(LAST_END)?.unwrap_or_default())
    }

    /// Lets the next new payment get the sequence `next`, though higher ones were given, and forgets
    /// the payments that have such a one. Only once nothing that was sent can land any more, and the
    /// chain shows, finalised, that none of those sequences was used.
    pub fn fall_back(&self, next: Sequence) -> Result<()> {
        let next = next.max(FIRST_SEQUENCE);
        let write = self.database.begin_write()?;
        write
            .open_table(META)?
            .insert(NEXT, next.encode().as_slice())?;
        // What does not decode is kept: reading it says so.
        write.open_table(LINES)?.retain(|_, bytes| {
            decoded::<Line>(bytes).map_or(true, |line| line.trade.sequence < next)
        })?;
        Ok(write.commit()?)
    }

    /// Until which block the journal may lack payments that are on their way: it is new, or older
    /// than what the chain shows.
    pub fn doubtful_until(&self) -> Result<Option<u64>> {
        self.meta(DOUBTFUL_UNTIL)
    }

    /// Notes that the journal may lack payments, or that it no longer does.
    pub fn set_doubtful_until(&self, until: Option<u64>) -> Result<()> {
        let write = self.database.begin_write()?;
        {
            let mut meta = write.open_table(META)?;
            match until {
                Some(until) => meta.insert(DOUBTFUL_UNTIL, until.encode().as_slice())?,
                None => meta.remove(DOUBTFUL_UNTIL)?,
            };
        }
        Ok(write.commit()?)
    }

    /// Whether the chain may hold payments that this journal does not know: it was lost once, or is
    /// an old copy. It stays so, since only what is imported again is looked up.
    pub fn is_incomplete(&self) -> Result<bool> {
        Ok(self.meta(INCOMPLETE)?.unwrap_or(false))
    }

    /// Notes that the chain may hold payments that this journal does not know.
    pub fn set_incomplete(&self) -> Result<()> {
        let write = self.database.begin_write()?;
        write
            .open_table(META)?
            .insert(INCOMPLETE, true.encode().as_slice())?;
        Ok(write.commit()?)
    }

    fn meta<V: Decode>(&self, key: &str) -> Result<Option<V>> {
        value(&self.database.begin_read()?.open_table(META)?, key)
    }

    /// What the journal knows of a payment.
    pub fn line(&self, agreement: AgreementId, payment: &str) -> Result<Option<Line>> {
        let read = self.database.begin_read()?;
        let found = read.open_table(LINES)?.get((agreement, payment))?;
        found.map(|bytes| decoded(bytes.value())).transpose()
    }

    /// Those of `payments` that have a sequence under another agreement as well, with that agreement.
    pub fn elsewhere<'a>(
        &self,
        agreement: AgreementId,
        payments: impl IntoIterator<Item = &'a str>,
    ) -> Result<Vec<(&'a str, AgreementId)>> {
        let read = self.database.begin_read()?;
        let lines = read.open_table(LINES)?;
        let mut others = Vec::new();
        let mut next: Option<AgreementId> = Some(0);
        while let Some(first) = next {
            let Some(entry) = lines.range::<(u32, &str)>((first, "")..)?.next() else {
                break;
            };
            let found: AgreementId = entry?.0.value().0;
            if found != agreement {
                others.push(found);
            }
            next = found.checked_add(1);
        }
        let mut elsewhere = Vec::new();
        for payment in payments {
            for other in &others {
                if lines.get((*other, payment))?.is_some() {
                    elsewhere.push((payment, *other));
                    break;
                }
            }
        }
        Ok(elsewhere)
    }

    /// Those of `sequences` under which payments of this journal are recorded, of any agreement.
    pub fn recorded_among(&self, sequences: &[Sequence]) -> Result<HashSet<Sequence>> {
        let wanted: HashSet<Sequence> = sequences.iter().copied().collect();
        let mut recorded = HashSet::new();
        if wanted.is_empty() {
            return Ok(recorded);
        }
        for entry in self.database.begin_read()?.open_table(LINES)?.iter()? {
            let line: Line = decoded(entry?.1.value())?;
            let sequence = line.trade.sequence;
            if matches!(line.state, State::Recorded { .. }) && wanted.contains(&sequence) {
                recorded.insert(sequence);
            }
        }
        Ok(recorded)
    }

    /// Notes that payments are about to be sent in an era that ends at the block `ends_at`, and assigns
    /// each that has none its sequence: `floor` or the journal's next, whichever is higher.
    pub fn send<S: Sent>(
        &self,
        agreement: AgreementId,
        payments: &[Named<'_, S>],
        floor: Sequence,
        ends_at: u64,
    ) -> Result<Vec<S>> {
        self.give(agreement, payments, floor, ends_at, false)
    }

    /// Sends payments under another sequence than they had. Only for those whose first one the chain
    /// shows, finalised, as another trade's or as out of reach for ever.
    pub fn send_anew<S: Sent>(
        &self,
        agreement: AgreementId,
        payments: &[Named<'_, S>],
        floor: Sequence,
        ends_at: u64,
    ) -> Result<Vec<S>> {
        self.give(agreement, payments, floor, ends_at, true)
    }

    fn give<S: Sent>(
        &self,
        agreement: AgreementId,
        payments: &[Named<'_, S>],
        floor: Sequence,
        ends_at: u64,
        anew: bool,
    ) -> Result<Vec<S>> {
        let write = self.database.begin_write()?;
        let mut sent = Vec::with_capacity(payments.len());
        {
            let mut meta = write.open_table(META)?;
            let mut lines = write.open_table(LINES)?;
            let mut next = next_of(&meta)?.unwrap_or(FIRST_SEQUENCE).max(floor);
            for (payment, request) in payments {
                let line = lines
                    .get((agreement, *payment))?
                    .map(|bytes| decoded::<Line>(bytes.value()));
                let old = line.transpose()?.filter(|_| !anew);
                let sequence = old.as_ref().map_or(next, |line| line.trade.sequence);
                next = next.max(sequence.saturating_add(1));
                let request = request.numbered(sequence);
                let mut state = State::Sent { ends_at };
                // A node that lags behind tells an earlier end than the one that was asked before.
                if let Some(end) = old.and_then(|line| line.state.ends_at()) {
                    state.extend(end);
                }
                lines.insert(
                    (agreement, *payment),
                    request.line(state).encode().as_slice(),
                )?;
                sent.push(request);
            }
            meta.insert(NEXT, next.encode().as_slice())?;
            let last_end: Option<u64> = value(&meta, LAST_END)?;
            let last_end = last_end.unwrap_or_default().max(ends_at);
            meta.insert(LAST_END, last_end.encode().as_slice())?;
        }
        write.commit()?;
        Ok(sent)
    }

    /// Notes what became of payments.
    pub fn settle<'a>(
        &self,
        agreement: AgreementId,
        lines: impl IntoIterator<Item = (&'a str, Line)>,
    ) -> Result<()> {
        let write = self.database.begin_write()?;
        {
            let mut table = write.open_table(LINES)?;
            let mut meta = write.open_table(META)?;
            let mut next = next_of(&meta)?.unwrap_or(FIRST_SEQUENCE);
            for (payment, mut line) in lines {
                let old = table
                    .get((agreement, payment))?
                    .map(|bytes| decoded::<Line>(bytes.value()))
                    .transpose()?
                    .filter(|old| old.trade.sequence == line.trade.sequence);
                if let Some(old) = old {
                    line.original = line.original.or(old.original);
                    if let Some(end) = old.state.ends_at() {
                        line.state.extend(end);
                    }
                }
                // A trade found on chain may carry a sequence that this journal never gave.
                next = next.max(line.trade.sequence.saturating_add(1));
                table.insert((agreement, payment), line.encode().as_slice())?;
            }
            meta.insert(NEXT, next.encode().as_slice())?;
        }
        Ok(write.commit()?)
    }
}

/// The sequence that the next new payment gets.
fn next_of(meta: &impl ReadableTable<&'static str, &'static [u8]>) -> Result<Option<Sequence>> {
    value(meta, NEXT)
}

fn value<V: Decode>(
    meta: &impl ReadableTable<&'static str, &'static [u8]>,
    key: &str,
) -> Result<Option<V>> {
    let found = meta.get(key)?;
    found.map(|bytes| decoded(bytes.value())).transpose()
}

fn decoded<V: Decode>(mut bytes: &[u8]) -> Result<V> {
    V::decode(&mut bytes).context("the journal is damaged; delete it: it is rebuilt from the chain")
}

#[cfg(test)]
mod tests;
