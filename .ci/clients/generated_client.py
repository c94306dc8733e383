"""The main job by the client that openapi-python-client makes of /openapi.json. Usage: generated_client.py URL KEY, with the client as `call_log`"""

import sys
import time

from call_log import AuthenticatedClient
from call_log.api.placing_calls import cancel_call, dispatch_call
from call_log.api.reading_the_call_log import count_call_logs, get_call_log, list_call_logs
from call_log.models import CallRequest, CountOfCallLogs, GetCallLogBody, ListOfCallLogs

URL, KEY = sys.argv[1:3]
client = AuthenticatedClient(base_url=URL, token=KEY, prefix="", auth_header_name="ApiKey")

request = CallRequest.from_dict(
    {
        "toNumber": "+15550100100",
        "say": [{"gather": {"say": "The database is down. Press 4.", "on": {"4": {"acknowledge": True}}}}],
        "tags": ["openapi-python-client"],
    }
)
first = dispatch_call.sync_detailed(client=client, body=request, idempotency_key="by-openapi-python-client")
again = dispatch_call.sync_detailed(client=client, body=request, idempotency_key="by-openapi-python-client")
assert (first.status_code, again.status_code) == (202, 200), (first, again)
assert again.headers["Idempotent-Replayed"] == "true"
call_id = first.parsed.field_id
assert again.parsed.field_id == call_id

end = time.monotonic() + 60
while True:
    item = get_call_log.sync(
        call_id, client=client, body=GetCallLogBody.from_dict({"select": {"status": True, "attempts": True}})
    )
    if item.status == "Completed":
        break
    assert time.monotonic() < end, f"the call is {item.status} after a minute"
    time.sleep(0.2)

queries = [
    {"status": "Completed", "tags": ["openapi-python-client", None]},
    {"toNumber": {"_type": "StartsWith", "value": "+1555"}, "tags": {"$in": ["openapi-python-client"]}},
    {"createdAt": {"_type": "InBetween", "startValue": "2020-01-01", "endValue": "2999-01-01"}},
    {"$or": [{"status": "Busy"}, {"status": {"$ne": "Busy"}, "attemptCount": {"$gt": 0}}]},
    {"$and": [{"$or": [{"status": "Completed"}]}, {"$nor": [{"callCostInUSDCents": {"$lt": 0}}]}]},
    {"attempts.outcome": "reached"},
    {"attempts": {"$elemMatch": {"state": "ended", "provider": {"$exists": True}}}},
    {"callData.message": {"_type": "Search", "value": "DATABASE"}},
    {"callData": {"message": {"$exists": True}}},
    {"incident": {"title": None}, "incidentId": {"_type": "IsNull"}},
    {"words": {"_type": "MultiSearch", "value": "database", "fields": ["callData.message"]}},
    {"status": "No Answer"},
]
for query in queries:
    wanted = 0 if query == {"status": "No Answer"} else 1
    query = {"tags": "openapi-python-client", **query}
    body = ListOfCallLogs.from_dict({"query": query, "select": {"status": True}})
    assert body.to_dict()["query"] == query, (query, body.to_dict())
    found = list_call_logs.sync(client=client, body=body, limit=5)
    assert [call.field_id for call in found.data] == [call_id] * wanted, (query, found)
    counted = count_call_logs.sync(client=client, body=CountOfCallLogs.from_dict({"query": query}))
    assert counted.count == wanted, (query, counted)

later = CallRequest.from_dict({"toNumber": "+15550100100", "say": "Hello", "scheduledAt": "2999-01-01T00:00:00Z"})
scheduled = dispatch_call.sync(client=client, body=later)
assert cancel_call.sync(scheduled.field_id, client=client).status == "Canceled"
refused = cancel_call.sync(call_id, client=client)
assert refused.code == "CONFLICT", refused
print(f"openapi-python-client: placed, followed, listed by {len(queries)} queries, canceled")
