-- States what one instance has spent; what is known already is never lowered.
-- KEYS: epoch, then accounts
-- ARGV: now in ms or '', the epoch's id, instance, then of each account: its sum, end of its window in ms
local HEAD, FIELDS, KEPT = 3, 2, 172800000
local now = tonumber(ARGV[1])
if not now then
    local time = redis.call('TIME')
    now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local said = string.format('%.0f', now)
if redis.call('HGET', KEYS[1], 'id') ~= ARGV[2] then
    return { 'EPOCH', said }
end
for i = 1, #KEYS - 1 do
    local at = HEAD + (i - 1) * FIELDS
    local key, sum = KEYS[1 + i], ARGV[at + 1]
    local known = redis.call('HGET', key, 'u:' .. ARGV[3]) or '0'
    if tonumber(sum) > tonumber(known) then
        redis.call('HINCRBY', key, 'used', sum)
        if known ~= '0' then
            redis.call('HINCRBY', key, 'used', '-' .. known)
        end
        redis.call('HSET', key, 'u:' .. ARGV[3], sum)
    end
    redis.call('PEXPIRE', key, string.format('%.0f', tonumber(ARGV[at + 2]) + KEPT - now))
end
return { 'STATED', said }
