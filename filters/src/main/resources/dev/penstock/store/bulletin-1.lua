-- Tells that an instance lives and by which configuration, and reads what all of them told.
--
-- ARGV  1 instance   2 its configuration   3 milliseconds after which one that was silent is forgotten
-- KEYS  1 the living, by when they were last seen   2 their configurations   3 notices, by when they end
-- Answers the number of the living, each of them and its configuration, then each notice and the milliseconds that it still holds.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local function text(number)
  return string.format('%.0f', number)
end

redis.call('ZADD', KEYS[1], text(now), ARGV[1])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
for _, gone in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', text(now - ARGV[3]))) do
  redis.call('ZREM', KEYS[1], gone)
  redis.call('HDEL', KEYS[2], gone)
end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('PEXPIRE', KEYS[2], ARGV[3])
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', text(now))

-- in the order of their names, so that each instance knows its own place
local living = redis.call('ZRANGE', KEYS[1], 0, -1)
table.sort(living)
local answer = { #living }
for _, instance in ipairs(living) do
  answer[#answer + 1] = instance
  answer[#answer + 1] = redis.call('HGET', KEYS[2], instance) or ''
end
local notices = redis.call('ZRANGE', KEYS[3], 0, -1, 'WITHSCORES')
for i = 1, #notices, 2 do
  answer[#answer + 1] = notices[i]
  answer[#answer + 1] = notices[i + 1] - now
end
return answer
