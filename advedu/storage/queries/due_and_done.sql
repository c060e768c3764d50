-- On which days does how much fall due, and on which was how much done? What has no due day is counted with NULL.
SELECT due_on, done_on, count(*) FROM obligation GROUP BY due_on, done_on
