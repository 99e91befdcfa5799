//! Off-chain workers on finalised blocks.
//!
//! The SDK starts workers for each new best block. A member's worker writes books, commits and
//! pays: it must see only what no fork takes back. So it is given an event source that announces
//! finalised blocks as if they had just been imported as best. A run that is skipped does no
//! harm, since each job works from its own cursor.

use futures::StreamExt;
use sc_client_api::{
    BlockImportNotification, BlockchainEvents, FinalityNotifications, ImportNotifications,
    StorageEventStream, StorageKey, UnpinWorkerMessage,
};
use sc_utils::mpsc::{tracing_unbounded, TracingUnboundedSender};
use sp_consensus::BlockOrigin;
use sp_core::traits::SpawnNamed;
use sp_runtime::traits::Block as BlockT;
use std::{marker::PhantomData, sync::Arc};

/// Notifications that may wait before a warning is logged.
const QUEUE: usize = 100_000;

/// A client's events, its finalised blocks in the place of its imported ones.
pub struct FinalizedBlocks<Client, Block> {
    client: Arc<Client>,
    spawner: Box<dyn SpawnNamed>,
    block: PhantomData<Block>,
}

impl<Client, Block> FinalizedBlocks<Client, Block> {
    /// The events of `client`; forwarding tasks run on `spawner`.
    pub fn new(client: Arc<Client>, spawner: impl SpawnNamed + 'static) -> Self {
        Self {
            client,
            spawner: Box::new(spawner),
            block: PhantomData,
        }
    }

    /// Import notifications unpin their block when dropped. The finality notification that each
    /// is made from pins and unpins by itself, so these messages are read and forgotten.
    fn ignored_unpins(&self) -> TracingUnboundedSender<UnpinWorkerMessage<Block>>
    where
        Block: BlockT,
    {
        let (sender, receiver) = tracing_unbounded("mpsc_finalised_blocks_unpin", QUEUE);
        let ignore = receiver.for_each(|_| futures::future::ready(()));
        self.spawner.spawn(
            "finalised-blocks-unpin",
            Some("offchain-worker"),
            Box::pin(ignore),
        );
        sender
    }
}

impl<Client, Block> BlockchainEvents<Block> for FinalizedBlocks<Client, Block>
where
    Block: BlockT,
    Client: BlockchainEvents<Block>,
{
    fn import_notification_stream(&self) -> ImportNotifications<Block> {
        let (sender, receiver) = tracing_unbounded("mpsc_finalised_blocks", QUEUE);
        let unpins = self.ignored_unpins();
        let forward = self
            .client
            .finality_notification_stream()
            .for_each(move |finalized| {
                let imported = BlockImportNotification::new(
                    finalized.hash,
                    BlockOrigin::File,
                    finalized.header,
                    true,
                    None,
                    unpins.clone(),
                );
                // The receiver is gone only when the node shuts down.
                let _ = sender.unbounded_send(imported);
                futures::future::ready(())
            });
        self.spawner.spawn(
            "finalised-blocks",
            Some("offchain-worker"),
            Box::pin(forward),
        );
        receiver
    }

    fn every_import_notification_stream(&self) -> ImportNotifications<Block> {
        self.import_notification_stream()
    }

    fn finality_notification_stream(&self) -> FinalityNotifications<Block> {
        self.client.finality_notification_stream()
    }

    fn storage_changes_notification_stream(
        &self,
        filter_keys: Option<&[StorageKey]>,
        child_filter_keys: Option<&[(StorageKey, Option<Vec<StorageKey>>)]>,
    ) -> sp_blockchain::Result<StorageEventStream<Block::Hash>> {
        self.client
            .storage_changes_notification_stream(filter_keys, child_filter_keys)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_runtime::opaque::{Block, Header};
    use futures::executor::block_on;
    use parking_lot::Mutex;
    use sc_client_api::{FinalityNotification, FinalizeSummary};
    use sc_utils::mpsc::TracingUnboundedReceiver;
    use sp_core::testing::TaskExecutor;
    use sp_runtime::traits::Header as _;

    /// A client whose finality is what a test says, and whose imports nobody may ask for.
    struct TestClient {
        finality: Mutex<Option<FinalityNotifications<Block>>>,
    }

    impl BlockchainEvents<Block> for TestClient {
        fn import_notification_stream(&self) -> ImportNotifications<Block> {
            panic!("imported blocks are not asked for");
        }

        fn every_import_notification_stream(&self) -> ImportNotifications<Block> {
            panic!("imported blocks are not asked for");
        }

        fn finality_notification_stream(&self) -> FinalityNotifications<Block> {
            self.finality.lock().take().expect("asked for once")
        }

        fn storage_changes_notification_stream(
            &self,
            _: Option<&[StorageKey]>,
            _: Option<&[(StorageKey, Option<Vec<StorageKey>>)]>,
        ) -> sp_blockchain::Result<StorageEventStream<<Block as BlockT>::Hash>> {
            panic!("storage changes are not asked for");
        }
    }

    fn header(number: u32) -> Header {
        Header::new(
            number,
            Default::default(),
            Default::default(),
            Default::default(),
            Default::default(),
        )
    }

    fn finalized(
        number: u32,
    ) -> (
        FinalityNotification<Block>,
        TracingUnboundedReceiver<UnpinWorkerMessage<Block>>,
    ) {
        let (unpin, unpinned) = tracing_unbounded("test_unpin", 10);
        let summary = FinalizeSummary {
            header: header(number),
            finalized: vec![header(number).hash()],
            stale_blocks: Vec::new(),
        };
        (FinalityNotification::from_summary(summary, unpin), unpinned)
    }

    #[test]
    fn finalized_blocks_come_as_new_best_ones() {
        let (sender, receiver) = tracing_unbounded("test_finality", 10);
        let client = Arc::new(TestClient {
            finality: Mutex::new(Some(receiver)),
        });
        let events = FinalizedBlocks::<_, Block>::new(client, TaskExecutor::new());
        let imports = events.import_notification_stream();
        let (first, _pins_of_first) = finalized(3);
        let (second, _pins_of_second) = finalized(7);

        sender.unbounded_send(first).unwrap();
        sender.unbounded_send(second).unwrap();

        let seen: Vec<_> = block_on(imports.take(2).collect());
        let numbers: Vec<u32> = seen.iter().map(|import| *import.header.number()).collect();
        assert_eq!(numbers, [3, 7]);
        assert!(seen.iter().all(|import| import.is_new_best));
    }
}
