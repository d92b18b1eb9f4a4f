-- What holding an activity needs beside the ledger.

-- items
SELECT i.item AS item, i.version AS version
FROM activity_item i
WHERE i.org = :org AND i.activity = :activity
ORDER BY i.item
