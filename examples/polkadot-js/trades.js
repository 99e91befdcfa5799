// Records payments and refunds on Counterfoil, and reads a day.
//
//     node trades.js record FILE          records the payments of a file, in one batch
//     node trades.js refund FILE          gives back from payments that are recorded
//     node trades.js day AGREEMENT DATE   shows a day and its trades; the date is like 2026-11-28
//
// COUNTERFOIL_URL names the node, COUNTERFOIL_SEED_FILE a file with the operator's secret seed.
// docs/programs.md explains the files. Exits with 1 where the chain refuses anything.

import { readFileSync } from 'node:fs';
import { clientOf, connect, finalApi, finalized, operatorFrom, Refused } from './chain.js';
import { digits, request } from './request.js';

// The trades of a page.
const PAGE = 256;
const USAGE = 'usage: node trades.js record FILE | refund FILE | day AGREEMENT DATE';
const REMEDIES = {
  SequenceUsed: 'see what is recorded under this sequence: it may be this very trade',
  WrongDebit: "compute the company's amount anew, by the terms of the payment's day",
  WrongCredit: "compute the bank's amount anew, by the terms of the payment's day",
};

function tellRefusal(what, reason) {
  const remedy = REMEDIES[reason] ?? 'look the reason up in docs/programs.md';
  console.error(`refused ${what}: ${reason}\nremedy: ${remedy}`);
}

async function record(api, operator, { agreement, payments }) {
  const trades = payments.map(request);
  return send(api, operator, agreement, trades, api.tx.trades.record(agreement, trades));
}

async function refund(api, operator, { agreement, refunds }) {
  const client = await clientOf(api, operator);
  const chain = await finalApi(api);
  const trades = await Promise.all(refunds.map(async (back) => {
    const [day, id] = [digits(back.of.date), { client, sequence: back.of.sequence }];
    const found = await chain.findById(agreement, day, id);
    if (found.isNone) {
      throw new Error(`payment ${client}/${id.sequence} is not on ${back.of.date}: see its day`);
    }
    const [position] = found.unwrap();
    const refundedBeforeMinorUnits = await chain.refunded(agreement, day, position);
    return { ...request(back), original: { id, day, position }, refundedBeforeMinorUnits };
  }));
  return send(api, operator, agreement, trades, api.tx.trades.refund(agreement, trades));
}

// Sends a call of trades, and prints what became of each. Returns whether all were taken.
async function send(api, operator, agreement, trades, call) {
  const client = await clientOf(api, operator);
  let events;
  try {
    events = await finalized(api, operator, call);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    tellRefusal('the call', error.message);
    return false;
  }
  const chain = await finalApi(api);
  const named = (name) => events.filter(({ method }) => method === name);
  for (const { data: { date } } of named('CreditEntriesIssued')) {
    for (const { sequence } of trades) {
      const found = await chain.findById(agreement, digits(date.toString()), { client, sequence });
      if (found.isSome) {
        const [position] = found.unwrap();
        console.log(`recorded ${client}/${sequence} on ${date}, position ${position}`);
      }
    }
  }
  const refused = named('TradeRefused');
  for (const { data } of refused) tellRefusal(`${client}/${data.sequence}`, data.reason.type);
  return refused.length === 0;
}

async function day(api, agreement, date) {
  const chain = await finalApi(api);
  const found = await chain.day(agreement, digits(date));
  if (found.isNone) {
    throw new Error(`agreement ${agreement} has no day ${date}: it begins later, or the day lies ahead`);
  }
  const summary = found.unwrap();
  for (const kind of ['payments', 'refunds']) {
    console.log(`${summary[kind].count} ${kind}, gross ${summary[kind].grossMinorUnits}`);
  }
  for (let page = 0; page * PAGE < summary.trades.toNumber(); page += 1) {
    const trades = await chain.trades(agreement, digits(date), page);
    trades.forEach(({ id, kind, grossMinorUnits }, place) => {
      const position = page * PAGE + place;
      console.log(`${position} ${kind.type} ${id.client}/${id.sequence}, gross ${grossMinorUnits}`);
    });
  }
  return true;
}

async function main([command, ...rest]) {
  const steps = { record: [record, 1], refund: [refund, 1], day: [day, 2] };
  const [step, count] = steps[command] ?? [];
  if (rest.length !== count) throw new Error(USAGE);
  const words = command === 'day'
    ? rest
    : [operatorFrom(process.env.COUNTERFOIL_SEED_FILE), JSON.parse(readFileSync(rest[0], 'utf8'))];
  const api = await connect(process.env.COUNTERFOIL_URL ?? 'ws://127.0.0.1:9944');
  try {
    return await step(api, ...words);
  } finally {
    await api.disconnect();
  }
}

try {
  process.exitCode = await main(process.argv.slice(2)) ? 0 : 1;
} catch (error) {
  // The node's own words are in `data`.
  console.error(error.data ? `${error.message}: ${error.data}` : error.message);
  process.exitCode = 1;
}
