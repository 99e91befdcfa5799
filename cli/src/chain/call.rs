//! Calls by name, their arguments as SCALE bytes.

use super::Chain;
use anyhow::{anyhow, Context, Result};
use codec::{Compact, Encode};
use counterfoil_primitives::OperatorAuth;
use scale_info::{PortableRegistry, TypeDef, TypeDefPrimitive};
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

    /// A member's call: its arguments, and the operator's authority where it is not signed.
    pub fn of_member(
        pallet: &'static str,
        name: &'static str,
        arguments: &impl Encode,
        auth: Option<OperatorAuth>,
    ) -> Self {
        let mut encoded = arguments.encode();
        auth.encode_to(&mut encoded);
        Self {
            pallet,
            name,
            arguments: Arguments(encoded),
        }
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
            .ok_or_else(|| anyhow!("the chain has no pallet {}", call.pallet))?;
        let variant = pallet
            .call_variant_by_name(call.name)
            .ok_or_else(|| anyhow!("the chain has no call {}", call.title()))?;
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

    /// `call` as the chain's administrator makes it.
    pub fn sudo(&self, call: &Call) -> Result<Call> {
        Ok(Call {
            pallet: "Sudo",
            name: "sudo",
            arguments: Arguments(self.encode_call(call)?),
        })
    }

    /// The bytes of a general transaction: no signature, every extension at its zero value, the
    /// authority within the call.
    pub fn general_transaction(&self, call: &Call) -> Result<Vec<u8>> {
        const GENERAL_V5: u8 = 0b0100_0000 | 5;
        const EXTENSIONS: u8 = 0;
        let mut body = vec![GENERAL_V5, EXTENSIONS];
        let extensions = self
            .metadata
            .extrinsic()
            .transaction_extensions_by_version(EXTENSIONS)
            .context("the chain's metadata lists no transaction extensions")?;
        for extension in extensions {
            zero(self.metadata.types(), extension.extra_ty(), &mut body).with_context(|| {
                format!("the extension {} has no zero value", extension.identifier())
            })?;
        }
        body.extend(self.encode_call(call)?);
        Ok(body.encode())
    }
}

/// Writes the zero value of a type: zero numbers, empty lists, the variant of index zero.
fn zero(types: &PortableRegistry, id: u32, out: &mut Vec<u8>) -> Result<()> {
    let shape = types.resolve(id).context("unknown type")?;
    match &shape.type_def {
        TypeDef::Composite(composite) => {
            for field in &composite.fields {
                zero(types, field.ty.id, out)?;
            }
        }
        TypeDef::Tuple(tuple) => {
            for field in &tuple.fields {
                zero(types, field.id, out)?;
            }
        }
        TypeDef::Array(array) => {
            for _ in 0..array.len {
                zero(types, array.type_param.id, out)?;
            }
        }
        TypeDef::Variant(variants) => {
            let first = variants.variants.iter().find(|variant| variant.index == 0);
            out.push(0);
            for field in &first.context("no variant of index zero")?.fields {
                zero(types, field.ty.id, out)?;
            }
        }
        TypeDef::Compact(_) | TypeDef::Sequence(_) | TypeDef::BitSequence(_) => out.push(0),
        TypeDef::Primitive(primitive) => {
            let width = match primitive {
                TypeDefPrimitive::Bool
                | TypeDefPrimitive::Str
                | TypeDefPrimitive::U8
                | TypeDefPrimitive::I8 => 1,
                TypeDefPrimitive::U16 | TypeDefPrimitive::I16 => 2,
                TypeDefPrimitive::Char | TypeDefPrimitive::U32 | TypeDefPrimitive::I32 => 4,
                TypeDefPrimitive::U64 | TypeDefPrimitive::I64 => 8,
                TypeDefPrimitive::U128 | TypeDefPrimitive::I128 => 16,
                TypeDefPrimitive::U256 | TypeDefPrimitive::I256 => 32,
            };
            out.extend(std::iter::repeat_n(0, width));
        }
    }
    Ok(())
}
