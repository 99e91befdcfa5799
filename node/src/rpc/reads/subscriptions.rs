//! The subscriptions: what each is called, takes and sends. What is registered and what is documented both
//! come from this table.

use super::{
    answers::entries,
    arguments::{Arguments, Parameter, AFTER, AGREEMENT, CLIENT, DAY, ONE_SIDE},
    feed::{begin_day, day_schema, Feed},
    refusal::{failed, TOO_SLOW},
    running::Context,
    schema::Schema,
    source::Source,
};
use futures::{FutureExt, StreamExt};
use jsonrpsee::{
    core::{RegisterMethodError, RpcResult},
    types::Params,
    PendingSubscriptionSink, RpcModule, SendTimeoutError, SubscriptionCloseResponse,
    SubscriptionMessage, SubscriptionSink,
};
use serde_json::Value as Json;
use std::sync::Arc;

/// A subscription.
pub struct Subscription {
    /// The method that begins it.
    pub name: &'static str,
    /// The method that ends it.
    pub unsubscribe: &'static str,
    /// The method of its notifications.
    pub notification: &'static str,
    /// What it sends, as a sentence.
    pub says: &'static str,
    /// What it takes, in the order of values without names.
    pub parameters: &'static [Parameter],
    /// The schema of a notification's result.
    pub schema: fn() -> Schema,
    begin: fn(&dyn Source, &Arguments) -> RpcResult<Box<dyn Feed>>,
}

/// All of them.
pub static SUBSCRIPTIONS: [Subscription; 2] = [
    Subscription {
        name: "counterfoil_subscribeEntries",
        unsubscribe: "counterfoil_unsubscribeEntries",
        notification: "counterfoil_entries",
        says: "The entries of an agreement, as its trades become final.",
        parameters: &[AGREEMENT, ONE_SIDE, CLIENT, AFTER],
        schema: entries::schema,
        begin: entries::begin,
    },
    Subscription {
        name: "counterfoil_subscribeDay",
        unsubscribe: "counterfoil_unsubscribeDay",
        notification: "counterfoil_dayChanged",
        says: "A day as `counterfoil_day` answers it: at once, and whenever it changed in a final block.",
        parameters: &[AGREEMENT, DAY],
        schema: day_schema,
        begin: begin_day,
    },
];

impl Subscription {
    /// Begins it by the parameters of a request.
    pub fn begin(&self, source: &dyn Source, raw: Option<&str>) -> RpcResult<Box<dyn Feed>> {
        let arguments = Arguments::read(raw, self.parameters)?;
        (self.begin)(source, &arguments)
    }
}

/// Adds the subscriptions to a module.
pub fn register(module: &mut RpcModule<Context>) -> Result<(), RegisterMethodError> {
    for kind in &SUBSCRIPTIONS {
        module.register_subscription(
            kind.name,
            kind.notification,
            kind.unsubscribe,
            move |params, pending, context, _| serve(kind, params, pending, context),
        )?;
    }
    Ok(())
}

/// Serves a subscriber until it leaves, and returns what it is told at the end.
async fn serve(
    kind: &'static Subscription,
    params: Params<'static>,
    pending: PendingSubscriptionSink,
    context: Arc<Context>,
) -> SubscriptionCloseResponse {
    let connection = pending.connection_id();
    let begun = match context.limits.subscriptions.take(connection) {
        Ok(place) => context
            .answer(connection, move |source| {
                kind.begin(source, params.as_str())
            })
            .await
            .map(|feed| (feed, place)),
        Err(refused) => Err(refused),
    };
    let (feed, _place) = match begun {
        Ok(begun) => begun,
        Err(refused) => {
            pending.reject(refused).await;
            return SubscriptionCloseResponse::None;
        }
    };
    let Ok(sink) = pending.accept().await else {
        return SubscriptionCloseResponse::None;
    };
    match follow(&context, &sink, feed).await {
        Ok(()) => SubscriptionCloseResponse::None,
        Err(error) => match SubscriptionMessage::from_json(&error) {
            Ok(message) => SubscriptionCloseResponse::NotifErr(message),
            Err(_) => SubscriptionCloseResponse::None,
        },
    }
}

/// Sends what there is, now and after each final block, until the subscriber leaves or the node stops. Only
/// where the subscriber stands is kept, never what it has not taken yet.
async fn follow(
    context: &Context,
    sink: &SubscriptionSink,
    mut feed: Box<dyn Feed>,
) -> RpcResult<()> {
    let mut finality = context.source.finality();
    loop {
        while !sink.is_closed() {
            // The last final block is read, however many became final meanwhile. A slow subscriber keeps none
            // of what told of them either.
            while finality.next().now_or_never().flatten().is_some() {}
            let (back, next) = context.turn(feed).await?;
            feed = back;
            let Some(notification) = next? else {
                break;
            };
            if !send(context, sink, &notification).await? {
                return Ok(());
            }
        }
        tokio::select! {
            next = finality.next() => if next.is_none() {
                return Ok(());
            },
            () = sink.closed() => return Ok(()),
        }
    }
}

/// Sends a notification; whether the subscriber is still there.
async fn send(context: &Context, sink: &SubscriptionSink, notification: &Json) -> RpcResult<bool> {
    let message = SubscriptionMessage::from_json(notification).map_err(failed)?;
    let patience = context.limits.patience;
    match sink.send_timeout(message, patience).await {
        Ok(()) => Ok(true),
        Err(SendTimeoutError::Closed(_)) => Ok(false),
        Err(SendTimeoutError::Timeout(_)) => Err(TOO_SLOW.of(
            None,
            format!(
                "a notification had no room on the connection for {} ms",
                patience.as_millis()
            ),
            "take notifications as they come, and subscribe again after the last block that was whole",
        )),
    }
}
