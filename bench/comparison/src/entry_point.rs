//! The way into the WebAssembly: an encoded [`Order`] in, its result, encoded, out.

use crate::Order;
use codec::Decode;

/// Runs the order that lies, encoded, in `length` bytes at `input`.
///
/// # Safety
///
/// The host calls it as it calls a runtime: with bytes that it put there, or none.
#[no_mangle]
pub unsafe extern "C" fn run(input: *mut u8, length: usize) -> u64 {
    // SAFETY: the host wrote this number of bytes there before the call, and does not touch them during it.
    let mut bytes = match length {
        0 => &[][..],
        length => unsafe { core::slice::from_raw_parts(input, length) },
    };
    let order = Order::decode(&mut bytes).expect("the host sends an order");
    sp_core::to_substrate_wasm_fn_return_value(&order.run())
}
