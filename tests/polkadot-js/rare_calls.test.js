// The calls that staff seldom makes, made as the apps UI makes them: a form is filled in with plain values,
// what it encodes reads back as the same call, and what the block says of it is read in words.
//
// They have an agreement of their own on the tour's chain, between institutions of their own: so they share
// an account with the tour for nothing but what the council does, and begin once the tour's council is done.
// A day of that agreement ends within minutes; whatever needs no reconciled day is tried meanwhile.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { stringCamelCase, u8aToHex } from '@polkadot/util';
import {
  account, connect, inBlock, nameOf, pause, TIMEOUT, url,
} from './chain.js';
import { callOf, fromTheClock } from './tour.js';

const [COMPANY, BANK, CLIENT, RECONCILER] = [100, 101, 102, 4];
const AGREEMENT = 100;
const PRODUCT = 1;
// The agreement that the tour makes, and its product.
const [TOURS_AGREEMENT, TOURS_PRODUCT] = [2, 1];
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
// The time in which the agreement is made and the payment is recorded, before the day's cut-off.
const AHEAD = 90_000;
// From the first call to the last: cut-off and preset time pass in between.
const WHOLE = 8 * MINUTE;
// The hash of what the parties keep of a proposal.
const EVIDENCE = '0x828708c57060f21d2a6b460fd935c724ed2dfd040a83207ac92dbe8dfdcfaf77';

const keys = {};
let api;
// Yesterday by the agreement's clock, as it is typed and as it is read, and its noon.
let yesterday;

const nameOfCall = ({ section, method }) => `${section}.${method}`;

// Makes sure that what is shown has each value that was typed. A number is shown with commas.
function assertShows(shown, typed, where) {
  if (typed !== null && typeof typed === 'object') {
    for (const [name, value] of Object.entries(typed)) assertShows(shown?.[name], value, `${where}.${name}`);
  } else {
    const plain = (value) => String(value).replaceAll(',', '');
    assert.equal(plain(shown), plain(typed), where);
  }
}

// The call of a form in which each field is filled in: it reads back as itself, and is shown as it was typed.
function filled(section, method, fields) {
  const what = `${section}.${method}`;
  const call = callOf(api, section, method, fields);
  const { docs, args } = api.tx[section][method].meta;
  assert.ok(docs.join('').trim(), `${what} says nothing`);
  assert.equal(Object.keys(fields).length, args.length, what);
  const decoded = api.createType('Call', call.method.toHex());
  assert.equal(decoded.toHex(), call.method.toHex(), what);
  const shown = decoded.toHuman();
  assert.equal(nameOfCall(shown), what);
  const byName = Object.entries(shown.args).map(([name, value]) => [stringCamelCase(name), value]);
  assertShows(Object.fromEntries(byName), fields, what);
  return call;
}

// The event of this name as it is shown, which has at least these fields.
function told(events, name, fields) {
  const event = events.find((one) => nameOfCall(one) === name);
  assert.ok(event, `no ${name} in ${events.map(nameOfCall)}`);
  assert.ok(event.meta.docs.join('').trim(), `${name} says nothing`);
  const shown = event.data.toHuman();
  assertShows(shown, fields, name);
  return shown;
}

// Sends a member's form; returns the events of its call.
async function say(member, section, method, fields) {
  const call = filled(section, method, fields);
  const { error, events } = await inBlock(api, keys[member], call);
  assert.equal(error, undefined, `${section}.${method}`);
  return events;
}

// Has the council run a call of the registry. It does so at once: the member of Alice has its only seat.
async function decide(method, fields) {
  const motion = api.tx.council.propose(filled('registry', method, fields));
  const { error, events } = await inBlock(api, keys.alice, motion);
  assert.equal(error, undefined, method);
  const { result } = events.find((one) => nameOfCall(one) === 'council.Executed').data;
  assert.ok(result.isOk, `${method}: ${result.isErr && nameOf(api, result.asErr)}`);
  return events;
}

// A date some days ahead, as it is typed and as it is read.
function dateAhead(days) {
  const read = new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
  return { typed: Number(read.replaceAll('-', '')), read };
}

// Registers an institution or a client whose node is the one under test.
async function register(id, role) {
  const operator = account(`Rare//${role}`);
  keys[id] = operator;
  const treasury = account(`Rare//${role}//treasury`).address;
  const name = `Rare ${role}`;
  const events = await decide('registerMember', {
    id, role, name, account: treasury, operator: operator.address, endpoint: url.replace('ws', 'http'),
  });
  told(events, 'registry.MemberRegistered', { member: id, role, operator: operator.address });
  await api.rpc.author.insertKey('oper', `//Rare//${role}`, u8aToHex(operator.publicKey));
}

// Makes an agreement that pays outside the chain, of whose first day every payment goes beyond the limits.
async function makeAgreement() {
  const { offset, yesterday: typed, noon } = fromTheClock(AHEAD);
  const read = noon.slice(0, 10);
  yesterday = { typed, read, noon, noonUnixMs: Date.parse(`${read}T12:00:00Z`) - offset * MINUTE };
  const conditions = {
    utcOffsetMinutes: offset,
    cutOffMinutes: 12 * 60 + 15,
    presetMinutes: 12 * 60 + 16,
    debitSource: 'Received',
    creditSource: 'Received',
    period: 'Day',
    rail: 'External',
    clientLimits: { paymentsMinorUnits: 1_000, refundsMinorUnits: 1_000 },
  };
  const spec = {
    bank: BANK,
    company: COMPANY,
    reconciler: RECONCILER,
    clients: [CLIENT],
    currency: 'CZK',
    decimals: 2,
    firstDay: typed,
    caps: { pages: 64, extras: 4_096 },
    maxGrossMinorUnits: null,
    deadlineMinutes: 720,
    maxLateMinutes: 43_200,
    refundDays: 180,
    amendDays: 365,
    answerDays: 10,
    conditions,
  };
  const events = await decide('createAgreement', { id: AGREEMENT, spec });
  told(events, 'registry.AgreementCreated', { agreement: AGREEMENT, bank: BANK, firstDate: read });
  const credit = {
    ratePpm: 100_000, flatMinorUnits: 0, floorMinorUnits: 0, capMinorUnits: null, rounding: 'HalfUp',
  };
  const terms = { credit, debit: 'Residual', refundFee: 'Returned' };
  const versions = [[typed, terms]];
  await decide('addProduct', { agreement: AGREEMENT, product: PRODUCT, versions });
}

// A payment of which the bank has a tenth, for position 0 of the day.
async function recordPayment() {
  const events = await say(CLIENT, 'trades', 'recordOne', {
    agreement: AGREEMENT,
    product: PRODUCT,
    amount: '1250.50',
    payer: 'customer-0009999',
    reference: 'INVOICE-2026-017',
    occurredAt: yesterday.noon,
  });
  // After the cut-off it would be today's.
  told(events, 'trades.TradeRecorded', { gross: '1250.50 CZK', date: yesterday.read, position: 0 });
}

before(async () => {
  api = await connect();
  keys.alice = account('Alice');
  // Until the tour's council is done, both would sign as Alice with the same nonces.
  const products = () => api.query.registry.products(TOURS_AGREEMENT, TOURS_PRODUCT);
  while ((await products()).isNone) await pause(500);
  await register(COMPANY, 'Company');
  await register(BANK, 'Bank');
  await register(CLIENT, 'Client');
  await makeAgreement();
  await recordPayment();
}, { timeout: 2 * TIMEOUT });

after(() => api?.disconnect());

test('a client is suspended by one party, and both lift that', { timeout: TIMEOUT }, async () => {
  const named = { agreement: AGREEMENT, client: CLIENT };
  const suspended = await say(BANK, 'registry', 'suspendClient', named);
  told(suspended, 'registry.ClientSuspended', { ...named, by: BANK });
  const agreed = await say(BANK, 'registry', 'liftSuspension', named);
  told(agreed, 'registry.LiftAgreed', { ...named, by: BANK });
  const lifted = await say(COMPANY, 'registry', 'liftSuspension', named);
  told(lifted, 'registry.SuspensionLifted', named);
});

test('a bank asks for another account, and objects to that', { timeout: TIMEOUT }, async () => {
  const from = dateAhead(4);
  const asked = account('Rare//Bank//other').address;
  const before = account('Rare//Bank//treasury').address;
  const change = { from: from.typed, account: asked };
  const requested = await say(BANK, 'registry', 'changeAccount', change);
  told(requested, 'registry.AccountChangeRequested', {
    member: BANK, fromDate: from.read, replaced: before, account: asked,
  });
  const objected = await say(BANK, 'registry', 'objectToAccount', { member: BANK, ...change });
  told(objected, 'registry.AccountChangeObjected', {
    member: BANK, fromDate: from.read, account: asked, kept: before,
  });
});

test('calendars are set, named and removed', { timeout: TIMEOUT }, async () => {
  const [from, holiday, last] = [5, 10, 300].map(dateAhead);
  const calendar = (name) => ({
    name, weeklyBitsFromMonday: 31, dates: [[holiday.typed, false]], filledUntil: last.typed,
  });
  const set = await decide('setCalendar', calendar('RARE'));
  told(set, 'registry.CalendarSet', {
    name: 'RARE', weeklyBitsFromMonday: 31, filledUntilDate: last.read,
  });
  const named = { agreement: AGREEMENT, from: from.typed, calendars: ['RARE'] };
  const goesBy = await decide('setCalendars', named);
  told(goesBy, 'registry.CalendarsSet', {
    agreement: AGREEMENT, fromDate: from.read, calendars: ['RARE'],
  });
  await decide('setCalendar', calendar('SPARE'));
  const removed = await decide('removeCalendar', { name: 'SPARE' });
  told(removed, 'registry.CalendarRemoved', { name: 'SPARE' });
});

// Proposes what comes to one payment of these amounts; returns what names the proposal.
async function propose(member, ground, content, [gross, debit, credit]) {
  const sums = (count, [grossMinorUnits, debitMinorUnits, creditMinorUnits]) => ({
    count, grossMinorUnits, debitMinorUnits, creditMinorUnits,
  });
  const stated = { payments: sums(1, [gross, debit, credit]), refunds: sums(0, [0, 0, 0]) };
  const events = await say(member, 'amendments', 'propose', {
    agreement: AGREEMENT, ground, evidence: EVIDENCE, content, stated,
  });
  const proposed = told(events, 'amendments.Proposed', { proposer: member, ground, trades: 1 });
  const { number, fingerprint } = proposed;
  return { agreement: AGREEMENT, number, fingerprint };
}

// The clock allows no lapse, which needs as many days as an answer may take: it is refused by its name.
test('a supplement is proposed, does not lapse, and is withdrawn', { timeout: TIMEOUT }, async () => {
  const missing = {
    client: CLIENT,
    reference: '0x7f0c2d1e5b0a4f7e9c3d0a1b2c3d4e5f',
    user: 'customer-0001000',
    product: PRODUCT,
    grossMinorUnits: 30_000,
    occurredAtUnixMs: yesterday.noonUnixMs,
  };
  const content = { Supplement: { payments: [missing] } };
  const { fingerprint, ...named } = await propose(CLIENT, 'NotRecorded', content, [30_000, 27_000, 3_000]);
  // By Alice, who has funds for its fee: a lapse that fails is free for nobody.
  const { error } = await inBlock(api, keys.alice, filled('amendments', 'lapse', named));
  assert.equal(error, 'amendments.NotLapsed');
  const withdrawn = await say(CLIENT, 'amendments', 'withdraw', { ...named, fingerprint });
  told(withdrawn, 'amendments.Withdrawn', named);
});

test('a replacement is proposed, rejected, and written off', { timeout: TIMEOUT }, async () => {
  const right = {
    position: 0,
    user: 'customer-0009999',
    product: PRODUCT,
    grossMinorUnits: 125_000,
    occurredAtUnixMs: yesterday.noonUnixMs,
  };
  const content = { Replace: { day: yesterday.typed, corrections: [right] } };
  const { fingerprint, ...named } = await propose(BANK, 'WrongAmount', content, [125_050, 112_545, 12_505]);
  const answer = { ...named, fingerprint, accept: false };
  const rejected = await say(COMPANY, 'amendments', 'answer', answer);
  told(rejected, 'amendments.Answered', { ...named, member: COMPANY, accepts: false });
  told(rejected, 'amendments.Unresolved', { ...named, why: 'Rejected' });
  const writtenOff = await say(BANK, 'amendments', 'writeOff', { ...named, fingerprint });
  told(writtenOff, 'amendments.WrittenOff', named);
});

// Waits until the day's payment waits for the company's staff alone.
async function releaseAwaited() {
  const { unpaidObligations } = api.call.counterfoilApi;
  const waitsForStaff = async () => (await unpaidObligations(AGREEMENT)).toHuman()[0]?.waiting === 'Release';
  while (!await waitsForStaff()) await pause(1_000);
}

test('a payment is released, declared, and owed again where it comes back', { timeout: WHOLE }, async () => {
  await releaseAwaited();
  const period = { agreement: AGREEMENT, day: yesterday.typed };
  const ofPeriod = { agreement: AGREEMENT, date: yesterday.read };
  const released = await say(COMPANY, 'settlement', 'release', period);
  told(released, 'settlement.Released', { ...ofPeriod, debtor: COMPANY });

  const value = dateAhead(0);
  const declare = async (reference) => {
    const events = await say(COMPANY, 'settlement', 'declare', {
      ...period, amountMinorUnits: 12_505, valueDate: value.typed, reference,
    });
    return told(events, 'settlement.PaymentDeclared', {
      ...ofPeriod, amountInWords: '125.05 CZK', valueDateInWords: value.read, reference,
    }).number;
  };
  const wrong = await declare('TRANSFER-1');
  const withdrawn = await say(COMPANY, 'settlement', 'withdrawDeclaration', { ...period, number: wrong });
  told(withdrawn, 'settlement.DeclarationWithdrawn', { ...ofPeriod, number: wrong });

  const number = await declare('TRANSFER-2');
  const received = await say(BANK, 'settlement', 'acknowledge', {
    ...period, number, reference: 'TRANSFER-2', receivedMinorUnits: 12_505,
  });
  told(received, 'settlement.PaymentAcknowledged', {
    ...ofPeriod, number, receivedInWords: '125.05 CZK', leftInWords: '0.00 CZK',
  });
  told(received, 'settlement.Paid', { ...ofPeriod, amountInWords: '125.05 CZK' });

  const returned = await say(COMPANY, 'settlement', 'reportReturn', {
    ...period, number, amountMinorUnits: 505, returnedBeforeMinorUnits: 0,
  });
  told(returned, 'settlement.PaymentReturned', {
    ...ofPeriod, number, amountInWords: '5.05 CZK', leftInWords: '5.05 CZK',
  });
});
