// What a member can do who knows nothing of Counterfoil but the chain's own metadata: no custom
// types, no custom RPC methods.
//
// The node under test is the one of COUNTERFOIL_URL, of the development chain.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ApiPromise, WsProvider } from '@polkadot/api';
import { Keyring } from '@polkadot/keyring';
import { cryptoWaitReady } from '@polkadot/util-crypto';

const AGREEMENT = 1;
const PRODUCT = 1;
const [CLIENT, COMPANY, BANK] = [1, 2, 3];
const MILLION = 1_000_000n;
const TIMEOUT = 120_000;
// Stands in the field of the nonce where a member's call has none: it waits for no other call of the
// account, and ends some blocks after the one to which it is bound.
const WITHOUT_NONCE = { nonce: 4_294_967_295, era: 64 };

let api;
let alice;

before(async () => {
  await cryptoWaitReady();
  const url = process.env.COUNTERFOIL_URL ?? 'ws://127.0.0.1:9944';
  api = await ApiPromise.create({ provider: new WsProvider(url), noInitWarn: true });
  alice = new Keyring({ type: 'sr25519' }).addFromUri('//Alice');
  await firstBlock();
}, { timeout: TIMEOUT });

after(() => api?.disconnect());

// A chain that has just begun knows no time yet.
async function firstBlock() {
  while ((await api.query.timestamp.now()).isZero()) {
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

// What a rule of the terms gives for a gross amount.
function share(rule, gross) {
  const product = gross * rule.ratePpm.toBigInt();
  const [quotient, rest] = [product / MILLION, product % MILLION];
  const half = MILLION / 2n;
  const up = {
    Down: false,
    Up: rest > 0n,
    HalfUp: rest >= half,
    HalfDown: rest > half,
    HalfEven: rest > half || (rest === half && quotient % 2n === 1n),
  }[rule.rounding.type];
  let amount = quotient + (up ? 1n : 0n) + rule.flat.toBigInt();
  const floor = rule.floor.toBigInt();
  if (amount < floor) amount = floor;
  if (rule.cap.isSome && amount > rule.cap.unwrap().toBigInt()) amount = rule.cap.unwrap().toBigInt();
  return amount < gross ? amount : gross;
}

function amounts(terms, gross) {
  const credit = share(terms.credit, gross);
  const debit = terms.debit.isResidual ? gross - credit : share(terms.debit.asOwn, gross);
  return { debit, credit };
}

// Signs, sends, and waits until the transaction is final; gives its events and its block.
function finalised(call, options = {}) {
  return new Promise((resolve, reject) => {
    call.signAndSend(alice, options, ({ status, events, dispatchError }) => {
      if (dispatchError) {
        const { section, name } = api.registry.findMetaError(dispatchError.asModule);
        reject(new Error(`${section}.${name}`));
      } else if (status.isFinalized) {
        resolve({ block: status.asFinalized, events: events.map(({ event }) => event) });
      } else if (status.isInvalid || status.isDropped || status.isUsurped) {
        reject(new Error(status.type));
      }
    }).catch(reject);
  });
}

async function currentTerms() {
  const versions = (await api.query.registry.products(AGREEMENT, PRODUCT)).unwrap();
  const [, terms] = versions[versions.length - 1];
  return terms;
}

async function trade(sequence) {
  const gross = 123_457n + BigInt(sequence);
  const now = (await api.query.timestamp.now()).toBigInt();
  return {
    sequence,
    reference: `0x${sequence.toString(16).padStart(32, '0')}`,
    user: 'polkadot-js-user',
    product: PRODUCT,
    gross,
    ...amounts(await currentTerms(), gross),
    occurredAt: now - 1_000n,
  };
}

async function today() {
  const day = await api.call.counterfoilApi.today(AGREEMENT);
  return day.unwrap();
}

test('the metadata names the pallets and the runtime API', () => {
  for (const pallet of ['registry', 'trades', 'books', 'reconciliation', 'settlement']) {
    assert.ok(api.query[pallet], `no pallet ${pallet}`);
  }
  assert.ok(api.tx.trades.record);
  assert.ok(api.call.counterfoilApi.day);
});

test('the members of the development chain can be read', async () => {
  const alices = await api.call.counterfoilApi.memberOf(alice.address);
  assert.equal(alices.unwrap().toNumber(), CLIENT);
  const company = (await api.query.registry.members(COMPANY)).unwrap();
  assert.equal(company.role.type, 'Company');
  const bank = (await api.query.registry.members(BANK)).unwrap();
  assert.equal(bank.role.type, 'Bank');
});

test('a signed trade reaches both parties and the day', { timeout: TIMEOUT }, async () => {
  const sequence = 1;
  const recorded = await trade(sequence);
  const { block, events } = await finalised(api.tx.trades.record(AGREEMENT, [recorded]));

  const issued = (name) => events.find((event) => event.section === 'trades' && event.method === name);
  const debit = issued('DebitEntriesIssued');
  assert.ok(debit, 'the company is not told');
  assert.equal(debit.data.company.toNumber(), COMPANY);
  assert.equal(debit.data.total.toBigInt(), recorded.debit);
  const credit = issued('CreditEntriesIssued');
  assert.ok(credit, 'the bank is not told');
  assert.equal(credit.data.bank.toNumber(), BANK);
  assert.equal(credit.data.total.toBigInt(), recorded.credit);
  assert.equal(credit.data.count.toNumber(), 1);

  const day = credit.data.day;
  const summary = (await api.call.counterfoilApi.day(AGREEMENT, day)).unwrap();
  assert.equal(summary.status.type, 'Open');
  assert.ok(summary.gross.toBigInt() >= recorded.gross);
  const totals = await (await api.at(block)).query.trades.days(AGREEMENT, day);
  assert.equal(totals.gross.toBigInt(), summary.gross.toBigInt());

  const found = await api.call.counterfoilApi.findById(AGREEMENT, day, { client: CLIENT, sequence });
  const [position, stored] = found.unwrap();
  assert.ok(position.toNumber() < summary.trades.toNumber());
  assert.equal(stored.credit.toBigInt(), recorded.credit);
  assert.equal(stored.user.toUtf8(), 'polkadot-js-user');
});

test('a trade whose amounts are not by the terms is refused by name', { timeout: TIMEOUT }, async () => {
  const sequence = 2;
  const wrong = await trade(sequence);
  wrong.credit += 1n;
  const { events } = await finalised(api.tx.trades.record(AGREEMENT, [wrong]));
  const refused = events.find((event) => event.method === 'TradeRefused');
  assert.ok(refused, 'nobody is told');
  assert.equal(refused.data.sequence.toNumber(), sequence);
  const found = await api.call.counterfoilApi.findById(AGREEMENT, await today(), { client: CLIENT, sequence });
  assert.ok(found.isNone);
});

test('whoever is no member cannot record', { timeout: TIMEOUT }, async () => {
  const stranger = new Keyring({ type: 'sr25519' }).addFromUri('//Nobody');
  const call = api.tx.trades.record(AGREEMENT, [await trade(3)]);
  await assert.rejects(call.signAndSend(stranger));
  await assert.rejects(call.signAndSend(stranger, WITHOUT_NONCE));
});

test('trades without a nonce go side by side and leave the nonce alone', { timeout: TIMEOUT }, async () => {
  const nonce = async () => (await api.query.system.account(alice.address)).nonce.toNumber();
  const before = await nonce();
  const sequences = [10, 11, 12];
  const calls = await Promise.all(sequences.map(async (sequence) => (
    api.tx.trades.record(AGREEMENT, [await trade(sequence)])
  )));
  const results = await Promise.all(calls.map((call) => finalised(call, WITHOUT_NONCE)));
  for (const { events } of results) {
    assert.ok(events.some(({ method }) => method === 'CreditEntriesIssued'));
  }
  assert.equal(await nonce(), before);
  const remark = api.tx.system.remark('0x01');
  await assert.rejects(remark.signAndSend(alice, WITHOUT_NONCE));
});

test('every transaction of every block can be read, and written again as it was', { timeout: TIMEOUT }, async () => {
  const head = await api.rpc.chain.getFinalizedHead();
  const last = (await api.rpc.chain.getHeader(head)).number.toNumber();
  let [signed, withoutNonce] = [0, 0];
  for (let number = 1; number <= last; number += 1) {
    const { block } = await api.rpc.chain.getBlock(await api.rpc.chain.getBlockHash(number));
    for (const extrinsic of block.extrinsics) {
      const bytes = extrinsic.toHex();
      assert.equal(api.createType('Extrinsic', bytes).toHex(), bytes);
      assert.ok(extrinsic.toHuman());
      // Reading the signature of a transaction of another form throws.
      assert.ok(extrinsic.signature.toHex());
      if (!extrinsic.isSigned) continue;
      signed += 1;
      if (extrinsic.nonce.toNumber() === WITHOUT_NONCE.nonce) {
        withoutNonce += 1;
        assert.ok(extrinsic.era.isMortalEra);
      }
    }
  }
  assert.ok(withoutNonce >= 3 && signed > withoutNonce, `${signed} signed, ${withoutNonce} without a nonce`);
});
