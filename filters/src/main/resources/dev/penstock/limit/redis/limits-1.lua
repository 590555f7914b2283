-- Takes from several limits or from none, settles what was taken, or looks. The time is this server's.
--
-- ARGV  1 take | settle | look   2 id of what is taken   3 microseconds since 1970, or '' for the server's own
--       4 when it was taken, for settle   5 lease of a permit in milliseconds   6 most subjects of a rule
--       then for each claim: kind (aligned | smooth | concurrent), limit, length in microseconds, amount, used, subject
-- KEYS  for each claim: its count, the index of its rule's subjects, the count of subjects that there are too many of
-- Answers 1 or 0 (taken or not), the time, and for each claim: what remains, until all does, until its amount does.
--
-- A count is the text "T U S": U was used by the time T, of an aligned window its begin; its subject stands in the index
-- until S. A permit is a member of a sorted set, its score the millisecond in which its lease ends.
local op, id, taken_at = ARGV[1], ARGV[2], tonumber(ARGV[4])
local lease, most = tonumber(ARGV[5]), tonumber(ARGV[6])
local time = redis.call('TIME')
local real = time[1] * 1000000 + time[2]
local now = ARGV[3] == '' and real or tonumber(ARGV[3])
local expired = string.format('%.0f', math.floor(real / 1000))

local TOLERANCE = 0.000001  -- of a token, since a smooth count is a fraction
local SET_BACK = 600000000  -- microseconds that a clock may be set back; a count from further ahead is void
local KEPT = 10000          -- milliseconds that a count outlives its use, and a subject its last permit

local function text(number)
  return string.format('%.0f', number)
end

local function begin(claim, at)
  return at - at % claim.per
end

-- what was used by now
local function age(claim)
  if claim.kind == 'smooth' then
    if now > claim.t then
      claim.u = math.max(0, claim.u - (now - claim.t) * claim.limit / claim.per)
      claim.t = now
    end
    return
  end
  local window = begin(claim, now)
  if window > claim.t then
    claim.u = math.max(0, claim.u - (window - claim.t) / claim.per * claim.limit)
    claim.t = window
  end
end

local function read(claim)
  if claim.kind == 'concurrent' then
    claim.u = redis.call('ZCOUNT', claim.count, '(' .. expired, '+inf')
    return
  end
  local found = redis.call('GET', claim.count)
  if not found then
    found = redis.call('GET', claim.others)
    if found then
      claim.count, claim.subject = claim.others, '(others)'
    end
  end
  local t, u, s = string.match(found or '', '^(%S+) (%S+) (%S+)$')
  if t and tonumber(t) <= now + SET_BACK then
    claim.t, claim.u, claim.s = tonumber(t), tonumber(u), tonumber(s)
    age(claim)
  else
    claim.t, claim.u, claim.s = claim.kind == 'smooth' and now or begin(claim, now), 0, 0
  end
end

local function remaining(claim)
  return math.max(0, math.floor(claim.limit - claim.u + TOLERANCE))
end

-- until all of it can be had
local function reset(claim)
  if claim.kind == 'concurrent' or claim.u <= 0 then
    return 0
  elseif claim.kind == 'smooth' then
    return math.ceil(claim.u * claim.per / claim.limit)
  end
  return claim.t + claim.per - now + math.floor((claim.u - 1) / claim.limit) * claim.per
end

-- until its amount can be had
local function wait(claim)
  local missing = claim.amount - (claim.limit - claim.u)
  if claim.amount == 0 or missing <= TOLERANCE then
    return 0
  elseif claim.kind == 'concurrent' then
    return 1000000 -- nobody knows when one ends
  elseif claim.kind == 'smooth' then
    return math.ceil(missing * claim.per / claim.limit)
  end
  return claim.t + claim.per - now + (math.ceil(missing / claim.limit) - 1) * claim.per
end

local function index(claim, score, kept)
  redis.call('ZADD', claim.index, text(score), claim.subject)
  if redis.call('PTTL', claim.index) < kept then
    redis.call('PEXPIRE', claim.index, text(kept))
  end
end

local function write(claim)
  if claim.s == 0 and claim.count ~= claim.others then
    redis.call('ZREMRANGEBYSCORE', claim.index, '-inf', text(now))
    if redis.call('ZCARD', claim.index) >= most then
      claim.count, claim.subject = claim.others, '(others)'
    end
  end
  local kept = reset(claim)
  if claim.s < now + kept then
    claim.s = now + kept + claim.per
    index(claim, claim.s, math.ceil((kept + claim.per) / 1000) + KEPT)
  end
  local count = text(claim.t) .. string.format(' %.17g ', claim.u) .. text(claim.s)
  redis.call('SET', claim.count, count, 'PX', text(math.ceil(kept / 1000) + KEPT))
end

local function take(claim)
  if claim.amount == 0 then
    return
  end
  claim.u = claim.u + claim.amount
  if claim.kind ~= 'concurrent' then
    return write(claim)
  end
  redis.call('ZREMRANGEBYSCORE', claim.count, '-inf', expired)
  for i = 1, claim.amount do
    redis.call('ZADD', claim.count, text(expired + lease), id .. '.' .. i)
  end
  redis.call('PEXPIRE', claim.count, text(lease + KEPT))
  -- those of calls that go on are renewed by beats
  redis.call('ZREMRANGEBYSCORE', claim.index, '-inf', text(now))
  if redis.call('ZSCORE', claim.index, claim.subject) or redis.call('ZCARD', claim.index) < most then
    index(claim, now + (lease + KEPT) * 1000, lease + KEPT)
  end
end

local function settle(claim)
  if claim.kind == 'concurrent' then
    for i = 1, claim.amount do
      redis.call('ZREM', claim.count, id .. '.' .. i)
    end
    read(claim)
  elseif claim.used > claim.amount then
    claim.u = claim.u + claim.used - claim.amount
    write(claim)
  elseif claim.used < claim.amount and (claim.kind == 'smooth' or begin(claim, taken_at) == claim.t) then
    claim.u = math.max(0, claim.u + claim.used - claim.amount)
    write(claim)
  end
end

local claims, refused = {}, false
for i = 1, #KEYS / 3 do
  local at = i * 6
  local claim = {
    count = KEYS[i * 3 - 2], index = KEYS[i * 3 - 1], others = KEYS[i * 3],
    kind = ARGV[at + 1], limit = tonumber(ARGV[at + 2]), per = tonumber(ARGV[at + 3]),
    amount = tonumber(ARGV[at + 4]), used = tonumber(ARGV[at + 5]), subject = ARGV[at + 6],
  }
  read(claim)
  claim.wait = wait(claim)
  refused = refused or claim.wait > 0
  claims[i] = claim
end

local answer = { refused and 0 or 1, now }
for _, claim in ipairs(claims) do
  if op == 'settle' then
    settle(claim)
  elseif op == 'take' and not refused then
    take(claim)
  end
  answer[#answer + 1] = remaining(claim)
  answer[#answer + 1] = reset(claim)
  answer[#answer + 1] = claim.wait
end
return answer
