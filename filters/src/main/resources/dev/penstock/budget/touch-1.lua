-- Renews leases of calls that are running; one that was given up meanwhile stays so.
-- KEYS: leases
-- ARGV: now in ms or '', lease in ms, then reservations
local now = tonumber(ARGV[1])
if not now then
    local time = redis.call('TIME')
    now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local ends = string.format('%.0f', now + tonumber(ARGV[2]))
for i = 3, #ARGV do
    redis.call('ZADD', KEYS[1], 'XX', ends, ARGV[i])
end
return { string.format('%.0f', now) }
