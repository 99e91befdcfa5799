// What people type and read: amounts with a point, payers of any length, UUIDs with dashes, dates.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { account, AGREEMENT, connect, finalised, PRODUCT, TIMEOUT } from './chain.js';

const UUID = '7f0c2d1e-5b0a-4f7e-9c3d-0a1b2c3d4e5f';
const PAGE = 256;

let api;
let eve;

before(async () => {
  api = await connect();
  eve = account('Eve');
}, { timeout: TIMEOUT });
after(() => api?.disconnect());

const record = (amount, payer, reference, time = null, product = PRODUCT) =>
  api.tx.trades.recordOne(AGREEMENT, product, amount, payer, reference, time);

// A refund of a payment, which is named as its event named it.
const giveBack = (payment, amount, reference, before = null, time = null) => {
  const [client, sequence] = [payment.client, payment.sequence].map(whole);
  const original = { id: { client, sequence }, day: digits(payment.date), position: payment.position };
  return api.tx.trades.refundOne(AGREEMENT, original, amount, reference, before, time);
};

// Records, and returns what the chain says that it understood.
async function understood(call, event = 'TradeRecorded') {
  const { events } = await finalised(api, eve, call);
  const told = events.find(({ method }) => method === event);
  assert.ok(told, 'nobody is told');
  return { ...told.data.toHuman(), position: told.data.position.toNumber() };
}

// The digits of an amount in words, and of one in minor units: both are the same number.
const minorUnits = (amount) => BigInt(amount.replace(/\D/g, ''));

// The number that polkadot.js shows with commas between its digits.
const whole = (number) => BigInt(number.replaceAll(',', ''));

// The digits of a date, as people type a day.
const digits = (date) => Number(date.replaceAll('-', ''));

test('a payment is recorded, told and read as a person writes it', { timeout: TIMEOUT }, async () => {
  const told = await understood(record('1250.50', 'C-9999', UUID));
  assert.equal(told.gross, '1250.50 CZK');
  assert.equal(told.payer, 'C-9999');
  assert.equal(told.reference, UUID);
  assert.match(told.date, /^\d{4}-\d\d-\d\d$/);

  const { dayInWords, tradesInWords } = api.call.counterfoilApi;
  const day = (await dayInWords(AGREEMENT, digits(told.date))).unwrap().toHuman();
  assert.equal(day.date, told.date);
  for (const { gross } of [day.payments, day.refunds]) {
    assert.match(gross.words, /^\d+\.\d\d CZK$/);
    assert.equal(minorUnits(gross.words), minorUnits(gross.amountMinorUnits));
  }
  assert.ok(day.awaited.some(({ what }) => what === 'trades, until the cut-off'));
  assert.deepEqual([day.companyBreaks.count, day.bankBreaks.count], ['0', '0']);
  const page = Math.floor(told.position / PAGE);
  const trades = await tradesInWords(AGREEMENT, digits(told.date), page);
  const trade = trades[told.position % PAGE].toHuman();
  assert.deepEqual(
    [trade.payer, trade.reference, trade.gross.words, trade.debit.words, trade.credit.words, trade.time],
    [told.payer, told.reference, told.gross, told.debit, told.credit, told.time],
  );

  // A time as people write it: by the agreement's clock, to the minute.
  const written = told.time.slice(0, 16).replace('T', ' ');
  const again = await understood(record('0.5', 'Dvořák', 'FV-2026/0017', written));
  assert.equal(again.time.slice(0, 19), `${told.time.slice(0, 16)}:00`);
  assert.deepEqual(
    [again.payer, again.reference, again.gross],
    ['Dvořák', 'FV-2026/0017', '0.50 CZK'],
  );
});

test('what may mean two things, or nobody sees, fails by its name', { timeout: TIMEOUT }, async () => {
  const fails = (call, error) => assert.rejects(finalised(api, eve, call), { message: error });
  await fails(record('1,250', 'C-9999', UUID), 'trades.AmountSeparated');
  await fails(record('1.250', 'C-9999', UUID), 'trades.AmountTooPrecise');
  await fails(record('10', 'C-9999          ', UUID), 'trades.PayerBlanks');
  await fails(record('10', 'C-9999', UUID, '28.11.2026'), 'trades.TimeUnreadable');
  await fails(record('10', 'C-9999', UUID, null, 99), 'trades.UnknownProduct');
  await fails(api.tx.trades.seal(AGREEMENT, 20261131), 'trades.NoSuchDate');
});

test('a refund is recorded and told as a person writes it, once', { timeout: TIMEOUT }, async () => {
  const fails = (call, error) => assert.rejects(finalised(api, eve, call), { message: error });
  const payment = await understood(record('80', 'C-9999', 'FV-2026/0018'));
  await fails(giveBack(payment, '10,50', 'B-1'), 'trades.AmountSeparated');
  await fails(giveBack(payment, '10.505', 'B-1'), 'trades.AmountTooPrecise');
  await fails(giveBack(payment, '80.01', 'B-1'), 'trades.MoreThanLeft');
  await fails(giveBack(payment, '10.50', 'B-1', '1.00'), 'trades.RefundedMeanwhile');

  const told = await understood(giveBack(payment, '10.50', 'B-1'), 'RefundRecorded');
  assert.deepEqual(
    [told.gross, told.left, told.payer, told.reference, told.originalReference, told.originalDate],
    ['10.50 CZK', '69.50 CZK', 'C-9999', 'B-1', 'FV-2026/0018', payment.date],
  );
  await fails(giveBack(payment, '10.50', 'B-1'), 'trades.RefundedMeanwhile');
  await fails(giveBack(payment, '10.50', 'B-1', '10.50'), 'trades.ReferenceRecorded');
  const second = await understood(giveBack(payment, '69.50', 'B-2', '10.50'), 'RefundRecorded');
  assert.equal(second.left, '0.00 CZK');
});

test('a day is read by the digits of its date, and none after tomorrow', { timeout: TIMEOUT }, async () => {
  const { agreementInWords, day, today } = api.call.counterfoilApi;
  const number = (await today(AGREEMENT)).unwrap();
  const agreement = (await agreementInWords(AGREEMENT)).unwrap().toHuman();
  const byDigits = (await day(AGREEMENT, digits(agreement.today))).unwrap();
  assert.equal(byDigits.day.toNumber(), number.toNumber());
  assert.ok((await day(AGREEMENT, 99991231)).isNone);
  assert.ok((await day(AGREEMENT, 20261131)).isNone);
});

test('members read with their names, and agreements with their currency', async () => {
  const { agreementInWords, membersInWords } = api.call.counterfoilApi;
  const members = (await membersInWords(0)).map((member) => member.toHuman());
  const agreement = (await agreementInWords(AGREEMENT)).unwrap().toHuman();
  assert.equal(agreement.currency, 'CZK');
  const names = members.map(({ member, name }) => `${member} (${name})`);
  for (const name of [agreement.bank, agreement.company, agreement.reconciler, ...agreement.clients]) {
    assert.ok(names.includes(name), name);
  }
  const client = members.find(({ operator }) => operator === eve.address);
  assert.equal(client.role, 'Client');
});

test('all agreements read as each of them does, a page at a time', async () => {
  const { agreementInWords, agreementsInWords } = api.call.counterfoilApi;
  const agreements = (await agreementsInWords(0)).map((agreement) => agreement.toHuman());
  const one = (await agreementInWords(AGREEMENT)).unwrap().toHuman();
  assert.deepEqual(agreements.find(({ agreement }) => agreement === one.agreement), one);
  assert.equal((await agreementsInWords(1)).length, 0);
});

test('products read with what bank and company get', async () => {
  const products = (await api.call.counterfoilApi.productsInWords(AGREEMENT, 0)).toHuman();
  const tenth = products.find(({ product }) => product === String(PRODUCT)).terms[0];
  assert.equal(tenth.bank.words, '10 % of the gross amount (a half rounds up)');
  assert.equal(tenth.company.words, "the gross amount less the bank's amount");
  assert.equal(tenth.isInForce, true);
  const fee = products.find(({ product }) => product === '2').terms[0].bank;
  assert.deepEqual([fee.atLeast.words, fee.atLeast.amountMinorUnits], ['10.00 CZK', '1,000']);
});

test('calendars read as many as the chain has', async () => {
  const { calendars, calendarsInWords } = api.call.counterfoilApi;
  const names = (list) => list.map(({ name }) => name.toString());
  assert.deepEqual(names(await calendarsInWords()), names(await calendars()));
});

test('today waits for trades of the clients until its cut-off', { timeout: TIMEOUT }, async () => {
  const { agreementInWords, dayInWords, waitingDaysInWords } = api.call.counterfoilApi;
  const { clients, today } = (await agreementInWords(AGREEMENT)).unwrap().toHuman();
  const [days, next] = await waitingDaysInWords(AGREEMENT, digits(today));
  assert.ok(next.isNone);
  const [waiting] = days.map((day) => day.toHuman());
  assert.equal(waiting.date, today);
  const [trades] = waiting.awaited;
  assert.deepEqual([trades.what, trades.from], ['trades, until the cut-off', clients]);
  const day = (await dayInWords(AGREEMENT, digits(today))).unwrap().toHuman();
  assert.deepEqual([trades.until, trades.isLate], [day.cutOffAt, false]);
});

test('what is owed reads with its amount in words and in minor units', { timeout: TIMEOUT }, async () => {
  // Of one block: what is owed is paid meanwhile.
  const { call } = await api.at(await api.rpc.chain.getFinalizedHead());
  const { obligationsInWords, unpaidObligations } = call.counterfoilApi;
  const [words, numbers] = await Promise.all(
    [obligationsInWords, unpaidObligations].map((list) => list(AGREEMENT)),
  );
  const amounts = (list, amount) => list.map((one) => amount(one).toString());
  assert.deepEqual(
    amounts(words, ({ owed }) => owed.amountMinorUnits),
    amounts(numbers, ({ obligation }) => obligation.amountMinorUnits),
  );
});
