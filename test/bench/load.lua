-- What wrk does beyond sending the same request again, and one line of results that load.py reads.
-- wrk ... URL -- paced MS       waits from 0 to 2 MS before each request
-- wrk ... URL -- paths FILE     asks for the paths of FILE, one after the other
-- wrk ... URL -- form BODY      posts BODY; in it %once% is another token each time
local thread_count = 0

function setup(thread)
	thread:set("number", thread_count)
	thread_count = thread_count + 1
end

local function paced(milliseconds)
	local most = 2 * tonumber(milliseconds)
	function delay()
		return math.random(0, most)
	end
end

local function paths(file)
	local all, at = {}, 0
	for line in io.lines(file) do
		all[#all + 1] = wrk.format("GET", line)
	end
	function request()
		at = at % #all + 1
		return all[at]
	end
end

local function form(body)
	local sent = 0
	wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
	function request()
		sent = sent + 1
		local once = string.format("%06d%04d%012d", os.time() % 1000000, number, sent)
		return wrk.format("POST", nil, nil, (body:gsub("%%once%%", once)))
	end
end

local modes = { paced = paced, paths = paths, form = form }

function init(args)
	math.randomseed(number + 1)
	for i = 1, #args, 2 do
		modes[args[i]](args[i + 1])
	end
end

function done(summary, latency, requests)
	local e = summary.errors
	io.write(string.format("LOAD %d %d %d %d %d %d\n", summary.requests, summary.duration,
		e.connect + e.read + e.write + e.timeout + e.status,
		latency:percentile(50), latency:percentile(99), latency.max))
end
