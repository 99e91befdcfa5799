-- A day as a team would keep it: what the chain holds, and the two books.
DROP TABLE IF EXISTS trades;
DROP TABLE IF EXISTS debit_book;
DROP TABLE IF EXISTS credit_book;
CREATE TABLE trades (
    client integer, sequence bigint, is_refund boolean, reference uuid, payer uuid,
    product integer, gross bigint, debit bigint, credit bigint, occurred_at bigint
);
CREATE TABLE debit_book (
    client integer, sequence bigint, is_refund boolean, reference uuid, payer uuid,
    product integer, amount bigint, occurred_at bigint
);
CREATE TABLE credit_book (
    client integer, sequence bigint, is_refund boolean, reference uuid, payer uuid,
    product integer, amount bigint, occurred_at bigint
);
