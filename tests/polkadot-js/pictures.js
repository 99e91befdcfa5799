// Makes the pictures of docs/polkadot-js.md: goes through the tour in the apps UI, as a reader does.
//
// Usage: node pictures.js UI, where UI is the folder of a built apps UI. The node of COUNTERFOIL_URL is one
// of a new development chain; COUNTERFOIL_PLAYWRIGHT is the folder of playwright-core, and
// COUNTERFOIL_BROWSER the browser. scripts/tour-pictures starts and sets all of it.
//
// What a picture shows follows from the first words of its description in the document.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { connect, pause, url } from './chain.js';
import {
  accountOf, call, fromTheClock, isImport, run, steps, values,
} from './tour.js';

const PICTURES = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
// The largest picture, in bytes.
const LARGEST = 60 * 1024;
const WIDTH = 760;
const HEIGHT = 1_400;
// Of what is longer the picture shows the beginning.
const HIGHEST = 540;
// An event is narrower than a form, and so is an answer.
const HIGHEST_EVENT = 860;
const HIGHEST_ANSWER = 860;
// The time in which the steps before the cut-off are clicked, in milliseconds.
const AHEAD = 240_000;
const PATIENCE = 30_000;
// The times in which a block has what was sent, and in which the chain comes to what the document shows: the
// cut-off passes meanwhile.
const LONGEST_TO_BLOCK = 120_000;
const LONGEST_TO_STATE = AHEAD + 360_000;
const TYPES = {
  '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json',
};

// Serves a folder on a port of this machine; returns its address.
async function serve(folder) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const file = path.join(folder, pathname === '/' ? 'index.html' : decodeURIComponent(pathname));
    if (!existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
    } else {
      const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
      response.writeHead(200, { 'content-type': type }).end(readFileSync(file));
    }
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return { address: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

async function open(browser, address) {
  const page = await browser.newPage({ viewport: { width: WIDTH, height: HEIGHT } });
  page.setDefaultTimeout(PATIENCE);
  page.on('pageerror', (error) => console.error(`the UI: ${error.message}`));
  const go = async (place) => {
    // Another query loads the UI anew, so that nothing of the step before is left.
    await page.goto(`${address}/?rpc=${url}&${Date.now()}#/${place}`);
    await page.locator('main').first().waitFor();
  };
  return { page, go };
}

// Cuts a part of the page out, from the top of the first place to the bottom of the last.
async function cut(page, file, first, last = first, highest = HIGHEST) {
  const top = await first.boundingBox();
  const bottom = await last.boundingBox();
  const clip = {
    x: Math.max(0, top.x - 8),
    y: Math.max(0, top.y - 8),
    width: top.width + 16,
    height: Math.min(highest, bottom.y + bottom.height - top.y + 16),
  };
  const picture = await page.screenshot({ path: path.join(PICTURES, file), clip, animations: 'disabled' });
  assert.ok(picture.length <= LARGEST, `${file} has ${picture.length} bytes`);
  console.log(`${file}: ${picture.length} bytes`);
}

// The file of the picture of a step whose description begins so.
const pictureOf = ({ pictures }, begin) => pictures.find(({ shows }) => shows.startsWith(begin))?.file;

// Waits for the block with the call that a step sends by its account, from `from` on.
async function blockOf(api, { title, sends }, from) {
  const { account, section, method } = sends;
  const signer = accountOf(account).address;
  const until = Date.now() + LONGEST_TO_BLOCK;
  for (let number = from; ; number += 1) {
    while ((await api.rpc.chain.getHeader()).number.toNumber() < number) {
      if (Date.now() > until) throw new Error(`${title}: no block from ${from} on has ${section}.${method}`);
      await pause(300);
    }
    const hash = await api.rpc.chain.getBlockHash(number);
    const { block } = await api.rpc.chain.getBlock(hash);
    const index = block.extrinsics.findIndex((extrinsic) => extrinsic.isSigned
      && extrinsic.signer.toString() === signer
      && extrinsic.method.section === section && extrinsic.method.method === method);
    if (index >= 0) {
      const events = await (await api.at(hash)).query.system.events();
      const of = ({ phase }) => phase.isApplyExtrinsic && phase.asApplyExtrinsic.eq(index);
      return { hash: hash.toHex(), events: events.filter(of).map(({ event }) => event) };
    }
  }
}

// Fills the form by the call data, signs as the step's account, and submits.
async function send(api, { page, go }, step, yours) {
  const { address } = accountOf(step.sends.account);
  const from = (await api.rpc.chain.getHeader()).number.toNumber() + 1;
  await page.evaluate((defaults) => {
    localStorage.setItem('options:InputAddress', JSON.stringify({ defaults }));
  }, { account: address, all: address });
  const data = call(api, step, yours).method.toHex();
  await go(`extrinsics/decode/${data}`);
  await page.locator('.extrinsics--App .details').first().waitFor();
  await page.locator('.ui--Tab', { hasText: 'Submission' }).click();
  const submit = page.getByRole('button', { name: 'Submit Transaction' });
  await submit.waitFor();
  await page.locator('.ui--InputAddress').getByText(step.sends.account, { exact: true }).first().waitFor();
  // The form encodes what it shows: that has to be the call data again.
  await page.waitForFunction((text) => document.body.innerText.includes(text), data);
  const form = pictureOf(step, 'The form');
  if (form) {
    const encoded = page.locator('.ui--Labelled', { hasText: 'encoded call data' }).first();
    await cut(page, form, page.locator('.ui--InputAddress').first(), encoded);
  }
  await submit.click();
  await page.getByRole('button', { name: 'Sign and Submit' }).click();
  const refusal = pictureOf(step, 'A refusal');
  if (refusal) {
    const told = page.locator('.ui--Status .item.error').first();
    await told.waitFor();
    // Under the pointer it says what happened.
    await told.hover();
    await pause(2_000);
    await cut(page, refusal, told);
  }
  const block = await blockOf(api, step, from);
  const events = pictureOf(step, 'The event');
  if (events) await showEvent({ page, go }, block.hash, events, step.events[0]);
  const proposed = block.events.find(({ method }) => method === 'Proposed');
  if (proposed) yours.fingerprint = proposed.data.fingerprint.toHex();
}

// The first of a step's events, opened on the page of its block.
async function showEvent({ page, go }, hash, file, shown) {
  // A narrow page hides the events, and a low one cuts the later ones off.
  await page.setViewportSize({ width: 1_300, height: 2 * HEIGHT });
  await go(`explorer/query/${hash}`);
  const event = page.locator('.explorer--BlockByHash-event', { hasText: shown }).first();
  await event.waitFor();
  await event.locator('.ui--Expander-summary').first().click();
  await pause(500);
  await cut(page, file, event, event, HIGHEST_EVENT);
  await page.setViewportSize({ width: WIDTH, height: HEIGHT });
}

// Chooses in a list by typing the choice.
async function choose(page, list, text) {
  await list.click();
  await page.keyboard.type(text);
  await pause(300);
  await page.keyboard.press('Enter');
  await pause(500);
}

// Asks by the form of runtime calls.
async function read({ page, go }, step, yours) {
  const file = pictureOf(step, 'A day') ?? pictureOf(step, 'The');
  if (!file) return;
  await go('runtime');
  const form = page.locator('.runtime--Selection');
  await form.waitFor();
  await pause(1_500);
  await choose(page, form.locator('.ui--DropdownLinked-Sections').first(), 'counterfoilApi');
  await choose(page, form.locator('.ui--DropdownLinked-Items').first(), step.reads);
  // What is no number is a choice from a list: the document takes the one that is chosen at first.
  for (const [name, value] of Object.entries(values(step, yours))) {
    if (/^\d+$/.test(value)) {
      await form.locator(`.ui--Labelled:has(> label:text-matches("^${name}: ")) input`).fill(value);
    }
  }
  await pause(500);
  await page.getByRole('button', { name: 'Submit Runtime call' }).click();
  const result = page.locator('.runtime--Results');
  await result.locator('pre').first().waitFor();
  await pause(500);
  await cut(page, file, form, result, HIGHEST_ANSWER);
}

// Waits until the day has the state that the document shows.
async function awaitShown(api, step, yours) {
  const parameters = Object.values(values(step, yours));
  const at = (answer, names) => names.split('.').reduce((value, name) => value?.[name], answer);
  const isShown = (answer) => step.shown.every(
    ({ path: names, value }) => String(at(answer, names) ?? 'nothing') === value,
  );
  const until = Date.now() + LONGEST_TO_STATE;
  for (;;) {
    const answer = (await api.call.counterfoilApi[step.reads](...parameters)).toHuman();
    if (isShown(answer)) return;
    if (Date.now() > until) {
      throw new Error(`${step.title}: ${step.reads} still answers ${JSON.stringify(answer)}`);
    }
    await pause(1_000);
  }
}

async function connected({ page, go }, file) {
  await go('explorer');
  await page.locator('table').first().waitFor();
  await pause(8_000);
  // A narrow page has no names in its menu.
  await page.setViewportSize({ width: 1_100, height: 372 });
  await pause(500);
  await cut(page, file, page.locator('body'));
  await page.setViewportSize({ width: WIDTH, height: HEIGHT });
}

const [ui] = process.argv.slice(2);
const isBuilt = ui && existsSync(path.join(ui, 'index.html'));
assert.ok(isBuilt, 'usage: node pictures.js UI, the folder of a built apps UI');
const { chromium } = createRequire(import.meta.url)(process.env.COUNTERFOIL_PLAYWRIGHT);
mkdirSync(PICTURES, { recursive: true });
const api = await connect();
const server = await serve(ui);
const browser = await chromium.launch({
  executablePath: process.env.COUNTERFOIL_BROWSER,
  args: [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
  ],
});
try {
  const inUi = await open(browser, server.address);
  const yours = fromTheClock(AHEAD);
  for (const step of steps()) {
    console.log(step.title);
    const explorer = pictureOf(step, 'The explorer');
    if (explorer) await connected(inUi, explorer);
    if (step.sends) {
      await send(api, inUi, step, yours);
    } else if (step.reads) {
      await awaitShown(api, step, yours);
      await read(inUi, step, yours);
    } else if (isImport(step)) {
      run(step);
    }
  }
} finally {
  await browser.close();
  server.close();
  await api.disconnect();
}
