// What a wallet tells of fees before it signs.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { HttpProvider } from '@polkadot/api';
import { u8aToHex } from '@polkadot/util';
import { account, AGREEMENT, connect, TIMEOUT, url } from './chain.js';

const OPERATORS = ['Alice', 'Bob', 'Charlie', 'Dave', 'Eve', 'Ferdie'];

let api;

before(async () => { api = await connect(); }, { timeout: TIMEOUT });
after(() => api?.disconnect());

const record = () => api.tx.trades.record(AGREEMENT, []);
const remark = () => api.tx.system.remark('0x01');

// The fee as the apps UI asks for it.
async function fee(call, name) {
  return (await call.paymentInfo(account(name).address)).partialFee.toBigInt();
}

test('what is free for its signer costs nothing', async () => {
  assert.equal(await fee(record(), 'Alice'), 0n);
  assert.equal(await fee(record(), 'Eve'), 0n);
  assert.equal(await fee(api.tx.trades.refund(AGREEMENT, []), 'Alice'), 0n);
});

test('what is not free costs its fee', async () => {
  // A client that the agreement does not admit, a member of another role, a stranger.
  for (const name of ['Ferdie', 'Bob', 'Nobody']) assert.ok(await fee(record(), name) > 0n, name);
  assert.ok(await fee(remark(), 'Alice') > 0n);
  assert.ok(await fee(api.tx.utility.batch([record()]), 'Alice') > 0n);
});

test('no operator is told that it lacks funds for a free call', async () => {
  const least = api.consts.balances.existentialDeposit.toBigInt();
  for (const name of OPERATORS) {
    const balances = await api.derive.balances.all(account(name).address);
    const available = (balances.transferable ?? balances.availableBalance).toBigInt();
    assert.ok(available > 0n, name);
    assert.ok(balances.freeBalance.toBigInt() > least, name);
  }
});

// To polkadot.js a transaction is bytes with their length in front. It adds the length to
// hexadecimal, so that there the transaction's own must be left out: with both, the runtime reads
// the second length as the transaction.
test('the fee of a transaction can be asked by its bytes', async () => {
  const { queryInfo, queryFeeDetails } = api.call.transactionPaymentApi;
  for (const [call, free] of [[record(), true], [remark(), false]]) {
    await call.signAsync(account('Alice'));
    const length = call.encodedLength;
    const answers = [
      await queryInfo(call.toU8a(), length),
      await queryInfo(u8aToHex(call.toU8a(true)), length),
    ];
    for (const { partialFee } of answers) assert.equal(partialFee.isZero(), free);
    const told = await new HttpProvider(url.replace('ws', 'http')).send('payment_queryInfo', [call.toHex()]);
    assert.equal(told.partialFee === '0', free);
    const { inclusionFee } = await queryFeeDetails(call.toU8a(), length);
    assert.equal(inclusionFee.isNone, free);
    await assert.rejects(queryInfo(call.toHex(), length));
  }
});
