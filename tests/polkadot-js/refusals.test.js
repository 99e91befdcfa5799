// What somebody reads whose transaction the pool does not take.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { account, AGREEMENT, connect, TIMEOUT } from './chain.js';

let api;

before(async () => { api = await connect(); }, { timeout: TIMEOUT });
after(() => api?.disconnect());

const record = () => api.tx.trades.record(AGREEMENT, []);

// The refusal, by either method: with a callback polkadot.js watches, without one it submits.
async function refusals(call, name, options = {}) {
  const submitted = await call.signAndSend(account(name), options).catch((error) => error);
  const watched = await call.signAndSend(account(name), options, () => {}).catch((error) => error);
  return [submitted, watched];
}

async function assertRefused(call, name, words, options) {
  for (const error of await refusals(call, name, options)) {
    assert.equal(error.code, 1010, `${name}: ${error}`);
    assert.match(error.data ?? error.message, words);
  }
}

test('a stranger is told that it is one', { timeout: TIMEOUT }, async () => {
  await assertRefused(record(), 'Nobody', /no member's operator/);
  await assertRefused(record(), 'Nobody', /no member's operator/, { nonce: 4294967295 });
});

test('a member that the agreement does not admit is told so', { timeout: TIMEOUT }, async () => {
  await assertRefused(record(), 'Ferdie', /does not admit your member/);
  await assertRefused(record(), 'Ferdie', /does not admit your member/, { nonce: 4294967295 });
});

test('a member is told what is not free for it', { timeout: TIMEOUT }, async () => {
  await assertRefused(api.tx.system.remark('0x01'), 'Bob', /not free for your member/);
  await assertRefused(api.tx.utility.batch([record()]), 'Bob', /not free for your member/);
});

test('a call that needs a nonce is told to', { timeout: TIMEOUT }, async () => {
  const call = api.tx.registry.setEndpoint([]);
  await assertRefused(call, 'Bob', /cannot go without a nonce/, { nonce: 4294967295 });
});

test('a payment of a day that is not due is told to wait', { timeout: TIMEOUT }, async () => {
  const call = api.tx.settlement.pay(AGREEMENT, 1);
  await assertRefused(call, 'Bob', /turn has not come/, { nonce: 4294967295 });
});
