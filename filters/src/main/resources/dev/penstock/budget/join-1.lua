-- Begins an epoch where there is none, since a Redis without one has lost its data, and keeps budgets closed until every
-- instance that is known has told what it has spent and holds, or until the time for it is over.
-- Answers the time, the epoch, and when done '1' while budgets stay closed.
-- KEYS: epoch
-- ARGV: now in ms or '', instance, 'enter' or 'done', an id for a new epoch or the one that is done with, how long in ms it may
--       stay closed, '1' if others may have spent that this instance does not know of, then the instances that it knows
local HEAD = 6
local now = tonumber(ARGV[1])
if not now then
    local time = redis.call('TIME')
    now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local said = string.format('%.0f', now)
local epoch = redis.call('HMGET', KEYS[1], 'id', 'until')
if ARGV[3] == 'enter' then
    if not epoch[1] then
        epoch = { ARGV[4], string.format('%.0f', now + tonumber(ARGV[5])) }
        redis.call('HSET', KEYS[1], 'id', epoch[1], 'until', epoch[2])
        if ARGV[6] == '1' then
            redis.call('HSET', KEYS[1], 'unsure', '1')
        end
    end
    if epoch[2] and tonumber(epoch[2]) > now then
        for i = HEAD + 1, #ARGV do
            if redis.call('HEXISTS', KEYS[1], 'd:' .. ARGV[i]) == 0 then
                redis.call('HSET', KEYS[1], 'w:' .. ARGV[i], '1')
            end
        end
    end
    return { said, epoch[1] }
end
if epoch[1] ~= ARGV[4] then
    return { said, epoch[1] or '', '0' }
end
local closed = false
redis.call('HDEL', KEYS[1], 'w:' .. ARGV[2])
if epoch[2] then
    redis.call('HSET', KEYS[1], 'd:' .. ARGV[2], '1')
    local open = redis.call('HEXISTS', KEYS[1], 'unsure') == 0
    for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
        open = open and string.sub(field, 1, 2) ~= 'w:'
    end
    closed = not open and tonumber(epoch[2]) > now
    if not closed then
        redis.call('DEL', KEYS[1])
        redis.call('HSET', KEYS[1], 'id', epoch[1])
    end
end
return { said, epoch[1], closed and '1' or '0' }
