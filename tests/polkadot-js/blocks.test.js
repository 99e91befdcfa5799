// What the apps UI does when somebody opens a block: everything in it is read, by names and texts.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { account, connect, nameOf, own, pause, TIMEOUT } from './chain.js';

// The longest line that the apps UI shows whole.
const LINE = 100;

let api;

before(async () => { api = await connect(); }, { timeout: TIMEOUT });
after(() => api?.disconnect());

// What wallets show of a call, an event or an error: its first line, cut at its end.
function assertSentence(docs, what) {
  const first = docs[0]?.toString().trim() ?? '';
  assert.match(first, /^\S.*\.$/, `${what}: "${first}" is no sentence`);
  assert.ok(!first.includes('. '), `${what}: "${first}" is more than a sentence`);
  assert.ok(first.length <= LINE, `${what}: "${first}" is cut`);
}

// Opens a row of a block: every getter that the UI reads, and the link to its decoder.
function open(extrinsic, what) {
  const { method, meta } = api.registry.findMetaCall(extrinsic.callIndex);
  assert.equal(extrinsic.method.method, method, what);
  assert.ok(meta.name.toString(), what);
  const read = ['signature', 'signer', 'nonce', 'era', 'tip', 'hash', 'encodedLength'];
  for (const getter of read) assert.doesNotThrow(() => extrinsic[getter].toString(), what);
  assert.doesNotThrow(() => extrinsic.toHuman(true), what);
  const hex = extrinsic.toHex();
  const again = api.createType('Extrinsic', hex);
  assert.equal(again.toHex(), hex, `${what} reads back as another`);
  assert.equal(again.hash.toHex(), extrinsic.hash.toHex(), what);
  assert.equal(again.isSigned, extrinsic.isSigned, what);
  const call = api.createType('Call', extrinsic.method.toHex());
  assert.equal(call.toHex(), extrinsic.method.toHex(), what);
}

// Reads an event as the UI shows it.
function read({ event }, what) {
  const { section, method, data, meta } = event;
  assert.doesNotThrow(() => data.map((field) => field.toHuman(true)), what);
  assert.ok(meta.docs.join('').trim(), `${section}.${method} says nothing`);
  if (section === 'system' && method === 'ExtrinsicFailed') {
    const [error] = data;
    assert.ok(nameOf(api, error), what);
    if (error.isModule) {
      const { docs } = api.registry.findMetaError(error.asModule);
      assert.ok(docs.join('').trim(), `${nameOf(api, error)} says nothing`);
    }
  }
}

// Opens all rows of a block; returns the calls in it, by name.
async function openBlock(number) {
  const hash = await api.rpc.chain.getBlockHash(number);
  const { block } = await api.rpc.chain.getBlock(hash);
  const events = await (await api.at(hash)).query.system.events();
  block.extrinsics.forEach((extrinsic, index) => open(extrinsic, `#${number}, row ${index}`));
  events.forEach((event, index) => read(event, `#${number}, event ${index}`));
  const derived = await api.derive.chain.getBlock(hash);
  assert.equal(derived.extrinsics.length, block.extrinsics.length);
  return block.extrinsics.map(({ method }) => `${method.section}.${method.method}`);
}

test('every row of every block opens, the calls of workers among them', { timeout: TIMEOUT }, async () => {
  const calls = new Set();
  // By itself the node seals the days before today, and reports or marks their sides.
  const sections = () => new Set([...calls].map((call) => call.split('.')[0]));
  let next = 1;
  while (!calls.has('trades.seal') || !sections().has('reconciliation')) {
    const last = (await api.rpc.chain.getHeader()).number.toNumber();
    for (; next <= last; next += 1) {
      for (const call of await openBlock(next)) calls.add(call);
    }
    await pause(1_000);
  }
  const last = (await api.rpc.chain.getHeader()).number.toNumber();
  for (; next <= last; next += 1) await openBlock(next);
});

test('every call opens in the decoder, signed and with a fee', { timeout: TIMEOUT }, async () => {
  const alice = account('Alice');
  for (const section of own(api.tx)) {
    for (const [name, call] of Object.entries(api.tx[section])) {
      const what = `${section}.${name}`;
      const empty = call.meta.args.map(({ type }) => api.createType(type.toString()));
      const extrinsic = call(...empty);
      const { partialFee } = await extrinsic.paymentInfo(alice.address);
      assert.ok(partialFee.toBigInt() >= 0n, what);
      await extrinsic.signAsync(alice, { nonce: 0 });
      open(extrinsic, what);
    }
  }
});

test('calls, events and errors are told by one short sentence each', () => {
  let told = 0;
  for (const kind of ['tx', 'events', 'errors']) {
    for (const section of own(api[kind])) {
      for (const [name, entry] of Object.entries(api[kind][section])) {
        assertSentence(entry.meta.docs, `${kind} ${section}.${name}`);
        told += 1;
      }
    }
  }
  assert.ok(told > 60, `${told} are not all`);
});
