// The tour of docs/polkadot-js.md is true: each call data is that of its table, and each step, submitted in
// the document's order on a new development chain, has the outcome that the document shows.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connect, inBlock, pause, url } from './chain.js';
import {
  accountOf, call, fromTheClock, isImport, run, steps, values,
} from './tour.js';

const MINUTE = 60_000;
// The time in which all steps before the cut-off are sent, in milliseconds.
const AHEAD = 120_000;
// From the first step to the last: cut-off and preset time pass in between.
const TIMEOUT = 12 * MINUTE;

let api;

before(async () => { api = await connect(); }, { timeout: 120_000 });
after(() => api?.disconnect());

const tour = steps();
const sending = tour.filter(({ sends }) => sends);
const nameOfCall = ({ section, method }) => `${section}.${method}`;

test('the call data of each step is what its table says', () => {
  assert.ok(sending.length >= 10, `only ${sending.length} steps send something`);
  for (const step of sending) {
    const { method } = call(api, step);
    assert.equal(method.toHex(), step.data, step.title);
    const decoded = api.createType('Call', step.data);
    assert.equal(nameOfCall(decoded), nameOfCall(step.sends), step.title);
    assert.deepEqual(decoded.toHuman().args, method.toHuman().args, step.title);
  }
});

test('every field of a form has its row in the table of the step', () => {
  for (const step of sending) {
    const { args } = api.tx[step.sends.section][step.sends.method].meta;
    assert.equal(Object.keys(values(step)).length, args.length, step.title);
  }
});

async function send(step, yours) {
  const { error, events } = await inBlock(api, accountOf(step.sends.account), call(api, step, yours));
  assert.equal(error, step.refused, step.title);
  const names = events.map(nameOfCall);
  for (const event of step.events) assert.ok(names.includes(event), `${step.title}: no ${event} in ${names}`);
  const proposed = events.find((event) => nameOfCall(event) === 'amendments.Proposed');
  if (proposed) yours.fingerprint = proposed.data.fingerprint.toHex();
}

// What a path leads to in an answer.
const at = (answer, names) => names.split('.').reduce((value, name) => value?.[name], answer);

// Reads until the answer shows what the document shows: the members' nodes need some blocks.
async function read(step, yours, until) {
  const parameters = Object.values(values(step, yours));
  const expected = step.shown.map(({ path, value }) => [path, value]);
  for (;;) {
    const answer = (await api.call.counterfoilApi[step.reads](...parameters)).toHuman();
    const shown = step.shown.map(({ path }) => [path, String(at(answer, path) ?? 'nothing')]);
    if (JSON.stringify(shown) === JSON.stringify(expected)) return;
    if (Date.now() > until) assert.deepEqual(shown, expected, step.title);
    await pause(1_000);
  }
}

// The development chain says that the members' nodes answer on port 9944; this one has another.
async function setEndpoints() {
  // Signing changes a call, so each member has its own.
  const endpoint = url.replace('ws', 'http');
  const set = (name) => inBlock(api, accountOf(name), api.tx.registry.setEndpoint(endpoint));
  const answers = await Promise.all(['BOB', 'CHARLIE'].map(set));
  for (const { error } of answers) assert.equal(error, undefined);
}

test('each step has the outcome that the tour shows', { timeout: TIMEOUT }, async () => {
  await setEndpoints();
  const yours = fromTheClock(AHEAD);
  const until = Date.now() + TIMEOUT - MINUTE;
  for (const step of tour) {
    if (step.sends) await send(step, yours);
    else if (step.reads) await read(step, yours, until);
    else if (isImport(step)) run(step);
  }
});
