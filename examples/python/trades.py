"""Records payments and refunds on Counterfoil, and reads a day.

    trades.py record FILE          records the payments of a file, in one batch
    trades.py refund FILE          gives back from payments that are recorded
    trades.py day AGREEMENT DATE   shows a day and its trades; the date is like 2026-11-28

COUNTERFOIL_URL names the node, COUNTERFOIL_SEED_FILE a file with the operator's secret seed.
docs/programs.md explains the files. Exits with 1 where the chain refuses anything.
"""

import asyncio
import json
import os
import sys

from async_substrate_interface.errors import SubstrateRequestException

from chain import Chain, Operator, Refused, connection
from request import digits, request

# The trades of a page.
PAGE = 256
REMEDIES = {
    "SequenceUsed": "see what is recorded under this sequence: it may be this very trade",
    "WrongDebit": "compute the company's amount anew, by the terms of the payment's day",
    "WrongCredit": "compute the bank's amount anew, by the terms of the payment's day",
}


def refusal(what, reason: str) -> str:
    remedy = REMEDIES.get(reason, "look the reason up in docs/programs.md")
    return f"refused {what}: {reason}\nremedy: {remedy}"


async def record(chain: Chain, operator: Operator, file: dict) -> bool:
    return await send(chain, operator, "record", "trades", file, [request(p) for p in file["payments"]])


async def refund(chain: Chain, operator: Operator, file: dict) -> bool:
    client = await chain.client_of(operator)
    refunds = []
    for back in file["refunds"]:
        day, of = digits(back["of"]["date"]), {"client": client, "sequence": back["of"]["sequence"]}
        found = await chain.api("find_by_id", file["agreement"], day, of)
        if found is None:
            sys.exit(f"payment {client}/{of['sequence']} is not on {back['of']['date']}: see its day")
        original = {"id": of, "day": day, "position": found[0]}
        before = await chain.api("refunded", file["agreement"], day, found[0])
        named = {"original": original, "refunded_before_minor_units": before}
        refunds.append({**request(back), **named})
    return await send(chain, operator, "refund", "refunds", file, refunds)


async def send(chain, operator, function: str, argument: str, file: dict, trades: list) -> bool:
    """Sends trades in one call, and prints what became of each. Returns whether all were taken."""
    client, agreement = await chain.client_of(operator), file["agreement"]
    # To this library, the chain's bounded list is a tuple that holds a list.
    arguments = {"agreement": agreement, argument: (trades,)}
    try:
        events = await chain.finalized(operator, "Trades", function, arguments)
    except Refused as error:
        print(refusal("the call", str(error)), file=sys.stderr)
        return False
    for date in [fields["date"] for name, fields in events if name == "CreditEntriesIssued"]:
        for trade in trades:
            found_id = {"client": client, "sequence": trade["sequence"]}
            found = await chain.api("find_by_id", agreement, digits(date), found_id)
            if found is not None:
                print(f"recorded {client}/{trade['sequence']} on {date}, position {found[0]}")
    refused = [fields for name, fields in events if name == "TradeRefused"]
    for fields in refused:
        print(refusal(f"{client}/{fields['sequence']}", fields["reason"]), file=sys.stderr)
    return not refused


async def day(chain: Chain, agreement: int, date: str) -> bool:
    summary = await chain.api("day", agreement, digits(date))
    if summary is None:
        sys.exit(f"agreement {agreement} has no day {date}: it begins later, or the day lies ahead")
    for kind in ("payments", "refunds"):
        totals = summary[kind]
        print(f"{totals['count']} {kind}, gross {totals['gross_minor_units']}")
    for page in range(-(-summary["trades"] // PAGE)):
        for place, trade in enumerate(await chain.api("trades", agreement, digits(date), page)):
            of = f"{trade['id']['client']}/{trade['id']['sequence']}"
            print(f"{page * PAGE + place} {trade['kind']} {of}, gross {trade['gross_minor_units']}")
    return True


async def main(arguments: list) -> bool:
    match arguments:
        case ["day", agreement, date]:
            step, values = day, (int(agreement), date)
        case ["record" | "refund" as command, path]:
            seed_file = os.environ.get("COUNTERFOIL_SEED_FILE") or sys.exit("set COUNTERFOIL_SEED_FILE")
            with open(path, encoding="utf-8") as file:
                content = json.load(file)
            step = record if command == "record" else refund
            values = (Operator.from_file(seed_file), content)
        case _:
            sys.exit(__doc__)
    url = os.environ.get("COUNTERFOIL_URL", "ws://127.0.0.1:9944")
    async with connection(url) as substrate:
        return await step(Chain(substrate), *values)


if __name__ == "__main__":
    try:
        sys.exit(0 if asyncio.run(main(sys.argv[1:])) else 1)
    except KeyError as error:
        sys.exit(f"failed: the file lacks {error}")
    except (OSError, SubstrateRequestException, ValueError) as error:
        sys.exit(f"failed: {error}")
