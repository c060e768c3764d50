-- What did operations change, in the order in which it happened? Those with keys from :first to :last.
SELECT operation_id, table_name, key, old, new FROM change WHERE id BETWEEN :first AND :last ORDER BY id
