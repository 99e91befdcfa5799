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

// Records, and returns what the chain says that it understood.
async function understood(call) {
  const { events } = await finalised(api, eve, call);
  const told = events.find(({ method }) => method === 'TradeRecorded');
  assert.ok(told, 'nobody is told');
  return { ...told.data.toHuman(), position: told.data.position.toNumber() };
}

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
  assert.match(day.payments.gross, / CZK$/);
  assert.match(day.refunds.gross, / CZK$/);
  const page = Math.floor(told.position / PAGE);
  const trades = await tradesInWords(AGREEMENT, digits(told.date), page);
  const trade = trades[told.position % PAGE].toHuman();
  assert.deepEqual(
    [trade.payer, trade.reference, trade.gross, trade.debit, trade.credit, trade.time],
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
  const members = (await membersInWords()).map((member) => member.toHuman());
  const agreement = (await agreementInWords(AGREEMENT)).unwrap().toHuman();
  assert.equal(agreement.currency, 'CZK');
  const names = members.map(({ member, name }) => `${member} (${name})`);
  for (const name of [agreement.bank, agreement.company, agreement.reconciler, ...agreement.clients]) {
    assert.ok(names.includes(name), name);
  }
  const client = members.find(({ operator }) => operator === eve.address);
  assert.equal(client.role, 'Client');
});
