-- Puts a notice up, and takes those down that it is the opposite of.
--
-- ARGV  1 notice   2 milliseconds that it holds; a longer time that it already has stays
--       3 how the notices begin that no longer hold; empty for none
-- KEYS  1 notices, by when they end
local time = redis.call('TIME')
local ends = time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[2]
if ARGV[3] ~= '' then
  for _, notice in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
    if string.sub(notice, 1, #ARGV[3]) == ARGV[3] then
      redis.call('ZREM', KEYS[1], notice)
    end
  end
end
local before = tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]) or '0')
redis.call('ZADD', KEYS[1], string.format('%.0f', math.max(before, ends)), ARGV[1])
redis.call('PEXPIRE', KEYS[1], string.format('%.0f', math.max(redis.call('PTTL', KEYS[1]), tonumber(ARGV[2]))))
return { 1 }
