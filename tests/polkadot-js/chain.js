// What the tests have in common: the node under test, its members, and the way of a call.
//
// The node is the one of COUNTERFOIL_URL, of the development chain. Nothing is told to the client
// beyond its address: no custom types, no custom methods.

import { ApiPromise, WsProvider } from '@polkadot/api';
import { Keyring } from '@polkadot/keyring';
import { cryptoWaitReady } from '@polkadot/util-crypto';

export const AGREEMENT = 1;
export const PRODUCT = 1;
export const TIMEOUT = 120_000;

// Where the node answers.
export const url = process.env.COUNTERFOIL_URL ?? 'ws://127.0.0.1:9944';

// Pallets of the SDK. All others are ours, those to come among them.
const SDK = [
  'system', 'timestamp', 'aura', 'grandpa', 'balances', 'transactionPayment', 'utility', 'assets',
  'skipFeelessPayment', 'authorship', 'session', 'historical', 'offences', 'collective',
];

// The names of our own pallets among those of `sections`.
export function own(sections) {
  return Object.keys(sections).filter((section) => !SDK.includes(section));
}

// A connection to a chain that has made a block: before that, it knows no time.
export async function connect() {
  await cryptoWaitReady();
  const api = await ApiPromise.create({ provider: new WsProvider(url), noInitWarn: true });
  while ((await api.query.timestamp.now()).isZero()) await pause(500);
  return api;
}

export function pause(millis) {
  return new Promise((resolve) => { setTimeout(resolve, millis); });
}

// A development account: `//Alice`, or one that nobody registered.
export function account(name) {
  return new Keyring({ type: 'sr25519' }).addFromUri(`//${name}`);
}

// Signs, sends, and waits until the transaction is final; returns its events and its block. An error
// is named as the apps UI names it.
export function finalised(api, signer, call, options = {}) {
  return new Promise((resolve, reject) => {
    call.signAndSend(signer, options, ({ status, events, dispatchError }) => {
      if (status.isFinalized) {
        if (dispatchError) {
          reject(new Error(nameOf(api, dispatchError)));
        } else {
          resolve({ block: status.asFinalized, events: events.map(({ event }) => event) });
        }
      } else if (status.isInvalid || status.isDropped || status.isUsurped) {
        reject(new Error(status.type));
      }
    }).catch(reject);
  });
}

// Signs, sends, and waits for the block; returns the events, and the name of the error if it failed.
export function inBlock(api, signer, call) {
  return new Promise((resolve, reject) => {
    call.signAndSend(signer, ({ status, events, dispatchError }) => {
      if (status.isInBlock) {
        const error = dispatchError && nameOf(api, dispatchError);
        resolve({ error, events: events.map(({ event }) => event) });
      } else if (status.isInvalid || status.isDropped || status.isUsurped) {
        reject(new Error(status.type));
      }
    }).catch(reject);
  });
}

// `section.Name` of a pallet's error; others by their kind.
export function nameOf(api, dispatchError) {
  if (!dispatchError.isModule) return dispatchError.toString();
  const { section, name } = api.registry.findMetaError(dispatchError.asModule);
  return `${section}.${name}`;
}

const MILLION = 1_000_000n;

// What a rule of the terms yields for a gross amount.
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
  let amount = quotient + (up ? 1n : 0n) + rule.flatMinorUnits.toBigInt();
  const floor = rule.floorMinorUnits.toBigInt();
  if (amount < floor) amount = floor;
  const cap = rule.capMinorUnits;
  if (cap.isSome && amount > cap.unwrap().toBigInt()) amount = cap.unwrap().toBigInt();
  return amount < gross ? amount : gross;
}

// Both sides' amounts by the terms of the day.
export async function amounts(api, gross) {
  const versions = (await api.query.registry.products(AGREEMENT, PRODUCT)).unwrap();
  const [, terms] = versions[versions.length - 1];
  const credit = share(terms.credit, gross);
  const debit = terms.debit.isResidual ? gross - credit : share(terms.debit.asOwn, gross);
  return { debitMinorUnits: debit, creditMinorUnits: credit };
}
