//! Reads for programs: the chain's reconciliation as plain JSON, and the document of these methods.
//!
//! They read what is public on chain, of a named block or of the last final one, and never the books of this
//! node's party. So whoever may call the SDK's safe methods may call them.
//!
//! | module | what it holds |
//! |---|---|
//! | [`methods`] | the table of methods |
//! | [`arguments`] | what methods take |
//! | [`mod@at`] | the block that is read |
//! | [`source`] | what is asked of the chain there |
//! | [`answers`] | what methods answer, and its schemas |
//! | [`page`] | pages of lists |
//! | [`written`] | how values are written |
//! | [`schema`] | JSON Schemas |
//! | [`refusal`] | why a request has no answer |
//! | [`openrpc`] | the document, which `rpc.discover` answers |

mod answers;
mod arguments;
mod at;
mod methods;
mod openrpc;
mod page;
mod refusal;
mod schema;
mod source;
#[cfg(test)]
mod tests;
mod written;

pub use source::Node;

use arguments::Arguments;
use jsonrpsee::{
    core::{RegisterMethodError, RpcResult},
    RpcModule,
};
use methods::METHODS;
use serde_json::Value as Json;
use source::Source;

/// The method that answers the document.
const DISCOVER: &str = "rpc.discover";

/// The methods, on what `source` has.
pub fn module(source: impl Source + 'static) -> Result<RpcModule<()>, RegisterMethodError> {
    let mut module = RpcModule::new(source);
    for method in &METHODS {
        module.register_blocking_method(method.name, move |params, source, _| {
            method.call(&*source, params.as_str())
        })?;
    }
    module.register_method(DISCOVER, |params, _, _| discover(params.as_str()))?;
    Ok(module.remove_context())
}

/// The document; refused where parameters are given.
fn discover(raw: Option<&str>) -> RpcResult<Json> {
    Arguments::read(raw, &[])?;
    Ok(openrpc::document())
}
