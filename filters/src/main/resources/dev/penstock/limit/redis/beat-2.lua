-- Tells the others that an instance lives, and renews the permits that it holds: those that were forgotten, too.
--
-- ARGV  1 instance   2 milliseconds after which one that was silent is not counted   3 lease of a permit in milliseconds
--       4 most subjects of a rule   5 how many sets of permits
--       then for each set its subject, then for each permit: the number of its set, its name
-- KEYS  1 the living, then for each set of permits: its key, the index of its rule's subjects
-- Answers how many instances live.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local most, sets = tonumber(ARGV[4]), tonumber(ARGV[5])

local KEPT = 10000          -- milliseconds that a subject outlives its last permit
local listed = ARGV[3] + KEPT

local function text(number)
  return string.format('%.0f', number)
end

redis.call('ZADD', KEYS[1], text(now), ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', text(now - ARGV[2]))
redis.call('PEXPIRE', KEYS[1], ARGV[2])
for i = 6 + sets, #ARGV, 2 do
  redis.call('ZADD', KEYS[2 * ARGV[i]], text(now + ARGV[3]), ARGV[i + 1])
end
for i = 1, sets do
  local permits, index, subject = KEYS[2 * i], KEYS[2 * i + 1], ARGV[5 + i]
  redis.call('PEXPIRE', permits, ARGV[3])
  if redis.call('ZSCORE', index, subject) or redis.call('ZCARD', index) < most then
    redis.call('ZADD', index, text((now + listed) * 1000), subject)
  end
  if redis.call('PTTL', index) < listed then
    redis.call('PEXPIRE', index, text(listed))
  end
end
return { redis.call('ZCARD', KEYS[1]) }
