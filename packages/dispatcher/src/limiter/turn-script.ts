/**
 * Decides in Redis, in one step, whether an attempt may be handed over now. Numbers in milliseconds of the shared clock.
 *
 * An account has a token bucket and a waiting list: a sorted set in order of priority and, within one, of start-time fair queueing, so that
 * a project with many calls does not hold up one with few, nor its own more urgent ones. An attempt with fewer waiters before it than there are
 * tokens goes; a low one leaves one token, so that an emergency finds it. A waiter that does not come back in its time loses its place.
 * From-numbers, destinations and projects are spaced by the generic cell rate algorithm; who waits for these is not in the list, so that it holds
 * up nobody. Tokens are taken only when all allow.
 *
 * Where the list ends says when the next new attempts of a class would go, so it is noted which classes are far off. One that finds a near turn outweighs, for a
 * moment, others that do not: some may go by another account.
 *
 * KEYS: room, returns, bucket, tags, from-number, destination, project, far off.
 * ARGV: now, attempt, class (priority and project), offset of the priority, per-second rate and burst of the account (rate 0: no limit), interval of the
 * from-number (0: no limit), interval and burst of the destination (0: no limit), interval and burst of the project (0: no limit).
 * Answers the wait in milliseconds; 0 to go.
 */
export const TURN_SCRIPT = `
local now, id, class, offset = tonumber(ARGV[1]), ARGV[2], ARGV[3], tonumber(ARGV[4])
local rate, burst = tonumber(ARGV[5]), tonumber(ARGV[6])
-- Emergencies are served out of turn, so they are no measure of how far the others have come.
local clock = offset < 0 and 'virtual:first' or 'virtual'
local GRACE, FAR, FAR_LIFE, NEAR_LIFE = 10000, 30000, 10000, 500

local function spaced(key, interval, cells)
  if interval <= 0 then return 0, 0 end
  local due = tonumber(redis.call('GET', key) or '0')
  if due < now then due = now end
  return math.max(0, due - (cells - 1) * interval - now), due + interval
end

local function noteClass(wait)
  local untilThen = tonumber(redis.call('ZSCORE', KEYS[8], class) or '-1')
  if wait <= FAR then
    if untilThen >= 0 then redis.call('ZADD', KEYS[8], now, class) end
  elseif untilThen > now or untilThen < now - NEAR_LIFE then
    redis.call('ZADD', KEYS[8], now + FAR_LIFE, class)
    redis.call('PEXPIRE', KEYS[8], FAR_LIFE + NEAR_LIFE)
  end
end

local fromWait, fromDue = spaced(KEYS[5], tonumber(ARGV[7]), 1)
local toWait, toDue = spaced(KEYS[6], tonumber(ARGV[8]), tonumber(ARGV[9]))
local projectWait, projectDue = spaced(KEYS[7], tonumber(ARGV[10]), tonumber(ARGV[11]))
if fromWait > 0 or toWait > 0 or projectWait > 0 then
  redis.call('ZREM', KEYS[1], id)
  redis.call('ZREM', KEYS[2], id)
  return math.ceil(math.max(fromWait, toWait, projectWait))
end

if rate > 0 then
  local bucket = redis.call('HMGET', KEYS[3], 'tokens', 'at')
  local at = tonumber(bucket[2] or now)
  local tokens = math.min(burst, tonumber(bucket[1] or burst) + math.max(0, now - at) * rate / 1000)

  local late = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now, 'LIMIT', 0, 100)
  for _, member in ipairs(late) do
    redis.call('ZREM', KEYS[2], member)
    if member ~= id then redis.call('ZREM', KEYS[1], member) end
  end

  local score = redis.call('ZSCORE', KEYS[1], id)
  local isNew = not score
  if isNew then
    local tags = redis.call('HMGET', KEYS[4], clock, 'p:' .. class)
    local tag = math.max(tonumber(tags[1] or '0'), tonumber(tags[2] or '0')) + 1
    redis.call('HSET', KEYS[4], 'p:' .. class, tag)
    score = tag + offset
    redis.call('ZADD', KEYS[1], score, id)
  end

  -- An account of one call at a time has none to leave.
  local left = (offset > 0 and burst > 1) and 1 or 0
  local needed = redis.call('ZRANK', KEYS[1], id) + 1 + left
  -- A token that lacks a billionth is a token: times are whole milliseconds.
  local goes = tokens + 1e-6 >= needed
  if goes then tokens = tokens - 1 end
  redis.call('HSET', KEYS[3], 'tokens', tostring(tokens), 'at', tostring(now))
  redis.call('PEXPIRE', KEYS[3], 86400000)
  local wait = goes and 0 or math.max(1, math.ceil((needed - tokens) * 1000 / rate))
  -- An emergency is never held back.
  if isNew and offset >= 0 then noteClass(wait) end
  if not goes then
    redis.call('ZADD', KEYS[2], now + wait + GRACE, id)
    return wait
  end
  redis.call('ZREM', KEYS[1], id)
  redis.call('ZREM', KEYS[2], id)
  if redis.call('ZCARD', KEYS[1]) == 0 then
    redis.call('DEL', KEYS[4])
  else
    local tag = tonumber(score) - offset
    if tag > tonumber(redis.call('HGET', KEYS[4], clock) or '0') then
      redis.call('HSET', KEYS[4], clock, tag)
    end
  end
end

local function keep(key, due)
  if due > 0 then redis.call('SET', key, tostring(due), 'PX', math.ceil(due - now) + 1000) end
end
keep(KEYS[5], fromDue)
keep(KEYS[6], toDue)
keep(KEYS[7], projectDue)
return 0
`;
