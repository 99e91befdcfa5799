"""The way to the chain: a key that signs, calls that are followed to finality, and the runtime API."""

import asyncio
import re
import sys

import sr25519
from async_substrate_interface import AsyncExtrinsicReceipt, AsyncSubstrateInterface
from scalecodec.utils.ss58 import ss58_encode

# For how many blocks a transaction is valid. Once they are final without it, it never comes.
ERA = 64
# The library knows a chain's events by the path of their type, and looks for it in the runtime's root.
EVENTS = {"type": "struct", "base_class": "GenericScaleInfoEvent", "type_mapping": []}
TYPES = {"types": {"counterfoil_runtime::pallets::RuntimeEvent": EVENTS}}


class Refused(Exception):
    """The chain did not take a call. The text is the name of its error, such as WrongCredit."""


class Operator:
    """A member's operator key, as the library asks for it."""

    crypto_type = 1  # sr25519
    ss58_format = 42

    def __init__(self, seed: bytes):
        self.public_key, self._secret_key = sr25519.pair_from_seed(seed)
        self.ss58_address = ss58_encode(self.public_key, self.ss58_format)

    @classmethod
    def from_file(cls, path: str):
        """The key of the secret seed on the first line of a file: 0x and 64 digits."""
        with open(path, encoding="utf-8") as file:
            seed = file.readline().strip()
        if not re.fullmatch("0x[0-9a-fA-F]{64}", seed):
            sys.exit(f"{path} does not begin with a seed: write 0x and 64 digits")
        return cls(bytes.fromhex(seed.removeprefix("0x")))

    def sign(self, data) -> bytes:
        return sr25519.sign((self.public_key, self._secret_key), bytes(data))


def connection(url: str) -> AsyncSubstrateInterface:
    return AsyncSubstrateInterface(url, type_registry=TYPES)


class Chain:
    """A connection to a node. All that it reads is final."""

    def __init__(self, substrate: AsyncSubstrateInterface):
        self.substrate = substrate

    async def api(self, method: str, *arguments):
        """What the chain's runtime API answers."""
        block = await self.substrate.get_chain_finalised_head()
        return await self.substrate.runtime_call("CounterfoilApi", method, list(arguments), block)

    async def client_of(self, operator: Operator) -> int:
        """The member whose key signs."""
        member = await self.api("member_of", operator.ss58_address)
        if member is None:
            sys.exit(
                f"{operator.ss58_address} is no member's operator: "
                "name the seed file of a member's operator key in COUNTERFOIL_SEED_FILE"
            )
        return member

    async def finalized(self, operator: Operator, pallet: str, function: str, arguments: dict):
        """Signs and sends a call, and follows it to finality. Returns its events: (name, fields)."""
        call = await self.substrate.compose_call(pallet, function, arguments)
        seen = await self._final_number()
        extrinsic = await self.substrate.create_signed_extrinsic(call, operator, era={"period": ERA})
        await self.substrate.submit_extrinsic(extrinsic)
        # The library can watch by itself, but it gives up at a fork. So the final blocks are read, and
        # compared as bytes: nothing of other transactions need be decoded.
        end = seen + 2 * ERA
        while seen < end:
            final = await self._final_number()
            while seen < final:
                seen += 1
                block = await self.substrate.get_block_hash(seen)
                answer = await self.substrate.rpc_request("chain_getBlock", [block])
                extrinsics = answer["result"]["block"]["extrinsics"]
                if str(extrinsic.data) in extrinsics:
                    return await self._outcome(block, extrinsics.index(str(extrinsic.data)))
            await asyncio.sleep(1)
        raise TimeoutError("the transaction came into no block; send it again")

    async def _final_number(self) -> int:
        return await self.substrate.get_block_number(await self.substrate.get_chain_finalised_head())

    async def _outcome(self, block: str, index: int):
        receipt = AsyncExtrinsicReceipt(self.substrate, block_hash=block, extrinsic_idx=index)
        if not await receipt.is_success:
            error = await receipt.error_message
            raise Refused(error["name"] if error else "an error that is no pallet's")
        events = [event["event"] for event in await receipt.triggered_events]
        return [(event["event_id"], event["attributes"]) for event in events]
