// Trades of a file as the chain takes them.

import { hexToU8a, isHex, stringToU8a, u8aConcat } from '@polkadot/util';

// A UUID's 16 bytes, or a text of up to 16 bytes, padded with zeros.
function label(text) {
  const digits = `0x${text.replaceAll('-', '')}`;
  const raw = isHex(digits, 128) ? hexToU8a(digits) : stringToU8a(text);
  if (raw.length < 1 || raw.length > 16) {
    throw new Error(`"${text}" is no UUID and no text of 1 to 16 bytes: correct it`);
  }
  return u8aConcat(raw, new Uint8Array(16 - raw.length));
}

function amount(text) {
  if (!/^\d+$/.test(text)) {
    throw new Error(`"${text}" is no amount: write minor units, such as "125050"`);
  }
  return text;
}

// A trade of a file as the chain takes it. polkadot.js takes large numbers as text.
export function request(trade) {
  return {
    sequence: trade.sequence,
    reference: label(trade.reference),
    user: label(trade.payer),
    product: trade.product,
    grossMinorUnits: amount(trade.gross),
    debitMinorUnits: amount(trade.debit),
    creditMinorUnits: amount(trade.credit),
    occurredAtUnixMs: trade.completed_at,
  };
}

// A day as the chain takes it: 2026-11-28 is 20261128.
export function digits(date) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) {
    throw new Error(`${date} is no date: write it like 2026-11-28`);
  }
  return Number(date.replaceAll('-', ''));
}
