/** Results of costly functions for seed 1, made by test/worlds.node.test.ts. */
export const results: Readonly<Record<string, string>> = {
  'crypt "seashell" Lu2iguiNpjWArZoi':
    '$6$Lu2iguiNpjWArZoi$C3EqtIYRd0eIMl95WtEWGJTUyIzcCT9JNyqrVJX19xoDLfeVYciOJiXM61guQ9sAwHusyhFa5spmA9GyS6WCt/',
  'crypt "seashell" Q1xtpGn6tTiuqyuF':
    '$6$Q1xtpGn6tTiuqyuF$z0O6DA197Vxy2bo9fbMI4vUuxBlcW2wtsXTX3f1td04KwNjXRyDA4kotu8mBCGyJ7u9NL2G9iRqXMk8QJewuL/',
  'crypt "seashell" htYJ/0zsPDduHhGw':
    '$6$htYJ/0zsPDduHhGw$oFmkUziFulFlmjXewKQYozbdQWXNOOZuzqdZKfDaYQ0jfrYLnkkAHKKM7ECByFcosDwLaQIEXL8JJvOAyawqZ/',
  'crypt "seashell" KK7cl/RqNi8m1h3n':
    '$6$KK7cl/RqNi8m1h3n$Nau0ztQeRpS5nvKC0ZPDFBSqyI2OaGy0fxXqXQmkQYX1mE.BnOcSpP30UPQIA8PfL5cxY2zRV8YbttVOlAx7J0',
  'crypt "seashell" o8Gbvc2rWgNoRz6T':
    '$6$o8Gbvc2rWgNoRz6T$Fv8qoK7teXFGQewmjU7hpm4k7d3lHnDnUTRydgz9qRrotJjyBa3lA.2SLXC6nmxo8uk.GA7SzWgaO874ipOjR.',
  'crypt "seashell" cbdTtVCmRi392jce':
    '$6$cbdTtVCmRi392jce$Rpml.9K7GvnLEPjAe./twgeFbNO/Zo4KxH8n2YjnbT9Vn6nm4T33XmXvNVK5vFUNHh5gv0sg0Ha.K1SReLBfD1',
  'crypt "seashell" NJ40LOPnkJAPr7HO':
    '$6$NJ40LOPnkJAPr7HO$ywmyWd6IKnpTCJQxjRa.nNgCFai0FdHCbgWELD8YfcXGvDdtHjXd.hC5otvZkrVHFvOkffyKMKL8zBaTsb8W71',
  'primes 2048 1 rsa key of host remote_host':
    'fce76bd221eb8b75df004d96884cced78032e7ece68eb8db57cff92370a747aec884a09939d7c9a58c72c19a3c5b792eddf12562389eb87876a78395fa2ef6885b1ca8e23792bccb550376294241fa7780020af0f0c297902d3f35127628c4098e3ca6caea20d98feea7ae0c82a25c47c388c7d756c7466afe5ab31f1f9373f1 ef112825cb6550ac2ffab0dd6360e8ecbe5164866d7e8eea661893c51e1b7d71a90912c37d817c06e8cfbb61a396fe3a9fc9df11875574f6ca38eea00b96eab6bdf17090a92b3311e9ae0e508bc6959c1f94210f7cdb96ab5240b13a23e33e4c4668f83e78bc59ee9647888b2326be42f06500401b68a307147e00797385ea33',
};
