"""What the api checks and no schema can say, and how much of the language of queries is asked."""

import schemathesis

MAX_CURSOR_LENGTH = 1000


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """Ask with flat queries. Whole ones nest without end; a test in the repository holds their schema and the api to each other."""
    schemas = raw_schema["components"]["schemas"]
    for name, schema in schemas.items():
        if name.startswith("QueryTests_"):
            schema["properties"] = {
                operator: operand
                for operator, operand in schema["properties"].items()
                if operator not in ("$not", "$elemMatch")
            }
            schema["additionalProperties"] = False
            del schema["propertyNames"]
    for name in ("CallLogQuery", "AuditQuery"):
        conditions = {key: flat(schema) for key, schema in schemas[name]["properties"].items()}
        schemas[name] = {
            "type": "object",
            "properties": {key: schema for key, schema in conditions.items() if schema is not None},
            "additionalProperties": False,
            "maxProperties": 3,
        }


def flat(schema):
    """The condition on a single value, where a property has one."""
    options = schema.get("anyOf", [schema])
    scalars = [option for option in options if "/QueryCondition_" in option.get("$ref", "")]
    return scalars[0] if scalars else None


@schemathesis.hook
def before_call(context, case, kwargs):
    """Drop a well-formed cursor: one that the api has not given is refused. Do not wait for a call."""
    shorten_wait(case)
    cursor = case.body.get("cursor") if isinstance(case.body, dict) else None
    if isinstance(cursor, str) and 0 < len(cursor) <= MAX_CURSOR_LENGTH:
        del case.body["cursor"]


def shorten_wait(case):
    """Only look instead of waiting; what is no valid time stays, to be refused."""
    if case.operation.path != "/api/call-log/{id}/wait":
        return
    timeout = case.query.get("timeout", 30)
    if isinstance(timeout, int) and 0 < timeout <= 55:
        case.query["timeout"] = 0
