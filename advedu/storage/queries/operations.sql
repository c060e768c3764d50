-- Who wrote what, when, from which file? The latest first.
SELECT id, at, day, who, host, command, source, source_sha256, changes, undoes, hash FROM operation ORDER BY id DESC
