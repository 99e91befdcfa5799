// What a member can do who knows nothing of Counterfoil but the chain's own metadata: no custom
// types, no custom RPC methods.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  account, AGREEMENT, amounts, connect, finalised, own, PRODUCT, TIMEOUT,
} from './chain.js';

const [CLIENT, COMPANY, BANK] = [1, 2, 3];
// Trades of a page.
const PAGE = 256;
// Stands in the field of the nonce where a member's call has none: it waits for no other call of the
// account, and ends some blocks after the one to which it is bound.
const WITHOUT_NONCE = { nonce: 4_294_967_295, era: 64 };

let api;
let alice;

before(async () => {
  api = await connect();
  alice = account('Alice');
}, { timeout: TIMEOUT });

after(() => api?.disconnect());

async function trade(sequence) {
  const gross = 123_457n + BigInt(sequence);
  const now = (await api.query.timestamp.now()).toBigInt();
  return {
    sequence,
    reference: `0x${sequence.toString(16).padStart(32, '0')}`,
    user: 'polkadot-js-user',
    product: PRODUCT,
    grossMinorUnits: gross,
    ...await amounts(api, gross),
    occurredAtUnixMs: now - 1_000n,
  };
}

// What gives all of a recorded payment back: by the terms of the development chain its amounts are those
// of the payment.
async function refund(sequence, { sequence: of, ...paid }) {
  const day = await today();
  const found = await api.call.counterfoilApi.findById(AGREEMENT, day, { client: CLIENT, sequence: of });
  const [position] = found.unwrap();
  return {
    ...paid,
    sequence,
    reference: `0x${sequence.toString(16).padStart(32, '0')}`,
    original: { id: { client: CLIENT, sequence: of }, day, position },
    refundedBeforeMinorUnits: 0n,
  };
}

async function today() {
  const day = await api.call.counterfoilApi.today(AGREEMENT);
  return day.unwrap();
}

test('the metadata names the pallets and the runtime API', () => {
  const expected = ['registry', 'trades', 'books', 'reconciliation', 'settlement', 'amendments'];
  for (const pallet of expected) {
    assert.ok(own(api.query).includes(pallet), `no pallet ${pallet}`);
  }
  assert.ok(api.tx.trades.record);
  assert.ok(api.tx.trades.refund);
  assert.ok(api.tx.amendments.propose);
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
  const { block, events } = await finalised(api, alice, api.tx.trades.record(AGREEMENT, [recorded]));

  const issued = (name) => events.find((event) => event.section === 'trades' && event.method === name);
  const debit = issued('DebitEntriesIssued');
  assert.ok(debit, 'the company is not told');
  assert.equal(debit.data.company.toNumber(), COMPANY);
  assert.equal(debit.data.totalMinorUnits.toBigInt(), recorded.debitMinorUnits);
  assert.ok(debit.data.refundsTotalMinorUnits.isZero());
  const credit = issued('CreditEntriesIssued');
  assert.ok(credit, 'the bank is not told');
  assert.equal(credit.data.bank.toNumber(), BANK);
  assert.equal(credit.data.totalMinorUnits.toBigInt(), recorded.creditMinorUnits);
  assert.equal(credit.data.count.toNumber(), 1);

  const day = credit.data.day;
  const summary = (await api.call.counterfoilApi.day(AGREEMENT, day)).unwrap();
  assert.equal(summary.status.type, 'Open');
  const { payments } = summary;
  assert.ok(payments.grossMinorUnits.toBigInt() >= recorded.grossMinorUnits);
  const totals = await (await api.at(block)).query.trades.days(AGREEMENT, day);
  assert.equal(totals.payments.grossMinorUnits.toBigInt(), payments.grossMinorUnits.toBigInt());

  const found = await api.call.counterfoilApi.findById(AGREEMENT, day, { client: CLIENT, sequence });
  const [position, stored] = found.unwrap();
  assert.ok(position.toNumber() < summary.trades.toNumber());
  assert.equal(stored.kind.type, 'Payment');
  assert.equal(stored.creditMinorUnits.toBigInt(), recorded.creditMinorUnits);
  assert.equal(stored.user.toUtf8(), 'polkadot-js-user');
});

test('a trade that is refused alone fails by the name of its refusal', { timeout: TIMEOUT }, async () => {
  const sequence = 2;
  const wrong = await trade(sequence);
  wrong.creditMinorUnits += 1n;
  const call = api.tx.trades.record(AGREEMENT, [wrong]);
  await assert.rejects(finalised(api, alice, call), /trades\.WrongCredit/);
  const found = await api.call.counterfoilApi.findById(AGREEMENT, await today(), { client: CLIENT, sequence });
  assert.ok(found.isNone);
});

test('of a batch each refused trade is told by its reference', { timeout: TIMEOUT }, async () => {
  const [good, wrong] = [await trade(3), await trade(4)];
  wrong.creditMinorUnits += 1n;
  const { events } = await finalised(api, alice, api.tx.trades.record(AGREEMENT, [good, wrong]));
  const refused = events.filter((event) => event.method === 'TradeRefused');
  assert.equal(refused.length, 1);
  const [{ data }] = refused;
  assert.equal(data.sequence.toNumber(), 4);
  assert.equal(data.reference.toHex(), wrong.reference);
  assert.equal(data.reason.type, 'WrongCredit');
});

test('a payment is given back once, and both parties are told', { timeout: TIMEOUT }, async () => {
  const paid = await trade(5);
  await finalised(api, alice, api.tx.trades.record(AGREEMENT, [paid]));
  const back = await refund(6, paid);
  const { events } = await finalised(api, alice, api.tx.trades.refund(AGREEMENT, [back]));
  for (const [name, amount] of [
    ['DebitEntriesIssued', paid.debitMinorUnits],
    ['CreditEntriesIssued', paid.creditMinorUnits],
  ]) {
    const { data } = events.find(({ method }) => method === name);
    assert.ok(data.totalMinorUnits.isZero(), name);
    assert.equal(data.refundsTotalMinorUnits.toBigInt(), amount, name);
  }

  const { day, position } = back.original;
  const { findById, link, links, refunded, tradesInWords } = api.call.counterfoilApi;
  const given = await refunded(AGREEMENT, day, position);
  assert.equal(given.toBigInt(), paid.grossMinorUnits);
  const found = await findById(AGREEMENT, day, { client: CLIENT, sequence: 6 });
  const [place, stored] = found.unwrap();
  assert.equal(stored.kind.type, 'Refund');
  const kept = (await link(AGREEMENT, day, place)).unwrap();
  assert.equal(kept.relation.type, 'Refund');
  assert.equal(kept.original.position.toNumber(), position.toNumber());
  const pageOf = Math.floor(place.toNumber() / PAGE);
  const linked = (await links(AGREEMENT, day, pageOf)).find(([position]) => position.eq(place));
  assert.deepEqual(linked[1].toJSON(), kept.toJSON());
  const page = await tradesInWords(AGREEMENT, day, pageOf);
  const told = page[place.toNumber() % PAGE].toHuman();
  assert.match(told.refundOf, /^payment 5 of client 1 /);

  const again = await refund(7, paid);
  const call = api.tx.trades.refund(AGREEMENT, [again]);
  await assert.rejects(finalised(api, alice, call), /trades\.RefundedMeanwhile/);
});

test('trades without a nonce go side by side and leave the nonce alone', { timeout: TIMEOUT }, async () => {
  const nonce = async () => (await api.query.system.account(alice.address)).nonce.toNumber();
  const before = await nonce();
  const sequences = [10, 11, 12];
  const calls = await Promise.all(sequences.map(async (sequence) => (
    api.tx.trades.record(AGREEMENT, [await trade(sequence)])
  )));
  const results = await Promise.all(calls.map((call) => finalised(api, alice, call, WITHOUT_NONCE)));
  for (const { events } of results) {
    assert.ok(events.some(({ method }) => method === 'CreditEntriesIssued'));
  }
  assert.equal(await nonce(), before);
  const remark = api.tx.system.remark('0x01');
  const saysWhy = (error) => /cannot go without a nonce/.test(error.data ?? error.message);
  await assert.rejects(remark.signAndSend(alice, WITHOUT_NONCE), saysWhy);
});
