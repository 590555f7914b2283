-- Makes what is held under one id these amounts, over all accounts or none. The same call again changes nothing.
-- KEYS: epoch, leases, the reservation, then the accounts
-- ARGV: now in ms or '', the epoch's id, instance, lease in ms, '1' to hold whatever the limits say,
--       then of each account: amount, limit, begin and end of its window in ms, 'charge' or 'release' when lost
-- All money is text that HINCRBY adds, since a number of Lua is exact below 2^53 only; limits are below it, so comparing is exact.
local HEAD, FIELDS, KEPT = 5, 5, 172800000
local now = tonumber(ARGV[1])
if not now then
    local time = redis.call('TIME')
    now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local said = string.format('%.0f', now)
local forced = ARGV[5] == '1'

local epoch = redis.call('HMGET', KEYS[1], 'id', 'until')
if epoch[1] ~= ARGV[2] then
    return { 'EPOCH', said }
end
if not forced and epoch[2] and tonumber(epoch[2]) > now then
    return { 'CLOSED', said, epoch[2] }
end

local state = redis.call('HGET', KEYS[3], 'state')
if state and state ~= 'held' then
    return { 'OVER', said, state }
end
local before = {}
if state then
    for i = 1, tonumber(redis.call('HGET', KEYS[3], 'n')) do
        local line = redis.call('HMGET', KEYS[3], 'k' .. i, 'a' .. i)
        before[line[1]] = line[2]
    end
end

local accounts = {}
local denied
for i = 1, #KEYS - 3 do
    local at = HEAD + (i - 1) * FIELDS
    local account = {
        key = KEYS[3 + i],
        amount = ARGV[at + 1],
        ends = tonumber(ARGV[at + 4]),
        lost = ARGV[at + 5],
        own = before[KEYS[3 + i]],
    }
    accounts[i] = account
    if not forced then
        if not account.own and (now < tonumber(ARGV[at + 3]) or now >= account.ends) then
            return { 'WINDOW', said }
        end
        local sums = redis.call('HMGET', account.key, 'used', 'rsv')
        local used, reserved, own = sums[1] or '0', sums[2] or '0', account.own or '0'
        local limit, amount = tonumber(ARGV[at + 2]), tonumber(account.amount)
        -- an account of which no more is asked for is no reason: it may be overspent, and the call goes on elsewhere
        if amount > tonumber(own) and amount > limit - tonumber(used) - (tonumber(reserved) - tonumber(own)) then
            local answer = { 'DENY', said, string.format('%.0f', i), used, reserved, own }
            if amount > limit - tonumber(used) then
                return answer
            end
            denied = denied or answer
        end
    end
end
if denied then
    return denied
end

-- as long as any of its accounts, so that nothing stays reserved of which nobody knows
local kept = 1
for i, account in ipairs(accounts) do
    local own = account.own or '0'
    if account.amount ~= own then
        redis.call('HINCRBY', account.key, 'rsv', account.amount)
        if own ~= '0' then
            redis.call('HINCRBY', account.key, 'rsv', '-' .. own)
        end
    end
    local remains = account.ends + KEPT - now
    kept = math.max(kept, remains)
    redis.call('PEXPIRE', account.key, string.format('%.0f', remains))
    redis.call('HSET', KEYS[3], 'k' .. i, account.key, 'a' .. i, account.amount, 'l' .. i, account.lost)
end
redis.call('HSET', KEYS[3], 'state', 'held', 'inst', ARGV[3], 'n', string.format('%.0f', #accounts))
redis.call('PEXPIRE', KEYS[3], string.format('%.0f', kept))
redis.call('ZADD', KEYS[2], string.format('%.0f', now + tonumber(ARGV[4])), KEYS[3])
return { 'HELD', said }
