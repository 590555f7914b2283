-- Ends what is held under one id. Each end happens once; one that was lost may still be settled, by what it differs. An end is
-- remembered as long as any of its accounts, if nobody says that it need not be.
-- KEYS: epoch, leases, the reservation, then the accounts, all that it holds from among them
-- ARGV: now in ms or '', the epoch's id, instance, 'settle', 'owed' (only what is known here) or 'lost',
--       then of each account: amount to charge, end of its window in ms; for 'lost' the amounts are the reservation's own
local HEAD, FIELDS, KEPT = 4, 2, 172800000
local now = tonumber(ARGV[1])
if not now then
    local time = redis.call('TIME')
    now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local said = string.format('%.0f', now)
if redis.call('HGET', KEYS[1], 'id') ~= ARGV[2] then
    return { 'EPOCH', said }
end

local kept = 1
local function stands(account)
    local remains = redis.call('PTTL', account)
    kept = math.max(kept, remains)
    return remains ~= -2
end

local function add(key, field, amount)
    if amount ~= '0' and amount ~= '-0' then
        redis.call('HINCRBY', key, field, amount)
    end
end

local function remember(state)
    redis.call('HSET', KEYS[3], 'state', state)
    redis.call('PEXPIRE', KEYS[3], string.format('%.0f', kept))
    redis.call('ZREM', KEYS[2], KEYS[3])
end

local state = redis.call('HGET', KEYS[3], 'state')
if state == 'settled' or (state == 'lost' and ARGV[4] == 'lost') then
    redis.call('ZREM', KEYS[2], KEYS[3])
    return { 'DUP', said }
end

if ARGV[4] == 'lost' then
    if not state then
        redis.call('ZREM', KEYS[2], KEYS[3])
        return { 'GONE', said }
    end
    local lease = redis.call('ZSCORE', KEYS[2], KEYS[3])
    if lease and tonumber(lease) > now then
        return { 'ALIVE', said }
    end
    for i = 1, tonumber(redis.call('HGET', KEYS[3], 'n')) do
        local line = redis.call('HMGET', KEYS[3], 'k' .. i, 'a' .. i, 'l' .. i)
        local charge = line[3] == 'charge' and line[2] or '0'
        if stands(line[1]) then
            add(line[1], 'rsv', '-' .. line[2])
            add(line[1], 'used', charge)
            add(line[1], 'lost', charge)
        end
        redis.call('HSET', KEYS[3], 'c' .. i, charge)
    end
    remember('lost')
    return { 'LOST', said }
end

if ARGV[4] == 'owed' and not state then
    return { 'GONE', said }
end
if state then
    for i = 1, tonumber(redis.call('HGET', KEYS[3], 'n')) do
        local line = redis.call('HMGET', KEYS[3], 'k' .. i, 'a' .. i, 'c' .. i)
        if stands(line[1]) and state == 'held' then
            add(line[1], 'rsv', '-' .. line[2])
        elseif stands(line[1]) then
            add(line[1], 'used', '-' .. line[3])
            add(line[1], 'lost', '-' .. line[3])
        end
    end
end
local answer = { state == 'held' and 'SETTLED' or state == 'lost' and 'LATE' or 'POSTED', said }
for i = 1, #KEYS - 3 do
    local at = HEAD + (i - 1) * FIELDS
    local key = KEYS[3 + i]
    add(key, 'used', ARGV[at + 1])
    add(key, 'u:' .. ARGV[3], ARGV[at + 1])
    local sums = redis.call('HMGET', key, 'used', 'rsv')
    -- also of an account of which nothing is known yet, or a hold that comes later would be nobody's
    local remains = tonumber(ARGV[at + 2]) + KEPT - now
    redis.call('PEXPIRE', key, string.format('%.0f', remains))
    kept = math.max(kept, remains)
    answer[#answer + 1] = sums[1] or '0'
    answer[#answer + 1] = sums[2] or '0'
end
redis.call('DEL', KEYS[3])
remember('settled')
return answer
