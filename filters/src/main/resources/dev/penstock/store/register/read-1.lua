-- Reads a register, unless it is as it was read last.
--
-- ARGV  1 the version that was read last
-- KEYS  1 documents, each behind its revision and a space   2 the version
-- Answers the version, and where it is another one each id and document.
local version = redis.call('GET', KEYS[2]) or 'none'
local answer = { version }
if version ~= ARGV[1] then
  for _, text in ipairs(redis.call('HGETALL', KEYS[1])) do
    answer[#answer + 1] = text
  end
end
return answer
