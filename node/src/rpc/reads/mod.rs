//! Reads for programs: the chain's reconciliation as plain JSON, and the document of these methods.
//!
//! They read what is public on chain, of a named block or of the last final one, and never the books of this
//! node's party. So whoever may call the SDK's safe methods may call them.
//!
//! | module | what it holds |
//! |---|---|
//! | [`methods`] | the table of methods |
//! | [`subscriptions`] | the table of subscriptions, and how they are served |
//! | [`feed`] | what a subscriber is sent, one notification after the other |
//! | [`running`] | how requests run |
//! | [`limits`] | how much of a node they take |
//! | [`arguments`] | what methods take |
//! | [`mod@at`] | the block that is read |
//! | [`source`] | what is asked of the chain there |
//! | [`node`] | the chain as the node has it |
//! | [`answers`] | what methods answer, and its schemas |
//! | [`page`] | pages of lists |
//! | [`written`] | how values are written |
//! | [`schema`] | JSON Schemas |
//! | [`refusal`] | why a request has no answer |
//! | [`openrpc`] | the document, which `rpc.discover` answers |

mod answers;
mod arguments;
mod at;
mod feed;
mod limits;
mod methods;
mod node;
mod openrpc;
mod page;
mod refusal;
mod running;
mod schema;
mod source;
mod subscriptions;
#[cfg(test)]
mod tests;
mod written;

pub use node::Node;

use arguments::Arguments;
use jsonrpsee::{
    core::{RegisterMethodError, RpcResult},
    ConnectionId, RpcModule,
};
use methods::METHODS;
use running::Context;
use serde_json::Value as Json;
use source::Source;

/// The method that answers the document.
const DISCOVER: &str = "rpc.discover";

/// The methods and subscriptions, on what `source` has.
pub fn module(source: impl Source + 'static) -> Result<RpcModule<()>, RegisterMethodError> {
    module_of(Context::new(source))
}

fn module_of(context: Context) -> Result<RpcModule<()>, RegisterMethodError> {
    let mut module = RpcModule::new(context);
    for method in &METHODS {
        module.register_async_method(
            method.name,
            move |params, context, extensions| async move {
                let connection = extensions.get::<ConnectionId>().copied();
                let answer = context.answer(connection.unwrap_or_default(), move |source| {
                    method.call(source, params.as_str())
                });
                answer.await
            },
        )?;
    }
    subscriptions::register(&mut module)?;
    module.register_method(DISCOVER, |params, _, _| discover(params.as_str()))?;
    Ok(module.remove_context())
}

/// The document; refused where parameters are given.
fn discover(raw: Option<&str>) -> RpcResult<Json> {
    Arguments::read(raw, &[])?;
    Ok(openrpc::document())
}
