"""Trades of a file as the chain takes them."""

import re
import sys


def label(text: str) -> bytes:
    """A UUID's 16 bytes, or a text of up to 16 bytes, padded with zeros."""
    digits = text.replace("-", "")
    raw = bytes.fromhex(digits) if re.fullmatch("[0-9a-fA-F]{32}", digits) else text.encode()
    if not 0 < len(raw) <= 16:
        sys.exit(f'"{text}" is no UUID and no text of 1 to 16 bytes: correct it')
    return raw.ljust(16, b"\0")


def amount(text: str) -> int:
    if not re.fullmatch("[0-9]+", str(text)):
        sys.exit(f'"{text}" is no amount: write minor units, such as "125050"')
    return int(text)


def request(trade: dict) -> dict:
    """A trade of a file as the chain takes it, by the names of the chain's metadata."""
    return {
        "sequence": trade["sequence"],
        "reference": label(trade["reference"]),
        "user": label(trade["payer"]),
        "product": trade["product"],
        "gross_minor_units": amount(trade["gross"]),
        "debit_minor_units": amount(trade["debit"]),
        "credit_minor_units": amount(trade["credit"]),
        "occurred_at_unix_ms": trade["completed_at"],
    }


def digits(date: str) -> int:
    """A day as the chain takes it: 2026-11-28 is 20261128."""
    if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", date):
        sys.exit(f"{date} is no date: write it like 2026-11-28")
    return int(date.replace("-", ""))
