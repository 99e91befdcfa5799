// The way to the chain: a key that signs, and calls that are followed to finality.

import { readFileSync } from 'node:fs';
import { ApiPromise, WsProvider } from '@polkadot/api';
import { Keyring } from '@polkadot/keyring';
import { isHex } from '@polkadot/util';
import { cryptoWaitReady } from '@polkadot/util-crypto';

// The chain did not take a call. The message is the name of its error, such as WrongCredit.
export class Refused extends Error {}

// A connection to a node. It needs no custom types: all of them are in the chain's metadata.
export async function connect(url) {
  await cryptoWaitReady();
  const provider = new WsProvider(url);
  try {
    return await ApiPromise.create({ provider, throwOnConnect: true, noInitWarn: true });
  } catch (error) {
    await provider.disconnect();
    throw error;
  }
}

// A member's operator key, of the secret seed on the first line of a file: 0x and 64 digits.
export function operatorFrom(path) {
  if (!path) throw new Error('set COUNTERFOIL_SEED_FILE');
  const seed = readFileSync(path, 'utf8').split('\n')[0].trim();
  if (!isHex(seed, 256)) throw new Error(`${path} does not begin with a seed: write 0x and 64 digits`);
  return new Keyring({ type: 'sr25519' }).addFromUri(seed);
}

// The runtime API on the last final block.
export async function finalApi(api) {
  const at = await api.at(await api.rpc.chain.getFinalizedHead());
  return at.call.counterfoilApi;
}

// The member whose key signs.
export async function clientOf(api, operator) {
  const member = await (await finalApi(api)).memberOf(operator.address);
  if (member.isNone) {
    throw new Error(`${operator.address} is no member's operator: `
      + "name the seed file of a member's operator key in COUNTERFOIL_SEED_FILE");
  }
  return member.unwrap();
}

// Signs and sends a call, and follows it to finality. Returns its events.
export function finalized(api, operator, call) {
  return new Promise((resolve, reject) => {
    call.signAndSend(operator, ({ status, events, dispatchError }) => {
      if (status.isFinalized) {
        if (dispatchError) reject(new Refused(nameOf(api, dispatchError)));
        else resolve(events.map(({ event }) => event));
      } else if (status.isInvalid || status.isDropped || status.isUsurped || status.isFinalityTimeout) {
        reject(new Error(`the transaction is ${status.type}: send it again`));
      }
      // Ready, in a block, or taken out of one by a fork: it is under way.
    }).catch(reject);
  });
}

function nameOf(api, dispatchError) {
  if (!dispatchError.isModule) return dispatchError.toString();
  return api.registry.findMetaError(dispatchError.asModule).name;
}
