-- Writes documents whose revision is the next one, or, to merge, any that is higher.
--
-- ARGV  1 a version that was never used   2 next or merge   3… an id, its revision, its document, for each
-- KEYS  1 documents, each behind its revision and a space   2 the version
-- Answers how many were written.
local written = 0
for i = 3, #ARGV, 3 do
  local before = redis.call('HGET', KEYS[1], ARGV[i])
  local revision = before and tonumber(string.match(before, '^%d+')) or 0
  local given = tonumber(ARGV[i + 1])
  if given == revision + 1 or (ARGV[2] == 'merge' and given > revision) then
    redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1] .. ' ' .. ARGV[i + 2])
    written = written + 1
  end
end
if written > 0 then
  redis.call('SET', KEYS[2], ARGV[1])
end
return { written }
