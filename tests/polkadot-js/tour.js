// The tour of docs/polkadot-js.md as a list of steps: what it says to click, to type, and to see.
//
// A step that sends something names account and call, like: as `BOB`: `settlement` → `declare`. A table of
// field, value and "yours" follows, and the call data. A step that reads names the call of the runtime, like
// `counterfoilApi` → `day`, with a table of its parameters and a table of what is shown.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringCamelCase } from '@polkadot/util';
import { account, url } from './chain.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DOCUMENT = join(ROOT, 'docs/polkadot-js.md');
const MINUTE = 60_000;
// The agreement's cut-off, by its own clock, as the document sets it.
const CUT_OFF = 12 * 60 + 15;
const SENDING = /[Aa]s\s+`([A-Z]+)`:\s+`(\w+)`\s+→\s+`(\w+)`/;
const READING = /`counterfoilApi`\s+→\s+`(\w+)`/;
// One line: what is pasted may have no breaks, which a browser turns into spaces.
const CALL_DATA = /```text\n(0x[0-9a-f]+)\n```/;
const SHELL = /```sh\n([^`]+)```/g;
const PICTURE = /!\[([^\]]+)\]\(pictures\/([\w-]+\.png)\)/g;

// The rows of the tables of a section, by their first column's title: cells as they are typed.
function tables(text) {
  const found = {};
  let rows = null;
  for (const line of text.split('\n')) {
    if (!line.startsWith('|')) {
      rows = null;
      continue;
    }
    const cells = line.split('|').slice(1, -1).map((cell) => cell.trim().replaceAll('`', ''));
    if (!rows) {
      rows = [];
      found[cells[0]] = rows;
    } else if (!/^-+$/.test(cells[0])) {
      const [path, value, yours = ''] = cells;
      rows.push({ path, value, yours });
    }
  }
  return found;
}

// The names after a title like "Events:", in code quotes.
function named(text, title) {
  const [, names = ''] = text.match(new RegExp(`^${title}: (.+(?:\n.+)*)`, 'm')) ?? [];
  return [...names.matchAll(/`(\w+\.\w+)`/g)].map(([, name]) => name);
}

function step(section) {
  const [title] = section.split('\n', 1);
  const { field = [], shown = [] } = tables(section);
  const sending = section.match(SENDING);
  const reading = section.match(READING);
  const [, data] = section.match(CALL_DATA) ?? [];
  return {
    title,
    fields: field,
    shown,
    shells: [...section.matchAll(SHELL)].map(([, lines]) => lines),
    sends: sending && { account: sending[1], section: sending[2], method: sending[3] },
    reads: reading && reading[1],
    data,
    pictures: [...section.matchAll(PICTURE)].map(([, shows, file]) => ({ shows, file })),
    events: named(section, 'Events'),
    refused: named(section, 'Refused')[0],
  };
}

// All steps, in the document's order.
export function steps() {
  const sections = readFileSync(DOCUMENT, 'utf8').split(/^#+ /m).slice(1);
  return sections.map(step);
}

// Puts a value where its path leads, such as `content.Cancel.day` or `refunds.0.sequence`.
function put(into, [name, ...rest], value) {
  if (rest.length === 0) {
    into[name] = value;
  } else {
    into[name] ??= /^\d+$/.test(rest[0]) ? [] : {};
    put(into[name], rest, value);
  }
}

// What a cell of a table stands for. What is left out has words of its own, and so have yes and no.
function typed(value) {
  const words = { yes: true, no: false, 'left out': null };
  return Object.hasOwn(words, value) ? words[value] : value;
}

// The values of a step, by name, with those of `yours` in the place of the document's.
export function values({ fields }, yours) {
  const all = {};
  for (const { path, value, yours: name } of fields) {
    if (yours && name && !Object.hasOwn(yours, name)) {
      throw new Error(`nothing is known of "${name}"`);
    }
    put(all, path.split('.'), typed(yours && name ? yours[name] : value));
  }
  return all;
}

// The call of this name with these arguments. A call among them is named by section and method.
export function callOf(api, section, method, named) {
  const call = api.tx[section]?.[method];
  if (!call) throw new Error(`no call ${section}.${method}`);
  const names = call.meta.args.map(({ name }) => stringCamelCase(name.toString()));
  const unknown = Object.keys(named).filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`${section}.${method} has no ${unknown}`);
  return call(...names.map((name) => {
    if (name !== 'call') return named[name];
    const [inner] = Object.entries(named.call);
    const [innerMethod] = Object.entries(inner[1]);
    return callOf(api, inner[0], innerMethod[0], innerMethod[1]);
  }));
}

// The call that a step sends.
export function call(api, { sends, ...step }, yours) {
  return callOf(api, sends.section, sends.method, values(step, yours));
}

// A development account as the apps UI names it.
export const accountOf = (name) => account(`${name[0]}${name.slice(1).toLowerCase()}`);

// What a reader takes from the clock. The offset makes the cut-off come after `ahead` milliseconds, and less
// than a minute later.
export function fromTheClock(ahead) {
  const now = Date.now();
  const minuteOfDay = Math.floor(now / MINUTE) % (24 * 60);
  const local = CUT_OFF - Math.ceil(((now % MINUTE) + ahead) / MINUTE);
  const offset = local - minuteOfDay;
  const iso = (at) => new Date(at).toISOString().slice(0, 10);
  const digits = (at) => iso(at).replaceAll('-', '');
  const yesterday = now - 24 * 60 * MINUTE;
  return {
    offset,
    yesterday: digits(yesterday),
    today: digits(now),
    noon: `${iso(yesterday)} 12:00`,
    one: `${iso(yesterday)} 13:00`,
  };
}

// Runs the commands of a step as in the checkout, on the node under test, and leaves nothing behind.
export function run({ shells }) {
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-tour-'));
  // By its path, since the commands change PATH: the program under test may lie elsewhere.
  const program = join(process.env.COUNTERFOIL_BIN_DIR, 'counterfoil');
  const onNode = `counterfoil() { '${program}' --url '${url}' "$@"; }`;
  try {
    for (const name of ['samples', 'scripts']) symlinkSync(join(ROOT, name), join(folder, name));
    for (const lines of shells) {
      execFileSync('bash', ['--norc', '-euc', `${onNode}\n${lines}`], {
        cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'],
      });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

// Whether the commands of a step are part of the day: those that start node and UI are not.
export const isImport = ({ shells }) => shells.some((lines) => lines.includes('book import'));
