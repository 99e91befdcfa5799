-- The breaks of both sides: one three-way join, whole entries compared.
SELECT count(*)
FROM trades t
FULL OUTER JOIN debit_book d ON d.client = t.client AND d.sequence = t.sequence
FULL OUTER JOIN credit_book c ON c.client = t.client AND c.sequence = t.sequence
WHERE t.client IS NULL
   OR d.is_refund IS DISTINCT FROM t.is_refund OR c.is_refund IS DISTINCT FROM t.is_refund
   OR d.reference IS DISTINCT FROM t.reference OR c.reference IS DISTINCT FROM t.reference
   OR d.payer IS DISTINCT FROM t.payer OR c.payer IS DISTINCT FROM t.payer
   OR d.product IS DISTINCT FROM t.product OR c.product IS DISTINCT FROM t.product
   OR d.occurred_at IS DISTINCT FROM t.occurred_at OR c.occurred_at IS DISTINCT FROM t.occurred_at
   OR d.amount IS DISTINCT FROM t.debit OR c.amount IS DISTINCT FROM t.credit;
