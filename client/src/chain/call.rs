//! Calls by name, their arguments as SCALE bytes.

use super::Chain;
use crate::error::{Error, Result};
use codec::{Compact, Encode};
use subxt::{
    ext::scale_encode::{EncodeAsFields, Error as EncodeError, FieldIter, TypeResolver},
    transactions::Payload,
};

/// A call of a pallet.
#[derive(Clone, Debug)]
pub struct Call {
    pallet: &'static str,
    name: &'static str,
    arguments: Arguments,
}

/// The arguments of a call, encoded one after the other.
#[derive(Clone, Debug)]
pub struct Arguments(Vec<u8>);

impl Call {
    /// The call `pallet.name` with `arguments`, a tuple in the call's order.
    pub fn new(pallet: &'static str, name: &'static str, arguments: &impl Encode) -> Self {
        Self {
            pallet,
            name,
            arguments: Arguments(arguments.encode()),
        }
    }

    /// The call `pallet.name` whose arguments are encoded.
    pub(crate) const fn of_bytes(
        pallet: &'static str,
        name: &'static str,
        arguments: Vec<u8>,
    ) -> Self {
        Self {
            pallet,
            name,
            arguments: Arguments(arguments),
        }
    }

    /// The arguments, encoded one after the other.
    pub fn arguments(&self) -> &[u8] {
        &self.arguments.0
    }

    /// The call's name as people write it.
    pub fn title(&self) -> String {
        format!("{}.{}", self.pallet, self.name)
    }
}

// subxt asks for arguments that encode themselves by the metadata's types. These are encoded
// already, by the primitives' own types.
impl EncodeAsFields for Arguments {
    fn encode_as_fields_to<R: TypeResolver>(
        &self,
        _: &mut dyn FieldIter<'_, R::TypeId>,
        _: &R,
        out: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        out.extend_from_slice(&self.0);
        Ok(())
    }
}

impl Payload for Call {
    type CallData = Arguments;

    fn pallet_name(&self) -> &str {
        self.pallet
    }

    fn call_name(&self) -> &str {
        self.name
    }

    fn call_data(&self) -> &Arguments {
        &self.arguments
    }
}

impl Chain {
    /// The bytes of a call: the indices of pallet and call, and the arguments.
    pub fn encode_call(&self, call: &Call) -> Result<Vec<u8>> {
        let pallet = self
            .metadata
            .pallet_by_name(call.pallet)
            .ok_or_else(|| Error::Absent(format!("pallet {}", call.pallet)))?;
        let variant = pallet
            .call_variant_by_name(call.name)
            .ok_or_else(|| Error::Absent(format!("call {}", call.title())))?;
        let mut bytes = vec![pallet.call_index(), variant.index];
        bytes.extend_from_slice(&call.arguments.0);
        Ok(bytes)
    }

    /// Several calls as one that succeeds or fails as a whole.
    pub fn batch(&self, calls: &[Call]) -> Result<Call> {
        let mut encoded = Compact(calls.len() as u32).encode();
        for call in calls {
            encoded.extend(self.encode_call(call)?);
        }
        Ok(Call {
            pallet: "Utility",
            name: "batch_all",
            arguments: Arguments(encoded),
        })
    }
}
