-- Ends that are confirmed are not told again, but by what was under way meanwhile: they are remembered for a shorter time.
-- KEYS: reservations
-- ARGV: now in ms or '', how long in ms they still are
for _, key in ipairs(KEYS) do
    if redis.call('HGET', key, 'state') == 'settled' and redis.call('PTTL', key) > tonumber(ARGV[2]) then
        redis.call('PEXPIRE', key, ARGV[2])
    end
end
return {}
