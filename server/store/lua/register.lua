-- register: notes that a branch exists. KEYS 1 the set of branches. ARGV 1 its id.
redis.call('SADD', KEYS[1], ARGV[1])
return {'ok', '{}'}
