-- Tells that an instance lives, and answers what it has to know: the epoch, who else lives, whose lease is past,
-- which run of Redis this is, and '1' while budgets are closed since it lost its data.
-- KEYS: epoch, leases, fleet
-- ARGV: now in ms or '', instance, ms after which an instance is no longer counted, most leases to tell
local now = tonumber(ARGV[1])
if not now then
    local time = redis.call('TIME')
    now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local said = string.format('%.0f', now)
-- a Redis that was restarted or failed over may have lost what came last, also one that was a replica for a while; one that
-- does not say is taken as it is
local function info(part, name)
    local said = redis.pcall('INFO', part)
    return type(said) == 'string' and string.match(said, name .. ':(%w+)') or nil
end
local process, history = info('server', 'run_id'), info('replication', 'master_replid')
local run = process and history and process .. '/' .. history or ''
redis.call('ZADD', KEYS[3], said, ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', string.format('%.0f', now - tonumber(ARGV[3])))
local ends = redis.call('HGET', KEYS[1], 'until')
return {
    said,
    redis.call('HGET', KEYS[1], 'id') or '',
    redis.call('ZRANGE', KEYS[3], 0, -1),
    redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', said, 'LIMIT', 0, ARGV[4]),
    run,
    ends and tonumber(ends) > now and '1' or '0',
}
