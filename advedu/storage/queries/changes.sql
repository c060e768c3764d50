-- What did an operation change? (One operation, or all of them in order.)
SELECT operation_id, table_name, key, old, new FROM change WHERE operation_id = :operation OR :operation IS NULL ORDER BY id
