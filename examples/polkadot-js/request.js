// Trades of a file as the chain takes them.

import { hexToU8a, stringToU8a, u8aConcat } from '@polkadot/util';

// A UUID's 16 bytes, or a text of up to 16 bytes, padded with zeros.
function label(text) {
  const raw = text.length === 36 ? hexToU8a(`0x${text.replaceAll('-', '')}`) : stringToU8a(text);
  if (raw.length < 1 || raw.length > 16) {
    throw new Error(`"${text}" is no UUID and no text of 1 to 16 bytes: correct it`);
  }
  return u8aConcat(raw, new Uint8Array(16 - raw.length));
}

// A trade of a file as the chain takes it. polkadot.js takes large numbers as text.
export function request(trade) {
  return {
    sequence: trade.sequence,
    reference: label(trade.reference),
    user: label(trade.payer),
    product: trade.product,
    grossMinorUnits: trade.gross,
    debitMinorUnits: trade.debit,
    creditMinorUnits: trade.credit,
    occurredAtUnixMs: trade.completed_at,
  };
}

// A day as the chain takes it: 2026-11-28 is 20261128.
export const digits = (date) => Number(date.replaceAll('-', ''));
