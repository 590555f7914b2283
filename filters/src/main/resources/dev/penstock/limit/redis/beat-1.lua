-- Tells the others that an instance lives, and renews the permits that it holds: those that were forgotten, too.
--
-- ARGV  1 instance   2 milliseconds after which one that was silent is not counted   3 lease of a permit in milliseconds
--       then for each permit: the number of its key, its name
-- KEYS  1 the living, then sets of permits
-- Answers how many instances live.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local function text(number)
  return string.format('%.0f', number)
end

redis.call('ZADD', KEYS[1], text(now), ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', text(now - ARGV[2]))
redis.call('PEXPIRE', KEYS[1], ARGV[2])
for i = 4, #ARGV, 2 do
  redis.call('ZADD', KEYS[1 + ARGV[i]], text(now + ARGV[3]), ARGV[i + 1])
end
for i = 2, #KEYS do
  redis.call('PEXPIRE', KEYS[i], ARGV[3])
end
return { redis.call('ZCARD', KEYS[1]) }
